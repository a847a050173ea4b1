#include "sim/assess/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>

#include "sim/assess/posture_change.h"
#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/tasks.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 7> kLeverNames{"lumbar_flexion", "side_bend", "hip",       "knee",
                                                      "ankle",          "load",      "protrusion"};
/// What is tried: small enough to be done by a patient, large enough to matter.
constexpr std::array kFlexions{-20 * units::deg, -10 * units::deg, 10 * units::deg, 20 * units::deg};
constexpr std::array kBends{-10 * units::deg, 10 * units::deg};
constexpr std::array kHips{-20 * units::deg, 20 * units::deg};
constexpr std::array kKnees{-20 * units::deg, 20 * units::deg, 40 * units::deg};
constexpr std::array kAnkles{-20 * units::deg, 20 * units::deg};
constexpr std::array kProtrusions{-2 * units::mm, -4 * units::mm};
constexpr std::array kLoadShares{-0.5, -1.0};
/// Less than this is no relief [Pa], [share of the pressure].
constexpr double kLeast = 2 * units::mmHg, kLeastShare = 0.05;

struct Trial {
  std::size_t root = 0;  ///< index of the explanation
  Lever lever = Lever::LumbarFlexion;
  double change = 0;
  Scenario scenario;
};

const RootState& state_of(const Frame& frame, Root root, Side side) {
  return frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
}

/// The roots to explain at their peaks, the worst first.
std::vector<RootExplanation> peaks_of(const Result& result) {
  std::vector<RootExplanation> peaks;
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      RootExplanation peak{
          .root = root, .side = side, .pressed_by = {}, .protrusion = {}, .other_side = {}, .reliefs = {}};
      for (const Frame& frame : result.frames) {
        if (!frame.converged()) continue;
        const RootState& state = state_of(frame, root, side);
        if (state.pressure <= peak.pressure) continue;
        peak.pressure = state.pressure;
        peak.time = frame.time;
        peak.pressed_by = state.pressed_by;
        peak.protrusion = protrusion_place(*result.subject, frame.spine, state, root, side);
      }
      if (peak.pressure >= kExplainFrom) peaks.push_back(std::move(peak));
    }
  }
  std::stable_sort(peaks.begin(), peaks.end(),
                   [](const RootExplanation& a, const RootExplanation& b) { return a.pressure > b.pressure; });
  if (peaks.size() > kMostExplained) peaks.resize(kMostExplained);
  return peaks;
}

/// Whether a root could rest at its peak on the other side of the protrusion that presses it from one side.
std::optional<OtherSide> other_side(const Result& result, const Person& person, const RootExplanation& peak) {
  if (!peak.protrusion || peak.protrusion == ProtrusionPlace::InFront) return std::nullopt;
  const auto frame =
      std::find_if(result.frames.begin(), result.frames.end(), [&](const Frame& f) { return f.time == peak.time; });
  return person.nerve.across_herniation(frame->spine, frame->instant.angles, peak.root, peak.side);
}

/// In one sentence; none where there is nothing to say.
std::string other_side_sentence(const OtherSide& other) {
  switch (other.outcome) {
    case OtherSide::Outcome::NoProtrusion:
      return {};
    case OtherSide::Outcome::Bone:
      return "Bone bars the root's way to the other side of it.";
    case OtherSide::Outcome::SlidesBack:
      return "The root would not stay on the other side of it.";
    case OtherSide::Outcome::Unsolved:
      return "Whether the root could rest on the other side of it was not found.";
    case OtherSide::Outcome::Rests:
      break;
  }
  return fmt::format("The root could rest on the other side of it too, with {:.0f} mmHg.",
                     other.root.pressure / units::mmHg);
}

/// Whether nothing but the feet carries the body.
bool on_feet(const Instant& instant) {
  return !instant.supports.empty() &&
         std::all_of(instant.supports.begin(), instant.supports.end(),
                     [](const SupportReaction& r) { return r.place == SupportPlace::Feet; });
}

/// Lays out what can be tried for a root.
class Trials {
 public:
  Trials(const Scenario& scenario, const Motion& motion)
      : scenario_(scenario), motion_(motion), standing_(on_feet(motion.at(scenario.motion.keyframes.front().time))) {}

  void add(std::size_t which, const RootExplanation& peak) {
    which_ = which;
    add_postures(peak);
    add_loads();
    add_protrusions(peak);
  }
  std::vector<Trial> take() { return std::move(trials_); }

 private:
  template <class Change>
  void posture(Lever lever, double change, const Change& apply) {
    const Scenario changed =
        with_changed_posture(scenario_, motion_, standing_, [&](PostureAngles& angles) { apply(angles, change); });
    trials_.push_back({which_, lever, change, changed});
  }

  void add_postures(const RootExplanation& peak) {
    const auto angle = [](PostureAngles& angles, PostureAngle which) -> double& {
      return angles[static_cast<std::size_t>(index(which))];
    };
    // On the feet both legs carry and move alike; otherwise it is the leg of the pressed root.
    const auto leg = [&](PostureAngles& angles, PostureAngle left, double change) {
      for (const Side side : kSides) {
        if (standing_ || side == peak.side) angles[static_cast<std::size_t>(index(left) + index(side))] += change;
      }
    };
    for (const double change : kFlexions) {
      posture(Lever::LumbarFlexion, change, [&](PostureAngles& angles, double more) {
        if (standing_) return flex_lumbar_spine(angles, more);
        angle(angles, PostureAngle::LumbarFlexion) += more;
      });
    }
    for (const double change : kBends) {
      posture(Lever::SideBend, change,
              [&](PostureAngles& angles, double more) { angle(angles, PostureAngle::LumbarBendRight) += more; });
    }
    for (const double change : kHips) {
      posture(Lever::Hip, change, [&](PostureAngles& angles, double more) {
        leg(angles, PostureAngle::HipFlexionLeft, more);
        if (standing_) angle(angles, PostureAngle::PelvisForwardPitch) += more;
      });
    }
    const PostureAngles now = motion_.at(peak.time).angles;
    const double bent = now[static_cast<std::size_t>(index(PostureAngle::KneeFlexionLeft) + index(peak.side))];
    for (const double change : kKnees) {
      if (bent + change < 0) continue;  // knees do not bend backwards
      posture(Lever::Knee, change,
              [&](PostureAngles& angles, double more) { leg(angles, PostureAngle::KneeFlexionLeft, more); });
    }
    if (standing_) return;  // the floor decides the ankles
    for (const double change : kAnkles) {
      posture(Lever::Ankle, change,
              [&](PostureAngles& angles, double more) { leg(angles, PostureAngle::AnkleDorsiflexionLeft, more); });
    }
  }

  void add_loads() {
    double mass = 0;
    for (const HandLoad& load : scenario_.loads) mass += load.mass;
    if (mass <= 0) return;
    for (const double share : kLoadShares) {
      Trial trial{which_, Lever::Load, share * mass, scenario_};
      for (HandLoad& load : trial.scenario.loads) load.mass *= 1 + share;
      trials_.push_back(std::move(trial));
    }
  }

  /// Herniations at the level that presses, or at the levels beside the root.
  void add_protrusions(const RootExplanation& peak) {
    const int root = index(peak.root);
    const auto matters = [&](const Herniation& h) {
      if (peak.pressed_by.structure == Structure::Herniation) return h.level == peak.pressed_by.level;
      return index(h.level) == root || index(h.level) == root - 1;
    };
    double most = 0;
    for (const Herniation& h : scenario_.subject.herniations) {
      if (matters(h)) most = std::max(most, h.protrusion);
    }
    double before = 0;
    for (const double wanted : kProtrusions) {
      const double change = std::max(wanted, -most);
      if (change == before) continue;
      before = change;
      Trial trial{which_, Lever::Protrusion, change, scenario_};
      for (Herniation& h : trial.scenario.subject.herniations) {
        if (matters(h)) h.protrusion = std::max(0.0, h.protrusion + change);
      }
      trials_.push_back(std::move(trial));
    }
  }

  const Scenario& scenario_;
  const Motion& motion_;
  bool standing_;
  std::size_t which_ = 0;
  std::vector<Trial> trials_;
};

/// Pressure on the root when the trial is made; nothing where it cannot be.
std::optional<double> solved(const Trial& trial, const RootExplanation& peak, const Person& same,
                             const Library& library) {
  try {
    std::optional<Person> other;
    if (trial.lever == Lever::Protrusion) other.emplace(make_person(trial.scenario, library));
    const Person& person = other ? *other : same;
    const Frame frame = solve_frame(person, Motion(person.subject, library.postures, trial.scenario), peak.time);
    if (!frame.valid()) return std::nullopt;
    return state_of(frame, peak.root, peak.side).pressure;
  } catch (const InputError&) {
    return std::nullopt;  // a reach too far, say
  }
}

/// Keeps the best change of each lever.
void add_relief(RootExplanation& e, const Relief& relief) {
  const double gain = e.pressure - relief.pressure_after;
  if (gain < std::max(kLeast, kLeastShare * e.pressure)) return;
  const auto same =
      std::find_if(e.reliefs.begin(), e.reliefs.end(), [&](const Relief& r) { return r.lever == relief.lever; });
  if (same == e.reliefs.end()) {
    e.reliefs.push_back(relief);
  } else if (relief.pressure_after < same->pressure_after) {
    *same = relief;
  }
}

/// "4 mm less protrusion", "20° more lumbar flexion".
std::string change_text(const Relief& r) {
  const double degrees = std::abs(r.change) / units::deg;
  const char* more = r.change > 0 ? "more" : "less";
  switch (r.lever) {
    case Lever::LumbarFlexion:
      return fmt::format("{:.0f}° {} lumbar flexion", degrees, more);
    case Lever::SideBend:
      return fmt::format("{:.0f}° of side bend to the {}", degrees, r.change > 0 ? "right" : "left");
    case Lever::Hip:
      return fmt::format("{:.0f}° {} hip flexion", degrees, more);
    case Lever::Knee:
      return fmt::format("{:.0f}° {} knee flexion", degrees, more);
    case Lever::Ankle:
      return fmt::format("{:.0f}° {}", degrees, r.change > 0 ? "more dorsiflexion" : "of pointing the foot");
    case Lever::Load:
      return fmt::format("{:.3g} kg less load", -r.change);
    case Lever::Protrusion:
      return fmt::format("{:.3g} mm less protrusion", -r.change / units::mm);
  }
  return {};
}

}  // namespace

std::string_view name(Lever lever) {
  return kLeverNames[static_cast<std::size_t>(index(lever))];
}

std::vector<RootExplanation> explain(const Result& result, const Library& library, int threads) {
  std::vector<RootExplanation> explanations = peaks_of(result);
  if (explanations.empty()) return explanations;
  const Person person = make_person(result.scenario, library);
  for (RootExplanation& e : explanations) e.other_side = other_side(result, person, e);
  // Lifts in task words are varied as the keyframes they stand for; measured motion has none to vary.
  const Scenario scenario = expand_tasks(*person.subject, library.postures, result.scenario);
  if (scenario.motion.keyframes.empty()) return explanations;
  const Motion motion(person.subject, library.postures, scenario);
  Trials layout(scenario, motion);
  for (std::size_t e = 0; e < explanations.size(); ++e) layout.add(e, explanations[e]);
  const std::vector<Trial> trials = layout.take();
  std::vector<std::optional<double>> pressure(trials.size());
  parallel_for(trials.size(), 1, threads,
               [&](std::size_t i) { pressure[i] = solved(trials[i], explanations[trials[i].root], person, library); });
  for (std::size_t i = 0; i < trials.size(); ++i) {
    RootExplanation& e = explanations[trials[i].root];
    ++(pressure[i] ? e.tried : e.impossible);
    if (pressure[i]) add_relief(e, {trials[i].lever, trials[i].change, *pressure[i]});
  }
  for (RootExplanation& e : explanations) {
    std::stable_sort(e.reliefs.begin(), e.reliefs.end(),
                     [](const Relief& a, const Relief& b) { return a.pressure_after < b.pressure_after; });
  }
  return explanations;
}

std::vector<std::string> explanation_sentences(const RootExplanation& e) {
  const std::string root = fmt::format("{} {}", name(e.root), name(e.side));
  const std::string presser = e.pressed_by.text();
  std::vector<std::string> sentences{
      fmt::format("{}: {:.0f} mmHg at {:.2f} s, pressed by the {}.", root, e.pressure / units::mmHg, e.time, presser)};
  if (e.protrusion == ProtrusionPlace::InFront) sentences.push_back("The protrusion lies in front of the root.");
  if (e.protrusion == ProtrusionPlace::Axilla)
    sentences.push_back("The protrusion lies medial of the root, in its axilla.");
  if (e.protrusion == ProtrusionPlace::Shoulder)
    sentences.push_back("The protrusion lies lateral of the root, at its shoulder.");
  if (const std::string other = e.other_side ? other_side_sentence(*e.other_side) : ""; !other.empty())
    sentences.push_back(other);
  for (const Relief& r : e.reliefs) {
    sentences.push_back(fmt::format("{} brings {} from {:.0f} to {:.0f} mmHg.", change_text(r), root,
                                    e.pressure / units::mmHg, r.pressure_after / units::mmHg));
  }
  if (e.reliefs.empty()) sentences.push_back(fmt::format("None of the {} changes tried relieves it.", e.tried));
  return sentences;
}

std::string explanation_json(const std::vector<RootExplanation>& explanations) {
  nlohmann::ordered_json roots = nlohmann::ordered_json::array();
  for (const RootExplanation& e : explanations) {
    nlohmann::ordered_json reliefs = nlohmann::ordered_json::array();
    for (const Relief& r : e.reliefs) {
      const bool load = r.lever == Lever::Load, length = r.lever == Lever::Protrusion;
      reliefs.push_back({{"lever", name(r.lever)},
                         {"change", load ? r.change : r.change / (length ? units::mm : units::deg)},
                         {"unit", load     ? "kg"
                                  : length ? "mm"
                                           : "deg"},
                         {"pressure_mmHg", r.pressure_after / units::mmHg}});
    }
    const bool rests = e.other_side && e.other_side->outcome == OtherSide::Outcome::Rests;
    roots.push_back(
        {{"root", name(e.root)},
         {"side", name(e.side)},
         {"at_s", e.time},
         {"pressure_mmHg", e.pressure / units::mmHg},
         {"pressed_by", e.pressed_by.text()},
         {"protrusion", e.protrusion ? nlohmann::ordered_json(name(*e.protrusion)) : nullptr},
         {"other_side", e.other_side ? nlohmann::ordered_json(name(e.other_side->outcome)) : nullptr},
         {"other_side_mmHg", rests ? nlohmann::ordered_json(e.other_side->root.pressure / units::mmHg) : nullptr},
         {"tried", e.tried},
         {"impossible", e.impossible},
         {"reliefs", std::move(reliefs)},
         {"sentences", explanation_sentences(e)}});
  }
  return nlohmann::ordered_json({{"schema", 1}, {"roots", std::move(roots)}}).dump(2) + "\n";
}

}  // namespace foramen
