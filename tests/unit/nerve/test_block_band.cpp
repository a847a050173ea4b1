#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <random>

#include "sim/nerve/block_band.h"

namespace foramen {
namespace {

constexpr int kNodes = 9;

/// A banded matrix as cables make it, positive definite for a `stiffness` > 0 of its beds, and the same in full.
struct Example {
  explicit Example(double stiffness) : band(kNodes), full(Eigen::MatrixXd::Zero(3 * kNodes, 3 * kNodes)) {
    std::mt19937 random(7);
    std::normal_distribution<double> any;
    for (int i = 0; i < kNodes; ++i) add(i, i, stiffness * Mat3::Identity());
    for (int i = 1; i < kNodes; ++i) {
      const Vec3 v(any(random), any(random), any(random));
      const Mat3 k = v * v.transpose();
      add(i, i, k);
      add(i - 1, i - 1, k);
      add(i, i - 1, -k);
    }
    for (int i = 2; i < kNodes; ++i) {
      const Mat3 k = 0.3 * Mat3::Identity();
      add(i, i, k);
      add(i - 2, i - 2, k);
      add(i, i - 2, -k);
    }
  }
  void add(int i, int j, const Mat3& block) {
    full.block<3, 3>(3 * i, 3 * j) += block;
    if (i != j) full.block<3, 3>(3 * j, 3 * i) += block.transpose();
    BlockRow& row = band[static_cast<std::size_t>(i)];
    if (i == j) row.diagonal += SymmetricBlock(block);
    if (i == j + 1) row.first += SymmetricBlock(block);
    if (i == j + 2) row.second += block(0, 0);
  }
  BlockBand band;
  BlockFactors factors{kNodes};
  Eigen::MatrixXd full;
};

TEST(BlockBand, SolvesAsTheFullMatrixDoes) {
  for (const double shift : {0.0, 2.5}) {
    Example example(0.4);
    ASSERT_TRUE(example.factors.factor(example.band, shift));
    std::vector<Vec3> b;
    for (int i = 0; i < kNodes; ++i) b.emplace_back(i, 1 - i, 0.5 * i * i);
    Eigen::VectorXd right(3 * kNodes);
    for (int i = 0; i < kNodes; ++i) right.segment<3>(3 * i) = b[static_cast<std::size_t>(i)];
    example.full.diagonal().array() += shift;
    const Eigen::VectorXd x = example.full.ldlt().solve(right);
    example.factors.solve(b);
    for (int i = 0; i < kNodes; ++i)
      EXPECT_LT((b[static_cast<std::size_t>(i)] - x.segment<3>(3 * i)).norm(), 1e-10 * x.norm()) << i;
  }
}

TEST(BlockBand, LeavesOnTheFirstNodeWhatAllOthersDo) {
  Example example(0.4);
  ASSERT_TRUE(example.factors.factor(example.band));
  std::vector<Vec3> b(kNodes, Vec3(0.3, -1, 2)), pushed = b;
  example.factors.solve(b);
  // More force on the first node after the others have been reduced moves it as the condensed compliance says.
  const Vec3 more(1, 2, -0.5);
  example.factors.reduce(pushed);
  pushed.front() += more;
  example.factors.expand(pushed);
  EXPECT_LT((pushed.front() - b.front() - example.factors.first_compliance() * more).norm(), 1e-12);
  Eigen::VectorXd force = Eigen::VectorXd::Zero(3 * kNodes);
  force.head<3>() = more;
  const Eigen::VectorXd given = example.full.ldlt().solve(force);
  for (int i = 0; i < kNodes; ++i) {
    const auto k = static_cast<std::size_t>(i);
    EXPECT_LT((pushed[k] - b[k] - given.segment<3>(3 * i)).norm(), 1e-10) << i;
  }
}

TEST(BlockBand, RefusesWhatIsNotPositiveDefinite) {
  Example example(-0.4);
  EXPECT_FALSE(example.factors.factor(example.band));
  EXPECT_TRUE(example.factors.factor(example.band, 10));
}

}  // namespace
}  // namespace foramen
