#pragma once

/// What a reach asks for, as residuals of a least-squares problem.

#include <Eigen/Core>
#include <array>
#include <utility>
#include <vector>

#include "sim/motion/body_reach.h"
#include "sim/motion/reach_drives.h"
#include "sim/motion/support.h"

namespace foramen {

inline constexpr int kMostRows = 64, kMostColumns = 32;
using ReachRows = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMostRows, 1>;
using ReachColumns = Eigen::Matrix<double, Eigen::Dynamic, 1, 0, kMostColumns, 1>;
using ReachJacobian = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor, kMostRows, kMostColumns>;
using ReachNormal = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, 0, kMostColumns, kMostColumns>;

/// The body in one posture of the search.
struct PlacedBody {
  MovingAngles angles;
  TreeMotion tree;
  BodyPoses poses;
};

/// The least-squares problem: residuals and their derivatives by the free angles.
class ReachProblem {
 public:
  ReachProblem(const Subject& subject, const JointLimits& limits, const ReachRequest& request);

  [[nodiscard]] const std::vector<int>& free() const { return free_; }
  /// Spread of the hands about their places [m]; must be said before residuals are asked for.
  void weigh_hands(double spread) { hand_spread_ = spread; }

  [[nodiscard]] PlacedBody place(const PostureAngles& q) const;
  [[nodiscard]] Vec3 grip(const PlacedBody& p, Side side) const;
  /// Largest distance of a grip from its place [m].
  [[nodiscard]] double farthest_miss(const PlacedBody& p) const;
  /// Where the floor must press, by moments of weight, inertia and a force on the hands about it.
  [[nodiscard]] Vec3 centre_of_pressure(const PlacedBody& p, const Vec3& hand_force) const;
  /// How far a centre of pressure lies outside the soles.
  [[nodiscard]] double outside(const Vec3& centre) const;
  /// Residuals; with `J` their derivatives too.
  void evaluate(const PostureAngles& q, const PlacedBody& p, ReachRows& r, ReachJacobian* J) const;

 private:
  /// How points move per radian of each free angle.
  struct Motions {
    std::array<std::array<Vec3, kMostColumns>, 2> grip, ankle;
    std::array<Vec3, kMostColumns> com;
    std::array<std::array<double, kMostColumns>, 2> dorsiflexion;  ///< of a flat foot [rad]
  };

  static constexpr std::size_t at(int i) { return static_cast<std::size_t>(i); }
  [[nodiscard]] bool stands(Side side) const;
  [[nodiscard]] Vec3 middle_of_grips(const PlacedBody& p) const;
  /// Of the feet that stand.
  [[nodiscard]] BaseOfSupport base_of_support(double rim) const;
  [[nodiscard]] bool carries(Body ancestor, Body body) const;
  /// Axis of a joint's own turn in the world, and its centre.
  [[nodiscard]] std::pair<Vec3, Vec3> axis_of(const Drive& drive, const PlacedBody& p) const;
  [[nodiscard]] Motions motions(const PlacedBody& p) const;
  void add_motion(const Drive& drive, const PlacedBody& p, const std::array<double, kBodyCount>& mass,
                  const std::array<Vec3, kBodyCount>& moment, std::size_t k, Motions& m) const;
  template <class Put>
  void put_hands(const PlacedBody& p, const Motions& m, Put&& put) const;
  /// Two feet keep their distance.
  template <class Put>
  void put_stance(const PlacedBody& p, const Motions& m, Put&& put) const;
  template <class Put>
  void put_balance(const PlacedBody& p, const Motions& m, Put&& put) const;
  template <class Put>
  void put_ankles(const PlacedBody& p, const Motions& m, Put&& put) const;
  template <class Put>
  void put_preferences(const PostureAngles& q, Put&& put) const;

  const Subject& subject_;
  const JointLimits& limits_;
  const ReachRequest& request_;
  Sole sole_;
  std::vector<int> free_;
  std::vector<std::vector<Drive>> drives_;
  double mass_ = 0;
  Vec3 middle_ = Vec3::Zero();  ///< between the standing ankles [m]
  Vec3 stance_ = Vec3::Zero();  ///< right ankle from the left [m]
  int holding_ = 0;             ///< hands that have a place
  double hand_spread_ = 0;      ///< [m]
};

}  // namespace foramen
