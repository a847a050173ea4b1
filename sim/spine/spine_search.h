#pragma once

/// The search for a spine's equilibrium: rounds of linearising the passive tissues, recruiting the muscles, and letting
/// the levels follow.

#include <Eigen/Core>
#include <array>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/names.h"
#include "sim/spine/passive_response.h"
#include "sim/spine/recruitment.h"

namespace foramen {

/// What the search balances. Rows: three axes a level, from L1–L2 down; columns: fascicles, the transversus last.
struct SpineDemand {
  Eigen::MatrixXd unit_moment, unit_force;      ///< of unit tensions on the part below each level [m], 1
  Eigen::VectorXd base, per_activation;         ///< tension always there, and what full activation adds [N]
  Eigen::VectorXd weight;                       ///< of the fascicles in the cost
  std::array<Vec3, kLevelCount> moment, force;  ///< that muscles and tissues together carry at each level [N·m], [N]
  std::array<Vec3, kLevelCount> share;          ///< rotation of each level by its published share [rad]
  double rest = 0;                              ///< 0: muscles guide the levels to their shares; 1: nothing does
  double power = 3;                             ///< of the activations in the cost
  Eigen::VectorXd preferred;                    ///< RecruitmentProblem::preferred
  Eigen::VectorXd hoop;    ///< share of each tension along the hoop of the abdominal wall, × radius [m]
  double hoop_moment = 0;  ///< least hoop tension × radius, both sides [N·m]
};

class SpineSearch {
 public:
  /// Begins at the shares, with `translation` per level [m] and the discs' walls at `shapes`. Everything must outlive
  /// the search.
  SpineSearch(const std::vector<SegmentLaw>& laws, const SpineDemand& demand,
              const std::array<Vec3, kLevelCount>& translation, const std::array<DiscShape, kLevelCount>& shapes);

  /// Rounds until nothing moves; the residual is the largest unexplained moment [N·m].
  [[nodiscard]] Convergence run();

  [[nodiscard]] const Vec6& q(std::size_t level) const { return q_[level]; }
  [[nodiscard]] const Vec3& deviation(std::size_t level) const { return deviation_[level]; }
  [[nodiscard]] const std::array<SegmentState, kLevelCount>& segments() const { return segments_; }
  [[nodiscard]] const RecruitmentSolution& recruited() const { return recruited_; }
  [[nodiscard]] const Eigen::VectorXd& tensions() const { return tensions_; }

  /// Least share of the strength of all fascicles with which the moments found could still be held, tissues as they
  /// are; 1 where strength does not suffice. By bisection, within 1/32 of the largest activation.
  [[nodiscard]] double strength_used() const;

 private:
  void linearise();
  void recruit_muscles(bool rough);
  /// Moves every level towards what the recruitment expects; returns the largest moment that came out otherwise, or
  /// infinity where a level would leave all bounds.
  [[nodiscard]] double follow(double damping, bool rough);

  const std::vector<SegmentLaw>& laws_;
  const SpineDemand& demand_;
  std::array<Vec6, kLevelCount> q_;
  std::array<Vec3, kLevelCount> deviation_;
  std::array<SegmentState, kLevelCount> segments_;
  std::array<DiscShape, kLevelCount> shapes_;
  std::array<PassiveResponse, kLevelCount> response_;
  RecruitmentProblem problem_;
  RecruitmentSolution recruited_;
  Eigen::VectorXd tensions_;
};

}  // namespace foramen
