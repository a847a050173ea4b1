// Lifts through the whole model: loads grow with mass and distance, nothing pushes that can only pull, nothing jumps;
// and a seeded sample of everything a scenario can say never ends without numbers or a reason.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <random>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"

namespace foramen {
namespace {

const Library& library() {
  static const Library read = load_library(data_directory());
  return read;
}

Scenario lift(LiftTechnique technique, double mass, double reach, double height) {
  Scenario scenario;
  LiftTask& task = scenario.lift.emplace();
  task.technique = technique;
  task.mass = mass;
  task.reach = reach;
  task.from_height = height;
  task.to_height = 1.0;
  task.to_reach = 0.4;
  return scenario;
}

/// The instant when the hands have just taken over the whole load, before it moves.
Frame taken_over(const Person& person, const Scenario& scenario) {
  const Motion motion(person.subject, library().postures, scenario);
  const HandLoad& load = motion.loads().front();
  return solve_frame(person, motion, load.from + load.grip);
}

double compression(const Frame& frame) {
  return frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression;
}

TEST(LiftLoads, CompressionGrowsWithLoadAndDistanceAndMusclesOnlyPull) {
  const Person person = make_person(Scenario{}, library());
  for (const LiftTechnique technique : {LiftTechnique::Stoop, LiftTechnique::Squat, LiftTechnique::Freestyle}) {
    for (const double height : {0.3, 0.75}) {
      double nearer = 0;
      for (const double reach : {0.35, 0.55}) {
        double lighter = 0;
        for (const double mass : {0.0, 10.0, 20.0}) {
          const Frame frame = taken_over(person, lift(technique, mass, reach, height));
          ASSERT_TRUE(frame.converged()) << frame.complaint();
          EXPECT_GT(compression(frame), lighter) << mass << " kg at " << reach << " m, " << height << " m high";
          EXPECT_LT(frame.spine.residual, 1e-6);
          EXPECT_GE(*std::min_element(frame.spine.muscle_force.begin(), frame.spine.muscle_force.end()), 0);
          lighter = compression(frame);
        }
        EXPECT_GT(lighter, nearer) << "20 kg at " << reach << " m, " << height << " m high";
        nearer = lighter;
      }
    }
  }
}

TEST(LiftLoads, NothingJumpsBetweenFramesBeyondWhatTheNetLoadsExplain) {
  const Person person = make_person(Scenario{}, library());
  const Motion motion(person.subject, library().postures, lift(LiftTechnique::SemiSquat, 15, 0.4, 0.3));
  Frame before = solve_frame(person, motion, motion.start());
  for (double t = motion.start() + 0.05; t <= motion.end(); t += 0.05) {
    const Frame now = solve_frame(person, motion, t);
    double change = 0;
    for (std::size_t l = 0; l < kLevelCount; ++l) {
      // Muscles pull some 5 cm behind the disc: a newton metre is twenty newtons of compression; twice that is allowed.
      change = std::max(change, 40 * (now.net[l].moment - before.net[l].moment).norm() +
                                    2 * (now.net[l].force - before.net[l].force).norm());
    }
    EXPECT_LT(std::abs(compression(now) - compression(before)), change + 50) << t;
    before = now;
  }
}

/// A valid or merely well-formed scenario; everything is drawn from `generator`.
Scenario sampled(std::mt19937& generator) {
  const auto within = [&](double lo, double hi) { return std::uniform_real_distribution<double>(lo, hi)(generator); };
  const auto one_of = [&](int count) { return static_cast<int>(generator() % static_cast<unsigned>(count)); };
  Scenario s;
  s.subject.sex = one_of(2) == 0 ? Sex::Male : Sex::Female;
  s.subject.age_years = within(18, 85);
  s.subject.stature = within(1.5, 1.95);
  s.subject.mass = within(19, 32) * s.subject.stature * s.subject.stature;
  s.subject.strength = within(0.6, 1.6);
  s.subject.hamstrings = static_cast<HamstringLength>(one_of(3));
  const auto level = [&] { return static_cast<Level>(one_of(kLevelCount)); };
  switch (one_of(7)) {
    case 0:
      s.subject.discs.push_back({level(), 1 + one_of(5), within(0, 0.5)});
      break;
    case 1: {
      Herniation h;
      h.level = level();
      h.side = static_cast<HerniationSide>(one_of(2));
      h.zone = static_cast<HerniationZone>(1 + one_of(3));
      h.protrusion = within(0.002, 0.008);
      s.subject.herniations.push_back(h);
      break;
    }
    case 2:
      s.subject.stenoses.push_back({level(), static_cast<StenosisZone>(one_of(3)), {}, within(0.1, 0.5)});
      break;
    case 3:
      s.subject.flava.push_back({level(), within(0.001, 0.004)});
      break;
    case 4:
      s.subject.slips.push_back({Level::L4L5, within(0.001, 0.008)});
      break;
    case 5:
      s.subject.surgeries.push_back({level(), static_cast<SurgeryKind>(one_of(3))});
      break;
    default:
      break;
  }
  if (one_of(2) == 0) {
    auto posture = library().postures.begin();
    std::advance(posture, one_of(static_cast<int>(library().postures.size())));
    Keyframe keyframe;
    keyframe.posture = posture->first;
    s.motion.keyframes.push_back(keyframe);
    return s;
  }
  LiftTask& task = s.lift.emplace();
  task.technique = static_cast<LiftTechnique>(one_of(kTechniqueCount));
  task.hands =
      task.technique == LiftTechnique::Golfers ? static_cast<Hands>(1 + one_of(2)) : static_cast<Hands>(one_of(3));
  task.mass = within(0, 30);
  task.from_height = within(0.25, 1.0);
  task.to_height = within(0.5, 1.3);
  task.reach = within(0.3, 0.5);
  task.asymmetry = one_of(3) == 0 ? within(-0.8, 0.8) : 0;
  task.pace = static_cast<Pace>(one_of(3));
  return s;
}

TEST(RandomScenarios, EveryFrameConvergesOrSaysWhyAndNoneCrashes) {
  constexpr std::size_t kScenarios = 200;
  std::mt19937 generator(20);
  std::vector<Scenario> scenarios;
  for (std::size_t i = 0; i < kScenarios; ++i) scenarios.push_back(sampled(generator));
  std::vector<std::string> outcome(kScenarios);
  parallel_for(kScenarios, 1, 2, [&](std::size_t i) {
    try {
      const Person person = make_person(scenarios[i], library());
      const Motion motion(person.subject, library().postures, scenarios[i]);
      const double time =
          motion.loads().empty() ? motion.start() : motion.loads().front().from + motion.loads().front().grip + 0.3;
      const Frame frame = solve_frame(person, motion, time);
      if (!frame.converged()) {
        outcome[i] = frame.complaint().empty() ? "silent" : "not converged, said why";
      } else if (!frame.spine.strength_suffices) {
        outcome[i] = frame.complaint().empty() ? "silent" : "beyond the strength, said so";
      } else {
        const bool finite = std::isfinite(compression(frame)) && frame.spine.residual < 1e-6;
        outcome[i] = finite ? "converged" : "silent";
      }
    } catch (const InputError& error) {
      outcome[i] = std::string(error.what()).empty() ? "silent" : "refused, said why";
    }
  });
  std::map<std::string, int> counts;
  for (const std::string& o : outcome) ++counts[o];
  for (const auto& [what, count] : counts) std::printf("%s: %d\n", what.c_str(), count);
  EXPECT_EQ(counts["silent"], 0);
  EXPECT_GT(counts["converged"], 100);
  EXPECT_LE(counts["not converged, said why"], 2);
}

TEST(RandomScenarios, NearlyEveryLiftStaysOverTheFeetFromItsStartToItsEnd) {
  std::mt19937 generator(20);
  int lifts = 0, toppling = 0;
  for (int i = 0; i < 200; ++i) {
    const Scenario scenario = sampled(generator);
    if (!scenario.lift) continue;
    try {
      const Motion motion(make_person(scenario, library()).subject, library().postures, scenario);
      ++lifts;
      double farthest = 0;
      for (double t = motion.start(); t <= motion.end(); t += 0.02)
        farthest = std::max(farthest, motion.at(t).balance_offset);
      toppling += farthest > kBalanceTolerance ? 1 : 0;
    } catch (const InputError&) {
      continue;  // said why: the test above
    }
  }
  EXPECT_GT(lifts, 90);
  EXPECT_LE(toppling, 3);
}

}  // namespace
}  // namespace foramen
