// Roots and sac are tubes: they must be closed, as thick as told, and pass where the solver put them.

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "sim/anatomy/lofted_mesh.h"
#include "tests/unit/scene/closed_mesh.h"
#include "viz/scene/tube.h"

namespace foramen::scene {
namespace {

const std::vector<TubeNode> kBent{{Vec3(0, 0, 0), 0.002, 0.0},
                                  {Vec3(0, -0.02, 0.001), 0.002, 10.0},
                                  {Vec3(0.01, -0.03, 0.012), 0.003, 4.0},
                                  {Vec3(0.02, -0.05, 0.02), 0.002, 0.0}};

TEST(Tube, IsClosedAndFacesOutwards) {
  for (const double flattening : {1.0, 0.6}) {
    const Tube made = tube(smooth_line(kBent, 0.001), 16, flattening);
    example::expect_closed(made.mesh);
    EXPECT_EQ(made.values.size(), made.mesh.vertices.size());
    EXPECT_GT(volume(made.mesh), 0.0);
  }
}

TEST(Tube, AStraightOneHasTheVolumeOfACylinderWithRoundEnds) {
  const double radius = 0.003, length = 0.05;
  const std::vector<TubeNode> straight{{Vec3::Zero(), radius, 0}, {Vec3(0, length, 0), radius, 0}};
  const double expected = kPi * radius * radius * (length + 4.0 / 3.0 * radius);
  EXPECT_NEAR(volume(tube(straight, 64).mesh), expected, 0.02 * expected);
  EXPECT_NEAR(volume(tube(straight, 64, 0.5).mesh), 0.5 * expected, 0.02 * expected);
}

TEST(Tube, TheSmoothLinePassesThroughEveryNode) {
  const std::vector<TubeNode> line = smooth_line(kBent, 0.001);
  for (const TubeNode& node : kBent) {
    const auto hit = std::find_if(line.begin(), line.end(), [&](const TubeNode& one) {
      return (one.centre - node.centre).norm() < 1e-12 && one.value == node.value && one.radius == node.radius;
    });
    EXPECT_NE(hit, line.end());
  }
  for (std::size_t i = 1; i < line.size(); ++i) EXPECT_LT((line[i].centre - line[i - 1].centre).norm(), 0.0015);
}

TEST(Tube, RepeatedNodesCountOnceAndOneNodeIsRefused) {
  std::vector<TubeNode> repeated = kBent;
  repeated.insert(repeated.begin() + 1, kBent[0]);
  EXPECT_EQ(smooth_line(repeated, 0.001).size(), smooth_line(kBent, 0.001).size());
  EXPECT_THROW(static_cast<void>(smooth_line(std::vector{kBent[0], kBent[0]}, 0.001)), std::invalid_argument);
}

}  // namespace
}  // namespace foramen::scene
