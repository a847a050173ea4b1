#include <gtest/gtest.h>

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

TEST(WeakSpine, SaysThatStrengthDoesNotSuffice) {
  const auto subject = man(0.2);
  const SpineModel model(subject);
  TreeMotion motion = bent(15 * units::deg);
  const BodyPoses poses = place_bodies(*subject, motion);
  NetLoads net = net_loads(*subject, poses, joint_wrenches(*subject, motion, {}));
  for (Wrench& load : net) load.moment.z() -= 300;
  const SpineState s = model.solve(motion, poses, net);
  EXPECT_FALSE(s.strength_suffices);
  double unmet = 0;
  for (const Vec3& m : s.unmet_moment) unmet = std::max(unmet, m.cwiseAbs().maxCoeff());
  EXPECT_GT(unmet, 50);
}

}  // namespace
}  // namespace foramen
