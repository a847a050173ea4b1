#include "viz/scene/soft_shapes.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <string>
#include <utility>

#include "sim/anatomy/lofted_mesh.h"
#include "sim/tissue/ligament.h"
#include "viz/scene/mesh_tools.h"
#include "viz/scene/tube.h"

namespace foramen::scene {
namespace {

Vec3 placed(const PathPoint& point, const BodyPoses& poses) {
  Vec3 place = Vec3::Zero();
  for (int c = 0; c < point.carrier_count; ++c) {
    const PathPoint::Carrier& carrier = point.carriers[static_cast<std::size_t>(c)];
    place += carrier.weight * (poses[static_cast<std::size_t>(index(carrier.body))] * carrier.point_B);
  }
  return place;
}

/// A polyline that can be asked for the point at a share of its length.
struct Line {
  std::vector<Vec3> points;
  std::vector<double> along{0.0};

  explicit Line(const MuscleFascicle& fascicle, const BodyPoses& poses) {
    for (const PathPoint& point : fascicle.path) points.push_back(placed(point, poses));
    for (std::size_t i = 1; i < points.size(); ++i) along.push_back(along.back() + (points[i] - points[i - 1]).norm());
  }
  [[nodiscard]] double length() const { return along.back(); }
  [[nodiscard]] Vec3 at(double share) const {
    const double wanted = share * length();
    std::size_t i = 1;
    while (i + 1 < points.size() && along[i] < wanted) ++i;
    const double t = (wanted - along[i - 1]) / std::max(1e-9, along[i] - along[i - 1]);
    return points[i - 1] + t * (points[i] - points[i - 1]);
  }
};

/// Broad thin muscles of the wall of the trunk.
bool is_sheet(const std::string& group) {
  return group == "rectus_abdominis" || group == "external_oblique" || group == "internal_oblique" ||
         group == "latissimus_dorsi";
}

/// A fascicle as a spindle: half as thick at its ends as in the middle.
TriangleMesh spindle(const MuscleFascicle& fascicle, const Line& line, const Vec3& spine) {
  constexpr std::array kStations{0.0, 0.10, 0.28, 0.50, 0.72, 0.90, 1.0};
  constexpr int kSides = 7;
  constexpr double kSheet = 0.40;                    // thickness over width
  constexpr double kShortest = 0.5, kLongest = 1.6;  // of the fibres, over their optimal length
  constexpr double kAtEnds = 0.35;                   // of the girth in the middle
  const double fibres = std::clamp(line.length() - fascicle.tendon_slack, kShortest * fascicle.optimal_length,
                                   kLongest * fascicle.optimal_length);
  const double section = fascicle.pcsa * fascicle.optimal_length / fibres;
  const double ratio = is_sheet(fascicle.group) ? kSheet : 1.0;
  const double radius = std::sqrt(section / (kPi * ratio));
  std::vector<Ring> rings;
  for (const double s : kStations) {
    const Vec3 centre = line.at(s);
    const Vec3 along = (line.at(std::min(1.0, s + 0.06)) - line.at(std::max(0.0, s - 0.06))).normalized();
    Vec3 thick = centre - spine;
    thick -= thick.dot(along) * along;
    if (thick.norm() < 1e-4) thick = along.unitOrthogonal();
    thick.normalize();
    const Vec3 wide = thick.cross(along);
    const double here = radius * (kAtEnds + (1.0 - kAtEnds) * std::sin(kPi * s));
    Ring ring;
    for (int k = 0; k < kSides; ++k) {
      const double angle = 2.0 * kPi * k / kSides;
      ring.push_back(centre + here * (std::cos(angle) * wide + ratio * std::sin(angle) * thick));
    }
    rings.push_back(std::move(ring));
  }
  return loft(rings);
}

/// Cross-section of a ligament's band in the picture: width and thickness [m], by eye beside anatomical plates.
struct Band {
  double width, thickness;
};
constexpr std::array<Band, kLigamentCount> kBands{{{0.0070, 0.0018},
                                                   {0.0045, 0.0013},
                                                   {0.0050, 0.0028},
                                                   {0.0030, 0.0012},
                                                   {0.0030, 0.0014},
                                                   {0.0050, 0.0026},
                                                   {0.0026, 0.0016}}};

}  // namespace

void add_muscles(Drawing& drawing, const Subject& subject, const Frame& frame) {
  struct Group {
    TriangleMesh mesh;
    std::vector<Colour> colours;
  };
  std::map<std::string, Group> groups;
  const std::size_t known = std::min(subject.muscles.size(), frame.spine.activation.size());
  const Vec3 spine = frame.spine.poses[static_cast<std::size_t>(index(Body::L3))].p;
  for (std::size_t m = 0; m < known; ++m) {
    const MuscleFascicle& fascicle = subject.muscles[m];
    if (fascicle.path.size() < 2) continue;
    Group& group = groups[fmt::format("muscle {} {}", fascicle.group, name(fascicle.side))];
    const TriangleMesh one = spindle(fascicle, Line(fascicle, frame.spine.poses), spine);
    group.colours.insert(group.colours.end(), one.vertices.size(), muscle_colours().at(frame.spine.activation[m]));
    append(group.mesh, one);
  }
  for (auto& [text, group] : groups) {
    drawing.shapes.push_back({text, Material::Muscle, shared(std::move(group.mesh)), std::move(group.colours), Pose{}});
  }
}

void add_ligaments(Drawing& drawing, const Subject& subject, const Frame& frame, double full_scale) {
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const MotionSegment& segment = subject.levels[l];
    const auto pose = [&](Vertebra v) { return frame.spine.poses[static_cast<std::size_t>(index(body_of(v)))]; };
    const Pose X_WDu = pose(upper_vertebra(level)) * segment.X_UD, X_WDl = pose(lower_vertebra(level)) * segment.X_LD;
    const LigamentState state = evaluate_ligaments(segment.ligaments, frame.spine.levels[l].q);
    TriangleMesh mesh;
    std::vector<Colour> colours;
    for (const LigamentFibre& fibre : segment.ligaments) {
      const auto kind = static_cast<std::size_t>(fibre.ligament);
      const Band& band = kBands[kind];
      const std::array<TubeNode, 2> nodes{
          {{X_WDu * fibre.upper_D, 0.5 * band.width, 0.0}, {X_WDl * fibre.lower_D, 0.5 * band.width, 0.0}}};
      if ((nodes[0].centre - nodes[1].centre).norm() < 1e-4) continue;
      // Ligaments between spines lie in the sagittal plane, the others across it.
      const Vec3 flat = fibre.ligament == Ligament::ISL ? X_WDl.R.col(2) : X_WDl.R.col(0);
      const TriangleMesh one = tube(nodes, 8, band.thickness / band.width, flat).mesh;
      colours.insert(colours.end(), one.vertices.size(), ligament_colours().at(state.tension[kind] / full_scale));
      append(mesh, one);
    }
    if (mesh.triangles.empty()) continue;
    drawing.shapes.push_back({fmt::format("ligaments {}", name(level)), Material::Ligament, shared(std::move(mesh)),
                              std::move(colours), Pose{}});
  }
}

}  // namespace foramen::scene
