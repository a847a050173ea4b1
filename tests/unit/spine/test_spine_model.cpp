#include <gtest/gtest.h>

#include <algorithm>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/spine/spine.h"

namespace foramen {
namespace {

std::shared_ptr<const Subject> man(double strength = 1) {
  SubjectDescription description;
  description.strength = strength;
  return std::make_shared<const Subject>(build_subject(*load_anatomy(data_directory()), description));
}

/// Lumbar rotations (flexion, right bend, left twist) shared evenly over the levels, pelvis fixed.
TreeMotion bent(double flexion, double right_bend = 0, double left_twist = 0) {
  TreeMotion motion;
  for (const Level level : kLevels) {
    const Body upper = body_of(upper_vertebra(level));
    motion.joints[static_cast<std::size_t>(index(upper))].angle = Vec3(right_bend, left_twist, -flexion) / kLevelCount;
  }
  return motion;
}

SpineState solve(const Subject& subject, const SpineModel& spine, const TreeMotion& motion) {
  const BodyPoses poses = place_bodies(subject, motion);
  return spine.solve(motion, poses, net_loads(subject, poses, joint_wrenches(subject, motion, {})));
}

struct Spine : testing::Test {
  std::shared_ptr<const Subject> subject = man();
  SpineModel model{subject};
};

TEST_F(Spine, BalancesWhatTheLevelsMustCarry) {
  for (const double flexion : {0.0, 20.0, 35.0, -12.0}) {
    const SpineState s = solve(*subject, model, bent(flexion * units::deg));
    ASSERT_TRUE(s.convergence.converged) << flexion << " " << s.convergence.reason;
    EXPECT_TRUE(s.strength_suffices);
    EXPECT_LT(s.residual, 1e-6) << flexion;
  }
}

TEST_F(Spine, ForcesOfTissuesAndMusclesAddUpToTheLoad) {
  const TreeMotion motion = bent(25 * units::deg);
  const BodyPoses poses = place_bodies(*subject, motion);
  const NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, motion, {}));
  const SpineState s = model.solve(motion, poses, net);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const LevelState& level = s.levels[l];
    // In the frame of the disc at standing: turn the reported force back from the mid-plane.
    const Vec3 passive = rotation_from_vector(0.5 * level.q.head<3>()) *
                         Vec3(level.shear_anterior, -level.compression, level.shear_right);
    const Vec3 pressure(0, s.abdominal_pressure * 243e-4, 0);
    EXPECT_LT((passive + level.muscle_D.force - net[l].force - pressure).norm(), 1e-3) << l;
  }
}

TEST_F(Spine, StandingIsTheReference) {
  const SpineState s = solve(*subject, model, TreeMotion{});
  for (const LevelState& level : s.levels) {
    EXPECT_LT(level.q.tail<3>().norm(), 0.1e-3);
    EXPECT_LT(level.deviation.norm(), 0.3 * units::deg);
    for (const double bulge : level.bulge_since_standing) EXPECT_LT(std::abs(bulge), 0.1e-3);
  }
}

TEST_F(Spine, NeedsNoMusclesForTheMomentsAtRest) {
  const TreeMotion motion = bent(25 * units::deg);
  const BodyPoses poses = place_bodies(*subject, motion);
  NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, motion, {}));
  for (Wrench& load : net)
    load = {Vec3(0, 0.5 * load.force.y(), 0), Vec3::Zero()};  // half the trunk leans on something
  const auto effort = [&](const SpineState& state) {
    return *std::max_element(state.activation.begin(), state.activation.end());
  };
  const double loose = effort(model.solve(motion, poses, net));
  const auto rest = model.moments_at_rest(motion, poses, net);
  for (std::size_t l = 0; l < kLevelCount; ++l) net[l].moment = rest[l];
  const SpineState state = model.solve(motion, poses, net);
  ASSERT_TRUE(state.convergence.converged);
  EXPECT_LT(effort(state), 0.05);
  EXPECT_GT(loose, 0.1);
}

TEST_F(Spine, MirroredPostureGivesMirroredLoads) {
  const SpineState right = solve(*subject, model, bent(0.2, 0.15, 0.05)),
                   left = solve(*subject, model, bent(0.2, -0.15, -0.05));
  ASSERT_TRUE(right.convergence.converged && left.convergence.converged);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    EXPECT_NEAR(right.levels[l].compression, left.levels[l].compression, 1e-3);
    EXPECT_NEAR(right.levels[l].shear_right, -left.levels[l].shear_right, 1e-3);
    EXPECT_NEAR(right.levels[l].facet_force[0], left.levels[l].facet_force[1], 1e-3);
  }
}

TEST_F(Spine, IsAPureFunction) {
  const TreeMotion motion = bent(0.5, 0.1);
  const SpineState a = solve(*subject, model, motion), b = solve(*subject, model, motion);
  EXPECT_EQ(a.activation, b.activation);
  for (std::size_t l = 0; l < kLevelCount; ++l) EXPECT_EQ(a.levels[l].q, b.levels[l].q);
}

TEST_F(Spine, ExtensorsHoldAForwardBend) {
  const SpineState s = solve(*subject, model, bent(20 * units::deg));
  double extensors = 0, flexors = 0;
  for (std::size_t i = 0; i < s.muscle_force.size(); ++i) {
    const std::string& group = subject->muscles[i].group;
    if (group.starts_with("longissimus") || group.starts_with("iliocostalis") || group.starts_with("multifidus"))
      extensors += s.muscle_force[i];
    if (group == "rectus_abdominis") flexors += s.muscle_force[i];
  }
  EXPECT_GT(extensors, 5 * flexors);
}

/// Mean activation of groups whose name ends so, by cross-section.
double activation(const Subject& subject, const SpineState& state, std::string_view group) {
  double sum = 0, section = 0;
  for (std::size_t i = 0; i < state.activation.size(); ++i) {
    if (!subject.muscles[i].group.ends_with(group)) continue;
    sum += subject.muscles[i].pcsa * state.activation[i];
    section += subject.muscles[i].pcsa;
  }
  return sum / section;
}

/// A forward bend in standing: the pelvis follows the lumbar spine as 60° to 52°.
TreeMotion bowed(double lumbar) {
  TreeMotion motion;
  constexpr std::array share{13.0, 16.0, 23.0, 26.0, 14.0};
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const Body upper = body_of(upper_vertebra(static_cast<Level>(l)));
    motion.joints[static_cast<std::size_t>(index(upper))].angle = Vec3(0, 0, -lumbar * share[l] / 92);
  }
  motion.joints[static_cast<std::size_t>(index(Body::Pelvis))].angle.z() = -60.0 / 52.0 * lumbar;
  return motion;
}

TEST_F(Spine, SuperficialExtensorsFallSilentNearFullFlexion) {
  const SpineState half = solve(*subject, model, bowed(30 * units::deg)),
                   full = solve(*subject, model, bowed(53 * units::deg));
  ASSERT_TRUE(half.convergence.converged && full.convergence.converged);
  const auto at_l3 = [&](const SpineState& s) { return activation(*subject, s, "pars_thoracis"); };
  EXPECT_GT(at_l3(half), 0.15);
  EXPECT_LT(at_l3(full), 0.05);
  // Passive tissues of the level and stretched muscle hold the trunk instead.
  EXPECT_GT(full.levels[3].moment_flexion, 30);
  EXPECT_GT(full.levels[3].ligament_force, 3 * half.levels[3].ligament_force);
}

TEST_F(Spine, RelaxedLyingMusclesAreSilent) {
  const BodyPoses poses = place_bodies(*subject, TreeMotion{});
  const SpineState s = model.solve(TreeMotion{}, poses, NetLoads{});
  ASSERT_TRUE(s.convergence.converged);
  EXPECT_LT(*std::max_element(s.activation.begin(), s.activation.end()), 0.2);
  EXPECT_LT(s.levels[3].compression, 100);
}

TEST_F(Spine, AbdominalWallHoldsThePressure) {
  const BodyPoses poses = place_bodies(*subject, TreeMotion{});
  const NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, TreeMotion{}, {}));
  double transversus = 0, oblique = 0;
  for (const double pressure : {1e3, 8e3, 16e3}) {
    const SpineState s = model.solve(TreeMotion{}, poses, net, {.held_pressure = pressure});
    ASSERT_TRUE(s.convergence.converged) << pressure;
    EXPECT_EQ(s.abdominal_pressure, pressure);
    EXPECT_LT(s.residual, 1e-6);
    EXPECT_GT(s.transversus_activation, transversus);
    EXPECT_GE(activation(*subject, s, "oblique"), oblique);
    transversus = s.transversus_activation;
    oblique = activation(*subject, s, "oblique");
  }
  EXPECT_GT(oblique, 0.03);
}

TEST_F(Spine, PressingAtWillLoadsTheSpineMoreThanItsPressureLifts) {
  const BodyPoses poses = place_bodies(*subject, TreeMotion{});
  const NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, TreeMotion{}, {}));
  double before = model.solve(TreeMotion{}, poses, net).levels[3].compression;
  for (const double pressure : {5e3, 10e3, 15e3}) {
    const SpineState s = model.solve(TreeMotion{}, poses, net, {.held_pressure = pressure});
    EXPECT_GT(s.levels[3].compression, before) << pressure;
    before = s.levels[3].compression;
    for (std::size_t i = 0; i < s.activation.size(); ++i) {
      if (subject->muscles[i].group.ends_with("_oblique")) {
        EXPECT_GE(s.activation[i], 0.5 * s.transversus_activation);
      }
    }
  }
}

TEST_F(Spine, LevelsOfARestingTrunkGoWhereTissuesCarry) {
  // Lying, a curve that its levels do not like: nothing loads it but its own tissues.
  const TreeMotion motion = bent(20 * units::deg);
  const BodyPoses poses = place_bodies(*subject, motion);
  const SpineState held = model.solve(motion, poses, NetLoads{}),
                   rests = model.solve(motion, poses, NetLoads{}, {.rest = 1});
  ASSERT_TRUE(held.convergence.converged && rests.convergence.converged);
  EXPECT_LT(rests.levels[3].compression, held.levels[3].compression);
  Vec3 turned = Vec3::Zero();
  double most = 0;
  for (const LevelState& level : rests.levels) {
    turned += level.deviation;
    most = std::max(most, level.deviation.norm());
  }
  EXPECT_LT(turned.norm(), 1e-6);  // where the trunk lies is not the spine's to choose
  EXPECT_GT(most, 0.2 * units::deg);
  EXPECT_LT(most, 8 * units::deg);
}

TEST_F(Spine, PsoasTakesItsShareOfTheHipsItCrosses) {
  const BodyPoses poses = place_bodies(*subject, TreeMotion{});
  const NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, TreeMotion{}, {}));
  const auto pull = [&](const SpineState& s, Side side) {
    double sum = 0;
    for (std::size_t i = 0; i < subject->muscles.size(); ++i)
      if (subject->muscles[i].group == "psoas_major" && subject->muscles[i].side == side) sum += s.muscle_force[i];
    return sum;
  };
  const SpineState none = model.solve(TreeMotion{}, poses, net),
                   extends = model.solve(TreeMotion{}, poses, net, {.hip_flexion = {-40, -40}}),
                   both = model.solve(TreeMotion{}, poses, net, {.hip_flexion = {40, 40}}),
                   left = model.solve(TreeMotion{}, poses, net, {.hip_flexion = {40, 0}});
  ASSERT_TRUE(both.convergence.converged && left.convergence.converged);
  EXPECT_EQ(extends.levels[3].compression, none.levels[3].compression);
  const double share = 40 * subject->psoas_per_hip_moment;
  EXPECT_GT(share, 150);
  EXPECT_GE(pull(both, Side::Right), share - 1e-9);
  EXPECT_GT(both.levels[3].compression, none.levels[3].compression + share);
  EXPECT_GE(pull(left, Side::Left), share - 1e-9);
  EXPECT_LT(pull(left, Side::Right), 0.5 * share);
  EXPECT_LT(left.residual, 1e-6);
}

TEST_F(Spine, NoMusclePushesAndEveryActivationIsPossible) {
  for (const TreeMotion& motion : {bent(0.5), bent(-0.2), bent(0.3, 0.3), bent(0.1, 0, 0.15), bowed(0.9)}) {
    const SpineState s = solve(*subject, model, motion);
    EXPECT_GE(*std::min_element(s.muscle_force.begin(), s.muscle_force.end()), 0);
    EXPECT_GE(*std::min_element(s.activation.begin(), s.activation.end()), 0);
    EXPECT_LE(*std::max_element(s.activation.begin(), s.activation.end()), 1);
    EXPECT_LT(s.residual, 1e-6);
  }
}

TEST_F(Spine, TheWholeBodyTurnedTogetherWithGravityFeelsTheSame) {
  // The room turned about the vertical: gravity keeps its direction.
  TreeMotion turned = bent(0.4, 0.1);
  turned.joints[static_cast<std::size_t>(index(Body::Pelvis))].angle.y() = 1.1;
  turned.pelvis_position = Vec3(3, 0, -2);
  const SpineState here = solve(*subject, model, bent(0.4, 0.1)), there = solve(*subject, model, turned);
  for (std::size_t l = 0; l < kLevelCount; ++l)
    EXPECT_NEAR(here.levels[l].compression, there.levels[l].compression, 1e-3);
}

TEST_F(Spine, HeavierLoadsPressMoreAndTakeMoreOfTheStrength) {
  double before = 0, used = 0;
  for (const double load : {0.0, 50.0, 100.0, 200.0, 300.0}) {
    const TreeMotion motion = bent(0.35);
    const BodyPoses poses = place_bodies(*subject, motion);
    const Pose& hand = poses[static_cast<std::size_t>(index(Body::HandRight))];
    const ExternalForce weight{Body::HandRight, Vec3(hand.p.x() + 0.3, hand.p.y(), 0), Vec3(0, -load, 0), Vec3::Zero()};
    const SpineState s =
        model.solve(motion, poses, net_loads(*subject, poses, joint_wrenches(*subject, motion, {weight})));
    ASSERT_TRUE(s.convergence.converged) << load;
    EXPECT_GT(s.levels[3].compression, before + 1) << load;
    EXPECT_GT(s.strength_used, used) << load;
    EXPECT_LE(s.strength_used, 1) << load;
    before = s.levels[3].compression;
    used = s.strength_used;
  }
}

TEST(SpineStrength, AntagonistsPressTheSpine) {
  const auto subject = man();
  const SpineState relaxed = solve(*subject, SpineModel(subject), bent(0.3)),
                   braced = solve(*subject, SpineModel(subject, {.antagonist_floor = 0.05}), bent(0.3));
  ASSERT_TRUE(braced.convergence.converged);
  EXPECT_GT(braced.levels[3].compression, relaxed.levels[3].compression + 100);
  EXPECT_GE(*std::min_element(braced.activation.begin(), braced.activation.end()), 0.05 - 1e-12);
}

TEST(WeakSpine, SaysThatStrengthDoesNotSuffice) {
  const auto subject = man(0.2);
  const SpineModel model(subject);
  TreeMotion motion = bent(15 * units::deg);
  const BodyPoses poses = place_bodies(*subject, motion);
  NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, motion, {}));
  for (Wrench& load : net) load.moment.z() -= 300;
  const SpineState s = model.solve(motion, poses, net);
  EXPECT_FALSE(s.strength_suffices);
  EXPECT_EQ(s.strength_used, 1);
  double unmet = 0;
  for (const Vec3& m : s.unmet_moment) unmet = std::max(unmet, m.cwiseAbs().maxCoeff());
  EXPECT_GT(unmet, 50);
}

SpineState standing_with(const Subject& subject, const SpineModel& spine, const MuscleActivity& activity) {
  const TreeMotion motion = bent(5 * units::deg);
  const BodyPoses poses = place_bodies(subject, motion);
  return spine.solve(motion, poses, net_loads(subject, poses, joint_wrenches(subject, motion, {})),
                     {.activity = activity});
}

double mean_activation(const Subject& subject, const SpineState& s, const std::string& group, Side side) {
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < subject.muscles.size(); ++i) {
    if (!subject.muscles[i].group.starts_with(group) || subject.muscles[i].side != side) continue;
    sum += s.activation[i];
    ++count;
  }
  return sum / count;
}

TEST_F(Spine, BracingPressesItAndStaysInBalance) {
  MuscleActivity braced{};
  braced[index(ActivityGroup::RectusAbdominis)] = {0.4, 0.4};
  const SpineState plain = standing_with(*subject, model, {}), s = standing_with(*subject, model, braced);
  ASSERT_TRUE(s.convergence.converged);
  EXPECT_LT(s.residual, 1e-6);
  EXPECT_EQ(plain.activity_departure, 0);
  EXPECT_LT(s.activity_departure, 0.1);
  EXPECT_GT(mean_activation(*subject, s, "rectus", Side::Left), 0.05);
  EXPECT_GT(mean_activation(*subject, s, "longissimus", Side::Left),
            mean_activation(*subject, plain, "longissimus", Side::Left));
  for (std::size_t l = 0; l < kLevelCount; ++l)
    EXPECT_GT(s.levels[l].compression, plain.levels[l].compression + 50) << l;
}

TEST_F(Spine, ActivityOfTheOtherSideGivesTheMirroredSpine) {
  MuscleActivity left{}, right{};
  left[index(ActivityGroup::ExternalOblique)] = {0.5, 0};
  right[index(ActivityGroup::ExternalOblique)] = {0, 0.5};
  const SpineState l = standing_with(*subject, model, left), r = standing_with(*subject, model, right);
  EXPECT_GT(mean_activation(*subject, l, "external", Side::Left),
            mean_activation(*subject, l, "external", Side::Right) + 0.02);
  for (const char* group : {"external", "internal", "psoas", "multifidus_lumbar"}) {
    EXPECT_NEAR(mean_activation(*subject, l, group, Side::Left), mean_activation(*subject, r, group, Side::Right), 1e-6)
        << group;
  }
  EXPECT_NEAR(l.levels[3].moment_right_bend, -r.levels[3].moment_right_bend, 1e-4);
}

}  // namespace
}  // namespace foramen
