#include "general_solver.h"

#include <IpIpoptApplication.hpp>
#include <IpTNLP.hpp>

namespace foramen::test {

namespace {

using Ipopt::Index;
using Ipopt::Number;

constexpr int kAxes = 3;

/// Unknowns: activations, deviations (if any), reserves. Constraints: balance, then the sums of the deviations.
class RecruitmentNlp : public Ipopt::TNLP {
 public:
  RecruitmentNlp(const RecruitmentProblem& problem, double quadratic, double reserve_weight, GeneralSolution& out)
      : p_(problem), quadratic_(quadratic), reserve_weight_(reserve_weight), out_(out) {
    muscles_ = static_cast<int>(p_.A.cols());
    axes_ = static_cast<int>(p_.b.size());
    deviations_ = p_.K.size() > 0 ? axes_ : 0;
    constraints_.setZero(axes_ + (deviations_ > 0 ? kAxes : 0), muscles_ + deviations_ + axes_);
    constraints_.topLeftCorner(axes_, muscles_) = p_.A;
    if (deviations_ > 0) constraints_.block(0, muscles_, axes_, axes_) = p_.K;
    constraints_.topRightCorner(axes_, axes_).setIdentity();
    for (int i = 0; i < deviations_; ++i) constraints_(axes_ + i % kAxes, muscles_ + i) = 1;
  }

  bool get_nlp_info(Index& n, Index& m, Index& jacobian, Index& hessian, IndexStyleEnum& style) override {
    n = static_cast<Index>(constraints_.cols());
    m = static_cast<Index>(constraints_.rows());
    jacobian = n * m;
    hessian = n;
    style = TNLP::C_STYLE;
    return true;
  }
  bool get_bounds_info(Index n, Number* lower, Number* upper, Index m, Number* g_lower, Number* g_upper) override {
    for (Index i = 0; i < n; ++i) {
      lower[i] = i < muscles_ ? 0 : -1e19;
      upper[i] = i < muscles_ ? 1 : 1e19;
    }
    for (Index j = 0; j < m; ++j) g_lower[j] = g_upper[j] = j < axes_ ? p_.b[j] : 0;
    return true;
  }
  bool get_starting_point(Index n, bool, Number* x, bool, Number*, Number*, Index, bool, Number*) override {
    for (Index i = 0; i < n; ++i) x[i] = i < muscles_ ? 0.1 : 0;
    return true;
  }
  bool eval_f(Index n, const Number* x, bool, Number& value) override {
    value = 0;
    for (Index i = 0; i < n; ++i) {
      const double a = x[i];
      if (i < muscles_) {
        value += p_.weight[i] * (a * a * a / 3 + 0.5 * quadratic_ * a * a);
      } else {
        value += 0.5 * (i < muscles_ + deviations_ ? p_.deviation_weight[(i - muscles_) % 3] : reserve_weight_) * a * a;
      }
    }
    return true;
  }
  bool eval_grad_f(Index n, const Number* x, bool, Number* g) override {
    for (Index i = 0; i < n; ++i) {
      const double a = x[i];
      g[i] = i < muscles_
                 ? p_.weight[i] * (a * a + quadratic_ * a)
                 : (i < muscles_ + deviations_ ? p_.deviation_weight[(i - muscles_) % 3] : reserve_weight_) * a;
    }
    return true;
  }
  bool eval_g(Index n, const Number* x, bool, Index m, Number* g) override {
    Eigen::Map<Eigen::VectorXd>(g, m) = constraints_ * Eigen::Map<const Eigen::VectorXd>(x, n);
    return true;
  }
  bool eval_jac_g(Index n, const Number*, bool, Index m, Index, Index* row, Index* column, Number* values) override {
    Index k = 0;
    for (Index j = 0; j < m; ++j) {
      for (Index i = 0; i < n; ++i, ++k) {
        if (values) {
          values[k] = constraints_(j, i);
        } else {
          row[k] = j;
          column[k] = i;
        }
      }
    }
    return true;
  }
  bool eval_h(Index n, const Number* x, bool, Number factor, Index, const Number*, bool, Index, Index* row,
              Index* column, Number* values) override {
    for (Index i = 0; i < n; ++i) {
      if (!values) {
        row[i] = column[i] = i;
      } else if (i < muscles_) {
        values[i] = factor * p_.weight[i] * (2 * x[i] + quadratic_);
      } else {
        values[i] = factor * (i < muscles_ + deviations_ ? p_.deviation_weight[(i - muscles_) % 3] : reserve_weight_);
      }
    }
    return true;
  }
  void finalize_solution(Ipopt::SolverReturn status, Index n, const Number* x, const Number*, const Number*, Index,
                         const Number*, const Number*, Number value, const Ipopt::IpoptData*,
                         Ipopt::IpoptCalculatedQuantities*) override {
    const Eigen::Map<const Eigen::VectorXd> all(x, n);
    out_.solved = status == Ipopt::SUCCESS;
    out_.cost = value;
    out_.activation = all.head(muscles_);
    out_.deviation = all.segment(muscles_, deviations_);
  }

 private:
  const RecruitmentProblem& p_;
  double quadratic_, reserve_weight_;
  GeneralSolution& out_;
  int muscles_ = 0, axes_ = 0, deviations_ = 0;
  Eigen::MatrixXd constraints_;
};

}  // namespace

GeneralSolution solve_generally(const RecruitmentProblem& problem, double quadratic, double reserve_weight) {
  GeneralSolution solution;
  const Ipopt::SmartPtr<Ipopt::TNLP> nlp = new RecruitmentNlp(problem, quadratic, reserve_weight, solution);
  const Ipopt::SmartPtr<Ipopt::IpoptApplication> application = IpoptApplicationFactory();
  application->Options()->SetIntegerValue("print_level", 0);
  application->Options()->SetStringValue("sb", "yes");
  application->Options()->SetStringValue("nlp_scaling_method", "none");
  application->Options()->SetNumericValue("bound_relax_factor", 0);
  application->Options()->SetNumericValue("tol", 1e-12);
  application->Options()->SetNumericValue("mu_target", 0);
  application->Options()->SetNumericValue("compl_inf_tol", 1e-12);
  application->Options()->SetNumericValue("constr_viol_tol", 1e-10);
  if (application->Initialize() == Ipopt::Solve_Succeeded) application->OptimizeTNLP(nlp);
  return solution;
}

}  // namespace foramen::test
