#include "sim/study/design.h"

#include <fmt/format.h>

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/random/sobol.hpp>
#include <cmath>
#include <stdexcept>

#include "sim/base/error.h"
#include "sim/base/random.h"

namespace foramen {

namespace {

using Kind = Distribution::Kind;
const boost::math::normal kStandard;

/// Keeps a probability where its quantile is finite.
double inside(double u) {
  return std::clamp(u, 0x1p-54, 1 - 0x1p-53);
}

/// Of a variable that is normal, or whose logarithm is, cut at min and max.
double truncated_normal(double mean, double sd, double min, double max, double u) {
  const auto below = [&](double x) { return std::isinf(x) ? (x > 0 ? 1.0 : 0.0) : cdf(kStandard, (x - mean) / sd); };
  const double low = below(min), high = below(max);
  const double x = mean + sd * boost::math::quantile(kStandard, inside(low + u * (high - low)));
  return std::clamp(x, min, max);
}

}  // namespace

FactorValue quantile(const Distribution& d, double u) {
  switch (d.kind) {
    case Kind::Uniform:
      return d.min + u * (d.max - d.min);
    case Kind::Normal:
      return truncated_normal(d.mean, d.sd, d.min, d.max, u);
    case Kind::Lognormal: {
      const double variance = std::log1p(d.sd * d.sd / (d.mean * d.mean));
      const double mu = std::log(d.mean) - 0.5 * variance;
      return std::exp(truncated_normal(mu, std::sqrt(variance), std::log(d.min), std::log(d.max), u));
    }
    case Kind::Values:
      break;
  }
  double sum = 0;
  for (std::size_t i = 0; i + 1 < d.values.size(); ++i) {
    sum += d.weights[i];
    if (u < sum) return d.values[i];
  }
  return d.values.back();
}

struct Design::Content {
  StudyDescription study;
  DesignKind kind;
  std::vector<std::size_t> correlated;  ///< factors, in the order of the matrix
  Eigen::MatrixXd root;                 ///< lower Cholesky factor of the correlation

  [[nodiscard]] std::size_t factors() const { return study.factors.size(); }
  [[nodiscard]] std::uint64_t arms() const { return kind == DesignKind::Saltelli ? factors() + 2 : study.bases.size(); }

  /// Point of the unit cube of `dimensions`, row `i` of a replicate (both from 0).
  [[nodiscard]] std::vector<double> point(std::uint64_t replicate, std::uint64_t i, std::size_t dimensions) const {
    std::vector<double> u(dimensions);
    const auto stream = [&](std::size_t d) { return (replicate << 20) | d; };
    if (study.sampling == Sampling::Sobol || kind == DesignKind::Saltelli) {
      boost::random::sobol sequence(dimensions);  // starts behind the sequence's first point, the origin
      if (i > 0) sequence.discard((i - 1) * dimensions);
      // Shifted by the seed, digit by digit: the points keep their evenness, and replicates differ.
      for (std::size_t d = 0; d < dimensions; ++d)
        u[d] = uniform_of((i > 0 ? sequence() : 0) ^ random_bits(study.seed, stream(d), 0));
      return u;
    }
    for (std::size_t d = 0; d < dimensions; ++d) {
      u[d] = uniform_of(random_bits(study.seed, stream(d), i));
      if (study.sampling != Sampling::Latin) continue;
      const std::uint64_t stratum = permuted(i, study.runs, random_bits(study.seed, stream(d), ~0ull));
      u[d] = (static_cast<double>(stratum) + u[d]) / static_cast<double>(study.runs);
    }
    return u;
  }

  void correlate(std::vector<double>& u) const {
    if (correlated.empty()) return;
    Eigen::VectorXd z(static_cast<Eigen::Index>(correlated.size()));
    for (std::size_t k = 0; k < correlated.size(); ++k)
      z[static_cast<Eigen::Index>(k)] = boost::math::quantile(kStandard, inside(u[correlated[k]]));
    const Eigen::VectorXd joint = root * z;
    for (std::size_t k = 0; k < correlated.size(); ++k)
      u[correlated[k]] = cdf(kStandard, joint[static_cast<Eigen::Index>(k)]);
  }

  [[nodiscard]] std::vector<FactorValue> values(const std::vector<double>& u) const {
    std::vector<FactorValue> values;
    for (std::size_t d = 0; d < factors(); ++d) values.push_back(quantile(study.factors[d].distribution, u[d]));
    return values;
  }

  /// Row `i` of the full design: the last factor changes fastest.
  [[nodiscard]] std::vector<FactorValue> combination(std::uint64_t i) const {
    std::vector<FactorValue> values(factors());
    for (std::size_t d = factors(); d-- > 0;) {
      const auto& choices = study.factors[d].distribution.values;
      values[d] = choices[i % choices.size()];
      i /= choices.size();
    }
    return values;
  }

  /// Row `i` of block (A, B, A with one column of B after the other).
  [[nodiscard]] std::vector<FactorValue> saltelli(std::uint64_t i, std::uint64_t arm) const {
    const std::size_t k = factors();
    const std::vector<double> both = point(0, i, 2 * k);
    std::vector<double> u(both.begin(), both.begin() + static_cast<std::ptrdiff_t>(k));
    if (arm == 1) u.assign(both.begin() + static_cast<std::ptrdiff_t>(k), both.end());
    if (arm >= 2) u[arm - 2] = both[k + arm - 2];
    return values(u);
  }
};

Design::Design(const StudyDescription& study, DesignKind kind) {
  const auto refuse = [&](std::string key, std::string message) {
    throw InputError(InputProblem{.file = study.file, .key = std::move(key), .message = std::move(message)});
  };
  auto content = std::make_unique<Content>();
  content->study = study;
  content->kind = kind;
  if (kind == DesignKind::Saltelli) {
    if (study.sampling == Sampling::Full) refuse("study.sampling", "sensitivity needs sampled factors, not a full design");
    if (!study.correlation.keys.empty()) refuse("study.correlation", "sensitivity indices need independent factors");
    if (study.bases.size() != 1) refuse("study.factor", "sensitivity needs a single base file");
    if (study.replicates != 1) refuse("study.replicates", "sensitivity takes its intervals from resampling: leave it out");
  }
  const Correlation& c = study.correlation;
  if (!c.keys.empty()) {
    if (study.sampling == Sampling::Full) refuse("study.correlation", "a full design has all combinations");
    const auto n = static_cast<Eigen::Index>(c.keys.size());
    Eigen::MatrixXd matrix(n, n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (Eigen::Index j = 0; j < n; ++j)
        matrix(i, j) = c.matrix[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)];
    }
    const Eigen::LLT<Eigen::MatrixXd> cholesky(matrix);
    if (cholesky.info() != Eigen::Success)
      refuse("study.correlation.matrix", "is not positive definite: no variables can be correlated like this");
    content->root = cholesky.matrixL();
    for (const std::string& key : c.keys) {
      const auto is_it = [&](const Factor& f) { return f.key == key; };
      const auto at = std::find_if(study.factors.begin(), study.factors.end(), is_it);
      content->correlated.push_back(static_cast<std::size_t>(at - study.factors.begin()));
    }
  }
  content_ = std::move(content);
}

Design::~Design() = default;
Design::Design(Design&&) noexcept = default;

std::uint64_t Design::runs() const {
  return content_->study.runs * content_->study.replicates * content_->arms();
}

Design::Row Design::row(std::uint64_t run) const {
  if (run < 1 || run > runs()) throw std::out_of_range(fmt::format("run {} of {}", run, runs()));
  const Content& c = *content_;
  const std::uint64_t arm = (run - 1) % c.arms(), person = (run - 1) / c.arms();
  const std::uint64_t replicate = person / c.study.runs, i = person % c.study.runs;
  Row row{run, replicate + 1, c.kind == DesignKind::Saltelli ? 0 : static_cast<std::size_t>(arm), {}};
  if (c.kind == DesignKind::Saltelli) {
    row.values = c.saltelli(i, arm);
  } else if (c.study.sampling == Sampling::Full) {
    row.values = c.combination(i);
  } else {
    std::vector<double> u = c.point(replicate, i, c.factors());
    c.correlate(u);
    row.values = c.values(u);
  }
  return row;
}

}  // namespace foramen
