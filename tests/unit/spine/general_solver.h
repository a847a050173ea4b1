#pragma once

/// The recruitment problem handed to IPOPT, a general interior-point solver: an oracle for the dual Newton method.

#include "sim/spine/recruitment.h"

namespace foramen::test {

struct GeneralSolution {
  bool solved = false;
  double cost = 0;
  Eigen::VectorXd activation, deviation;
};

/// `quadratic` and `reserve_weight` as in recruitment.h.
[[nodiscard]] GeneralSolution solve_generally(const RecruitmentProblem& problem, double quadratic,
                                              double reserve_weight);

}  // namespace foramen::test
