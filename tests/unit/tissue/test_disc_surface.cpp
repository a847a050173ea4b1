// The disc on screen must be the disc of the model: closed, as thick as the gap between its endplates, bulging as
// solved, with the herniation on its side.

#include <gtest/gtest.h>

#include <cmath>

#include "sim/base/units.h"
#include "tests/unit/scene/closed_mesh.h"
#include "tests/unit/scene/example_person.h"
#include "sim/tissue/disc_surface.h"
#include "sim/anatomy/lofted_mesh.h"

namespace foramen {
namespace {

using units::mm;

struct Disc {
  std::shared_ptr<const Subject> subject = example::person();
  std::array<Pose, kVertebraCount> bones = example::standing_bones();

  [[nodiscard]] const MotionSegment& segment() const {
    return subject->levels[static_cast<std::size_t>(index(Level::L4L5))];
  }
  [[nodiscard]] const VertebraDimensions& upper() const {
    return subject->vertebrae[static_cast<std::size_t>(index(Vertebra::L4))];
  }
  [[nodiscard]] TriangleMesh surface(double bulge, const std::vector<Bump>& bumps) const {
    std::array<double, kContourPoints> contour{};
    contour.fill(bulge);
    return disc_surface(segment(), contour, bumps, bones[index(Vertebra::L4)], bones[index(Vertebra::L5)]).mesh;
  }
  /// Points of `mesh` in the disc's own frame.
  [[nodiscard]] std::vector<Vec3> in_disc_frame(const TriangleMesh& mesh) const {
    const Pose X_DW = (bones[index(Vertebra::L5)] * segment().X_LD).inverse();
    std::vector<Vec3> points;
    for (const Vec3& vertex : mesh.vertices) points.push_back(X_DW * vertex);
    return points;
  }
};

TEST(DiscSurface, IsClosedWithTheVolumeOfItsAreaTimesHeight) {
  const Disc disc;
  const TriangleMesh mesh = disc.surface(0.0, {});
  example::expect_closed(mesh);
  const DiscGeometry& g = disc.segment().disc;
  EXPECT_NEAR(volume(mesh), g.area * (g.height_mean() + 1.2 * mm), 0.06 * g.area * g.height_mean());
}

TEST(DiscSurface, BulgeMovesTheWallOutByItsAmountAtMidHeight) {
  const Disc disc;
  const auto flat = disc.in_disc_frame(disc.surface(0.0, {}));
  const auto bulged = disc.in_disc_frame(disc.surface(1.5 * mm, {}));
  double most = 0.0;
  for (std::size_t i = 0; i < flat.size(); ++i) most = std::max(most, (bulged[i] - flat[i]).norm());
  EXPECT_NEAR(most, 1.5 * mm, 1e-6);
}

TEST(DiscSurface, TheBumpStandsOnItsSideAndNowhereElse) {
  const Disc disc;
  const auto flat = disc.in_disc_frame(disc.surface(0.0, {}));
  for (const HerniationSide side : {HerniationSide::Left, HerniationSide::Right, HerniationSide::Central}) {
    Herniation herniation{.level = Level::L4L5, .side = side, .zone = HerniationZone::Paracentral};
    if (side == HerniationSide::Central) herniation.zone = HerniationZone::Central;
    const Bump bump{herniation_angle(herniation, disc.segment().disc, disc.upper()), herniation.protrusion,
                    herniation.width};
    const auto points = disc.in_disc_frame(disc.surface(0.0, {bump}));
    double highest = 0.0;
    Vec3 top = Vec3::Zero();
    for (std::size_t i = 0; i < flat.size(); ++i) {
      const double moved = (points[i] - flat[i]).norm();
      if (moved > highest) {
        highest = moved;
        top = points[i];
      }
      if ((points[i] - top).norm() > herniation.width) {
        EXPECT_LT(moved, herniation.protrusion);
      }
      if (flat[i].x() > 0.0) {
        EXPECT_EQ(moved, 0.0) << "the front moved";
      }
    }
    EXPECT_NEAR(highest, herniation.protrusion, 0.05 * herniation.protrusion);
    EXPECT_LT(top.x(), 0.0) << "behind";
    if (side == HerniationSide::Left) {
      EXPECT_LT(top.z(), -3 * mm);
    } else if (side == HerniationSide::Right) {
      EXPECT_GT(top.z(), 3 * mm);
    } else {
      EXPECT_NEAR(top.z(), 0.0, 1 * mm);
    }
  }
}

TEST(DiscSurface, BumpEndsSmoothlyAtItsBase) {
  const Bump bump{kPi, 5 * mm, 12 * mm};
  EXPECT_DOUBLE_EQ(bump_height(bump, 0.0, 0.5), 5 * mm);
  EXPECT_EQ(bump_height(bump, 6 * mm, 0.5), 0.0);
  EXPECT_LT(bump_height(bump, 0.0, 0.0), 0.1 * bump.protrusion);
  EXPECT_LT(bump_height(bump, 5.9 * mm, 0.5), 0.01 * mm);
}

}  // namespace
}  // namespace foramen
