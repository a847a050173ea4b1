#pragma once

/// A report for people: one self-contained HTML page about one or several runs.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/assess/advice.h"
#include "sim/assess/circumstances.h"
#include "sim/assess/comparison.h"
#include "sim/assess/explanation.h"
#include "sim/assess/findings.h"
#include "sim/assess/measured_lift.h"
#include "sim/report/stored_bands.h"
#include "sim/report/texts.h"

namespace foramen {

enum class Audience { Therapist, Patient };

/// Everything about one run that a page may show.
struct ReportRun {
  std::string name;
  Result result;
  Summary summary;
  Findings findings;
  std::optional<LiftingTask> lift;  ///< the harder end, where something is lifted
  std::optional<LiftingIndex> lifting_index;
  std::vector<Advice> advice;
  std::string picture;  ///< PNG bytes; empty without one
  double picture_time = 0;
  std::vector<RootExplanation> explanations = {};  ///< what would relieve its pressed roots
  std::optional<StoredBands> bands = {};           ///< spread of a run with an ensemble
};

struct Report {
  std::vector<ReportRun> runs;  ///< at least one
  Comparison comparison;        ///< of them; empty for one
  std::string model;            ///< of the 3D view (model_json); empty for none
  std::string script;           ///< of the 3D view; empty for none
  bool pictures_possible = true;
};

/// The page; every text that comes from files is escaped.
[[nodiscard]] std::string report_html(const Report& report, Audience audience, const Texts& texts);

/// Sentences on why the runs differ, for each pair of neighbours in the order of their compression. Where `comparison`
/// ranks a pair alike in the compression of L5–S1, the sentences say so.
[[nodiscard]] std::vector<std::string> reason_sentences(const std::vector<const Result*>& results,
                                                        const Comparison& comparison, const Texts& texts);

}  // namespace foramen
