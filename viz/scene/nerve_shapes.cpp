#include "viz/scene/nerve_shapes.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <utility>

#include "sim/base/units.h"
#include "viz/scene/mesh_tools.h"
#include "viz/scene/tube.h"

namespace foramen::scene {
namespace {

constexpr double kLineSpacing = 0.0015;  ///< along root and sac tubes [m]
constexpr int kRootSides = 14;
constexpr int kSacSides = 28;

std::vector<Colour> root_colours_of(const std::vector<double>& values) {
  std::vector<Colour> colours;
  colours.reserve(values.size());
  for (const double value : values) colours.push_back(root_colours().at(value));
  return colours;
}

const RootState& state_of(const Frame& frame, Root root, Side side) {
  return frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
}

/// What the colour says, as a share of its scale.
double shown_value(const RootNode& node, const ColourRanges& ranges, RootColouring colouring) {
  return colouring == RootColouring::Pressure ? node.pressure / ranges.root_pressure
                                              : node.tension / ranges.root_tension;
}

/// Places of a tract beyond the roots, right side, for a person of 1.75 m.
struct Station {
  Body body;  ///< left; the right one is its mirror
  Vec3 point_B;
};

/// Through the greater sciatic foramen, between ischial tuberosity and trochanter, down the middle of the thigh behind,
/// through the hollow of the knee, behind the inner ankle.
const std::array<Station, 9> kSciatic{{{Body::Pelvis, Vec3(-0.026, -0.062, 0.048)},
                                       {Body::Pelvis, Vec3(-0.048, -0.105, 0.070)},
                                       {Body::ThighLeft, Vec3(-0.048, -0.100, 0.004)},
                                       {Body::ThighLeft, Vec3(-0.042, -0.250, 0.000)},
                                       {Body::ThighLeft, Vec3(-0.042, -0.385, 0.000)},
                                       {Body::ShankLeft, Vec3(-0.030, -0.060, 0.000)},
                                       {Body::ShankLeft, Vec3(-0.036, -0.220, 0.000)},
                                       {Body::ShankLeft, Vec3(-0.046, -0.400, -0.014)},
                                       {Body::FootLeft, Vec3(0.000, -0.036, -0.022)}}};
/// Beside the psoas, below the groin's ligament in front of the hip, to the inside of the knee.
const std::array<Station, 5> kFemoral{{{Body::Pelvis, Vec3(0.034, -0.020, 0.072)},
                                       {Body::Pelvis, Vec3(0.066, -0.078, 0.078)},
                                       {Body::ThighLeft, Vec3(0.042, -0.050, 0.002)},
                                       {Body::ThighLeft, Vec3(0.034, -0.200, -0.016)},
                                       {Body::ThighLeft, Vec3(0.006, -0.370, -0.040)}}};

struct Tract {
  const char* name;
  std::span<const Station> stations;
  std::array<Root, 3> roots;
  double radius;  ///< of the nerve [m]
};
const std::array<Tract, 2> kTracts{{{"sciatic nerve", kSciatic, {Root::L4, Root::L5, Root::S1}, 0.0046},
                                    {"femoral nerve", kFemoral, {Root::L2, Root::L3, Root::L4}, 0.0030}}};

TubeNode placed(const Station& station, Side side, double size, const BodyPoses& poses, double radius, double value) {
  const Vec3 point = side == Side::Right ? station.point_B : mirrored(station.point_B);
  const Body body = station.body == Body::Pelvis ? Body::Pelvis : on_side(station.body, side);
  return {poses[static_cast<std::size_t>(index(body))] * (size * point), radius, value};
}

/// From where the roots of a tract end to its first station, then on together.
void add_tract(Drawing& drawing, const Tract& tract, Side side, double size, const Frame& frame,
               const ColourRanges& ranges, RootColouring colouring) {
  constexpr double kSpacing = 0.006;
  const BodyPoses& poses = frame.spine.poses;
  double strongest = 0.0;
  for (const Root root : tract.roots) {
    const RootState& state = state_of(frame, root, side);
    if (state.nodes.size() < 2) return;
    const RootNode& last = state.nodes.back();
    const double value = colouring == RootColouring::Pressure ? 0.0 : last.tension / ranges.root_tension;
    strongest = std::max(strongest, value);
    const TubeNode join = placed(tract.stations[0], side, size, poses, 0.7 * tract.radius, value);
    const Vec3 onward = placed(tract.stations[1], side, size, poses, 0.0, 0.0).centre;
    const RootNode& before = state.nodes[state.nodes.size() - 2];
    const Vec3 lead = last.position_W + 0.25 * (join.centre - last.position_W).norm() *
                                            (last.position_W - before.position_W).normalized();
    // It begins round the root's end, so that no seam shows.
    constexpr double kOver = 1.03;
    const Vec3 begin = last.position_W + 0.004 * (before.position_W - last.position_W).normalized();
    const std::array<TubeNode, 4> nodes{{{begin, kOver * last.radius, value},
                                         {lead, 0.5 * (last.radius + join.radius), value},
                                         join,
                                         {0.6 * join.centre + 0.4 * onward, 0.8 * tract.radius, value}}};
    Tube made = tube(smooth_line(nodes, kSpacing), 10);
    drawing.shapes.push_back({fmt::format("{} from {} {}", tract.name, name(root), name(side)), Material::Root,
                              shared(std::move(made.mesh)), root_colours_of(made.values), Pose{}});
  }
  std::vector<TubeNode> nodes;
  for (const Station& station : tract.stations)
    nodes.push_back(placed(station, side, size, poses, tract.radius, strongest));
  nodes.front().radius *= 0.8;
  nodes.back().radius *= 0.5;
  Tube made = tube(smooth_line(nodes, kSpacing), 12);
  drawing.shapes.push_back({fmt::format("{} {}", tract.name, name(side)), Material::Root, shared(std::move(made.mesh)),
                            root_colours_of(made.values), Pose{}});
}

/// The roots of the cauda equina: fine lines from the conus to where each root leaves the sac. One shape, drawn only.
Shape cauda(const Subject& subject, const Frame& frame) {
  constexpr double kRadius = 0.0008, kSpacing = 0.006;
  constexpr int kThreadSides = 6;
  const Vec3 conus = vertebra_pose(subject, frame.spine.poses, Vertebra::L1) * subject.conus_L1;
  TriangleMesh all;
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const RootState& state = state_of(frame, root, side);
      if (state.nodes.size() < 2 || (state.nodes.front().position_W - conus).norm() < 0.01) continue;
      const Vec3 leave = state.nodes.front().position_W;
      const Vec3 inward = (state.nodes[0].position_W - state.nodes[1].position_W).normalized();
      const std::array<TubeNode, 4> nodes{{{conus, 0.3 * kRadius, 0.0},
                                           {0.6 * conus + 0.4 * leave, kRadius, 0.0},
                                           {leave + 0.012 * inward, 1.2 * kRadius, 0.0},
                                           {leave, state.nodes.front().radius, 0.0}}};
      const TriangleMesh one = tube(smooth_line(nodes, kSpacing), kThreadSides).mesh;
      append(all, one);
    }
  }
  const std::vector<Colour> colours(all.vertices.size(), root_colours().at(0.0));
  return {"cauda equina", Material::Root, shared(std::move(all)), colours, Pose{}};
}

/// The dural sac as a flattened tube through the middle of the canal, from above L1 to the second sacral segment, where
/// it ends in most people (Macdonald et al. 1999).
/// The sac's own colour, and a root's where a level constricts it.
std::vector<Colour> sac_colours(const TriangleMesh& mesh, const Frame& frame, const ColourRanges& ranges) {
  constexpr double kReach = 0.012;                 // of a constriction, up and down from its disc [m]
  constexpr double kAllColour = 30 * units::mmHg;  // from here on the scale's colour alone
  const Colour own = finish(Material::Sac).colour;
  std::vector<Colour> colours(mesh.vertices.size(), own);
  for (const Level level : kLevels) {
    const double pressure = frame.nerve.spaces[static_cast<std::size_t>(index(level))].sac_pressure;
    if (!(pressure > 0.0)) continue;
    const Pose &upper = frame.spine.poses[static_cast<std::size_t>(index(body_of(upper_vertebra(level))))],
               &lower = frame.spine.poses[static_cast<std::size_t>(index(body_of(lower_vertebra(level))))];
    const Vec3 disc = 0.5 * (upper.p + lower.p), along = upper.R.col(1);
    for (std::size_t i = 0; i < colours.size(); ++i) {
      const double near = 1.0 - std::abs((mesh.vertices[i] - disc).dot(along)) / kReach;
      if (near <= 0.0) continue;
      const Colour pressed = root_colours().at(near * pressure / ranges.root_pressure);
      colours[i] = mix(colours[i], pressed, std::min(1.0, near * pressure / kAllColour));
    }
  }
  return colours;
}

Shape sac_shape(const Subject& subject, const Frame& frame, const ColourRanges& ranges) {
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
  std::vector<Colour> colours = sac_colours(made.mesh, frame, ranges);
  return {"dural sac", Material::Sac, shared(std::move(made.mesh)), std::move(colours), Pose{}};
}

}  // namespace

void add_roots(Drawing& drawing, const Frame& frame, const ColourRanges& ranges, RootColouring colouring) {
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const RootState& state = state_of(frame, root, side);
      if (state.nodes.size() < 2) continue;
      std::vector<TubeNode> nodes;
      for (const RootNode& node : state.nodes)
        nodes.push_back({node.position_W, node.radius, shown_value(node, ranges, colouring)});
      Tube made = tube(smooth_line(nodes, kLineSpacing), kRootSides);
      drawing.shapes.push_back({fmt::format("root {} {}", name(root), name(side)), Material::Root,
                                shared(std::move(made.mesh)), root_colours_of(made.values), Pose{}});
    }
  }
}

void add_sac(Drawing& drawing, const Subject& subject, const Frame& frame, const ColourRanges& ranges, bool opened) {
  if (!opened) drawing.shapes.push_back(sac_shape(subject, frame, ranges));
  Shape threads = cauda(subject, frame);
  if (!threads.mesh->triangles.empty()) drawing.shapes.push_back(std::move(threads));
}

void add_tracts(Drawing& drawing, const Subject& subject, const Frame& frame, const ColourRanges& ranges,
                RootColouring colouring) {
  if (subject.segments[index(Body::ThighRight)].length <= 0.0) return;
  constexpr double kReferenceStature = 1.75;
  const double size = subject.description.stature / kReferenceStature;
  for (const Tract& tract : kTracts) {
    for (const Side side : kSides) add_tract(drawing, tract, side, size, frame, ranges, colouring);
  }
}

}  // namespace foramen::scene
