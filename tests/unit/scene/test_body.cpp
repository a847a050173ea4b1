// The whole person: one closed skin that goes with the joints, supports under what they carry, areas on the right leg.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "sim/anatomy/lofted_mesh.h"
#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/run/simulate.h"
#include "tests/unit/scene/closed_mesh.h"
#include "viz/scene/dermatome.h"
#include "viz/scene/lumbar_scene.h"
#include "viz/scene/pick.h"
#include "viz/scene/skin.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

std::shared_ptr<const Subject> person(double mass = 75.0) {
  static const auto tables = load_anatomy(data_directory());
  SubjectDescription description;
  description.mass = mass;
  return std::make_shared<const Subject>(build_subject(*tables, description));
}

BodyPoses posed(const Subject& subject, double hips, double knees) {
  TreeMotion tree;
  for (const Side side : kSides) {
    tree.joints[index(on_side(Body::ThighLeft, side))].angle.z() = hips;
    tree.joints[index(on_side(Body::ShankLeft, side))].angle.z() = -knees;
  }
  return place_bodies(subject, tree);
}

TEST(Skin, IsClosedAndHoldsABodysVolume) {
  const Skin skin = make_skin(*person());
  example::expect_closed(skin.rest);
  EXPECT_NEAR(75.0 / volume(skin.rest), 1050.0, 30.0);  // density of a body's tissues [kg/m³]
  EXPECT_GT(volume(make_skin(*person(110.0)).rest), 1.2 * volume(skin.rest));
}

TEST(Skin, BendsWithoutLosingItsGirth) {
  const auto subject = person();
  const Skin skin = make_skin(*subject);
  const double standing = volume(pose_skin(skin, posed(*subject, 0, 0)));
  const double squatting = volume(pose_skin(skin, posed(*subject, 110 * units::deg, 120 * units::deg)));
  EXPECT_NEAR(standing / volume(skin.rest), 1.0, 0.06);
  EXPECT_NEAR(squatting / volume(skin.rest), 1.0, 0.06);
}

TEST(Skin, StandsOnTheSolesAndEndsAtTheStature) {
  const auto subject = person();
  const TriangleMesh mesh = pose_skin(make_skin(*subject), posed(*subject, 0, 0));
  double low = 1e9, high = -1e9;
  for (const Vec3& v : mesh.vertices) {
    low = std::min(low, v.y());
    high = std::max(high, v.y());
  }
  EXPECT_NEAR(high - low, subject->description.stature, 0.03);
}

TEST(Skin, MovesRigidlyWithTheWholeBody) {
  const auto subject = person();
  const Skin skin = make_skin(*subject);
  BodyPoses poses = posed(*subject, 0.4, 0.6);
  const TriangleMesh before = pose_skin(skin, poses);
  const Pose X{rotation_from_vector(Vec3(0.3, -0.8, 1.1)), Vec3(1.0, 2.0, -0.5)};
  for (Pose& pose : poses) pose = X * pose;
  const TriangleMesh after = pose_skin(skin, poses);
  for (std::size_t i = 0; i < before.vertices.size(); i += 97)
    EXPECT_LT((after.vertices[i] - X * before.vertices[i]).norm(), 1e-6);
}

TEST(Dermatome, LiesOnItsOwnLegInItsOwnPlace) {
  const auto subject = person();
  const Skin skin = make_skin(*subject);
  const BodyPoses poses = posed(*subject, 0, 0);
  const TriangleMesh mesh = pose_skin(skin, poses);
  const auto middle = [&](Root root, Side side) {
    const Shape shape = dermatome_shape(*subject, skin, mesh, root, side, {});
    EXPECT_FALSE(shape.mesh->triangles.empty()) << name(root);
    EXPECT_EQ(shape.opacities.size(), shape.mesh->vertices.size());
    Vec3 sum = Vec3::Zero();
    for (const Vec3& v : shape.mesh->vertices) {
      EXPECT_GT(side_sign(side) * v.z(), -0.02);
      sum += v;
    }
    return Vec3(sum / static_cast<double>(shape.mesh->vertices.size()));
  };
  const Vec3 knee = poses[index(Body::ShankRight)].p;
  EXPECT_GT(middle(Root::L2, Side::Right).y(), knee.y());
  EXPECT_LT(middle(Root::L5, Side::Right).y(), knee.y());
  EXPECT_GT(middle(Root::L5, Side::Right).z(), middle(Root::L4, Side::Right).z());  // outer and inner side
  EXPECT_LT(middle(Root::S1, Side::Left).x(), middle(Root::L2, Side::Left).x());    // behind
  EXPECT_NEAR(middle(Root::S1, Side::Left).z(), -middle(Root::S1, Side::Right).z(), 0.01);
}

TEST(Scene, ChangedPathologyKeepsTheBones) {
  const auto subject = person();
  const LumbarScene scene(subject, {.title = "a"}, {});
  auto other = std::make_shared<Subject>(*subject);
  other->levels[index(Level::L4L5)].herniations.push_back({});
  const LumbarScene changed = scene.for_subject(other, {.title = "b"});
  Frame frame;
  frame.spine.poses = frame.instant.poses = posed(*subject, 0, 0);
  const Drawing a = scene.draw(frame, {}), b = changed.draw(frame, {});
  EXPECT_EQ(b.title, "b");
  for (const char* bone : {"bone L1", "bone L4", "bone S1", "ribs", "skull"})
    EXPECT_EQ(a.find(bone)->mesh, b.find(bone)->mesh) << bone;
}

TEST(Pick, FindsTheHandOnTheSkinAndTheBoneBehindIt) {
  const auto subject = person();
  const LumbarScene scene(subject, {.title = "a"}, {});
  Frame frame;
  frame.spine.poses = frame.instant.poses = posed(*subject, 0, 0);
  const Drawing drawing = scene.draw(frame, options_for(View::Body, {}));
  const Vec3 palm = frame.spine.poses[index(Body::HandRight)] * Vec3(0.0, -0.06, 0.0);
  const auto hand = pick(drawing, {palm + Vec3(0, 0, 1), -Vec3::UnitZ()}, true);
  ASSERT_TRUE(hand);
  EXPECT_EQ(hand->shape, "body");
  EXPECT_EQ(hand->body, Body::HandRight);
  const Vec3 L3 = frame.spine.poses[index(Body::L3)].p;
  const auto spine = pick(drawing, {L3 + Vec3(1, 0, 0), -Vec3::UnitX()});
  ASSERT_TRUE(spine);
  EXPECT_EQ(spine->shape, "bone L3");
  EXPECT_EQ(spine->body, Body::L3);
  EXPECT_FALSE(pick(drawing, {Vec3(0, 5, 5), Vec3::UnitY()}));
}

}  // namespace
}  // namespace foramen::scene
