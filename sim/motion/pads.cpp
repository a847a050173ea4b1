#include "sim/motion/pads.h"

#include <Eigen/Cholesky>
#include <Eigen/Geometry>
#include <algorithm>
#include <string>
#include <utility>

namespace foramen {

namespace {

constexpr int kPatience = 3;          ///< block steps without progress before single ones
constexpr int kLargestSteps = 1000;   ///< far beyond what the safeguard needs
constexpr double kTolerance = 1e-11;  ///< of the largest entry: rounding, not violation
constexpr double kLeastScale = 1e-2;  ///< of displacements, below which they are rounding of bigger ones [m]

/// Wrench of a force at r, as spatial vector.
Vec6 wrench(const Vec3& r, const Vec3& force) {
  Vec6 w;
  w << force, r.cross(force);
  return w;
}

}  // namespace

PadEquilibrium::PadEquilibrium(ElasticTree& tree, std::vector<Pad>& pads)
    : tree_(tree), pads_(pads), choices_(pads.size()) {
  for (std::size_t i = 0; i < pads.size(); ++i) {
    choices_[i].active = (1U << pads[i].count) - 1;
    tree.use(pads[i].body);
    if (!pads[i].leans_on) continue;
    tree.use(*pads[i].leans_on);
    loops_.push_back(i);
  }
}

/// Works out what the pad is with the pushes that act.
void PadEquilibrium::choose(const Pad& pad, Choice& choice) const {
  Pad::Mat4 energy = pad.energy;
  Pad::Vec4 acts;
  for (int k = 0; k < 4; ++k) {
    acts[k] = (choice.active >> k) & 1U;
    if (acts[k] != 0) continue;
    energy.row(k).setZero();
    energy.col(k).setZero();
    energy(k, k) = 1;
  }
  choice.inverse = energy.llt().solve(Pad::Mat4(acts.asDiagonal()));
  const Eigen::Matrix<double, 3, 4> through = pad.ways * choice.inverse;
  const Mat3 spring = through * pad.ways.transpose(), lever = skew(pad.r), turning = lever * spring;
  choice.spring << spring, turning.transpose(), turning, -turning * lever;
  choice.load = wrench(pad.r, pad.offset * through.rowwise().sum());
  choice.known = choice.active;
}

/// False where the springs of the pushes that act, or what is given, hold no numbers.
bool PadEquilibrium::solve(const ElasticTree::Given& given) {
  if (changed_) {
    ElasticTree::Springs springs;
    for (Mat6& spring : springs) spring.setZero();
    for (Vec6& load : loads_) load.setZero();
    for (std::size_t i = 0; i < pads_.size(); ++i) {
      if (choices_[i].known != choices_[i].active) choose(pads_[i], choices_[i]);
      if (pads_[i].leans_on) continue;
      springs[index(pads_[i].body)] += choices_[i].spring;
      loads_[index(pads_[i].body)] += choices_[i].load;
    }
    changed_ = false;
    if (!tree_.fold(springs)) return false;
  }
  motions_ = tree_.move(loads_, given);
  if (!loops_.empty()) close_loops();
  respond();
  return motions_[0].allFinite();
}

/// Adds what the pads between two segments of the tree push and move.
void PadEquilibrium::close_loops() {
  std::vector<ElasticTree::Motions> responses;
  std::vector<std::pair<std::size_t, int>> pushes;
  const auto apart = [&](const Pad& pad, const ElasticTree::Motions& motions) {
    return Vec3(ElasticTree::displacement(motions[index(pad.body)], pad.r) -
                ElasticTree::displacement(motions[index(*pad.leans_on)], pad.r));
  };
  for (const std::size_t i : loops_) {
    for (int k = 0; k < pads_[i].count; ++k) {
      if (((choices_[i].active >> k) & 1U) == 0) continue;
      ElasticTree::Loads loads;
      for (Vec6& load : loads) load.setZero();
      const Vec6 push = wrench(pads_[i].r, pads_[i].ways.col(k));
      loads[index(pads_[i].body)] -= push;
      loads[index(*pads_[i].leans_on)] += push;
      responses.push_back(tree_.move(loads, {}));
      pushes.emplace_back(i, k);
    }
  }
  const auto n = static_cast<Eigen::Index>(pushes.size());
  Eigen::MatrixXd energy(n, n);
  Eigen::VectorXd slope(n);
  for (Eigen::Index row = 0; row < n; ++row) {
    const auto [i, k] = pushes[static_cast<std::size_t>(row)];
    const Pad& pad = pads_[i];
    slope[row] = pad.offset + pad.ways.col(k).dot(apart(pad, motions_));
    for (Eigen::Index column = 0; column < n; ++column) {
      const auto [j, l] = pushes[static_cast<std::size_t>(column)];
      energy(row, column) = pad.ways.col(k).dot(apart(pad, responses[static_cast<std::size_t>(column)])) +
                            (i == j ? pad.energy(k, l) : 0);
    }
  }
  for (const std::size_t i : loops_) pads_[i].push.setZero();
  const Eigen::VectorXd x = energy.llt().solve(-slope);
  for (Eigen::Index column = 0; column < n; ++column) {
    const auto [i, k] = pushes[static_cast<std::size_t>(column)];
    pads_[i].push[k] = x[column];
    for (std::size_t b = 0; b < motions_.size(); ++b)
      motions_[b] += x[column] * responses[static_cast<std::size_t>(column)][b];
  }
}

/// Pushes and slopes of the pads in the motions found.
void PadEquilibrium::respond() {
  for (std::size_t i = 0; i < pads_.size(); ++i) {
    Pad& pad = pads_[i];
    Vec3 moved = ElasticTree::displacement(motions_[index(pad.body)], pad.r);
    if (pad.leans_on) moved -= ElasticTree::displacement(motions_[index(*pad.leans_on)], pad.r);
    const Pad::Vec4 apart = pad.ways.transpose() * moved + Pad::Vec4::Constant(pad.offset);
    if (!pad.leans_on) pad.push = -(choices_[i].inverse * apart);
    pad.slope = pad.energy * pad.push + apart;
  }
}

int PadEquilibrium::find_wrong() {
  double largest = 0, farthest = kLeastScale;
  for (const Pad& pad : pads_) {
    largest = std::max(largest, pad.push.cwiseAbs().maxCoeff());
    farthest = std::max(farthest, pad.slope.head(pad.count).cwiseAbs().maxCoeff());
  }
  int wrong = 0;
  for (std::size_t i = 0; i < pads_.size(); ++i) {
    choices_[i].wrong = 0;
    for (int k = 0; k < pads_[i].count; ++k) {
      const bool active = (choices_[i].active >> k) & 1U;
      if (active ? pads_[i].push[k] >= -kTolerance * largest : pads_[i].slope[k] >= -kTolerance * farthest) continue;
      choices_[i].wrong |= 1U << k;
      ++wrong;
    }
  }
  return wrong;
}

/// Turns all wrong pushes on or off, or the last alone.
void PadEquilibrium::exchange(bool all) {
  changed_ = true;
  for (std::size_t i = choices_.size(); i-- > 0;) {
    Choice& choice = choices_[i];
    if (choice.wrong == 0) continue;
    unsigned exchanged = choice.wrong;
    for (unsigned bit = 8; !all && bit > 0; bit >>= 1) {
      if ((choice.wrong & bit) == 0) continue;
      exchanged = bit;
      break;
    }
    choice.active ^= exchanged;
    if (!all) return;
  }
}

Convergence PadEquilibrium::settle(const ElasticTree::Given& given) {
  int fewest = 4 * static_cast<int>(pads_.size()) + 1, patience = kPatience;
  for (int step = 0; step < kLargestSteps; ++step) {
    if (!solve(given)) return give_up(step, "the pads' equilibrium has no finite numbers");
    const int wrong = find_wrong();
    if (wrong == 0) {
      for (Pad& pad : pads_) pad.push = pad.push.cwiseMax(0.0);
      return {true, step, 0, ""};
    }
    if (wrong < fewest) {
      fewest = wrong;
      patience = kPatience;
    } else {
      --patience;
    }
    exchange(patience > 0);
  }
  return give_up(kLargestSteps, "no choice of pushing pads is in equilibrium");
}

Convergence PadEquilibrium::give_up(int steps, std::string reason) {
  for (Pad& pad : pads_) pad.push.setZero();
  return {false, steps, 0, std::move(reason)};
}

}  // namespace foramen
