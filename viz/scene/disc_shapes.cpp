#include "viz/scene/disc_shapes.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <utility>

#include "sim/anatomy/lofted_mesh.h"
#include "sim/tissue/disc_surface.h"
#include "viz/scene/mesh_tools.h"

namespace foramen::scene {
namespace {

constexpr Colour kFibrous{0.86f, 0.80f, 0.70f};  ///< cut annulus

const Pose& pose_of(const Frame& frame, Vertebra v) {
  return frame.spine.poses[static_cast<std::size_t>(index(body_of(v)))];
}

}  // namespace

Shape disc_shape(const Subject& subject, const Frame& frame, Level level, const Colour& colour, bool as_annulus) {
  const MotionSegment& segment = subject.levels[static_cast<std::size_t>(index(level))];
  const LevelState& state = frame.spine.levels[static_cast<std::size_t>(index(level))];
  Shape shape{.name = fmt::format("disc {}", name(level)), .material = Material::Disc};
  DiscSurface surface = disc_surface(segment, state.bulge_since_standing, herniation_bumps(subject, level),
                                     pose_of(frame, upper_vertebra(level)), pose_of(frame, lower_vertebra(level)));
  shape.mesh = shared(std::move(surface.mesh));
  const Colour own = as_annulus ? kFibrous : colour;
  shape.colours.reserve(surface.protrusion.size());
  for (const double share : surface.protrusion) {
    shape.colours.push_back(mix(own, kProtrusionColour, std::min(1.0, 1.6 * share)));
  }
  return shape;
}

Shape nucleus_shape(const Subject& subject, const Frame& frame, Level level, const Colour& colour) {
  constexpr int kAround = 64;
  const MotionSegment& segment = subject.levels[static_cast<std::size_t>(index(level))];
  const DiscGeometry& disc = segment.disc;
  const Pose X_WDu = pose_of(frame, upper_vertebra(level)) * segment.X_UD;
  const Pose X_WDl = pose_of(frame, lower_vertebra(level)) * segment.X_LD;
  Shape shape{.name = fmt::format("nucleus {}", name(level)), .material = Material::Disc};
  std::array<Ring, 2> rings;
  // The outline shrunk to what the walls leave in front, behind and at the sides.
  const double along_x = 1.0 - (disc.wall_anterior + disc.wall_posterior) / disc.depth;
  const double along_z = 1.0 - 2.0 * disc.wall_lateral / disc.width;
  if (along_x <= 0.0 || along_z <= 0.0) return shape;
  for (int i = 0; i < kAround; ++i) {
    const Vec2 outer = disc_outline(disc, 2.0 * kPi * i / kAround);
    const Vec2 inner(along_x * outer.x() + 0.5 * (disc.wall_posterior - disc.wall_anterior), along_z * outer.y());
    const double half =
        0.5 * (disc.height_mean() + (disc.height_anterior - disc.height_posterior) * inner.x() / disc.depth);
    rings[0].push_back(X_WDu * Vec3(inner.x(), half, inner.y()));
    rings[1].push_back(X_WDl * Vec3(inner.x(), -half, inner.y()));
  }
  shape.mesh = shared(loft(rings));
  shape.colours.assign(shape.mesh->vertices.size(), colour);
  return shape;
}

}  // namespace foramen::scene
