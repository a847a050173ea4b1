#include "sim/nerve/root_cable.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/base/units.h"
#include "sim/nerve/piriformis.h"
#include "sim/nerve/root_contacts.h"
#include "sim/nerve/root_report.h"
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
constexpr int kInflationSteps = 5;
/// Most relaxations at full size; those whose steep surfaces are measured afresh, and how much of the way later ones
/// are renewed; movement of a node below which they have settled [m].
constexpr int kMostPasses = 60, kFreshPasses = 2;
constexpr double kRenewal = 0.12;
constexpr double kSettled = 2e-6;
/// Force left on a node at full size, and while a protrusion still grows [N].
constexpr double kTolerance = 2e-6, kRoughTolerance = 1e-3;
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
  const double rest_strain = root_strain_at(kRestTension, subject.description.parameters.root_stiffness);
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

Cable RootCable::cable_along(const RootPath& course, const PostureAngles& angles) const {
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
  cable.axial_factor = subject_->description.parameters.root_stiffness;
  cable.tract_stretch = tract_stretch(tract, angles, side_);
  if (index(root_) >= index(Root::L4))  // the others run in front of the hip
    cable.tract_stretch += piriformis_detour(piriformis_thickening(subject_->description, side_));
  return cable;
}

namespace {

/// Protrusions grow in steps; then relaxations follow each other until the surfaces' models no longer change.
CableState relax_among(RootContacts& contacts, Cable& cable) {
  CableState state;
  state.position = cable.course;
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
  return state;
}

}  // namespace

RootState RootCable::solve(const Surroundings& around, const PostureAngles& angles) const {
  const RootPath course = path(around.bones);
  Cable cable = cable_along(course, angles);
  RootContacts contacts(around, root_, course.position, guided_, radius_, cable.tributary);
  const CableState state = relax_among(contacts, cable);

  RootState result;
  result.convergence = state.convergence;
  result.tension = state.tension.front();
  for (std::size_t i = 0; i + 1 < kNodes; ++i) {
    result.strain = std::max(result.strain, (state.position[i + 1] - state.position[i]).norm() / rest_[i] - 1);
  }
  result.excursion =
      (state.position[foramen_] - course.position[foramen_]).dot(course.tangent[foramen_]) - standing_excursion_;
  const std::vector<double> pressure =
      report_contact(around, contacts, {root_, side_, state.position, radius_, cable.tributary}, result);
  for (std::size_t i = 0; i < kNodes; ++i)
    result.nodes.push_back({state.position[i], radius_[i], pressure[i], state.tension[std::min(i, kNodes - 2)]});
  return result;
}

}  // namespace foramen
