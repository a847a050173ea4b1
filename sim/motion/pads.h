#pragma once

/// Which of many pads push, and how strongly.

#include <optional>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "sim/motion/elastic_tree.h"

namespace foramen {

/// A pad that pushes along a few directions with forces x ≥ 0. Its energy ½xᵀEx + offset·Σx is quadratic in them.
struct Pad {
  using Vec4 = Eigen::Vector4d;
  using Mat4 = Eigen::Matrix4d;

  Body body = Body::Pelvis;
  std::optional<Body> leans_on;                                            ///< takes the opposite force
  Vec3 r = Vec3::Zero();                                                   ///< from the pelvis' origin [m]
  int count = 0;                                                           ///< of directions, at most 4
  Eigen::Matrix<double, 3, 4> ways = Eigen::Matrix<double, 3, 4>::Zero();  ///< the directions, zero beyond `count`
  Mat4 energy = Mat4::Identity();                                          ///< E [m/N], unit beyond `count`
  double offset = 0;                                                       ///< [m]

  Vec4 push = Vec4::Zero();   ///< x, the result [N]
  Vec4 slope = Vec4::Zero();  ///< of the whole energy in each push: positive only where it is zero [m]

  [[nodiscard]] Vec3 force() const { return ways * push; }
};

/// Finds the pushes of least energy of pads and joints together by block principal pivoting with Murty's rule as its
/// safeguard (Júdice and Pires 1994), which ends in finitely many steps and needs three to six here. With the pushes
/// that act chosen the rest is linear: every pad is a spring under its segment of an elastic tree. Pads between two
/// segments close loops; their few pushes are eliminated last.
class PadEquilibrium {
 public:
  /// All pushes act at first. `pads` are changed in place. Both must outlive the object.
  PadEquilibrium(ElasticTree& tree, std::vector<Pad>& pads);

  /// Brings pads and segments into equilibrium, from the pushes that acted last. Not converged where there is none to
  /// be found: compliances that are not positive, numbers that are none; then no pad pushes.
  [[nodiscard]] Convergence settle(const ElasticTree::Given& given);

  /// Motions of the segments, as last found.
  [[nodiscard]] const ElasticTree::Motions& motions() const { return motions_; }

 private:
  struct Choice {
    unsigned active = 0, wrong = 0;  ///< bit sets of pushes
    unsigned known = ~0U;            ///< the active ones for which the rest stands
    Pad::Mat4 inverse;               ///< of the active part of the pad's energy
    Mat6 spring;                     ///< of the pad under its segment
    Vec6 load;                       ///< of its offset
  };

  void choose(const Pad& pad, Choice& choice) const;
  [[nodiscard]] bool solve(const ElasticTree::Given& given);
  void close_loops();
  void respond();
  int find_wrong();
  void exchange(bool all);
  Convergence give_up(int steps, std::string reason);

  ElasticTree& tree_;
  std::vector<Pad>& pads_;
  std::vector<Choice> choices_;
  std::vector<std::size_t> loops_;
  ElasticTree::Loads loads_;
  ElasticTree::Motions motions_;
  bool changed_ = true;
};

}  // namespace foramen
