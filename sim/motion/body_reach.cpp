#include "sim/motion/body_reach.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "sim/base/units.h"
#include "sim/motion/reach.h"
#include "sim/motion/support.h"

namespace foramen {

namespace {

/// Standard deviations that weigh the terms against the preferences. What must hold (feet, balance, ankles) is far
/// stiffer than what is wished (the hands' places), so that a place out of reach topples nobody.
constexpr double kFootSpread = 5e-4;               ///< [m]
constexpr double kRimSpread = 1e-3;                ///< of the centre of pressure beyond the safe part of the soles [m]
constexpr double kAnkleSpread = 0.3 * units::deg;  ///< beyond the ankle's range
constexpr double kMiddleSpread = 0.04;             ///< of the centre of pressure about the middle of the feet [m]
constexpr double kCentreSpread = 0.005;            ///< of it about a place that is asked for [m]
constexpr double kRhythmSpread = 4 * units::deg;   ///< of the lumbar flexion about its share
constexpr double kSafeRim = 0.015;                 ///< of the soles that balance keeps free [m]
/// Spreads of the hands' places, stage by stage [m]: they draw gently first, so that the search follows the preferences
/// round the bends of the valley that they cut. A place missed by more than kOutOfReach in the last stage but one
/// cannot be reached; the search ends there.
constexpr std::array<double, 4> kHandSpreads{3e-2, 1e-2, 2.5e-3, 5e-4};
constexpr double kOutOfReach = 0.01;    ///< [m]
constexpr int kLargestIterations = 60;  ///< of each stage
constexpr double kStill = 1e-6;         ///< largest step of a search that has ended [rad]
constexpr double kNearlyStill = 1e-4;   ///< and of its first stages
constexpr double kNearlyLevel = 1e-5;
constexpr double kMissShare = 0.05;  ///< spread of a place that is far off, over its distance
constexpr double kLevel = 1e-7;      ///< gain of a step that is none, of the sum of squares

constexpr int kMostRows = 64, kMostColumns = 32;
using Rows = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMostRows, 1>;
using Columns = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMostColumns, 1>;
using Jacobian = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor, kMostRows, kMostColumns>;
using Normal = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, kMostColumns, kMostColumns>;

/// One joint axis that turns with an angle.
struct Drive {
  Body body = Body::Pelvis;
  int axis = 0;  ///< 0, 1, 2: the joint's own x, y, z turn
  double rate = 0;
};

/// The joints an angle turns, as turn_joints does.
std::vector<Drive> drives_of(PostureAngle angle, const LumbarShares& shares) {
  std::vector<Drive> drives;
  const auto spine = [&](int axis, const std::array<double, kLevelCount>& share, double sign) {
    for (int l = 0; l < kLevelCount; ++l) {
      drives.push_back({body_of(static_cast<Vertebra>(l)), axis, sign * share[static_cast<std::size_t>(l)]});
    }
  };
  const Side side = index(angle) % 2 == 0 ? Side::Left : Side::Right;  // of a limb angle
  const double sign = side_sign(side);
  switch (angle) {
    case PostureAngle::LumbarFlexion:
      spine(2, shares.flexion, -1);
      drives.push_back({Body::Thorax, 2, -shares.flexion_T12L1});
      return drives;
    case PostureAngle::LumbarBendRight:
      spine(0, shares.bend, 1);
      return drives;
    case PostureAngle::LumbarTwistLeft:
      spine(1, shares.twist, 1);
      return drives;
    case PostureAngle::ThoracicFlexion:
      return {{Body::Thorax, 2, -1}};
    case PostureAngle::ThoracicBendRight:
      return {{Body::Thorax, 0, 1}};
    case PostureAngle::ThoracicTwistLeft:
      return {{Body::Thorax, 1, 1}};
    case PostureAngle::NeckFlexion:
      return {{Body::Head, 2, -1}};
    case PostureAngle::PelvisForwardPitch:
      return {{Body::Pelvis, 2, -1}};
    case PostureAngle::PelvisBendRight:
      return {{Body::Pelvis, 0, 1}};
    case PostureAngle::PelvisTurnLeft:
      return {{Body::Pelvis, 1, 1}};
    case PostureAngle::ShoulderFlexionLeft:
    case PostureAngle::ShoulderFlexionRight:
      return {{on_side(Body::UpperArmLeft, side), 2, 1}};
    case PostureAngle::ShoulderAbductionLeft:
    case PostureAngle::ShoulderAbductionRight:
      return {{on_side(Body::UpperArmLeft, side), 0, -sign}};
    case PostureAngle::ElbowFlexionLeft:
    case PostureAngle::ElbowFlexionRight:
      return {{on_side(Body::ForearmLeft, side), 2, 1}};
    case PostureAngle::HipFlexionLeft:
    case PostureAngle::HipFlexionRight:
      return {{on_side(Body::ThighLeft, side), 2, 1}};
    case PostureAngle::HipAdductionLeft:
    case PostureAngle::HipAdductionRight:
      return {{on_side(Body::ThighLeft, side), 0, sign}};
    case PostureAngle::HipRotationLeft:
    case PostureAngle::HipRotationRight:
      return {{on_side(Body::ThighLeft, side), 1, sign}};
    case PostureAngle::KneeFlexionLeft:
    case PostureAngle::KneeFlexionRight:
      return {{on_side(Body::ShankLeft, side), 2, -1}};
    case PostureAngle::AnkleDorsiflexionLeft:
    case PostureAngle::AnkleDorsiflexionRight:
      return {{on_side(Body::FootLeft, side), 2, 1}};
  }
  return drives;
}

/// The body in one posture of the search.
struct Placed {
  MovingAngles angles;
  TreeMotion tree;
  BodyPoses poses;
};

/// The least-squares problem: residuals and their derivatives by the free angles.
class ReachProblem {
 public:
  ReachProblem(const Subject& subject, const JointLimits& limits, const ReachRequest& request)
      : subject_(subject), limits_(limits), request_(request), sole_(sole(subject)) {
    for (int a = 0; a < kPostureAngleCount; ++a) {
      const bool ankle = a <= index(PostureAngle::AnkleDorsiflexionRight);
      const bool follows = ankle && stands(static_cast<Side>(a));
      if (!(request.spread[at(a)] > 0) || follows) continue;
      free_.push_back(a);
      drives_.push_back(drives_of(static_cast<PostureAngle>(a), request.shares));
    }
    for (const Segment& segment : subject.segments) mass_ += segment.mass;
    if (!request.feet.empty()) middle_ = middle_of_stance(subject, request.feet, sole_.floor);
    const double apart =
        ankle_from_pelvis(subject, {}, Side::Right).z.value - ankle_from_pelvis(subject, {}, Side::Left).z.value;
    stance_ = Vec3(request.step, 0, apart);
    for (const Side side : kSides) holding_ += request.hands[at(index(side))] ? 1 : 0;
  }

  [[nodiscard]] const std::vector<int>& free() const { return free_; }
  void weigh_hands(double spread) { hand_spread_ = spread; }

  [[nodiscard]] Placed place(const PostureAngles& q) const {
    Placed p;
    for (int a = 0; a < kPostureAngleCount; ++a) p.angles.posture[at(a)] = {q[at(a)]};
    p.tree = turn_joints(p.angles, request_.shares);
    if (request_.feet.empty()) {
      p.tree.pelvis_position = request_.pelvis.p;
    } else {
      p.tree.pelvis_position = middle_;
      for (const Side side : request_.feet) {
        p.tree.pelvis_position -=
            ankle_from_pelvis(subject_, p.angles, side).value() / static_cast<double>(request_.feet.size());
        flatten_foot(p.angles, side, p.tree);
      }
    }
    p.poses = place_bodies(subject_, p.tree);
    return p;
  }

  [[nodiscard]] Vec3 grip(const Placed& p, Side side) const {
    return p.poses[at(index(on_side(Body::HandLeft, side)))] * grip_point(subject_, side);
  }

  /// Largest distance of a grip from its place [m].
  [[nodiscard]] double farthest_miss(const Placed& p) const {
    double miss = 0;
    for (const Side side : kSides) {
      const auto& place = request_.hands[at(index(side))];
      if (place) miss = std::max(miss, (grip(p, side) - *place).norm());
    }
    return miss;
  }

  /// Where the floor must press, by moments of weight and hand force about it.
  [[nodiscard]] Vec3 centre_of_pressure(const Placed& p) const {
    const Vec3 com = centre_of_mass(subject_, p.poses);
    const Vec3 hand = middle_of_grips(p), f = request_.hand_force;
    const double weight = mass_ * kGravity, push = weight - f.y();
    return {(weight * com.x() - hand.x() * f.y() + hand.y() * f.x()) / push, 0,
            (weight * com.z() - hand.z() * f.y() + hand.y() * f.z()) / push};
  }

  /// How far a centre of pressure lies outside the soles.
  [[nodiscard]] double outside(const Vec3& centre) const {
    if (request_.feet.empty()) return 0;
    const Base base = base_of_support();
    const double x = std::max({base.low.x() - centre.x(), centre.x() - base.high.x(), 0.0});
    const double z = std::max({base.low.y() - centre.z(), centre.z() - base.high.y(), 0.0});
    return std::hypot(x, z);
  }

  /// Residuals; with `J` their derivatives too.
  void evaluate(const PostureAngles& q, const Placed& p, Rows& r, Jacobian* J) const {
    r.resize(kMostRows);
    int rows = 0;
    const auto n = static_cast<int>(free_.size());
    if (J) J->setZero(kMostRows, n);
    Motions moves;
    if (J) moves = motions(p);
    const auto put = [&](double value, double spread, auto&& slope) {
      r[rows] = value / spread;
      if (J) {
        for (int k = 0; k < n; ++k) (*J)(rows, k) = slope(k) / spread;
      }
      ++rows;
    };
    put_hands(p, moves, put);
    if (!request_.feet.empty()) {
      put_stance(p, moves, put);
      put_balance(p, moves, put);
      put_ankles(p, moves, put);
    }
    put_preferences(q, put);
    r.conservativeResize(rows);
    if (J) J->conservativeResize(rows, n);
  }

 private:
  static constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }

  /// How points move per radian of each free angle.
  struct Motions {
    std::array<std::array<Vec3, kMostColumns>, 2> grip, ankle;
    std::array<Vec3, kMostColumns> com;
    std::array<std::array<double, kMostColumns>, 2> dorsiflexion;  ///< of a flat foot [rad]
  };
  struct Base {
    Vec2 low, high;  ///< x and z of the soles' rectangle
  };

  [[nodiscard]] bool stands(Side side) const {
    return std::find(request_.feet.begin(), request_.feet.end(), side) != request_.feet.end();
  }

  [[nodiscard]] Vec3 middle_of_grips(const Placed& p) const {
    Vec3 middle = Vec3::Zero();
    for (const Side side : kSides) {
      if (holding_ == 0 || request_.hands[at(index(side))]) middle += grip(p, side) / (holding_ == 0 ? 2 : holding_);
    }
    return middle;
  }

  [[nodiscard]] Base base_of_support() const {
    const double reach_x = request_.feet.size() == 2 ? 0.5 * std::abs(request_.step) : 0;
    const double reach_z = request_.feet.size() == 2 ? 0.5 * stance_.z() : 0;
    return {{middle_.x() - reach_x + sole_.heel, middle_.z() - reach_z - sole_.half_width},
            {middle_.x() + reach_x + sole_.toe, middle_.z() + reach_z + sole_.half_width}};
  }

  [[nodiscard]] bool carries(Body ancestor, Body body) const {
    for (int b = index(body);; b = index(subject_.segments[at(b)].parent)) {
      if (b == index(ancestor)) return true;
      if (b == 0) return false;
    }
  }

  /// Axis of a joint's own turn in the world, and its centre.
  [[nodiscard]] std::pair<Vec3, Vec3> axis_of(const Drive& drive, const Placed& p) const {
    const int b = index(drive.body);
    const Segment& segment = subject_.segments[at(b)];
    const Mat3 R = b == 0 ? Mat3(Mat3::Identity()) : Mat3(p.poses[at(index(segment.parent))].R * segment.X_PJ.R);
    const Vec3& angle = p.tree.joints[at(b)].angle;
    Vec3 axis = Vec3::UnitZ();
    if (drive.axis == 0) axis = Vec3(std::cos(angle.z()), std::sin(angle.z()), 0);
    if (drive.axis == 1) {
      const double ca = std::cos(angle.x());
      axis = Vec3(-std::sin(angle.z()) * ca, std::cos(angle.z()) * ca, std::sin(angle.x()));
    }
    return {R * axis, p.poses[at(b)] * segment.X_BJ.p};
  }

  [[nodiscard]] Motions motions(const Placed& p) const {
    // Mass below each joint and its moment; a standing foot does not turn, so its mass counts at the ankle.
    std::array<double, kBodyCount> mass{};
    std::array<Vec3, kBodyCount> moment;
    for (int b = 0; b < kBodyCount; ++b) {
      const Segment& segment = subject_.segments[at(b)];
      const bool standing =
          (b == index(Body::FootLeft) && stands(Side::Left)) || (b == index(Body::FootRight) && stands(Side::Right));
      mass[at(b)] = segment.mass;
      moment[at(b)] = segment.mass * (standing ? p.poses[at(b)].p : p.poses[at(b)] * segment.com_B);
    }
    for (int b = kBodyCount - 1; b > 0; --b) {
      const auto parent = at(index(subject_.segments[at(b)].parent));
      mass[parent] += mass[at(b)];
      moment[parent] += moment[at(b)];
    }
    Motions m;
    for (std::size_t k = 0; k < free_.size(); ++k) {
      for (auto* points : {&m.grip, &m.ankle}) {
        for (auto& side : *points) side[k].setZero();
      }
      m.com[k].setZero();
      for (auto& side : m.dorsiflexion) side[k] = 0;
      for (const Drive& drive : drives_[k]) add_motion(drive, p, mass, moment, k, m);
      // The pelvis goes where the standing ankles stay.
      Vec3 shift = Vec3::Zero();
      for (const Side side : request_.feet)
        shift -= m.ankle[at(index(side))][k] / static_cast<double>(request_.feet.size());
      m.com[k] += shift;
      for (auto* points : {&m.grip, &m.ankle}) {
        for (auto& side : *points) side[k] += shift;
      }
    }
    return m;
  }

  void add_motion(const Drive& drive, const Placed& p, const std::array<double, kBodyCount>& mass,
                  const std::array<Vec3, kBodyCount>& moment, std::size_t k, Motions& m) const {
    const auto [axis, centre] = axis_of(drive, p);
    const Vec3 turn = drive.rate * axis;
    const auto b = at(index(drive.body));
    m.com[k] += turn.cross(moment[b] - mass[b] * centre) / mass_;
    for (const Side side : kSides) {
      const auto s = at(index(side));
      if (carries(drive.body, on_side(Body::HandLeft, side))) m.grip[s][k] += turn.cross(grip(p, side) - centre);
      const Body foot = on_side(Body::FootLeft, side);
      if (carries(drive.body, foot)) m.ankle[s][k] += turn.cross(p.poses[at(index(foot))].p - centre);
      const Body shank = on_side(Body::ShankLeft, side);
      if (!carries(drive.body, shank)) continue;
      // flatten_foot: dorsiflexion = atan2(−ex.y, ey.y) of the shank's axes.
      const Vec3 ex = p.poses[at(index(shank))].R.col(0), ey = p.poses[at(index(shank))].R.col(1);
      m.dorsiflexion[s][k] +=
          (ex.y() * turn.cross(ey).y() - ey.y() * turn.cross(ex).y()) / (ex.y() * ex.y() + ey.y() * ey.y());
    }
  }

  template <class Put>
  void put_hands(const Placed& p, const Motions& m, Put&& put) const {
    for (const Side side : kSides) {
      const auto s = at(index(side));
      if (!request_.hands[s]) continue;
      const Vec3 error = grip(p, side) - *request_.hands[s];
      for (int c = 0; c < 3; ++c) put(error[c], hand_spread_, [&](int k) { return m.grip[s][at(k)][c]; });
    }
  }

  /// Two feet keep their distance.
  template <class Put>
  void put_stance(const Placed& p, const Motions& m, Put&& put) const {
    if (request_.feet.size() < 2) return;
    const Vec3 error = p.poses[at(index(Body::FootRight))].p - p.poses[at(index(Body::FootLeft))].p - stance_;
    for (int c = 0; c < 3; ++c) {
      put(error[c], kFootSpread, [&](int k) { return m.ankle[1][at(k)][c] - m.ankle[0][at(k)][c]; });
    }
  }

  template <class Put>
  void put_balance(const Placed& p, const Motions& m, Put&& put) const {
    const Vec3 centre = centre_of_pressure(p), f = request_.hand_force;
    const double weight = mass_ * kGravity, push = weight - f.y();
    const Base base = base_of_support();
    const auto hand = [&](int k) -> Vec3 {
      Vec3 motion = Vec3::Zero();
      for (const Side side : kSides) {
        const auto s = at(index(side));
        if (holding_ == 0 || request_.hands[s]) motion += m.grip[s][at(k)] / (holding_ == 0 ? 2 : holding_);
      }
      return motion;
    };
    for (const int c : {0, 2}) {
      const int plane = c == 0 ? 0 : 1;
      const auto slope = [&](int k) {
        const Vec3 h = hand(k);
        return (weight * m.com[at(k)][c] - h[c] * f.y() + h.y() * f[c]) / push;
      };
      if (request_.centre) {
        put(centre[c] - (*request_.centre)[c], kCentreSpread, slope);
      } else {
        put(centre[c] - 0.5 * (base.low[plane] + base.high[plane]), kMiddleSpread, slope);
      }
      const double below = base.low[plane] + kSafeRim - centre[c], above = centre[c] - base.high[plane] + kSafeRim;
      const double beyond = above > 0 ? above : (below > 0 ? -below : 0);
      put(beyond, kRimSpread, [&](int k) { return beyond == 0 ? 0.0 : slope(k); });
    }
  }

  template <class Put>
  void put_ankles(const Placed& p, const Motions& m, Put&& put) const {
    for (const Side side : request_.feet) {
      const PostureAngle ankle = on_side(PostureAngle::AnkleDorsiflexionLeft, side);
      const double angle = p.angles[ankle].value;
      const double beyond = angle - limits_.clamped(index(ankle), angle);
      put(beyond, kAnkleSpread, [&](int k) { return beyond == 0 ? 0.0 : m.dorsiflexion[at(index(side))][at(k)]; });
    }
  }

  template <class Put>
  void put_preferences(const PostureAngles& q, Put&& put) const {
    for (std::size_t i = 0; i < free_.size(); ++i) {
      const auto a = at(free_[i]);
      put(q[a] - request_.preferred[a], request_.spread[a], [&](int k) { return at(k) == i ? 1.0 : 0.0; });
    }
    if (!request_.lumbar_share) return;
    const double share = *request_.lumbar_share;
    const double lumbar = q[at(index(PostureAngle::LumbarFlexion))],
                 pitch = q[at(index(PostureAngle::PelvisForwardPitch))];
    put(lumbar - share * (lumbar + pitch), kRhythmSpread, [&](int k) {
      const auto a = static_cast<PostureAngle>(free_[at(k)]);
      if (a == PostureAngle::LumbarFlexion) return 1 - share;
      return a == PostureAngle::PelvisForwardPitch ? -share : 0.0;
    });
  }

  const Subject& subject_;
  const JointLimits& limits_;
  const ReachRequest& request_;
  Sole sole_;
  std::vector<int> free_;
  std::vector<std::vector<Drive>> drives_;
  double mass_ = 0;
  Vec3 middle_ = Vec3::Zero();                ///< between the standing ankles [m]
  Vec3 stance_ = Vec3::Zero();                ///< right ankle from the left [m]
  int holding_ = 0;                           ///< hands that have a place
  double hand_spread_ = kHandSpreads.back();  ///< [m]
};

/// Levenberg–Marquardt within bounds.
class ReachSearch {
 public:
  ReachSearch(ReachProblem& problem, const JointLimits& limits, PostureAngles start)
      : problem_(problem), limits_(limits), q_(start), placed_(problem.place(start)) {
    for (const int a : problem.free())
      q_[static_cast<std::size_t>(a)] = limits.clamped(a, q_[static_cast<std::size_t>(a)]);
    placed_ = problem.place(q_);
  }

  /// True once the steps are still.
  bool run(int& iterations) {
    bool still = false;
    for (std::size_t stage = 0; stage < kHandSpreads.size(); ++stage) {
      if (stage + 1 == kHandSpreads.size() && problem_.farthest_miss(placed_) > kOutOfReach) break;
      const bool last = stage + 1 == kHandSpreads.size();
      problem_.weigh_hands(std::max(kHandSpreads[stage], kMissShare * problem_.farthest_miss(placed_)));
      problem_.evaluate(q_, placed_, r_, &J_);
      damping_ = 1e-4;
      still = false;
      for (int i = 0; i < kLargestIterations && !still; ++i, ++iterations) {
        const double before = r_.squaredNorm();
        const double step = improve(), gain = before - r_.squaredNorm();
        still = step < (last ? kStill : kNearlyStill) || gain < (last ? kLevel : kNearlyLevel) * before;
      }
    }
    return still;
  }

  [[nodiscard]] const PostureAngles& angles() const { return q_; }
  [[nodiscard]] const Placed& placed() const { return placed_; }

 private:
  /// One accepted step; its largest angle, 0 where nothing improves.
  double improve() {
    const Columns gradient = J_.transpose() * r_;
    Normal A = J_.transpose() * J_;
    const auto n = static_cast<int>(gradient.size());
    Columns g = gradient;
    for (int k = 0; k < n; ++k) {
      if (!held(k, gradient[k])) continue;
      A.row(k).setZero();
      A.col(k).setZero();
      A(k, k) = 1;
      g[k] = 0;
    }
    for (int attempt = 0; attempt < 12; ++attempt) {
      Normal damped = A;
      damped.diagonal() *= 1 + damping_;
      const Columns step = -damped.llt().solve(g);
      PostureAngles next = q_;
      double largest = 0;
      for (int k = 0; k < n; ++k) {
        const int a = problem_.free()[static_cast<std::size_t>(k)];
        double& angle = next[static_cast<std::size_t>(a)];
        angle = limits_.clamped(a, angle + std::clamp(step[k], -kLargestStep, kLargestStep));
        largest = std::max(largest, std::abs(angle - q_[static_cast<std::size_t>(a)]));
      }
      if (largest < kStill) return 0;
      const Placed placed = problem_.place(next);
      Rows r;
      problem_.evaluate(next, placed, r, nullptr);
      if (r.squaredNorm() < r_.squaredNorm()) {
        q_ = next;
        placed_ = placed;
        damping_ = std::max(0.2 * damping_, 1e-9);
        problem_.evaluate(q_, placed_, r_, &J_);
        return largest;
      }
      damping_ = std::max(8 * damping_, 1e-6);
    }
    return 0;
  }

  /// An angle at its limit that the gradient would push beyond.
  [[nodiscard]] bool held(int k, double gradient) const {
    const auto a = static_cast<std::size_t>(problem_.free()[static_cast<std::size_t>(k)]);
    return (q_[a] <= limits_.lo[a] && gradient > 0) || (q_[a] >= limits_.hi[a] && gradient < 0);
  }

  static constexpr double kLargestStep = 0.5;  ///< [rad]
  ReachProblem& problem_;
  const JointLimits& limits_;
  PostureAngles q_;
  Placed placed_;
  Rows r_;
  Jacobian J_;
  double damping_ = 1e-3;
};

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
  if (!request.hand_force.allFinite() || !std::isfinite(request.step)) refuse("the hands' force or the step");
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
  result.centre_of_pressure_W = problem.centre_of_pressure(search.placed());
  result.balance_offset = problem.outside(result.centre_of_pressure_W);
  const bool there = problem.farthest_miss(search.placed()) < kReachedWithin;
  result.status = there ? ReachStatus::Reached : (still ? ReachStatus::OutOfReach : ReachStatus::NotConverged);
  return result;
}

}  // namespace foramen
