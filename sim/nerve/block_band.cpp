#include "sim/nerve/block_band.h"

namespace foramen {

namespace {

/// Turns a symmetric block into the inverse of its lower Cholesky factor.
bool invert_factor(Mat3& a) {
  if (!(a(0, 0) > 0)) return false;
  const double g0 = 1 / std::sqrt(a(0, 0)), l10 = a(1, 0) * g0, l20 = a(2, 0) * g0;
  const double d1 = a(1, 1) - l10 * l10;
  if (!(d1 > 0)) return false;
  const double g1 = 1 / std::sqrt(d1), l21 = (a(2, 1) - l20 * l10) * g1;
  const double d2 = a(2, 2) - l20 * l20 - l21 * l21;
  if (!(d2 > 0)) return false;
  const double g2 = 1 / std::sqrt(d2);
  a << g0, 0, 0,              //
      -g1 * l10 * g0, g1, 0,  //
      g2 * (l21 * g1 * l10 - l20) * g0, -g2 * l21 * g1, g2;
  return true;
}

/// a·gᵀ for a lower triangular g.
Mat3 times_transposed_lower(const Mat3& a, const Mat3& g) {
  Mat3 r;
  r.col(0) = g(0, 0) * a.col(0);
  r.col(1) = g(1, 0) * a.col(0) + g(1, 1) * a.col(1);
  r.col(2) = g(2, 0) * a.col(0) + g(2, 1) * a.col(1) + g(2, 2) * a.col(2);
  return r;
}

}  // namespace

bool BlockBand::factor() {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    Row& row = rows_[i];
    if (i > 1) {
      row.second = times_transposed_lower(row.second, rows_[i - 2].diagonal);
      row.first.noalias() -= row.second * rows_[i - 1].first.transpose();
      row.diagonal.noalias() -= row.second * row.second.transpose();
    }
    if (i > 0) {
      row.first = times_transposed_lower(row.first, rows_[i - 1].diagonal);
      row.diagonal.noalias() -= row.first * row.first.transpose();
    }
    if (!invert_factor(row.diagonal)) return false;
  }
  return true;
}

void BlockBand::solve(std::vector<Vec3>& b) const {
  const std::size_t n = rows_.size();
  for (std::size_t i = 0; i < n; ++i) {
    if (i > 0) b[i].noalias() -= rows_[i].first * b[i - 1];
    if (i > 1) b[i].noalias() -= rows_[i].second * b[i - 2];
    b[i] = (rows_[i].diagonal * b[i]).eval();
  }
  for (std::size_t i = n; i-- > 0;) {
    if (i + 1 < n) b[i].noalias() -= rows_[i + 1].first.transpose() * b[i + 1];
    if (i + 2 < n) b[i].noalias() -= rows_[i + 2].second.transpose() * b[i + 2];
    b[i] = (rows_[i].diagonal.transpose() * b[i]).eval();
  }
}

}  // namespace foramen
