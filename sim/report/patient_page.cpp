#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/report/markup.h"
#include "sim/report/page_parts.h"
#include "sim/report/phrases.h"

namespace foramen {

namespace {

std::string nerve_words(const ReportRun& run, const Texts& texts) {
  const PressedRoot most = most_pressed(run.result);
  if (!most.frame || most.state().pressure < kTouchedFrom) return texts("patient_free");
  const double pressure = most.state().pressure;
  const char* key = pressure < kPressedFrom ? "patient_touched"
                    : pressure < kHardFrom  ? "patient_pressed"
                                            : "patient_pressed_hard";
  const std::string words = texts(key, {{"root", std::string(name(most.root))},
                                        {"where", texts(most.side == Side::Left ? "on_left" : "on_right")},
                                        {"by", presser_words(most.state().pressed_by, texts)}});
  const auto place = protrusion_place(*run.result.subject, most.frame->spine, most.state(), most.root, most.side);
  return place ? words + " " + place_words(*place, "patient_place", texts) : words;
}

std::string disc_words(const ReportRun& run, const Texts& texts) {
  double peak = 0;
  for (const Frame& frame : run.result.frames) {
    if (frame.converged())
      peak = std::max(peak, frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression);
  }
  const double kilograms = peak / kGravity;
  return texts("patient_disc", {{"kg", fmt::format("{:.0f}", 10 * std::round(kilograms / 10))},
                                {"times", fmt::format("{:.1f}", kilograms / run.result.scenario.subject.mass)}});
}

std::string percent(double before, double after) {
  return fmt::format("{:.0f} %", before > 0 ? std::max(0.0, 100 * (before - after) / before) : 0.0);
}

/// The change of posture that takes most pressure off the worst root at its worst instant.
std::string posture_relief(const ReportRun& run, const Texts& texts) {
  if (run.explanations.empty()) return {};
  const RootExplanation& worst = run.explanations.front();
  for (const Relief& relief : worst.reliefs) {
    if (relief.lever == Lever::Load || relief.lever == Lever::Protrusion) continue;
    return "<li><strong>" + escaped(relief_words(relief, texts)) + "</strong>: " +
           escaped(texts("relief_plain", {{"percent", percent(worst.pressure, relief.pressure_after)}})) + "</li>\n";
  }
  return {};
}

std::string what_helps(const ReportRun& run, const Texts& texts) {
  std::string list;
  int shown = 0;
  for (const Advice& a : run.advice) {
    if (!a.helps() || ++shown > 4) continue;
    list += "<li><strong>" + escaped(advice_words(a, texts)) + "</strong>: " +
            escaped(texts("advice_gain_plain", {{"percent_n", percent(a.compression_before, a.compression_after)},
                                                {"percent_p", percent(a.pressure_before, a.pressure_after)}})) +
            "</li>\n";
  }
  list += posture_relief(run, texts);
  if (list.empty()) return paragraph(texts("advice_none"));
  return "<ul>\n" + list + "</ul>\n<p class=\"quiet\">" + escaped(texts("advice_tried")) + "</p>\n";
}

}  // namespace

std::string patient_page(const Report& report, const Texts& texts) {
  const ReportRun& run = report.runs.front();
  std::string page = paragraph(texts("patient_learn", {{"title", texts.title(run.result.scenario.title)}}));
  page +=
      section(texts("patient_nerve_title"), paragraph(nerve_words(run, texts)) + paragraph(texts("patient_root_what")));
  page += picture_section(report, texts) + dermatome_section(run, texts) + model_section(report, texts);
  page += section(texts("patient_disc_title"), paragraph(disc_words(run, texts)));
  page += section(texts("patient_do_title"), what_helps(run, texts));
  page += section(texts("what_title"),
                  paragraph(texts("what_patient")) + "<p class=\"warning\">" + escaped(texts("see_doctor")) + "</p>\n");
  return page;
}

}  // namespace foramen
