// Exercises ask of the lower back what a free body of the parts above L4–L5 says, and in the direction they are done
// for.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::library;
using testing::person;

Instant held(const char* posture) {
  Scenario scenario;
  Keyframe keyframe;
  keyframe.posture = posture;
  scenario.motion.keyframes = {keyframe};
  return Motion(person(), library(), scenario).at(0);
}

bool above(int body) {
  for (int b = body; b != 0; b = index(person()->segments[b].parent))
    if (b == index(Body::L4)) return true;
  return false;
}

/// Weights and pushes on everything above L4–L5, about its centre, in the axes of D: (side bend, twist, extension).
Vec3 moment_of_free_body(const Instant& i) {
  const Pose D = i.poses[index(Body::L5)] * person()->levels[index(Level::L4L5)].X_LD;
  Vec3 moment = Vec3::Zero();
  for (int b = 0; b < kBodyCount; ++b) {
    const Segment& s = person()->segments[b];
    if (above(b)) moment += (i.poses[b] * s.com_B - D.p).cross(Vec3(0, -s.mass * kGravity, 0));
  }
  for (const ExternalForce& f : i.external)
    if (above(index(f.body))) moment += (f.point_W - D.p).cross(f.force_W) + f.moment_W;
  return D.R.transpose() * moment;
}

Vec3 moment(const Instant& i) {
  return net_loads(*person(), i.poses, joint_wrenches(*person(), i.tree, i.external))[index(Level::L4L5)].moment;
}

TEST(Exercises, TheMomentIsThatOfTheFreeBody) {
  for (const char* posture : {"curl_up", "sit_up_bent_knees", "side_bridge", "bird_dog", "single_leg_extension",
                              "bent_leg_raise", "straight_leg_raise_active"}) {
    const Instant i = held(posture);
    EXPECT_LT((moment(i) - moment_of_free_body(i)).norm(), 1e-6) << posture;
  }
}

TEST(Exercises, AskTheMusclesTheyTrain) {
  for (const char* posture : {"curl_up", "sit_up_bent_knees", "bent_leg_raise", "straight_leg_raise_active"})
    EXPECT_GT(moment(held(posture)).z(), 5) << posture;  // the belly holds against extension
  for (const char* posture : {"bird_dog", "single_leg_extension"})
    EXPECT_LT(moment(held(posture)).z(), -5) << posture;  // the back holds against flexion
  EXPECT_GT(std::abs(moment(held("side_bridge")).x()), 40);
}

TEST(Exercises, AShankThatLiesOnTheFloorBearsLittleMoreThanItself) {
  const Instant i = held("single_leg_extension");
  double foot = 0, knee = 0;
  for (const SupportReaction& r : i.supports) {
    if (r.body == Body::FootRight) foot += r.force_W.y();
    if (r.body == Body::ShankRight) knee += r.force_W.y();
  }
  EXPECT_LT(foot, 0.1 * knee);
}

TEST(Exercises, ASitUpIsHalfWayUp) {
  const Instant i = held("sit_up_bent_knees");
  const auto middle = [&](Body left) -> Vec3 {
    return 0.5 * (i.poses[index(left)].p + i.poses[index(on_side(left, Side::Right))].p);
  };
  const Vec3 up = middle(Body::UpperArmLeft) - middle(Body::ThighLeft);
  EXPECT_NEAR(std::atan2(up.y(), -up.x()), kPi / 4, 0.03);
}

/// From lying with bent knees the trunk curls and the pelvis turns over the seat, in a second and a half.
Motion sit_up(HeldFeet feet) {
  Scenario scenario = testing::moving(
      Support::Floor, {{0, "supine_legs_bent"}, {0.55, "sit_up_bent_knees"}, {1.5, "sit_up_bent_knees"}});
  scenario.motion.muscles = Muscles::Active;
  scenario.motion.held_feet = feet;
  testing::set_override(scenario.motion.keyframes[1], PostureAngle::PelvisForwardPitch, -10);
  for (const auto& [keyframe, hip] : {std::pair{1, 34}, std::pair{2, 100}})
    for (const PostureAngle angle : {PostureAngle::HipFlexionLeft, PostureAngle::HipFlexionRight})
      testing::set_override(scenario.motion.keyframes[static_cast<std::size_t>(keyframe)], angle, hip);
  return testing::motion_of(scenario);
}

TEST(Exercises, HeldFeetCarryASitUpThatTopplesWithoutThem) {
  const Motion held_down = sit_up(HeldFeet::Held), free = sit_up(HeldFeet::Free);
  double missed = 0, pull = 0, hardest = 0;
  const Vec3 foot = held_down.at(0).poses[index(Body::FootLeft)].p;
  for (int k = 0; k <= 30; ++k) {
    const Instant i = held_down.at(0.05 * k);
    EXPECT_EQ(i.balance_offset, 0) << i.time;
    EXPECT_LT((i.poses[index(Body::FootLeft)].p - foot).norm(), 0.02) << i.time;
    EXPECT_LT(testing::left_over(i).force.norm(), 1e-6) << i.time;
    for (const SupportReaction& r : i.supports) {
      if (r.place != SupportPlace::Helper) continue;
      EXPECT_LE(r.force_W.y(), 0) << i.time;
      pull = std::max(pull, -r.force_W.y());
    }
    hardest = std::max(hardest, moment(i).z());
    missed = std::max(missed, free.at(0.05 * k).balance_offset);
  }
  EXPECT_GT(pull, 15);
  EXPECT_GT(missed, 0.1);
  // As the back leaves the mat nearly the whole upper body hangs before L4-L5.
  EXPECT_GT(hardest, 80);
}

TEST(Exercises, AFloorTakesUpLessOfACurledTrunkThanABed) {
  Scenario scenario = testing::moving(Support::Bed, {{0, "curl_up"}});
  const double bed = moment(testing::motion_of(scenario).at(0)).z();
  scenario.motion.support = Support::Floor;
  EXPECT_GT(moment(testing::motion_of(scenario).at(0)).z(), 2 * bed);
}

TEST(Exercises, OnAFloorAsInABedSomebodyHoldsARaisedLegThatIsRelaxed) {
  Scenario scenario = testing::moving(Support::Floor, {{0, "straight_leg_raise"}});
  const Instant i = testing::motion_of(scenario).at(0);
  EXPECT_TRUE(std::any_of(i.supports.begin(), i.supports.end(),
                          [](const SupportReaction& r) { return r.place == SupportPlace::Helper; }));
}

TEST(Exercises, OnlyFeetOfSomebodyOnTheBackAreHeldDown) {
  for (const auto& [support, posture] : {std::pair{Support::Feet, "standing"}, std::pair{Support::Bed, "prone"}}) {
    Scenario scenario = testing::moving(support, {{0, posture}});
    scenario.motion.held_feet = HeldFeet::Held;
    try {
      (void)testing::motion_of(scenario);
      ADD_FAILURE() << posture;
    } catch (const InputError& error) {
      EXPECT_NE(std::string(error.what()).find("motion.held_feet"), std::string::npos) << error.what();
    }
  }
  Scenario scenario = testing::moving(Support::Bed, {{0, "supine_legs_bent"}, {1, "curl_up"}});
  scenario.motion.held_feet = HeldFeet::Held;
  const Motion motion = testing::motion_of(scenario);
  const auto foot = [&](double time) { return motion.at(time).poses[index(Body::FootLeft)].p.x(); };
  EXPECT_NEAR(foot(0.6), foot(0), 1e-3) << "held feet do not slide on the bed";
}

TEST(Exercises, SayWhatActivityWasMeasuredAndKeyframesMaySayOtherwise) {
  const auto rectus = static_cast<std::size_t>(index(ActivityGroup::RectusAbdominis));
  EXPECT_NEAR(held("curl_up").activity[rectus][0], 0.62, 1e-12);
  EXPECT_EQ(held("standing").activity, MuscleActivity{});
  Scenario scenario = testing::moving(Support::Bed, {{0, "supine_legs_bent"}, {1, "curl_up"}});
  scenario.motion.keyframes[1].activity[rectus][1] = 0.2;
  const Motion motion(person(), library(), scenario);
  EXPECT_EQ(motion.at(0).activity[rectus][0], 0);
  EXPECT_NEAR(motion.at(0.5).activity[rectus][0], 0.31, 1e-9);
  EXPECT_NEAR(motion.at(1).activity[rectus][0], 0.62, 1e-12);
  EXPECT_NEAR(motion.at(1).activity[rectus][1], 0.2, 1e-12);
}

TEST(Exercises, EveryMeasuredActivityHasASource) {
  for (const auto& [name, posture] : library())
    EXPECT_EQ(posture.activity == MuscleActivity{}, posture.activity_source.empty()) << name;
}

}  // namespace
}  // namespace foramen
