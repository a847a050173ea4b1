#include "sim/motion/task_ways.h"

#include <Eigen/LU>
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/motion/handled_load.h"
#include "sim/motion/keyframe_curve.h"
#include "sim/motion/support_models.h"

namespace foramen {

namespace {

/// Postures on the way: close enough that a stepped stance, balanced at each, does not sway between them.
constexpr int kStations = 7;
constexpr int kLooks = 3;           ///< at the balance, from one station to the next
constexpr double kMovingRim = 0.01;  ///< of the soles that a moving body keeps free: less than at its ends [m]
constexpr int kRounds = 8;          ///< of leaning against one's own inertia
constexpr double kLeastLean = 0.1;  ///< of what a round asks for, before the search is given up

/// By station.
using Stations = std::vector<PostureAngles>;
using Leans = std::array<Vec3, kStations>;

double part_of(int station) {
  return static_cast<double>(station + 1) / (kStations + 1);
}

/// How the balance of a moving body is off.
struct Sway {
  double outside = 0;                        ///< the farthest the centre of pressure lies off the safe part [m]
  Leans back{};                              ///< brings it back about each station [m]
  std::array<double, kStations> pendulum{};  ///< height of the body over the acceleration of its weight [s²]
};

class MovingBody {
 public:
  MovingBody(const Mover& mover, const WayEnd& from, const WayEnd& to, double seconds, const HandLoad* held)
      : mover_(mover), from_(from), to_(to), seconds_(seconds), held_(held), sole_(sole(mover.subject)) {
    MovingAngles standing;
    for (std::size_t a = 0; a < from.angles.size(); ++a) standing.posture[a] = {from.angles[a]};
    feet_ = stand_on_feet(mover.subject, {}, {{0}, {standing}, nullptr}, mover.postures.shares());
  }

  [[nodiscard]] Sway sway(const Stations& stations) const {
    const auto curves = curves_through(stations);
    Sway result;
    std::array<double, kStations> worst{};
    for (int look = 1; look < (kStations + 1) * kLooks; ++look) {
      const double place = static_cast<double>(look) / kLooks - 1;  // in stations
      const auto [centre, base, pendulum] = at(curves, seconds_ * (place + 1) / (kStations + 1));
      const Vec3 back = base.back(centre);
      result.outside = std::max(result.outside, back.norm());
      const auto nearest = static_cast<std::size_t>(std::clamp(std::lround(place), 0L, kStations - 1L));
      if (look % kLooks == 0) result.pendulum[nearest] = pendulum;
      if (back.norm() <= worst[nearest]) continue;
      worst[nearest] = back.norm();
      result.back[nearest] = back;
    }
    return result;
  }

 private:
  using Curves = std::array<KeyframeCurve, kPostureAngleCount>;
  struct Look {
    Vec3 centre;  ///< of pressure [m]
    BaseOfSupport safe;
    double pendulum;  ///< as in Sway
  };

  [[nodiscard]] Curves curves_through(const Stations& stations) const {
    std::vector<double> times{0};
    for (int i = 0; i < kStations; ++i) times.push_back(seconds_ * part_of(i));
    times.push_back(seconds_);
    std::vector<bool> flows(times.size(), true);
    flows.front() = flows.back() = false;
    Curves curves;
    for (std::size_t a = 0; a < curves.size(); ++a) {
      std::vector<double> values{from_.angles[a]};
      for (const PostureAngles& station : stations) values.push_back(station[a]);
      values.push_back(to_.angles[a]);
      curves[a] = KeyframeCurve(times, std::move(values), flows);
    }
    return curves;
  }

  [[nodiscard]] Look at(const Curves& curves, double time) const {
    const Subject& subject = mover_.subject;
    MovingAngles angles;
    for (std::size_t a = 0; a < curves.size(); ++a) angles.posture[a] = curves[a].at(time);
    TreeMotion tree = turn_joints(angles, mover_.postures.shares());
    feet_->place(time, angles, tree);
    const BodyMotions bodies = move_bodies(subject, tree);
    BodyPoses poses;
    for (std::size_t b = 0; b < poses.size(); ++b) poses[b] = bodies[b].pose;
    std::vector<ExternalForce> external;
    if (held_) add_load_forces(subject, *held_, 1, bodies, external);
    const auto wrenches = joint_wrenches(subject, tree, external);
    const Demand demand = UnsupportedBody{poses, wrenches, nullptr}.demand();
    std::vector<Vec3> ankles;
    for (const Side side : mover_.feet)
      ankles.push_back(poses[static_cast<std::size_t>(index(on_side(Body::FootLeft, side)))].p);
    double mass = 0;
    for (const Segment& segment : subject.segments) mass += segment.mass;
    // A body off its feet has no centre of pressure; one that is nearly so can hardly be steered.
    const double push = std::max(demand.wrench.force.y(), 0.25 * mass * kGravity);
    Demand pressed = demand;
    pressed.wrench.force.y() = push;
    return {
        centre_of_pressure(pressed, 0), {sole_, ankles, kMovingRim}, mass * centre_of_mass(subject, poses).y() / push};
  }

  const Mover& mover_;
  const WayEnd &from_, &to_;
  double seconds_;
  const HandLoad* held_;
  Sole sole_;
  std::unique_ptr<SupportModel> feet_;
};

/// Leans that answer a sway: the body on its feet is an inverted pendulum, whose centre of pressure moves by
/// lean − (height / acceleration of weight) · d²lean/dt²; at the ends, at rest, it does not lean.
Leans against(const Sway& sway, double seconds) {
  const double between = seconds / (kStations + 1);
  Eigen::Matrix<double, kStations, kStations> A;
  Eigen::Matrix<double, kStations, 3> right;
  A.setZero();
  for (int i = 0; i < kStations; ++i) {
    const auto s = static_cast<std::size_t>(i);
    const double swing = sway.pendulum[s] / (between * between);
    A(i, i) = 1 + 2 * swing;
    if (i > 0) A(i, i - 1) = -swing;
    if (i + 1 < kStations) A(i, i + 1) = -swing;
    right.row(i) = sway.back[s].transpose();
  }
  const Eigen::Matrix<double, kStations, 3> solved = A.partialPivLu().solve(right);
  Leans leans;
  for (int i = 0; i < kStations; ++i) leans[static_cast<std::size_t>(i)] = solved.row(i).transpose();
  return leans;
}

/// As if all joints kept step, with the hands on their path.
Way pass_stations(const Mover& mover, const WayEnd& from, const WayEnd& to, const Leans& leans) {
  Way way;
  for (int i = 0; i < kStations; ++i) {
    const double part = smooth_step({part_of(i)}).value;
    PostureAngles in_step;
    for (std::size_t a = 0; a < in_step.size(); ++a)
      in_step[a] = from.angles[a] + part * (to.angles[a] - from.angles[a]);
    const Vec3 centre = from.centre + part * (to.centre - from.centre);
    const ReachResult passed =
        mover.postures.pass(mover.technique, in_step, mover.feet, mover.step, on_the_way(from.hands, to.hands, part),
                            centre, -leans[static_cast<std::size_t>(i)]);
    const double missing = std::max(passed.missing[0], passed.missing[1]);
    if (missing > way.missing) {
      way.missing = missing;
      way.when = part_of(i);
    }
    way.stations.push_back(passed.angles);
  }
  return way;
}

}  // namespace

Way find_way(const Mover& mover, const WayEnd& from, const WayEnd& to, double seconds, const HandLoad* held) {
  const MovingBody body(mover, from, to, seconds, held);
  Leans leans;
  leans.fill(Vec3::Zero());
  Way way = pass_stations(mover, from, to, leans);
  Sway sway = body.sway(way.stations);
  double part = 1;
  for (int round = 0; round < kRounds && sway.outside > 0 && part > kLeastLean; ++round) {
    const Leans more = against(sway, seconds);
    Leans tried = leans;
    for (std::size_t i = 0; i < tried.size(); ++i) tried[i] += part * more[i];
    Way other = pass_stations(mover, from, to, tried);
    const Sway after = body.sway(other.stations);
    if (after.outside < sway.outside && other.missing <= std::max(way.missing, kReachedWithin)) {
      leans = tried;
      way = std::move(other);
      sway = after;
      part = std::min(1.0, 2 * part);
    } else {
      part *= 0.5;
    }
  }
  return way;
}

}  // namespace foramen
