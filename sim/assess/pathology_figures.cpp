#include <algorithm>
#include <numeric>
#include <optional>

#include "sim/assess/model_figures.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"

namespace foramen {

namespace {

using units::deg;
using units::mm;
using units::mmHg;

/// A root counts as compressed from here: the lowest pressure with a published effect (Olmarker 1990, nutrition).
constexpr double kCompressed = 10 * mmHg;

/// Evenly spread numbers, the same every time: the radical inverses of 1, 2, 3 … in prime bases (Halton 1960).
class Even {
 public:
  explicit Even(std::size_t sample) : sample_(sample + 1) {}
  double between(double low, double high) { return low + (high - low) * next(); }
  bool chance(double probability) { return next() < probability; }

 private:
  double next() {
    constexpr std::array<std::size_t, 16> kPrimes{2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53};
    const std::size_t base = kPrimes.at(drawn_++);
    double value = 0, digit = 1;
    for (std::size_t n = sample_; n > 0; n /= base) {
      digit /= static_cast<double>(base);
      value += digit * static_cast<double>(n % base);
    }
    return value;
  }
  std::size_t sample_, drawn_ = 0;
};

/// An adult of a surgical or dissected population; canals and roots vary as published sizes do (data/uncertainty.csv).
SubjectDescription adult(Even& even) {
  SubjectDescription d;
  d.sex = even.chance(0.5) ? Sex::Male : Sex::Female;
  d.stature = d.sex == Sex::Male ? even.between(1.65, 1.85) : even.between(1.53, 1.72);
  d.mass = even.between(22, 29) * d.stature * d.stature;
  d.age_years = 45;
  d.parameters.canal_size = even.between(0.9, 1.1);
  d.parameters.root_diameter = even.between(0.9, 1.1);
  return d;
}

struct Position {
  const char* posture;
  double lumbar = 0;  ///< flexion added to the posture [rad]
};

/// A person holding still; nothing where the frame did not converge.
std::optional<Frame> held(const Person& person, const PostureLibrary& library, const Position& pose) {
  Scenario scenario;
  Keyframe keyframe;
  keyframe.posture = pose.posture;
  scenario.motion.keyframes = {keyframe};
  try {
    if (pose.lumbar != 0) {
      const PostureAngles angles = Motion(person.subject, library, scenario).at(0).angles;
      const auto i = static_cast<std::size_t>(index(PostureAngle::LumbarFlexion));
      scenario.motion.keyframes.front().overrides[i] = angles[i] + pose.lumbar;
    }
    Frame frame = solve_frame(person, Motion(person.subject, library, scenario), 0);
    if (!frame.converged()) return std::nullopt;
    return frame;
  } catch (const InputError&) {
    return std::nullopt;  // this body cannot be held so
  }
}

const RootState& left(const Frame& frame, int root) {
  return frame.nerve.roots[static_cast<std::size_t>(root)][static_cast<std::size_t>(index(Side::Left))];
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  return 0.5 * (values[(n - 1) / 2] + values[n / 2]);
}

double percent_of(std::size_t part, std::size_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

struct World {
  std::shared_ptr<const AnatomyTables> anatomy;
  PostureLibrary postures;
  std::size_t people = 0;
  int threads = 1;

  /// The results of `solve(sample)` in order; failed ones left out.
  template <class Value, class Solve>
  std::vector<Value> sampled(const Solve& solve) const {
    std::vector<std::optional<Value>> found(people);
    parallel_for(people, 1, threads, [&](std::size_t i) { found[i] = solve(i); });
    std::vector<Value> values;
    for (std::optional<Value>& value : found) {
      if (value) values.push_back(std::move(*value));
    }
    return values;
  }
};

/// Pressure between paracentral herniations and the traversing root, lying with hips and knees bent as on the
/// operating table (Takahashi 1999). Sizes of operated herniations: 40 % of a canal of 17 mm (Divi
/// 2020), spread by half; L4–L5 and L5–S1 alike often (Global Spine J 2020).
void herniations(const World& world, ModelFigures& figures) {
  const Position bent_legs{"supine_legs_bent"};
  const std::vector<double> pressures = world.sampled<double>([&](std::size_t i) -> std::optional<double> {
    Even even(i);
    SubjectDescription d = adult(even);
    Herniation h;
    h.level = even.chance(0.52) ? Level::L4L5 : Level::L5S1;
    h.protrusion = even.between(3.5, 10) * mm;
    h.width = even.between(10, 18) * mm;
    d.herniations = {h};
    d.discs = {{h.level, even.chance(0.5) ? 3 : 4, 0}};
    const Person person = make_person(d, *world.anatomy);
    const auto frame = held(person, world.postures, bent_legs);
    if (!frame) return std::nullopt;
    return left(*frame, index(h.level) + 1).pressure;
  });
  if (2 * pressures.size() < world.people) return;
  const auto within =
      std::count_if(pressures.begin(), pressures.end(), [](double p) { return p >= 7 * mmHg && p <= 256 * mmHg; });
  figures["herniation.surgical.median_mmHg"] = median(pressures) / mmHg;
  figures["herniation.surgical.mean_mmHg"] =
      std::accumulate(pressures.begin(), pressures.end(), 0.0) / static_cast<double>(pressures.size()) / mmHg;
  figures["herniation.surgical.within_range_percent"] = percent_of(static_cast<std::size_t>(within), pressures.size());
}

/// A protrusion on an L5 root that leg raise pulls taut.
void protrusion_under_traction(const World& world, ModelFigures& figures) {
  SubjectDescription d;
  Herniation h;
  h.protrusion = 8 * mm;
  d.herniations = {h};
  const auto frame = held(make_person(d, *world.anatomy), world.postures, {"straight_leg_raise"});
  if (frame) figures["herniation.traction.L5_mmHg"] = left(*frame, index(Root::L5)).pressure / mmHg;
}

/// Highest contact pressure on the left root that leaves at a level, lateral to the medial wall of its pedicle: farther
/// in, the same root may be pressed in the recess of the level above [Pa].
double in_foramen(const Person& person, const Frame& frame, Level level) {
  const auto upper = static_cast<std::size_t>(index(level));
  const VertebraDimensions& bone = person.subject->vertebrae[upper];
  const double medial = bone.pedicle_centre.z() - 0.5 * bone.pedicle_width;
  const Pose to_bone = vertebra_pose(*person.subject, frame.spine.poses, static_cast<Vertebra>(index(level))).inverse();
  double most = 0;
  for (const RootNode& node : left(frame, index(level)).nodes) {
    if (-(to_bone * node.position_W).z() > medial) most = std::max(most, node.pressure);
  }
  return most;
}

struct Foramen {
  double disc_back = 0, height = 0;                ///< [m]
  double neutral = 0, flexion = 0, extension = 0;  ///< pressure on the exiting root [Pa]
};

/// Worn segments as in dissected spines: lost height, with it osteophytes and grown articular processes (sizes are
/// estimates: up to 3 mm where all height is lost).
std::vector<Foramen> worn_foramina(const World& world) {
  constexpr std::array kWorn{Level::L3L4, Level::L4L5, Level::L5S1};
  const auto people = world.sampled<std::vector<Foramen>>([&](std::size_t i) -> std::optional<std::vector<Foramen>> {
    Even even(i);
    SubjectDescription d = adult(even);
    d.age_years = 70;
    for (const Level level : kWorn) {
      const double loss = even.between(0, 0.75);
      d.discs.push_back({level, loss < 0.25 ? 3 : loss < 0.5 ? 4 : 5, loss});
      d.osteophytes.push_back({level, Side::Left, OsteophytePlace::Foraminal, loss * even.between(0, 4) * mm});
      d.facets.push_back({level, Side::Left, loss * even.between(0, 4) * mm});
    }
    const Person person = make_person(d, *world.anatomy);
    const auto neutral = held(person, world.postures, {"supine"});
    const auto flexed = held(person, world.postures, {"supine", 20 * deg});
    const auto extended = held(person, world.postures, {"supine", -15 * deg});
    if (!neutral || !flexed || !extended) return std::nullopt;
    std::vector<Foramen> foramina;
    for (const Level level : kWorn) {
      const auto l = static_cast<std::size_t>(index(level));
      foramina.push_back({person.subject->levels[l].disc.height_posterior, neutral->nerve.spaces[l].foramen_height[0],
                          in_foramen(person, *neutral, level), in_foramen(person, *flexed, level),
                          in_foramen(person, *extended, level)});
    }
    return foramina;
  });
  std::vector<Foramen> all;
  for (const auto& person : people) all.insert(all.end(), person.begin(), person.end());
  return all;
}

void foramina(const World& world, ModelFigures& figures) {
  const std::vector<Foramen> all = worn_foramina(world);
  const auto share = [&](const char* name, const auto& counts, const auto& compressed) {
    std::size_t whole = 0, part = 0;
    for (const Foramen& f : all) {
      if (!counts(f)) continue;
      ++whole;
      if (compressed(f) >= kCompressed) ++part;
    }
    if (whole > 0) figures[name] = percent_of(part, whole);
  };
  const auto every = [](const Foramen&) { return true; };
  const auto neutral = [](const Foramen& f) { return f.neutral; };
  share(
      "foramen.disc_back_below_4mm.compressed_percent", [](const Foramen& f) { return f.disc_back <= 4 * mm; },
      neutral);
  share(
      "foramen.height_below_15mm.compressed_percent", [](const Foramen& f) { return f.height <= 15 * mm; }, neutral);
  share("foramen.worn.neutral.compressed_percent", every, neutral);
  share("foramen.worn.flexion.compressed_percent", every, [](const Foramen& f) { return f.flexion; });
  share("foramen.worn.extension.compressed_percent", every, [](const Foramen& f) { return f.extension; });
}

/// How much less people of the sampled age lean back than the young man of the library, whose lumbar spine goes 16° to
/// its end: extension falls from 29° to 6° between 16 and 90 years (Troke 2001 Clin Rehabil 15:371), to half at 65.
constexpr double kLessExtension = 8 * deg;

/// Sac pressure at a stenotic L4–L5 in the postures of Takahashi 1995. The disc is worn, as stenotic ones are (grades
/// and loss of height are estimates), and bulges; the rest of the narrowing is such that standing presses about as
/// measured.
void stenosis(const World& world, ModelFigures& figures) {
  constexpr auto kL4L5 = static_cast<std::size_t>(index(Level::L4L5));
  using Four = std::array<double, 4>;
  struct Sample {
    Four pressure{};
    double flexed = 0, extended = 0;  ///< section of the canal [m²]
  };
  const auto samples = world.sampled<Sample>([&](std::size_t i) -> std::optional<Sample> {
    Even even(i);
    SubjectDescription d = adult(even);
    d.age_years = 65;
    d.stenoses = {{Level::L4L5, StenosisZone::Canal, {}, even.between(0.35, 0.43)}};
    d.flava = {{Level::L4L5, even.between(1, 2) * mm}};
    const double loss = even.between(0, 0.5);
    d.discs = {{Level::L4L5, loss < 0.25 ? 4 : 5, loss}};
    const Person person = make_person(d, *world.anatomy);
    const std::array frames{
        held(person, world.postures, {"extension", kLessExtension}), held(person, world.postures, {"standing"}),
        held(person, world.postures, {"forward_bend_40"}), held(person, world.postures, {"supine"})};
    Sample sample;
    for (std::size_t k = 0; k < 4; ++k) {
      if (!frames[k]) return std::nullopt;
      sample.pressure[k] = frames[k]->nerve.spaces[kL4L5].sac_pressure;
    }
    sample.extended = frames[0]->nerve.spaces[kL4L5].canal_area;
    sample.flexed = frames[2]->nerve.spaces[kL4L5].canal_area;
    return sample;
  });
  if (2 * samples.size() < world.people) return;
  Four mean{};
  double flexed = 0, extended = 0;
  for (const Sample& sample : samples) {
    for (std::size_t k = 0; k < 4; ++k) mean[k] += sample.pressure[k] / mmHg / static_cast<double>(samples.size());
    flexed += sample.flexed;
    extended += sample.extended;
  }
  figures["stenosis.extension_against_flexion_percent"] = 100 * (extended / flexed - 1);
  constexpr std::array kNames{"extension", "standing", "flexion", "lying"};
  for (std::size_t k = 0; k < 4; ++k) figures[std::string("stenosis.") + kNames[k] + ".sac_mmHg"] = mean[k];
  figures["stenosis.extension_over_standing_mmHg"] = mean[0] - mean[1];
  figures["stenosis.flexion_over_standing_mmHg"] = mean[2] - mean[1];
}

}  // namespace

ModelFigures pathology_figures(const std::filesystem::path& data, int people, int threads) {
  const World world{load_anatomy(data), load_postures(data), static_cast<std::size_t>(people), threads};
  ModelFigures figures;
  herniations(world, figures);
  protrusion_under_traction(world, figures);
  foramina(world, figures);
  stenosis(world, figures);
  return figures;
}

}  // namespace foramen
