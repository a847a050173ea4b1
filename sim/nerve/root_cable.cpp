#include "sim/nerve/root_cable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "sim/base/units.h"
#include "sim/nerve/piriformis.h"
#include "sim/nerve/root_conditions.h"
#include "sim/nerve/root_report.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// Stiffness of the fat around a root across it [N/m per m]: weak (design prototype, 2 kN/m per m); along it a
/// twentieth: roots slide in their sheath (estimate).
constexpr double kFatBed = 2e3, kAlongBed = 0.05;
/// Inside the sacrum S1 lies in a bony channel, and every root beyond its foramen in a sheath among muscle, which hold
/// it to its course, free to slide: bed stiffness there over that of fat.
constexpr double kGuided = 100;
/// Waypoint of S1 in the recess, and waypoints from the foramen to where a root has left it (see RootCourse).
constexpr double kRecessWaypoint = 2, kExitWaypoints = 1;
/// Bending stiffness of a root [N·m²]: E 1.3 MPa (Singh 2006) on a bundle of loose fascicles, a tenth of the solid
/// section's.
constexpr double kBending = 5e-6;
/// Pull on a root at rest [N] (estimate: in the cadaver roots L2–S1 show no measurable tension before the leg is
/// raised, Ko 2006; they are not limp either).
constexpr double kRestTension = 0.02;
constexpr int kInflationSteps = 5;
/// To the other side of a herniation a root is lifted by this way beyond its mirrored place, over this length on each
/// side of where it lies nearest to the summit [m].
constexpr double kBeyondSummit = 2e-3, kLifted = 20e-3;
/// A root laid as in standing is near where it will rest: so many first steps need not go downhill.
constexpr int kFreeSteps = 2;
/// Force left on a node at rest, and while a protrusion still grows [N].
constexpr double kTolerance = 2e-5, kGrowingTolerance = 2e-3;
/// A root that would lose more of its section than this has no room.
constexpr double kMostLoss = 0.98;
/// Nodes per length between the disc and the recess and beyond the exit, over those near disc, recess and foramen:
/// where nothing presses a root runs straight.
constexpr double kSparse = 0.2;
/// Waypoints before the recess from which on nodes are close together: bone and facet press over a few millimetres
/// there.
constexpr double kBeforeRecess = 0.75;
/// Reach of the ganglion along the root on each side of the foramen [m].
constexpr double kGanglionHalfLength = 5.5e-3;

/// Centripetal Catmull–Rom through waypoints (Yuksel 2011: it neither loops nor overshoots where spacing is uneven).
class CourseSpline {
 public:
  explicit CourseSpline(std::vector<Vec3> points) : points_(std::move(points)) {
    const std::size_t n = points_.size();
    points_.insert(points_.begin(), 2 * points_[0] - points_[1]);
    points_.push_back(2 * points_[n] - points_[n - 1]);
    knots_.reserve(n + 2);
    knots_.push_back(0);
    for (std::size_t i = 1; i < n + 2; ++i)
      knots_.push_back(knots_.back() + std::sqrt((points_[i] - points_[i - 1]).norm()));
  }

  /// At a place in waypoint units.
  [[nodiscard]] Vec3 operator()(double place) const {
    const auto i = static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(points_.size()) - 4));
    const Vec3* p = &points_[i];
    const double* t = &knots_[i];
    const double s = t[1] + (place - static_cast<double>(i)) * (t[2] - t[1]);
    const auto between = [&](const Vec3& a, const Vec3& b, int from, int to) -> Vec3 {
      return a + (s - t[from]) / (t[to] - t[from]) * (b - a);
    };
    const Vec3 a1 = between(p[0], p[1], 0, 1), a2 = between(p[1], p[2], 1, 2), a3 = between(p[2], p[3], 2, 3);
    return between(between(a1, a2, 0, 2), between(a2, a3, 1, 3), 1, 2);
  }

 private:
  std::vector<Vec3> points_;   ///< one more at each end
  std::vector<double> knots_;  ///< of each
};

/// Places on the course (in waypoint units) of `nodes` nodes: close together where `dense` says so.
template <class Dense>
std::vector<double> places_along(const std::vector<Vec3>& points, int nodes, const Dense& dense) {
  constexpr int kFine = 24;
  const auto intervals = static_cast<int>(points.size()) - 1;
  const CourseSpline spline(points);
  std::vector<double> weight{0};
  for (int i = 1; i <= kFine * intervals; ++i) {
    const double to = static_cast<double>(i) / kFine, from = static_cast<double>(i - 1) / kFine;
    const double length = (spline(to) - spline(from)).norm();
    weight.push_back(weight.back() + length * (dense(0.5 * (from + to)) ? 1 : kSparse));
  }
  std::vector<double> places{0};
  for (int n = 1; n + 1 < nodes; ++n) {
    const double target = weight.back() * n / (nodes - 1);
    const auto above =
        static_cast<std::size_t>(std::upper_bound(weight.begin(), weight.end(), target) - weight.begin());
    const double part = (target - weight[above - 1]) / (weight[above] - weight[above - 1]);
    places.push_back((static_cast<double>(above - 1) + part) / kFine);
  }
  places.push_back(intervals);
  return places;
}

std::size_t first_beyond(const std::vector<double>& parameter, double place) {
  return static_cast<std::size_t>(std::upper_bound(parameter.begin(), parameter.end(), place) - parameter.begin());
}

std::vector<Vec3> corners(const RootCourse& course, const std::array<Pose, kVertebraCount>& bones) {
  std::vector<Vec3> points;
  points.reserve(course.waypoints.size() + 2);
  for (const auto& w : course.waypoints)
    points.push_back(bones[static_cast<std::size_t>(index(w.vertebra))] * w.point_V);
  return points;
}

Strand strand(const TractGeometry& tract, const PostureAngles& angles, Side side) {
  return {tract.share, tract.length, tract_stretch(tract, angles, side)};
}

}  // namespace

double tract_stretch(const TractGeometry& tract, const PostureAngles& angles, Side side) {
  const auto angle = [&](PostureAngle left) { return angles[static_cast<std::size_t>(index(left) + index(side))]; };
  return tract.hip_radius * angle(PostureAngle::HipFlexionLeft) +
         tract.knee_radius * angle(PostureAngle::KneeFlexionLeft) +
         tract.ankle_radius * angle(PostureAngle::AnkleDorsiflexionLeft) - tract.slack;
}

RootCable::RootCable(const Subject& subject, Root root, Side side,
                     const std::array<Pose, kVertebraCount>& standing_bones, int nodes)
    : subject_(&subject), root_(root), side_(side) {
  const auto place = static_cast<double>(course().foramen);
  const auto last = static_cast<double>(course().waypoints.size()) - 1;
  parameter_ = places_along(corners(course(), standing_bones), nodes, [&](double t) {
    const bool behind_disc = root != Root::L1 && t < 1;
    return behind_disc || (t > static_cast<double>(course().recess) - kBeforeRecess && t < last - 1);
  });
  for (const double p : parameter_)
    rides_on_.push_back(course().waypoints[static_cast<std::size_t>(std::lround(p))].vertebra);
  while (beside_sac_ < parameter_.size() && share_beyond(beside_sac_, static_cast<double>(course().recess)) < 1)
    ++beside_sac_;
  const auto nearer = [&](double a, double b) { return std::abs(a - place) < std::abs(b - place); };
  foramen_ =
      static_cast<std::size_t>(std::min_element(parameter_.begin(), parameter_.end(), nearer) - parameter_.begin());
  guided_from_ = root == Root::S1 ? kRecessWaypoint : place + kExitWaypoints;
  guided_ = first_beyond(parameter_, guided_from_);
  const RootPath standing = path(standing_bones);
  const double rest_strain = root_strain_at(kRestTension, subject.description.parameters.root_stiffness);
  const std::size_t n = parameter_.size();
  for (std::size_t i = 0; i + 1 < n; ++i)
    rest_.push_back((standing.position[i + 1] - standing.position[i]).norm() / (1 + rest_strain));
  radius_.assign(n, course().radius);
  for (std::size_t i = 0; i < n; ++i) {
    tributary_.push_back(0.5 * ((i > 0 ? rest_[i - 1] : rest_[0]) + (i + 1 < n ? rest_[i] : rest_[n - 2])));
    const double u = (standing.position[i] - standing.position[foramen_]).norm() / kGanglionHalfLength;
    if (u < 1) radius_[i] += (course().ganglion_radius - course().radius) * (1 - u * u) * (1 - u * u);
  }
  thicken_conjoined(subject, root, side, parameter_, radius_);
  stuck_ = stuck_node(subject, root, side, parameter_);
  placeless_ = placeless();
}

RootPath RootCable::path(const std::array<Pose, kVertebraCount>& bones) const {
  const CourseSpline spline(corners(course(), bones));
  RootPath result;
  result.position.reserve(parameter_.size());
  result.tangent.reserve(parameter_.size());
  for (const double place : parameter_) result.position.push_back(spline(place));
  const std::size_t last = parameter_.size() - 1;
  for (std::size_t i = 0; i <= last; ++i) {
    const Vec3 along = result.position[std::min(i + 1, last)] - result.position[i == 0 ? 0 : i - 1];
    result.tangent.push_back(along.normalized());
  }
  // Down to its recess a root runs along the side of the sac.
  result.medial.reserve(beside_sac_);
  for (std::size_t i = 0; i < beside_sac_; ++i) {
    const Vec3 &tangent = result.tangent[i],
               inwards = -side_sign(side_) * bones[static_cast<std::size_t>(index(rides_on_[i]))].R.col(2);
    result.medial.push_back((inwards - inwards.dot(tangent) * tangent).normalized());
  }
  return result;
}

double RootCable::share_beyond(std::size_t node, double place) const {
  const double here = parameter_[node], before = node == 0 ? here : parameter_[node - 1],
               after = node + 1 == parameter_.size() ? here : parameter_[node + 1];
  const double from = 0.5 * (before + here), to = 0.5 * (here + after);
  return std::clamp((to - place) / (to - from), 0.0, 1.0);
}

Vec3 RootCable::sleeve(const std::array<Pose, kVertebraCount>& bones) const {
  const RootCourse::Waypoint& first = course().waypoints.front();
  return bones[static_cast<std::size_t>(index(first.vertebra))] * first.point_V;
}

Cable RootCable::placeless() const {
  const SacGeometry& sac = subject_->sac;
  const std::size_t n = parameter_.size();
  const auto recess = static_cast<double>(course().recess);
  Cable cable;
  cable.rest = rest_;
  cable.tributary = tributary_;
  cable.bed_across.assign(n, kFatBed);
  cable.bed_along.assign(n, kAlongBed * kFatBed);
  cable.traction_tie.assign(n, 0.0);
  for (std::size_t i = 0; i < beside_sac_; ++i) cable.sac_beside.push_back(1 - share_beyond(i, recess));
  for (std::size_t i = 0; i < n; ++i) {
    const double guided = share_beyond(i, guided_from_);
    cable.bed_across[i] *= 1 + (kGuided - 1) * guided;
    if (root_ == Root::S1) continue;
    // Foraminal ligaments hold the root from beside its pedicle to its exit.
    const double held = share_beyond(i, recess) - guided;
    cable.bed_across[i] += held * sac.ligament_across;
    cable.traction_tie[i] = held * sac.ligament_along;
  }
  cable.sac_pressure = sac.across_wall;
  if (stuck_) {
    cable.bed_across[*stuck_] += kScar / tributary_[*stuck_];
    cable.bed_along[*stuck_] += kScar / tributary_[*stuck_];
  }
  cable.bending_stiffness = kBending;
  cable.sac_tie = sac.sleeve_tie;
  cable.distal_pull = kRestTension;
  cable.axial_factor = subject_->description.parameters.root_stiffness;
  cable.tolerance = kTolerance;
  return cable;
}

Cable RootCable::cable(const RootPath& path, const PostureAngles& angles) const {
  Cable cable = placeless_;
  cable.course = path.position;
  cable.tangent = path.tangent;
  cable.sac_way = path.medial;
  cable.sac_anchor = path.position.front() - path.tangent.front() * (kRestTension / cable.sac_tie);
  const auto r = static_cast<std::size_t>(index(root_));
  cable.tracts = {strand(subject_->tracts[r], angles, side_), strand(subject_->femoral_tracts[r], angles, side_)};
  cable.tracts[0].stretch += piriformis_detour(piriformis_thickening(subject_->description, side_));
  return cable;
}

void RootCable::find_neighbours(const Surroundings& standing) {
  neighbours_ = RootNeighbours(standing, root_, path(standing.bones).position, guided_, radius_);
}

RootSolve::RootSolve(const RootCable& root, const Surroundings& around, const WallGrowth& growth,
                     const PostureAngles& angles, double canal_lengthening)
    : root_(&root),
      around_(&around),
      course_(root.path(around.bones)),
      cable_(root.cable(course_, angles)),
      contacts_(around, growth, root.neighbours_, root.radius_, root.tributary_),
      solver_(cable_) {
  const double slack = root.subject_->sac.intradural_slack * root.intradural_length;
  intradural_stretch_ = canal_lengthening - slack;
  cable_.intradural = {1, root.intradural_length, intradural_stretch_};
}

void RootSolve::lay(const std::vector<double>& slide, const RootEnds& place) {
  const std::vector<Vec3>& aside = root_->standing_.aside;
  const auto aside_W = [&](std::size_t i) -> Vec3 {
    return around_->bones[static_cast<std::size_t>(index(root_->rides_on_[i]))].R * aside[i];
  };
  std::vector<Vec3> position;
  position.reserve(slide.size());
  for (std::size_t i = 0; i < slide.size(); ++i) {
    const CourseCurve::Foot foot = solver_.curve().slid(i, slide[i]);
    position.push_back(solver_.curve().place(foot) + (1 - foot.u) * aside_W(foot.segment) +
                       foot.u * aside_W(foot.segment + 1));
  }
  lay_ends(place);
  solver_.lay(std::ref(contacts_), std::move(position), kFreeSteps);
}

void RootSolve::grow(const RootEnds& place) {
  // The root finds its way round a protrusion that grows in steps, the same way each time.
  const int steps = contacts_.herniated(course_.position) ? kInflationSteps : 1;
  lay_ends(place);
  std::vector<Vec3> position = course_.position;
  for (int step = 1; step <= steps; ++step) {
    contacts_.set_inflation(static_cast<double>(step) / steps);
    solver_.lay(std::ref(contacts_), std::move(position));
    (void)solver_.relax(std::ref(contacts_), step < steps ? kGrowingTolerance : kTolerance);
    position = solver_.position();
  }
}

OtherSide::Outcome RootSolve::cross_herniation() {
  using Outcome = OtherSide::Outcome;
  std::vector<Vec3> position = solver_.position();
  // It is lifted by the node nearest to the summit.
  std::optional<double> angle;
  std::size_t top = 0;
  for (std::size_t i = 0; i < position.size(); ++i) {
    const std::optional<double> here = contacts_.to_summit(i, position[i]);
    if (!here || (angle && std::abs(*here) >= std::abs(*angle))) continue;
    angle = here;
    top = i;
  }
  if (!angle || *angle == 0) return Outcome::NoProtrusion;
  const Vec3 lifted_from = position[top];
  const auto turned = [&](double by) { return contacts_.along_wall(top, lifted_from, by); };
  const double per_way = 1e-3 * *angle / (turned(1e-3 * *angle) - lifted_from).norm();  // signed [rad/m]
  const double over = 2 * *angle + kBeyondSummit * per_way;
  for (std::size_t i = 0; i < position.size(); ++i) {
    const double u = (position[i] - lifted_from).norm() / kLifted;
    if (u >= 1) continue;
    position[i] = contacts_.along_wall(top, position[i], over * (1 - u * u) * (1 - u * u));
    for (const RootTouch& touch : contacts_.touches(i, position[i]))
      if (touch.what.bony() && touch.distance <= 0) return Outcome::Bone;
  }
  contacts_.set_inflation(1);
  solver_.lay(std::ref(contacts_), std::move(position));
  if (!solver_.relax(std::ref(contacts_), kTolerance).converged) return Outcome::Unsolved;
  // Beside a summit it may also have slid back and off: it has crossed only if it lies beyond.
  const Vec3 to_summit = turned(*angle) - lifted_from;
  const bool beyond = (solver_.position()[top] - lifted_from).dot(to_summit) > to_summit.squaredNorm();
  return beyond ? Outcome::Rests : Outcome::SlidesBack;
}

void RootSolve::lay_ends(const RootEnds& place) {
  ends_ = place;
  cable_.sac_anchor = course_.position.front() + course_.tangent.front() * (place.node - kRestTension / cable_.sac_tie);
  cable_.intradural.stretch = intradural_stretch_ - place.conus;
}

bool RootSolve::rests() const {
  return solver_.residual() < kTolerance;
}

RootPull RootSolve::pull() {
  const CableEnd end = solver_.end(kTolerance);
  return root_pull(end.sleeve, ends_.node, end.intradural_tension, end.compliance, cable_.sac_tie,
                   end.intradural_stiffness);
}

void RootSolve::move_ends(const RootEnds& place) {
  lay_ends(place);
  solver_.end_moved();
}

RootCable::Standing RootSolve::standing() const {
  RootCable::Standing standing;
  const std::size_t foramen = root_->foramen_;
  const CableState state = solver_.state();
  standing.excursion = (state.position[foramen] - course_.position[foramen]).dot(course_.tangent[foramen]);
  standing.sleeve_excursion = state.sleeve;
  for (std::size_t i = 0; i < state.position.size(); ++i) {
    const Mat3& R = around_->bones[static_cast<std::size_t>(index(root_->rides_on_[i]))].R;
    const Vec3 off = state.position[i] - course_.position[i];
    standing.aside.push_back(R.transpose() * (off - off.dot(course_.tangent[i]) * course_.tangent[i]));
  }
  return standing;
}

RootState RootSolve::report(const Convergence& sac) const {
  RootState result;
  const CableState state = solver_.state();
  result.convergence = {rests(), solver_.steps(), solver_.residual(), rests() ? "" : "the root did not come to rest"};
  if (rests() && !sac.converged) result.convergence = sac;
  result.intradural_tension = state.intradural_tension;
  result.tension = std::max(state.tension.front(), state.intradural_tension);
  const std::size_t n = state.position.size(), foramen = root_->foramen_;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    const double strain = (state.position[i + 1] - state.position[i]).norm() / root_->rest_[i] - 1;
    result.strain = std::max(result.strain, strain);
  }
  result.excursion =
      (state.position[foramen] - course_.position[foramen]).dot(course_.tangent[foramen]) - root_->standing_.excursion;
  result.sleeve_excursion = state.sleeve - root_->standing_.sleeve_excursion;
  const RestingRoot resting{root_->root_, root_->side_, state.position, root_->radius_, root_->tributary_};
  const std::vector<double> pressure = report_contact(*around_, contacts_, resting, result);
  if (result.convergence.converged && result.section_loss > kMostLoss) {
    result.convergence.converged = false;
    result.convergence.reason = fmt::format("no room is left for the root beside the {}", result.pressed_by.text());
  }
  result.nodes.reserve(n);
  for (std::size_t i = 0; i < n; ++i)
    result.nodes.push_back({state.position[i], root_->radius_[i], pressure[i], state.tension[std::min(i, n - 2)]});
  return result;
}

}  // namespace foramen
