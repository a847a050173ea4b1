#include "sim/motion/task_postures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/reach.h"

namespace foramen {

namespace {

/// How far legs and trunk readily depart on the way from a movement in which all joints keep step [rad]. Estimate.
constexpr double kPassing = 5 * units::deg;
/// The search begins with bent arms: a straight one does not shorten at first however it is bent, so that the search
/// would lean the body back from a near load instead [rad].
constexpr double kBentElbow = 40 * units::deg;
/// Balance that a body in motion may lack when it stands still [m].
constexpr double kBalanceSlack = 0.02;
/// How a body turns towards a load at its side, as parts of the angle: feet planted, so that hips and shoulders take
/// most. Estimate; reach settles the rest.
constexpr double kPelvisTurn = 0.25, kLumbarTwist = 0.05, kThoraxTwist = 0.25;

std::size_t at(PostureAngle angle) {
  return static_cast<std::size_t>(index(angle));
}

Vec3 turned_right(const Vec3& v, double angle) {
  const double s = std::sin(angle), c = std::cos(angle);
  return {c * v.x() - s * v.z(), v.y(), s * v.x() + c * v.z()};
}

void aim(const Grasp& grasp, ReachRequest& request) {
  request.hands = grasp.grips;
  request.hand_force = grasp.force;
  request.force_comes_and_goes = grasp.taken_over;
  auto& preferred = request.preferred;
  preferred[at(PostureAngle::PelvisTurnLeft)] -= kPelvisTurn * grasp.azimuth;
  preferred[at(PostureAngle::LumbarTwistLeft)] -= kLumbarTwist * grasp.azimuth;
  preferred[at(PostureAngle::ThoracicTwistLeft)] -= kThoraxTwist * grasp.azimuth;
  preferred[at(PostureAngle::HipRotationRight)] += kPelvisTurn * grasp.azimuth;
  preferred[at(PostureAngle::HipRotationLeft)] -= kPelvisTurn * grasp.azimuth;
}

}  // namespace

Grasp Grasp::at(double reach, double height, double azimuth, double half_width, Hands hands, const Vec3& force) {
  Grasp grasp{.grips = {}, .azimuth = azimuth, .force = force};
  for (const Side side : holding_sides(hands)) {
    const double half = hands == Hands::Both ? side_sign(side) * half_width : 0;
    grasp.grips[static_cast<std::size_t>(index(side))] = turned_right({reach, height, half}, azimuth);
  }
  return grasp;
}

Vec3 Grasp::middle() const {
  Vec3 sum = Vec3::Zero();
  double count = 0;
  for (const auto& grip : grips) {
    if (!grip) continue;
    sum += *grip;
    ++count;
  }
  return sum / std::max(1.0, count);
}

Vec3 centre_without_load(const Vec3& centre, const Grasp& grasp, double weight) {
  const double load = -grasp.force.y();
  return (centre * (weight + load) - grasp.middle() * load) / weight;
}

Grasp on_the_way(const Grasp& from, const Grasp& to, double part) {
  Grasp grasp{.grips = {}, .azimuth = from.azimuth + part * (to.azimuth - from.azimuth), .force = to.force};
  for (std::size_t side = 0; side < 2; ++side) {
    if (!from.grips[side] || !to.grips[side]) continue;
    const Vec3 start = turned_right(*from.grips[side], -from.azimuth), end = turned_right(*to.grips[side], -to.azimuth);
    grasp.grips[side] = turned_right(start + part * (end - start), grasp.azimuth);
  }
  return grasp;
}

void refuse_task(const TaskPlace& place, const std::string& key, std::string message) {
  throw InputError(InputProblem{
      .file = place.file, .line = place.line, .column = place.column, .key = key, .message = std::move(message)});
}

TaskPostures::TaskPostures(const Subject& subject, const PostureLibrary& library, const SolverOptions& options,
                           TaskPlace place, std::string key)
    : subject_(subject),
      library_(library),
      shares_(lumbar_shares(options)),
      place_(std::move(place)),
      key_(std::move(key)) {}

ReachResult TaskPostures::find(const TechniquePreference& technique, double blend, const std::vector<Side>& feet,
                               double step, const Grasp* grasp, const std::string& what) const {
  ReachRequest request = request_of(technique, blend, feet, step, grasp);
  const ReachResult result = reach_with_body(subject_, library_.limits, request);
  const double missing = std::max(result.missing[0], result.missing[1]);
  if (missing > kReachedWithin) {
    const Vec3 p = grasp->middle();
    refuse_task(
        place_, key_,
        fmt::format(
            "the hands cannot reach {} ({:.2f} m ahead, {:.2f} m high, {:.2f} m to the right): {:.2f} m are missing "
            "with the feet planted{}",
            what, p.x(), p.y(), p.z(), missing,
            grasp->taken_over ? " and the body balanced with the load in the hands and without" : ""));
  }
  if (result.balance_offset > kBalanceSlack) {
    refuse_task(place_, key_,
                fmt::format("the body would topple at {}: what carries it would have to lie {:.2f} m outside the feet",
                            what, result.balance_offset));
  }
  return result;
}

ReachResult TaskPostures::pass(const TechniquePreference& technique, const PostureAngles& between,
                               const std::vector<Side>& feet, double step, const Grasp& grasp, const Vec3& centre,
                               const Vec3& sway) const {
  ReachRequest request = request_of(technique, 0, feet, step, nullptr);
  for (std::size_t a = 0; a < between.size(); ++a) {
    if (!(request.spread[a] > 0)) continue;
    request.preferred[a] = request.start[a] = between[a];
    const auto angle = static_cast<PostureAngle>(a);
    const bool arm = angle >= PostureAngle::ShoulderFlexionLeft;
    if (!arm) request.spread[a] = std::min(request.spread[a], kPassing);
  }
  request.hands = grasp.grips;
  request.hand_force = grasp.force;
  request.centre = centre;
  request.sway = sway;
  return reach_with_body(subject_, library_.limits, request);
}

ReachRequest TaskPostures::request_of(const TechniquePreference& technique, double blend, const std::vector<Side>& feet,
                                      double step, const Grasp* grasp) const {
  ReachRequest request = reach_from({}, library_.limits, shares_);
  for (std::size_t a = 0; a < request.preferred.size(); ++a) {
    request.preferred[a] = technique.upright[a] + blend * (technique.floor[a] - technique.upright[a]);
    if (request.spread[a] > 0) request.spread[a] = technique.spread[a];
  }
  request.feet = feet;
  request.step = step;
  if (grasp) aim(*grasp, request);
  request.start = request.preferred;
  for (const PostureAngle elbow : {PostureAngle::ElbowFlexionLeft, PostureAngle::ElbowFlexionRight})
    request.start[at(elbow)] = std::max(request.start[at(elbow)], kBentElbow);
  return request;
}

}  // namespace foramen
