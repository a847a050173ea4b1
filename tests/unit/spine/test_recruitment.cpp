#include <gtest/gtest.h>

#include <Eigen/LU>
#include <random>

#include "sim/spine/recruitment.h"

#ifdef FORAMEN_HAS_IPOPT
#include "general_solver.h"
#endif

namespace foramen {
namespace {

/// Random moment arms like those of trunk muscles, and a demand that activations up to `effort` can meet.
RecruitmentProblem random_problem(unsigned seed, int axes, int muscles, bool deviations, double effort = 0.6) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal;
  std::uniform_real_distribution<double> uniform(0, 1);
  RecruitmentProblem problem;
  problem.A.resize(axes, muscles);
  problem.weight.resize(muscles);
  Eigen::VectorXd activation(muscles);
  for (int i = 0; i < muscles; ++i) {
    for (int j = 0; j < axes; ++j) problem.A(j, i) = 5 * normal(generator);
    problem.weight[i] = 0.2 + 2 * uniform(generator);
    activation[i] = effort * uniform(generator);
  }
  problem.b = problem.A * activation;
  if (deviations) {
    problem.K = Eigen::MatrixXd::Zero(axes, axes);
    for (int i = 0; i < axes; ++i) problem.K(i, i) = 80 + 80 * uniform(generator);
    problem.deviation_weight = Vec3(1500, 2000, 1200);
  }
  return problem;
}

TEST(Recruitment, BalancesWithActivationsBetweenNoughtAndOne) {
  for (unsigned seed = 0; seed < 50; ++seed) {
    const RecruitmentProblem p = random_problem(seed, 15, 200, seed % 2 == 1);
    const RecruitmentSolution s = recruit(p);
    ASSERT_TRUE(s.convergence.converged) << seed;
    EXPECT_TRUE(s.strength_suffices);
    EXPECT_GE(s.activation.minCoeff(), 0);
    EXPECT_LE(s.activation.maxCoeff(), 1);
    Eigen::VectorXd balance = p.A * s.activation + s.unmet - p.b;
    if (p.K.size() > 0) balance += p.K * s.deviation;
    EXPECT_LT(balance.cwiseAbs().maxCoeff(), 1e-6);
    EXPECT_LT(s.unmet.cwiseAbs().maxCoeff(), 1e-3);
  }
}

TEST(Recruitment, SaysWhatIsMissingWhereStrengthLacksByMuch) {
  constexpr unsigned kProblems = 200;
  unsigned found = 0;
  for (unsigned seed = 0; seed < kProblems; ++seed) {
    RecruitmentProblem p = random_problem(seed, 15, 200, seed % 2 == 1);
    p.A *= 0.02 * (1 + seed % 5);
    const RecruitmentSolution s = recruit(p);
    if (!s.convergence.converged) continue;
    ++found;
    Eigen::VectorXd balance = p.A * s.activation + s.unmet - p.b;
    if (p.K.size() > 0) balance += p.K * s.deviation;
    EXPECT_LT(balance.cwiseAbs().maxCoeff(), 1e-6) << seed;
  }
  EXPECT_GE(found, kProblems * 98 / 100);
}

TEST(Recruitment, TakesMeasuredActivityThatBalances) {
  RecruitmentProblem p = random_problem(4, 15, 200, false);
  p.preferred = Eigen::VectorXd::Constant(200, 0.3);
  p.b = p.A * p.preferred;
  const RecruitmentSolution s = recruit(p);
  ASSERT_TRUE(s.convergence.converged);
  EXPECT_LT((s.activation - p.preferred).cwiseAbs().maxCoeff(), 1e-6);
}

TEST(Recruitment, DepartsFromMeasuredActivityAsLittleAsBalanceLetsIt) {
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> uniform(0, 1);
  for (unsigned seed = 0; seed < 20; ++seed) {
    RecruitmentProblem p = random_problem(seed, 15, 200, false);
    p.preferred.resize(200);
    for (double& share : p.preferred) share = uniform(generator) < 0.3 ? uniform(generator) : 0;
    const RecruitmentSolution s = recruit(p);
    ASSERT_TRUE(s.convergence.converged) << seed;
    EXPECT_LT((p.A * s.activation - p.b).cwiseAbs().maxCoeff(), 2e-3);
    // The problem is convex: no activations that balance are nearer where every slope is met or held by a bound.
    for (Eigen::Index i = 0; i < 200; ++i) {
      const double off = s.activation[i] - p.preferred[i];
      const double slope = p.weight[i] * (std::copysign(off * off, off) + 1e-3 * off);
      const double pull = p.A.col(i).dot(s.multiplier);
      if (s.activation[i] <= 0) {
        EXPECT_LE(pull, slope + 1e-9);
      } else if (s.activation[i] >= 1) {
        EXPECT_GE(pull, slope - 1e-9);
      } else {
        EXPECT_NEAR(pull, slope, 1e-9 * (1 + std::abs(pull)));
      }
    }
  }
}

TEST(Recruitment, NothingMeasuredIsAsNothingStated) {
  RecruitmentProblem p = random_problem(6, 15, 200, true);
  const RecruitmentSolution plain = recruit(p);
  p.preferred = Eigen::VectorXd::Zero(200);
  const RecruitmentSolution stated = recruit(p);
  ASSERT_TRUE(stated.convergence.converged);
  EXPECT_LT((stated.activation - plain.activation).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(Recruitment, StrengthIsWhatTheTaskNeedsNotWhatPeopleDo) {
  RecruitmentProblem p = random_problem(7, 15, 200, false, 0.3);
  const double needed = least_strength(p, recruit(p), 1.0 / 32);
  p.preferred = Eigen::VectorXd::Constant(200, 0.8);
  EXPECT_NEAR(least_strength(p, recruit(p), 1.0 / 32), needed, 0.05);
}

TEST(Recruitment, StrengthSufficesHoweverDearlyMeasuredMusclesDepart) {
  for (unsigned seed = 0; seed < 20; ++seed) {
    RecruitmentProblem p = random_problem(seed, 15, 200, seed % 2 == 1);
    p.preferred = Eigen::VectorXd::Constant(200, 0.02);
    p.weight *= 1000;
    const RecruitmentSolution s = recruit(p);
    ASSERT_TRUE(s.convergence.converged) << seed;
    EXPECT_TRUE(s.strength_suffices) << seed;
    EXPECT_LT(least_strength(p, s, 0.05), 1) << seed;
  }
}

TEST(Recruitment, DeviationsSumToNothingOnEachAxis) {
  const RecruitmentSolution s = recruit(random_problem(3, 15, 200, true));
  for (int axis = 0; axis < 3; ++axis) {
    double sum = 0;
    for (int i = axis; i < 15; i += 3) sum += s.deviation[i];
    EXPECT_NEAR(sum, 0, 1e-9);
  }
}

TEST(Recruitment, LeastStrengthIsTheSmallestShareThatHolds) {
  constexpr double kWidth = 1.0 / 32;
  for (unsigned seed = 0; seed < 20; ++seed) {
    const RecruitmentProblem p = random_problem(seed, 15, 60, false);
    const RecruitmentSolution s = recruit(p);
    const double least = least_strength(p, s, kWidth), narrow = kWidth * s.activation.maxCoeff();
    const auto holds = [&](double share) {
      RecruitmentProblem weaker = p;
      weaker.A *= share;
      return recruit(weaker).strength_suffices;
    };
    EXPECT_LE(least, s.activation.maxCoeff());
    EXPECT_TRUE(holds(least * (1 + 1e-3))) << seed;
    EXPECT_FALSE(holds(least - 1.01 * narrow)) << seed;
  }
  RecruitmentProblem beyond = random_problem(1, 15, 60, false);
  beyond.b *= 10;
  EXPECT_EQ(least_strength(beyond, recruit(beyond), kWidth), 1);
}

TEST(Recruitment, NoOtherActivationsThatBalanceCostLess) {
  // A point of the constraint set a little away along random null directions of A costs more.
  const RecruitmentProblem p = random_problem(7, 6, 40, false, 0.3);
  const RecruitmentSolution s = recruit(p);
  const auto cost = [&](const Eigen::VectorXd& a) {
    return (p.weight.array() * (a.array().cube() / 3 + 0.5e-3 * a.array().square())).sum();
  };
  const Eigen::MatrixXd null = Eigen::FullPivLU<Eigen::MatrixXd>(p.A).kernel();
  std::mt19937 generator(1);
  std::normal_distribution<double> normal;
  for (int trial = 0; trial < 200; ++trial) {
    Eigen::VectorXd direction(null.cols());
    for (double& x : direction) x = normal(generator);
    const Eigen::VectorXd other = s.activation + 1e-3 * (null * direction).normalized();
    if (other.minCoeff() < 0 || other.maxCoeff() > 1) continue;
    EXPECT_GT(cost(other), cost(s.activation) - 1e-12);
  }
}

TEST(Recruitment, AStartSavesStepsAndChangesNothing) {
  RecruitmentProblem p = random_problem(11, 15, 200, true);
  const RecruitmentSolution first = recruit(p);
  p.b *= 1.02;
  const RecruitmentSolution cold = recruit(p), warm = recruit(p, &first.multiplier);
  EXPECT_LT((cold.activation - warm.activation).cwiseAbs().maxCoeff(), 1e-8);
  EXPECT_LT(warm.convergence.iterations, cold.convergence.iterations);
}

TEST(Recruitment, WhatIsTooHeavyIsReportedWithWhatIsMissing) {
  RecruitmentProblem p = random_problem(5, 3, 10, false);
  p.b = 1000 * Eigen::VectorXd::Ones(3);
  const RecruitmentSolution s = recruit(p);
  EXPECT_TRUE(s.convergence.converged);
  EXPECT_FALSE(s.strength_suffices);
  EXPECT_LT((p.A * s.activation + s.unmet - p.b).cwiseAbs().maxCoeff(), 1e-6);
  EXPECT_GT(s.unmet.norm(), 100);
}

TEST(Recruitment, GivesTheSameBitsAgain) {
  const RecruitmentProblem p = random_problem(2, 15, 200, true);
  EXPECT_EQ(recruit(p).activation, recruit(p).activation);
}

TEST(Recruitment, FindsTheOptimumOfAGeneralSolver) {
#ifdef FORAMEN_HAS_IPOPT
  constexpr double kQuadratic = 1e-3, kReserve = 1e4;  // as documented in recruitment.h
  for (unsigned seed = 0; seed < 12; ++seed) {
    const bool small = seed % 3 == 0;
    const RecruitmentProblem p = random_problem(100 + seed, small ? 6 : 15, small ? 20 : 200, seed % 2 == 1);
    const test::GeneralSolution general = test::solve_generally(p, kQuadratic, kReserve);
    ASSERT_TRUE(general.solved) << seed;
    const RecruitmentSolution s = recruit(p);
    double cost =
        (p.weight.array() * (s.activation.array().cube() / 3 + 0.5 * kQuadratic * s.activation.array().square()))
            .sum() +
        0.5 * kReserve * s.unmet.squaredNorm();
    for (Eigen::Index i = 0; i < s.deviation.size(); ++i)
      cost += 0.5 * p.deviation_weight[i % 3] * s.deviation[i] * s.deviation[i];
    EXPECT_NEAR(cost, general.cost, 1e-6 * general.cost) << seed;
    EXPECT_LT((s.activation - general.activation).cwiseAbs().maxCoeff(), 1e-6) << seed;
    if (p.K.size() > 0) {
      EXPECT_LT((s.deviation - general.deviation).cwiseAbs().maxCoeff(), 1e-6);
    }
  }
#else
  GTEST_SKIP() << "IPOPT (coinor-libipopt-dev) is not installed";
#endif
}

TEST(Recruitment, RowsThatAskForAtLeastAreIdleWhereMoreIsThere) {
  RecruitmentProblem p = random_problem(21, 16, 60, false);
  p.A.row(15) = p.A.row(15).cwiseAbs();
  p.least = 1;
  RecruitmentProblem without = p;
  without.A = p.A.topRows(15);
  without.b = p.b.head(15);
  without.least = 0;
  const Eigen::VectorXd free = recruit(without).activation;
  const double there = p.A.row(15).dot(free);
  p.b[15] = 0.9 * there;
  EXPECT_LT((recruit(p).activation - free).norm(), 1e-6);
  p.b[15] = 1.2 * there;
  const RecruitmentSolution more = recruit(p);
  ASSERT_TRUE(more.convergence.converged);
  EXPECT_NEAR(p.A.row(15).dot(more.activation), p.b[15], 1e-3);
  EXPECT_LT((p.A.topRows(15) * more.activation - p.b.head(15)).cwiseAbs().maxCoeff(), 1e-3);
}

TEST(Recruitment, HigherPowersSpreadTheWork) {
  double largest = 1;
  for (const double power : {2.0, 3.0, 5.0}) {
    RecruitmentProblem p = random_problem(4, 15, 200, false);
    p.power = power;
    const RecruitmentSolution s = recruit(p);
    ASSERT_TRUE(s.convergence.converged) << power;
    EXPECT_LT((p.A * s.activation + s.unmet - p.b).cwiseAbs().maxCoeff(), 1e-6) << power;
    EXPECT_LT(s.activation.maxCoeff(), largest) << power;
    largest = s.activation.maxCoeff();
  }
}

}  // namespace
}  // namespace foramen
