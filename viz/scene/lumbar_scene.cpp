#include "viz/scene/lumbar_scene.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "viz/scene/bone_meshes.h"
#include "sim/tissue/disc_surface.h"
#include "viz/scene/legends.h"
#include "viz/scene/section.h"
#include "viz/scene/tube.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

constexpr double kLineSpacing = 0.0015;    ///< along root and sac tubes [m]
constexpr double kSliceThickness = 0.032;  ///< of the axial section: one vertebral body [m]
constexpr int kRootSides = 14;
constexpr int kSacSides = 28;
constexpr int kMuscleSides = 6;
constexpr double kMuscleRadius = 0.0009;  ///< a line one can see from two metres; not the muscle's size [m]

template <class Value>
std::vector<Colour> colours_of(const std::vector<Value>& values, const ColourMap& map, double high) {
  std::vector<Colour> colours;
  colours.reserve(values.size());
  for (const Value& value : values) colours.push_back(map.at(value / high));
  return colours;
}

std::shared_ptr<const TriangleMesh> shared(TriangleMesh mesh) {
  return std::make_shared<const TriangleMesh>(std::move(mesh));
}

Shape disc_shape(const Subject& subject, const Frame& frame, Level level, double full_scale) {
  const MotionSegment& segment = subject.levels[static_cast<std::size_t>(index(level))];
  const LevelState& state = frame.spine.levels[static_cast<std::size_t>(index(level))];
  const Vertebra upper = upper_vertebra(level);
  const std::vector<Bump> bumps = herniation_bumps(subject, level);
  const BodyPoses& poses = frame.spine.poses;
  Shape shape{.name = fmt::format("disc {}", name(level)), .material = Material::Disc};
  DiscSurface surface =
      disc_surface(segment, state.bulge_since_standing, bumps, poses[static_cast<std::size_t>(index(body_of(upper)))],
                   poses[static_cast<std::size_t>(index(body_of(lower_vertebra(level))))]);
  shape.mesh = shared(std::move(surface.mesh));
  const Colour pressure = disc_colours().at(state.disc.nucleus_pressure / full_scale);
  for (const double share : surface.protrusion) shape.colours.push_back(mix(pressure, kProtrusionColour, 0.75 * share));
  return shape;
}

void add_roots(Drawing& drawing, const Frame& frame, double full_scale) {
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const RootState& state =
          frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
      if (state.nodes.size() < 2) continue;
      std::vector<TubeNode> nodes;
      for (const RootNode& node : state.nodes) nodes.push_back({node.position_W, node.radius, node.pressure});
      Tube made = tube(smooth_line(nodes, kLineSpacing), kRootSides);
      drawing.shapes.push_back({fmt::format("root {} {}", name(root), name(side)), Material::Root,
                                shared(std::move(made.mesh)), colours_of(made.values, root_colours(), full_scale),
                                Pose{}});
    }
  }
}

/// The dural sac as a flattened tube through the middle of the canal, from above L1 to the second sacral segment, where
/// it ends in most people (Macdonald et al. 1999).
Shape sac_shape(const Subject& subject, const Frame& frame) {
  // Share of the bony canal that the sac takes: fat and veins have the rest (estimate from axial magnetic-resonance
  // pictures: 14 × 17 mm in a canal of 17 × 23 mm).
  constexpr double kShareOfWidth = 0.74, kShareOfDepth = 0.80;
  std::vector<TubeNode> nodes;
  const auto add = [&](const Pose& X_WV, const Vec3& centre, double half_width) {
    nodes.push_back({X_WV * centre, half_width, 0.0});
  };
  double flattening = 0.0;
  for (const Vertebra v : kVertebrae) {
    const auto i = static_cast<std::size_t>(index(v));
    const VertebraDimensions& bone = subject.vertebrae[i];
    const CanalGeometry& canal = subject.canal[i];
    const Pose X_WV = vertebra_pose(subject, frame.spine.poses, v);
    const double half_width = 0.5 * kShareOfWidth * canal.width;
    const double back = -0.5 * bone.endplate_depth_upper - 0.5 * canal.depth;
    flattening += kShareOfDepth * canal.depth / (kShareOfWidth * canal.width) / kVertebraCount;
    if (v == Vertebra::L1) add(X_WV, {back, 0.8 * bone.height_posterior, 0.0}, half_width);
    if (v != Vertebra::S1) {
      add(X_WV, {back, 0.0, 0.0}, half_width);
    } else {
      add(X_WV, {back, 0.0, 0.0}, 0.9 * half_width);
      add(X_WV, {back - 0.5 * bone.height_posterior, -bone.height_posterior, 0.0}, 0.6 * half_width);
    }
  }
  Tube made = tube(smooth_line(nodes, 3.0 * kLineSpacing), kSacSides, flattening,
                   frame.spine.poses[static_cast<std::size_t>(index(Body::L3))].R.col(0));
  return {"dural sac", Material::Sac, shared(std::move(made.mesh)), {}, Pose{}};
}

void add_muscles(Drawing& drawing, const Subject& subject, const Frame& frame) {
  const std::size_t known = std::min(subject.muscles.size(), frame.spine.activation.size());
  for (std::size_t m = 0; m < known; ++m) {
    std::vector<TubeNode> nodes;
    for (const PathPoint& point : subject.muscles[m].path) {
      Vec3 place = Vec3::Zero();
      for (int c = 0; c < point.carrier_count; ++c) {
        const PathPoint::Carrier& carrier = point.carriers[static_cast<std::size_t>(c)];
        place += carrier.weight * (frame.spine.poses[static_cast<std::size_t>(index(carrier.body))] * carrier.point_B);
      }
      nodes.push_back({place, kMuscleRadius, frame.spine.activation[m]});
    }
    Tube made = tube(nodes, kMuscleSides);
    drawing.shapes.push_back({fmt::format("muscle {} {}", m, subject.muscles[m].name), Material::Muscle,
                              shared(std::move(made.mesh)), colours_of(made.values, muscle_colours(), 1.0), Pose{}});
  }
}

}  // namespace

ColourRanges colour_ranges(std::span<const Frame> frames) {
  ColourRanges ranges;
  for (const Frame& frame : frames) {
    for (const LevelState& level : frame.spine.levels) {
      if (level.disc.nucleus_pressure > ranges.disc_pressure) {
        ranges.disc_pressure = std::ceil(level.disc.nucleus_pressure / units::MPa) * units::MPa;
      }
    }
  }
  return ranges;
}

struct LumbarScene::Parts {
  std::shared_ptr<const Subject> subject;
  std::string title;
  ColourRanges ranges;
  BoneMeshes bones;
};

LumbarScene::LumbarScene(std::shared_ptr<const Subject> subject, std::string title, const ColourRanges& ranges,
                         int threads, double coarseness) {
  if (!subject) throw std::invalid_argument("a scene needs a subject");
  BoneMeshes bones = make_bone_meshes(*subject, threads, coarseness);
  parts_ = std::make_unique<const Parts>(Parts{std::move(subject), std::move(title), ranges, std::move(bones)});
}
LumbarScene::~LumbarScene() = default;
LumbarScene::LumbarScene(LumbarScene&&) noexcept = default;
LumbarScene& LumbarScene::operator=(LumbarScene&&) noexcept = default;

Drawing LumbarScene::draw(const Frame& frame, const SceneOptions& options) const {
  const Subject& subject = *parts_->subject;
  Drawing drawing;
  drawing.title = parts_->title;
  add_vertebrae(drawing, parts_->bones, subject, frame.spine.poses, options.ghost_arches);
  if (options.context && !options.axial_section && !options.ghost_arches)
    add_context(drawing, parts_->bones, frame.spine.poses);
  for (const Level level : kLevels) {
    drawing.shapes.push_back(disc_shape(subject, frame, level, parts_->ranges.disc_pressure));
  }
  add_roots(drawing, frame, parts_->ranges.root_pressure);
  if (options.sac) drawing.shapes.push_back(sac_shape(subject, frame));
  if (options.muscles) add_muscles(drawing, subject, frame);
  drawing.labels = labels(subject, frame);
  drawing.legends = legends(subject, parts_->ranges, options);
  drawing.rows = panel_rows(frame);
  drawing.warning = warning_of(frame);
  drawing.axes_W = spine_axes(frame);
  if (!options.axial_section) return drawing;
  const Plane plane = axial_plane(frame);
  return section(drawing, plane.point_W, plane.normal_W, kSliceThickness);
}

}  // namespace foramen::scene
