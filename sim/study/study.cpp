#include "sim/study/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>
#include <fstream>
#include <iterator>
#include <limits>
#include <mutex>

#include "sim/base/error.h"
#include "sim/run/digest.h"
#include "sim/run/quantities.h"
#include "sim/run/summary.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// Version of the tables in the store.
constexpr const char* kStoreSchema = "1";
/// More columns SQLite does not take (its SQLITE_MAX_COLUMN less those of the factors).
constexpr std::size_t kMostQuantities = 1900;

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) throw InputError(InputProblem{.file = file.string(), .message = "cannot be opened"});
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// Whether a dotted path is meant by a pattern in which '*' stands for one part.
bool matches(std::string_view pattern, std::string_view path) {
  while (true) {
    const std::size_t a = pattern.find('.'), b = path.find('.');
    if (pattern.substr(0, a) != "*" && pattern.substr(0, a) != path.substr(0, b)) return false;
    if (a == std::string_view::npos || b == std::string_view::npos) return a == b;
    pattern.remove_prefix(a + 1);
    path.remove_prefix(b + 1);
  }
}

/// Unit of a summary path.
std::string unit_of(std::string_view path) {
  const std::size_t last = path.rfind('.');
  const std::string_view leaf = path.substr(last + 1);
  if (leaf.ends_with("_s")) return "s";
  const std::string_view stem = path.substr(0, last), quantity = stem.substr(stem.rfind('.') + 1);
  for (const Quantity& q : level_quantities()) {
    if (q.name == quantity) return std::string(q.unit);
  }
  for (const Quantity& q : root_quantities()) {
    if (q.name == quantity) return std::string(q.unit);
  }
  for (const Quantity& q : body_quantities()) {
    if (q.name == quantity) return std::string(q.unit);
  }
  return {};
}

/// The last few persons: neighbouring runs often differ in load or posture only.
class PersonCache {
 public:
  template <class Make>
  std::shared_ptr<const Person> get(const std::string& key, Make make) {
    {
      const std::scoped_lock lock(mutex_);
      for (const auto& [known, person] : recent_) {
        if (known == key) return person;
      }
    }
    auto person = std::make_shared<const Person>(make());
    const std::scoped_lock lock(mutex_);
    recent_.emplace_front(key, person);
    if (recent_.size() > kKept) recent_.pop_back();
    return person;
  }

 private:
  static constexpr std::size_t kKept = 8;
  std::mutex mutex_;
  std::deque<std::pair<std::string, std::shared_ptr<const Person>>> recent_;
};

}  // namespace

struct Study::Content {
  StudyDescription description;
  DesignKind kind;
  Design design;
  Library library;
  std::vector<std::string> base_texts;
  std::vector<std::size_t> kept;  ///< places in Summary::values
  std::vector<std::pair<std::string, std::string>> quantities;
  mutable PersonCache persons;

  /// Values of one factor worth trying before the study starts.
  static std::vector<FactorValue> probes(const Distribution& d) {
    if (d.kind == Distribution::Kind::Values) return d.values;
    std::vector<FactorValue> ends;
    for (const double end : {d.min, d.max}) {
      if (std::isfinite(end)) ends.emplace_back(end);
    }
    return ends;
  }

  [[nodiscard]] Scenario scenario(std::size_t base, const std::vector<FactorValue>& values) const {
    std::vector<Override> overrides;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Factor& factor = description.factors[i];
      overrides.push_back({factor.key, toml_text(values[i]), description.file, factor.line, factor.column});
    }
    return parse_scenario(base_texts[base], description.bases[base].string(), overrides);
  }

  void choose_quantities() {
    const Summary nothing = summarise(Result{});
    std::vector<InputProblem> problems;
    std::vector<bool> wanted(nothing.values.size(), false);
    std::vector<std::string> patterns = description.keep;
    if (patterns.empty()) patterns = {"levels.*.*.peak", "roots.*.*.*.peak", "body.*.peak"};
    for (const std::string& pattern : patterns) {
      bool found = false;
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!matches(pattern, nothing.values[i].path)) continue;
        wanted[i] = found = true;
      }
      if (found) continue;
      std::vector<std::string_view> paths;
      for (const Summary::Value& value : nothing.values) paths.push_back(value.path);
      problems.push_back({.file = description.file, .key = "study.keep",
                          .message = fmt::format("\"{}\" is not a quantity of the summary; the nearest is \"{}\"",
                                                 pattern, nearest_name(paths, pattern))});
    }
    if (!problems.empty()) throw InputError(problems);
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (!wanted[i]) continue;
      kept.push_back(i);
      quantities.emplace_back(nothing.values[i].path, unit_of(nothing.values[i].path));
    }
    if (kept.size() + description.factors.size() > kMostQuantities) {
      throw InputError(InputProblem{.file = description.file, .key = "study.keep",
                                    .message = fmt::format("keeps {} quantities; at most {} beside the factors", kept.size(),
                                                           kMostQuantities - description.factors.size())});
    }
  }

  /// Whether a problem is about the factor that was tried, not about values drawn for the others.
  static bool concerns(const InputProblem& problem, const Factor& factor) {
    return problem.key == factor.key || problem.key.starts_with(factor.key + ".") || problem.line == factor.line;
  }

  void try_factors() const {
    std::vector<InputProblem> problems;
    const auto note = [&](const InputError& error, const Factor* factor) {
      for (const InputProblem& problem : error.problems()) {
        if (factor && !concerns(problem, *factor)) continue;
        const auto same = [&](const InputProblem& other) { return other.text() == problem.text(); };
        if (std::none_of(problems.begin(), problems.end(), same)) problems.push_back(problem);
      }
    };
    const std::vector<FactorValue> first = design.row(1).values;
    for (std::size_t base = 0; base < base_texts.size(); ++base) {
      for (std::size_t i = 0; i < description.factors.size(); ++i) {
        for (const FactorValue& value : probes(description.factors[i].distribution)) {
          std::vector<FactorValue> values = first;
          values[i] = value;
          try {
            static_cast<void>(scenario(base, values));
          } catch (const InputError& error) {
            note(error, &description.factors[i]);
          }
        }
      }
      try {
        const Scenario whole = scenario(base, first);
        static_cast<void>(Motion(make_person(whole, library).subject, library.postures, whole));
      } catch (const InputError& error) {
        note(error, nullptr);
      }
    }
    if (!problems.empty()) throw InputError(problems);
  }

  [[nodiscard]] Result solve(const Scenario& scenario, const Split& split) const {
    Scenario who;
    who.subject = scenario.subject;
    who.history = scenario.history;
    const auto person = persons.get(write_scenario(who), [&] { return make_person(scenario, library); });
    const Motion motion(person->subject, library.postures, scenario);
    const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);
    Result result{scenario, library.digest, person->subject, std::vector<Frame>(times.size()), false};
    const auto frame = [&](std::size_t k) { result.frames[k] = solve_frame(*person, motion, times[k]); };
    if (times.size() == 1) {
      frame(0);
    } else {
      split(times.size(), frame);
    }
    return result;
  }
};

Study::Study(StudyDescription description, DesignKind kind, const fs::path& data) {
  Design design(description, kind);
  content_.reset(new Content{std::move(description), kind, std::move(design), load_library(data), {}, {}, {}, {}});
  for (const fs::path& base : content_->description.bases) content_->base_texts.push_back(content_of(base));
  content_->choose_quantities();
  content_->try_factors();
}

Study::~Study() = default;

const StudyDescription& Study::description() const {
  return content_->description;
}

const Design& Study::design() const {
  return content_->design;
}

std::uint64_t Study::arms() const {
  return content_->kind == DesignKind::Saltelli ? content_->description.factors.size() + 2
                                                : content_->description.bases.size();
}

StudyPlan Study::plan(std::uint64_t shard, std::uint64_t shards) const {
  const StudyDescription& d = content_->description;
  StudyPlan plan;
  plan.facts = {{"program", "foramen"},
                {"version", FORAMEN_VERSION},
                {"schema", kStoreSchema},
                {"data_digest", content_->library.digest},
                {"title", d.title},
                {"seed", std::to_string(d.seed)},
                {"design", content_->kind == DesignKind::Saltelli ? "sensitivity" : "sample"},
                {"note", "Results of a mechanical model, not a diagnosis."},
                {"study", d.text}};
  for (std::size_t i = 0; i < d.bases.size(); ++i)
    plan.bases.emplace_back(d.bases[i].filename().string(), content_->base_texts[i]);
  if (d.bases.size() > 1) plan.factors.emplace_back("base");
  if (d.replicates > 1) plan.factors.emplace_back("replicate");
  for (const Factor& factor : d.factors) plan.factors.push_back(factor.key);
  plan.quantities = content_->quantities;
  plan.runs = content_->design.runs();
  plan.shard = shard;
  plan.shards = shards;
  return plan;
}

Scenario Study::scenario(const Design::Row& row) const {
  return content_->scenario(row.base, row.values);
}

StudyRun Study::solve(std::uint64_t run, const Split& split, Result* result) const {
  const StudyDescription& d = content_->description;
  const Design::Row row = content_->design.row(run);
  StudyRun out;
  out.run = run;
  if (d.bases.size() > 1) out.factors.emplace_back(d.bases[row.base].filename().string());
  if (d.replicates > 1) out.factors.emplace_back(static_cast<double>(row.replicate));
  out.factors.insert(out.factors.end(), row.values.begin(), row.values.end());
  out.quantities.assign(content_->kept.size(), std::numeric_limits<double>::quiet_NaN());
  try {
    Result solved = content_->solve(scenario(row), split);
    const Summary summary = summarise(solved);
    for (std::size_t i = 0; i < content_->kept.size(); ++i) out.quantities[i] = summary.values[content_->kept[i]].value;
    out.warnings = summary.warnings;
    if (summary.strength_exceeded > 0) out.status = RunStatus::StrengthExceeded;
    if (summary.not_converged > 0) out.status = RunStatus::NotConverged;
    if (result) *result = std::move(solved);
  } catch (const InputError& error) {
    out.status = RunStatus::Invalid;
    out.warnings.emplace_back(error.what());
  } catch (const std::exception& error) {
    out.status = RunStatus::Failed;
    out.warnings.emplace_back(error.what());
  }
  return out;
}

}  // namespace foramen
