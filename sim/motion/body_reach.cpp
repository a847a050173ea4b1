#include "sim/motion/body_reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/motion/reach_search.h"

namespace foramen {

namespace {

void check_request(const ReachRequest& request) {
  const auto refuse = [](const char* what) {
    throw std::invalid_argument(fmt::format("reach: {} is not finite", what));
  };
  for (std::size_t a = 0; a < request.start.size(); ++a) {
    if (!std::isfinite(request.start[a]) || !std::isfinite(request.preferred[a]) || !std::isfinite(request.spread[a])) {
      refuse("an angle");
    }
  }
  for (const auto& hand : request.hands) {
    if (hand && !hand->allFinite()) refuse("a place of a hand");
  }
  if (request.centre && !request.centre->allFinite()) refuse("the centre of pressure");
  if (!request.hand_force.allFinite() || !std::isfinite(request.step)) refuse("the hands' force or the step");
  if (!request.sway.allFinite()) refuse("the sway");
}

}  // namespace

ReachRequest reach_from(const PostureAngles& posture, const JointLimits& limits, const LumbarShares& shares) {
  ReachRequest request;
  request.start = request.preferred = posture;
  request.spread = limits.spread;
  request.spread[static_cast<std::size_t>(index(PostureAngle::NeckFlexion))] = 0;
  request.shares = shares;
  return request;
}

ReachResult reach_with_body(const Subject& subject, const JointLimits& limits, const ReachRequest& request) {
  check_request(request);
  ReachProblem problem(subject, limits, request);
  ReachSearch search(problem, limits, request.start);
  ReachResult result;
  const bool still = search.run(result.iterations);
  result.angles = search.angles();
  for (int a = 0; a <= index(PostureAngle::AnkleDorsiflexionRight); ++a) {
    result.angles[static_cast<std::size_t>(a)] = search.placed().angles.posture[static_cast<std::size_t>(a)].value;
  }
  for (const Side side : kSides) {
    const auto s = static_cast<std::size_t>(index(side));
    result.grips_W[s] = problem.grip(search.placed(), side);
    if (request.hands[s]) result.missing[s] = (result.grips_W[s] - *request.hands[s]).norm();
  }
  result.centre_of_pressure_W = problem.centre_of_pressure(search.placed(), request.hand_force);
  result.balance_offset = problem.outside(result.centre_of_pressure_W);
  if (request.force_comes_and_goes) {
    const Vec3 without = problem.centre_of_pressure(search.placed(), Vec3::Zero());
    result.balance_offset = std::max(result.balance_offset, problem.outside(without));
  }
  const bool there = problem.farthest_miss(search.placed()) < kReachedWithin;
  result.status = there ? ReachStatus::Reached : (still ? ReachStatus::OutOfReach : ReachStatus::NotConverged);
  return result;
}

}  // namespace foramen
