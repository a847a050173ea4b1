#include <gtest/gtest.h>

#include "sim/base/csv.h"
#include "sim/base/units.h"
#include "sim/spine/passive_response.h"

namespace foramen {
namespace {

/// A healthy L4–L5, flexed, bent and twisted, in balance with `force` at that rotation.
SegmentSolution carrying(const SegmentLaw& law, const Vec3& rotation, const Vec3& force) {
  SegmentSolution start;
  start.q.head<3>() = rotation;
  start.state = law.evaluate(start.q, &start.shape);
  return solve_translation(law, start, force);
}

TEST(PassiveResponse, IsTheDerivativeOfTheMoment) {
  const Subject subject = build_subject(*load_anatomy(data_directory()), {});
  const SegmentLaw law(subject.levels[index(Level::L4L5)]);
  const Vec3 force(150, -1200, 20);
  constexpr double kTurn = 1e-4, kPush = 1;
  for (const Vec3& rotation :
       {Vec3(0, 0, 0), Vec3(0.03, 0.01, -0.05), Vec3(0.02, -0.01, -0.2), Vec3(-0.05, 0.02, 0.08)}) {
    const SegmentSolution at = carrying(law, rotation, force);
    ASSERT_TRUE(at.convergence.converged);
    const PassiveResponse response = passive_response(at.state, at.q);
    const auto moment = [&](const Vec3& turned, const Vec3& pressed) {
      const SegmentSolution s = carrying(law, turned, pressed);
      return passive_moment(s.state, s.q);
    };
    for (int axis = 0; axis < 3; ++axis) {
      const Vec3 e = Vec3::Unit(axis);
      const Vec3 by_rotation =
          (moment(rotation + kTurn * e, force) - moment(rotation - kTurn * e, force)) / (2 * kTurn);
      const Vec3 by_force = (moment(rotation, force + kPush * e) - moment(rotation, force - kPush * e)) / (2 * kPush);
      EXPECT_LT((response.by_rotation.col(axis) - by_rotation).norm(), 1e-3 * response.by_rotation.norm())
          << rotation.transpose() << "\n"
          << response.by_rotation.col(axis).transpose() << "\n"
          << by_rotation.transpose();
      EXPECT_LT((response.by_force.col(axis) - by_force).norm(), 1e-3 * response.by_force.norm())
          << rotation.transpose() << "\n"
          << response.by_force.col(axis).transpose() << "\n"
          << by_force.transpose();
    }
  }
}

}  // namespace
}  // namespace foramen
