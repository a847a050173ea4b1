#include "sim/nerve/root_cable.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

constexpr std::size_t kNodes = 48;
/// Stiffness of the fat around a root [N/m per m]: weak (design prototype, 2 kN/m per m).
constexpr double kFatBed = 2e3;
/// Inside the sacrum S1 lies in a bony channel that holds it to its course, free to slide: bed stiffness there over
/// that of fat.
constexpr double kGuided = 100;
/// Waypoint of S1 in the recess, and waypoints from the foramen to where a root has left it (see RootCourse).
constexpr double kRecessWaypoint = 2, kExitWaypoints = 1;
/// Bending stiffness of a root [N·m²]: E 1.3 MPa (Singh 2006) on a bundle of loose fascicles, a tenth of the solid
/// section's.
constexpr double kBending = 5e-6;
/// Tie of the sleeve to the sac [N/m]: tension over displacement in leg raise 4.84 N / 2.31 mm (S1) and 2.75 N / 1.54
/// mm (L5) (Ko 2006).
constexpr double kSleeveTie = 2.0e3;
/// Pull on a root at rest [N] (estimate: in the cadaver roots L2–S1 show no measurable tension before the leg is
/// raised, Ko 2006; they are not limp either).
constexpr double kRestTension = 0.02;
/// Length over which contact pressure is averaged [m].
constexpr double kWindow = 5e-3;
/// A surface farther than this from a root's skin at its course cannot be reached [m].
constexpr double kReach = 4e-3;
constexpr int kInflationSteps = 5;
/// Most relaxations at full size, and the movement of a node below which they have settled [m].
constexpr int kMostPasses = 60, kFreshPasses = 2;
constexpr double kRenewal = 0.12;
constexpr double kSettled = 2e-6;
/// Force left on a node at full size, and while a protrusion still grows [N].
constexpr double kTolerance = 2e-6, kRoughTolerance = 1e-3;
/// A bone nearer to the skin than this gets a curved model [m].
constexpr double kCurvedWithin = 0.2e-3;
/// Beyond the skin by this much a surface gives no force (twelve widths of the contact's onset) [m].
constexpr double kOnsetReach = 0.6e-3;
/// Bound on how fast a surface's distance changes along a way: 1 for a true distance, more where it is a scaled
/// measure.
constexpr double kLipschitz = 2;
/// Line load from which the curvature of a surface enters the Newton matrix [N/m]; below, it is not worth its cost.
constexpr double kCurvatureMatters = 0.5;
/// Reach of the ganglion along the root on each side of the foramen [m].
constexpr double kGanglionHalfLength = 5.5e-3;

/// Centripetal Catmull–Rom through the waypoints (Yuksel 2011: it neither loops nor overshoots where spacing is
/// uneven), `t` in waypoint units.
Vec3 spline(const std::vector<Vec3>& p, double t) {
  const auto last = static_cast<int>(p.size()) - 1;
  const int i = std::clamp(static_cast<int>(t), 0, last - 1);
  const auto at = [&](int k) -> Vec3 {
    if (k < 0) return 2 * p[0] - p[1];
    if (k > last) return 2 * p[static_cast<std::size_t>(last)] - p[static_cast<std::size_t>(last - 1)];
    return p[static_cast<std::size_t>(k)];
  };
  const Vec3 p0 = at(i - 1), p1 = at(i), p2 = at(i + 1), p3 = at(i + 2);
  const double t1 = std::sqrt((p1 - p0).norm()), t2 = t1 + std::sqrt((p2 - p1).norm()),
               t3 = t2 + std::sqrt((p3 - p2).norm());
  const double s = t1 + (t - i) * (t2 - t1);
  const Vec3 a1 = ((t1 - s) * p0 + s * p1) / t1, a2 = ((t2 - s) * p1 + (s - t1) * p2) / (t2 - t1),
             a3 = ((t3 - s) * p2 + (s - t2) * p3) / (t3 - t2);
  const Vec3 b1 = ((t2 - s) * a1 + s * a2) / t2, b2 = ((t3 - s) * a2 + (s - t1) * a3) / (t3 - t1);
  return ((t2 - s) * b1 + (s - t1) * b2) / (t2 - t1);
}

/// Places on the course (in waypoint units) of kNodes nodes with even spacing along it.
std::vector<double> even_places(const std::vector<Vec3>& points) {
  constexpr int kFine = 24;
  const auto intervals = static_cast<int>(points.size()) - 1;
  std::vector<double> length{0};
  for (int i = 1; i <= kFine * intervals; ++i) {
    length.push_back(
        length.back() +
        (spline(points, static_cast<double>(i) / kFine) - spline(points, static_cast<double>(i - 1) / kFine)).norm());
  }
  std::vector<double> places{0};
  for (std::size_t n = 1; n + 1 < kNodes; ++n) {
    const double target = length.back() * static_cast<double>(n) / (kNodes - 1);
    const auto above =
        static_cast<std::size_t>(std::upper_bound(length.begin(), length.end(), target) - length.begin());
    const double part = (target - length[above - 1]) / (length[above] - length[above - 1]);
    places.push_back((static_cast<double>(above - 1) + part) / kFine);
  }
  places.push_back(intervals);
  return places;
}

/// What a node may touch, in fixed order; the structure's name and level for the report.
struct Candidate {
  enum class Kind { Bone, Disc, Flavum } kind;
  std::size_t which;
};

struct Touch {
  Candidate what;
  double load = 0;  ///< [N/m]
  Vec3 normal = Vec3::Zero();
  double distance = 1;  ///< from the root's axis [m]
};

}  // namespace

double tract_stretch(const TractGeometry& tract, const PostureAngles& angles, Side side) {
  const auto angle = [&](PostureAngle left) { return angles[static_cast<std::size_t>(index(left) + index(side))]; };
  return tract.hip_radius * angle(PostureAngle::HipFlexionLeft) +
         tract.knee_radius * angle(PostureAngle::KneeFlexionLeft) +
         tract.ankle_radius * angle(PostureAngle::AnkleDorsiflexionLeft) - tract.slack;
}

RootCable::RootCable(const Subject& subject, Root root, Side side,
                     const std::array<Pose, kVertebraCount>& standing_bones)
    : subject_(&subject), root_(root), side_(side) {
  const RootCourse& course =
      subject.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
  std::vector<Vec3> points;
  for (const auto& w : course.waypoints)
    points.push_back(standing_bones[static_cast<std::size_t>(index(w.vertebra))] * w.point_V);
  parameter_ = even_places(points);
  const auto place = static_cast<double>(course.foramen);
  const auto nearer = [&](double a, double b) { return std::abs(a - place) < std::abs(b - place); };
  foramen_ =
      static_cast<std::size_t>(std::min_element(parameter_.begin(), parameter_.end(), nearer) - parameter_.begin());
  const double guided_from = root == Root::S1 ? kRecessWaypoint : static_cast<double>(course.foramen) + kExitWaypoints;
  guided_ = static_cast<std::size_t>(std::upper_bound(parameter_.begin(), parameter_.end(), guided_from) -
                                     parameter_.begin());
  const RootPath standing = path(standing_bones);
  const double rest_strain = root_strain_at(kRestTension);
  for (std::size_t i = 0; i + 1 < kNodes; ++i) {
    rest_.push_back((standing.position[i + 1] - standing.position[i]).norm() / (1 + rest_strain));
  }
  radius_.assign(kNodes, course.radius);
  const Vec3 centre = standing.position[foramen_];
  for (std::size_t i = 0; i < kNodes; ++i) {
    const double u = (standing.position[i] - centre).norm() / kGanglionHalfLength;
    if (u < 1) radius_[i] += (course.ganglion_radius - course.radius) * (1 - u * u) * (1 - u * u);
  }
}

RootPath RootCable::path(const std::array<Pose, kVertebraCount>& bones) const {
  const RootCourse& course =
      subject_->roots[static_cast<std::size_t>(index(root_))][static_cast<std::size_t>(index(side_))];
  std::vector<Vec3> points;
  for (const auto& w : course.waypoints)
    points.push_back(bones[static_cast<std::size_t>(index(w.vertebra))] * w.point_V);
  RootPath result;
  for (const double place : parameter_) result.position.push_back(spline(points, place));
  for (std::size_t i = 0; i < kNodes; ++i) {
    const Vec3 along = result.position[std::min(i + 1, kNodes - 1)] - result.position[i == 0 ? 0 : i - 1];
    result.tangent.push_back(along.normalized());
  }
  result.foramen = foramen_;
  return result;
}

namespace {

/// Contacts of one root at one instant.
class Contacts {
 public:
  Contacts(const Surroundings& around, Root root, const RootPath& path, std::size_t guided,
           const std::vector<double>& radius, const std::vector<double>& tributary)
      : around_(around), radius_(radius), tributary_(tributary), near_(path.position.size()) {
    const int v = index(root);
    for (int k = std::max(0, v - 1); k <= std::min(kVertebraCount - 1, v + 1); ++k) {
      // Inside the sacrum S1 is guided by its own channel (see kGuided).
      const bool own_channel = root == Root::S1 && k == index(Vertebra::S1);
      find_near({Candidate::Kind::Bone, static_cast<std::size_t>(k)}, path.position,
                own_channel ? guided : near_.size());
    }
    for (int l = std::max(0, v - 1); l <= std::min(kLevelCount - 1, v); ++l) {
      find_near({Candidate::Kind::Disc, static_cast<std::size_t>(l)}, path.position, near_.size());
      find_near({Candidate::Kind::Flavum, static_cast<std::size_t>(l)}, path.position, near_.size());
    }
  }

  void set_inflation(double inflation) { inflation_ = inflation; }

  /// Prepares the next relaxation from where the nodes are: bones become their quadratic models there, other surfaces
  /// keep their shape and get the factor that turns their measure into a distance, `renewal` of the way to its value
  /// here: less than 1 keeps a steep bump's factor from swinging.
  void model_surfaces(const std::vector<Vec3>& position, double renewal) {
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (Near& n : near_[i]) {
        n.within_reach = !out_of_reach(n, i, position[i]);
        if (!n.within_reach) continue;
        const SurfaceDistance d = distance(n.what, position[i], inflation_);
        if (n.what.kind != Candidate::Kind::Bone) {
          n.scale += renewal * (1 / std::max(0.5, d.gradient.norm()) - n.scale);
          continue;
        }
        n.start = position[i];
        n.distance = d.value;
        n.gradient = d.gradient;
        n.hessian = d.value < radius_[i] + kCurvedWithin ? curvature(n.what, position[i], d.gradient) : Mat3::Zero();
      }
    }
  }

  /// Whether a herniation reaches this root's course.
  [[nodiscard]] bool herniated() const {
    for (std::size_t i = 0; i < near_.size(); ++i) {
      for (const Near& n : near_[i]) {
        if (n.what.kind != Candidate::Kind::Disc || !around_.discs[n.what.which].herniated()) continue;
        if (around_.discs[n.what.which].protrusion_at(n.start) > 0 && n.distance < radius_[i] + kOnsetReach)
          return true;
      }
    }
    return false;
  }

  NodeContact operator()(std::size_t i, const Vec3& p, bool derivatives) const {
    NodeContact sum;
    for (const Near& n : near_[i]) {
      if (!n.within_reach) continue;
      const bool bone = n.what.kind == Candidate::Kind::Bone;
      const SurfaceDistance d = bone ? n.model(p) : distance(n.what, p, inflation_);
      const EnergyLaw law = root_contact(n.scale * d.value, radius_[i]);
      if (law.force == 0) continue;
      sum.energy += tributary_[i] * law.energy;
      if (!derivatives) continue;
      const Vec3 g = n.scale * d.gradient;
      sum.gradient -= tributary_[i] * law.force * g;
      sum.hessian += tributary_[i] * law.stiffness * g * g.transpose();
      if (law.force < kCurvatureMatters) continue;
      const Mat3 H = bone ? n.hessian : curvature(n.what, p, d.gradient);
      sum.hessian -= tributary_[i] * law.force * n.scale * H;
    }
    return sum;
  }

  /// Loads of all surfaces near a node at its final place, in the order of candidates.
  [[nodiscard]] std::vector<Touch> touches(std::size_t i, const Vec3& p) const {
    std::vector<Touch> result;
    for (const Near& n : near_[i]) {
      if (out_of_reach(n, i, p)) continue;
      const SurfaceDistance d = distance(n.what, p, 1);
      const double length = std::max(1e-6, d.gradient.norm());
      result.push_back({n.what, root_contact(d.distance(), radius_[i]).force, d.gradient / length, d.distance()});
    }
    return result;
  }

 private:
  struct Near {
    Candidate what;
    Vec3 start;                    ///< where the node was when the surface was last measured …
    double distance;               ///< … and the distance there
    double scale = 1;              ///< from the surface's measure to a distance
    bool within_reach = false;     ///< in this relaxation
    Vec3 gradient = Vec3::Zero();  ///< of a bone's quadratic model about `start`
    Mat3 hessian = Mat3::Zero();

    [[nodiscard]] SurfaceDistance model(const Vec3& p) const {
      const Vec3 step = p - start, bend = hessian * step;
      return {distance + gradient.dot(step) + 0.5 * step.dot(bend), gradient + bend};
    }
  };

  /// Notes the nodes below `end` that a surface might touch. Distances change no faster than one walks, so most nodes
  /// need no evaluation.
  void find_near(const Candidate& what, const std::vector<Vec3>& course, std::size_t end) {
    double bound = 0;
    for (std::size_t i = 0; i < end; ++i) {
      if (i > 0) bound -= kLipschitz * (course[i] - course[i - 1]).norm();
      if (bound > radius_[i] + kReach) continue;
      // A bone's distance may read short, never long; the other surfaces' measure has to be scaled.
      bound =
          what.kind == Candidate::Kind::Bone ? bone_value(what, course[i]) : distance(what, course[i], 1).distance();
      if (bound < radius_[i] + kReach) near_[i].push_back({what, course[i], bound});
    }
  }

  [[nodiscard]] bool out_of_reach(const Near& n, std::size_t i, const Vec3& p) const {
    const double moved = kLipschitz * (p - n.start).norm();
    return n.distance - moved > radius_[i] + kOnsetReach;
  }

  [[nodiscard]] double bone_value(const Candidate& c, const Vec3& p) const {
    const Pose& pose = around_.bones[c.which];
    return around_.subject->bones[c.which].distance(pose.R.transpose() * (p - pose.p));
  }

  /// Second derivative of a surface's measure, by differences of its exact gradient.
  [[nodiscard]] Mat3 curvature(const Candidate& c, const Vec3& p, const Vec3& gradient) const {
    constexpr double kStep = 1e-6;
    Mat3 H;
    for (int k = 0; k < 3; ++k)
      H.col(k) = (distance(c, p + kStep * Vec3::Unit(k), inflation_).gradient - gradient) / kStep;
    return 0.5 * (H + H.transpose());
  }

  [[nodiscard]] SurfaceDistance distance(const Candidate& c, const Vec3& p, double inflation) const {
    if (c.kind == Candidate::Kind::Disc) return around_.discs[c.which].distance(p, inflation);
    if (c.kind == Candidate::Kind::Flavum) return around_.flava[c.which].distance(p);
    const Pose& pose = around_.bones[c.which];
    SurfaceDistance d;
    Vec3 gradient;
    d.value = around_.subject->bones[c.which].distance(pose.R.transpose() * (p - pose.p), &gradient);
    d.gradient = pose.R * gradient;
    return d;
  }

  const Surroundings& around_;
  const std::vector<double>& radius_;
  const std::vector<double>& tributary_;
  std::vector<std::vector<Near>> near_;
  double inflation_ = 1;
};

/// Part of a vertebra that is nearest to a point, and the level it borders there.
PressedBy bone_name(const Surroundings& around, std::size_t vertebra, Root root, Side side, const Vec3& p_W) {
  const Vec3 p = around.bones[vertebra].inverse() * p_W;
  const ImplicitVertebra& bone = around.subject->bones[vertebra];
  struct Choice {
    VertebraPart part;
    Structure structure;
  };
  constexpr std::array choices{
      Choice{VertebraPart::Body, Structure::VertebralBody}, Choice{VertebraPart::Pedicle, Structure::Pedicle},
      Choice{VertebraPart::Lamina, Structure::Lamina}, Choice{VertebraPart::SuperiorArticular, Structure::Facet},
      Choice{VertebraPart::InferiorArticular, Structure::Facet}};
  PressedBy result;
  double best = 1;
  for (const Choice& choice : choices) {
    if (vertebra == static_cast<std::size_t>(index(Vertebra::S1)) && choice.part == VertebraPart::InferiorArticular)
      continue;
    const double d = bone.distance(choice.part, side, p);
    if (d < best) {
      best = d;
      result.structure = choice.structure;
    }
  }
  const int v = static_cast<int>(vertebra);
  const int level = v < index(root) ? v : v == index(root) ? (p.y() > 0 ? v - 1 : v) : v - 1;
  result.level = static_cast<Level>(std::clamp(level, 0, kLevelCount - 1));
  return result;
}

}  // namespace

RootState RootCable::solve(const Surroundings& around, const PostureAngles& angles) const {
  const RootPath course = path(around.bones);
  Cable cable;
  cable.course = course.position;
  cable.tangent = course.tangent;
  cable.rest = rest_;
  cable.tributary.resize(kNodes);
  for (std::size_t i = 0; i < kNodes; ++i)
    cable.tributary[i] = 0.5 * ((i > 0 ? rest_[i - 1] : rest_[0]) + (i + 1 < kNodes ? rest_[i] : rest_[kNodes - 2]));
  cable.bed_stiffness.assign(kNodes, kFatBed);
  for (std::size_t i = guided_; i < kNodes; ++i) cable.bed_stiffness[i] *= kGuided;
  cable.bending_stiffness = kBending;
  cable.proximal_stiffness = kSleeveTie;
  cable.proximal_anchor = course.position.front() - course.tangent.front() * (kRestTension / kSleeveTie);
  cable.distal_pull = kRestTension;
  const TractGeometry& tract = subject_->tracts[static_cast<std::size_t>(index(root_))];
  cable.tract_length = tract.length;
  cable.tract_stretch = tract_stretch(tract, angles, side_);

  Contacts contacts(around, root_, course, guided_, radius_, cable.tributary);
  CableState state;
  state.position = course.position;
  // Protrusions grow in steps; then relaxations follow each other until the surfaces' models no longer change.
  const int steps = contacts.herniated() ? kInflationSteps : 1;
  double moved = 1;
  for (int pass = 1; pass <= steps || (moved > kSettled && pass < steps + kMostPasses); ++pass) {
    contacts.set_inflation(std::min(1.0, static_cast<double>(pass) / steps));
    cable.tolerance = pass < steps ? kRoughTolerance : kTolerance;
    contacts.model_surfaces(state.position, pass < steps + kFreshPasses ? 1 : kRenewal);
    const std::vector<Vec3> before = std::move(state.position);
    state = relax_cable(cable, std::cref(contacts), before);
    moved = 0;
    for (std::size_t i = 0; i < kNodes; ++i) moved = std::max(moved, (state.position[i] - before[i]).norm());
  }
  if (state.convergence.converged && moved > kSettled) {
    state.convergence = {false, state.convergence.iterations, moved, "root and surfaces did not settle on each other"};
  }

  RootState result;
  result.convergence = state.convergence;
  result.tension = state.tension.front();
  for (std::size_t i = 0; i + 1 < kNodes; ++i) {
    result.strain = std::max(result.strain, (state.position[i + 1] - state.position[i]).norm() / rest_[i] - 1);
  }
  result.excursion =
      (state.position[foramen_] - course.position[foramen_]).dot(course.tangent[foramen_]) - standing_excursion_;

  // Loads per node and structure, then the window of 5 mm with the largest mean pressure of one structure.
  std::vector<std::vector<Touch>> touches(kNodes);
  result.clearance = 1;
  for (std::size_t i = 0; i < kNodes; ++i) {
    double loss = 0;
    touches[i] = contacts.touches(i, state.position[i]);
    for (const Touch& t : touches[i]) {
      result.clearance = std::min(result.clearance, t.distance - radius_[i]);
      loss += root_section_loss(t.distance, radius_[i]);
    }
    result.section_loss = std::max(result.section_loss, std::min(1.0, loss));
  }
  std::vector<double> node_pressure(kNodes, 0.0);
  for (std::size_t i = 0; i < kNodes; ++i) {
    double span = 0, area = 0;
    Vec3 net = Vec3::Zero();
    std::vector<std::pair<Candidate, double>> force;
    for (std::size_t k = i; k < kNodes && span < kWindow; ++k) {
      const double length = std::min(cable.tributary[k], kWindow - span);
      span += length;
      area += 2 * radius_[k] * length;
      for (const Touch& touch : touches[k]) {
        const double f = touch.load * length;
        net += f * touch.normal;
        const Candidate& candidate = touch.what;
        const auto same = std::find_if(force.begin(), force.end(), [&](const auto& e) {
          return e.first.kind == candidate.kind && e.first.which == candidate.which;
        });
        if (same == force.end()) {
          force.emplace_back(candidate, f);
        } else {
          same->second += f;
        }
      }
    }
    if (span < 0.99 * kWindow || force.empty()) continue;
    const auto strongest =
        std::max_element(force.begin(), force.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
    const double pressure = strongest->second / area;
    for (std::size_t k = i; k < kNodes && (state.position[k] - state.position[i]).norm() < kWindow; ++k)
      node_pressure[k] = std::max(node_pressure[k], pressure);
    if (pressure <= result.pressure) continue;
    result.pressure = pressure;
    const double unbalanced = std::min(1.0, net.norm() / strongest->second);
    result.tension_pressure = unbalanced * pressure;
    result.pinch_pressure = pressure - result.tension_pressure;
    // Place: the most loaded node of the window.
    std::size_t at = i;
    double most = -1;
    for (std::size_t k = i; k < kNodes && (state.position[k] - state.position[i]).norm() < kWindow; ++k) {
      double load = 0;
      for (const Touch& t : touches[k]) load = std::max(load, t.load);
      if (load > most) {
        most = load;
        at = k;
      }
    }
    result.pressed_at_W = state.position[at];
    const Candidate& who = strongest->first;
    if (who.kind == Candidate::Kind::Bone) {
      result.pressed_by = bone_name(around, who.which, root_, side_, state.position[at]);
    } else if (who.kind == Candidate::Kind::Flavum) {
      result.pressed_by = {Structure::Flavum, static_cast<Level>(who.which)};
    } else {
      const bool on_bump = around.discs[who.which].protrusion_at(state.position[at]) > 0.5e-3;
      result.pressed_by = {on_bump ? Structure::Herniation : Structure::Disc, static_cast<Level>(who.which)};
    }
  }
  if (result.pressure < 1.0) {  // less than 1 Pa is no contact
    result.pressed_by = {};
  }
  for (std::size_t i = 0; i < kNodes; ++i) {
    result.nodes.push_back({state.position[i], radius_[i], node_pressure[i], state.tension[std::min(i, kNodes - 2)]});
  }
  return result;
}

}  // namespace foramen
