// What is grabbed must follow the hand that drags it, and nothing else may move.

#include <gtest/gtest.h>

#include <cmath>

#include "example.h"
#include "sim/base/units.h"
#include "viz/session/drag.h"
#include "viz/session/edits.h"

namespace foramen::session {
namespace {

struct Scene {
  Session session;
  std::shared_ptr<const Subject> subject;
  Frame frame;

  explicit Scene(const char* name, double time) : session(session_of(name)) {
    session.run("time " + std::to_string(time));
    solve();
  }
  void solve() {
    const Scenario& scenario = *session.state().cases[0].scenario;
    const Person person = make_person(scenario, *library());
    subject = person.subject;
    frame = solve_frame(person, Motion(person.subject, library()->postures, scenario), session.state().view.time);
  }
  [[nodiscard]] Vec3 place(Body body) const { return frame.instant.poses[static_cast<std::size_t>(index(body))].p; }
  /// Pulls a body's origin to a place and solves again.
  void pull(Body body, const Vec3& to_W) {
    const Grab held = grab(session.state(), library()->postures, *subject, frame, body, place(body));
    const auto command = drag_command(held, *subject, to_W);
    ASSERT_TRUE(command.has_value());
    session.run(*command);
    solve();
  }
};

TEST(Drag, TheLegOfSomeoneWhoLiesFollowsTheHand) {
  Scene scene("leg_raise.toml", 3.0);
  const Vec3 foot = scene.place(Body::FootLeft), other = scene.place(Body::FootRight);
  const Vec3 hip = scene.place(Body::ThighLeft);
  // Half-way back to where it lay, at the same distance from the hip.
  const double turn = -20 * units::deg;
  const Vec3 to = hip + Eigen::AngleAxisd(turn, Vec3::UnitZ()) * (foot - hip);
  scene.pull(Body::FootLeft, to);
  EXPECT_LT((scene.place(Body::FootLeft) - to).norm(), 0.05);
  EXPECT_LT((scene.place(Body::FootRight) - other).norm(), 1e-6);
}

TEST(Drag, TheTrunkBendsForwardInTheHips) {
  Scene scene("standing.toml", 0.0);
  const Vec3 before = scene.place(Body::Thorax);
  const Vec3 foot = scene.place(Body::FootLeft);
  scene.pull(Body::Thorax, before + Vec3(0.15, 0, 0));
  EXPECT_GT(scene.place(Body::Thorax).x(), before.x() + 0.05);
  EXPECT_LT((scene.place(Body::FootLeft) - foot).norm(), 1e-3);
}

TEST(Drag, HandsGoWhereTheyArePulled) {
  Scene scene("hold_bent.toml", 0.0);
  const Vec3 hand = scene.place(Body::HandRight);
  scene.pull(Body::HandRight, hand + Vec3(0.05, 0.05, 0));
  EXPECT_NEAR((scene.place(Body::HandRight) - hand - Vec3(0.05, 0.05, 0)).norm(), 0, 0.06);
}

TEST(Drag, APullThatGoesNowhereChangesNothing) {
  Scene scene("standing.toml", 0.0);
  const Vec3 thorax = scene.place(Body::Thorax);
  const Grab held = grab(scene.session.state(), library()->postures, *scene.subject, scene.frame, Body::Thorax, thorax);
  EXPECT_FALSE(drag_command(held, *scene.subject, thorax).has_value());
}

}  // namespace
}  // namespace foramen::session
