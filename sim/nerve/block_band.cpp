#include "sim/nerve/block_band.h"

namespace foramen {

namespace {

/// Inverts a symmetric block by its lower half; false if it is not positive definite.
bool invert(const Mat3& a, Mat3& inverse) {
  const double a00 = a(0, 0), a10 = a(1, 0), a11 = a(1, 1), a20 = a(2, 0), a21 = a(2, 1), a22 = a(2, 2);
  const double c00 = a11 * a22 - a21 * a21, c10 = a21 * a20 - a10 * a22, c20 = a10 * a21 - a11 * a20;
  const double c22 = a00 * a11 - a10 * a10, determinant = a00 * c00 + a10 * c10 + a20 * c20;
  if (!(a00 > 0 && c22 > 0 && determinant > 0)) return false;
  const double by = 1 / determinant, i10 = by * c10, i20 = by * c20, i21 = by * (a10 * a20 - a00 * a21);
  inverse << by * c00, i10, i20,               //
      i10, by * (a00 * a22 - a20 * a20), i21,  //
      i20, i21, by * c22;
  return true;
}

}  // namespace

bool BlockBand::factor(double shift) {
  const std::size_t n = rows_.size();
  for (std::size_t i = n; i-- > 0;) {
    Factor& its = factors_[i];
    Mat3 diagonal = rows_[i].diagonal;
    diagonal.diagonal().array() += shift;
    if (i + 1 < n) {
      const Factor& after = factors_[i + 1];
      Mat3 next = rows_[i + 1].first.transpose();
      if (i + 2 < n) {
        const double second = rows_[i + 2].second;
        next.noalias() -= second * after.next.transpose();
        diagonal.noalias() -= second * second * factors_[i + 2].inverse;
      }
      its.next.noalias() = next * after.inverse;
      diagonal.noalias() -= its.next * next.transpose();
    }
    if (!invert(diagonal, its.inverse)) return false;
  }
  return true;
}

void BlockBand::reduce(std::vector<Vec3>& b) const {
  const std::size_t n = rows_.size();
  for (std::size_t i = n - 1; i-- > 0;) {
    b[i].noalias() -= factors_[i].next * b[i + 1];
    if (i + 2 < n) b[i].noalias() -= rows_[i + 2].second * (factors_[i + 2].inverse * b[i + 2]);
  }
}

void BlockBand::expand(std::vector<Vec3>& b) const {
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    b[i] = (factors_[i].inverse * (i > 1 ? Vec3(b[i] - rows_[i].second * b[i - 2]) : b[i])).eval();
    if (i > 0) b[i].noalias() -= factors_[i - 1].next.transpose() * b[i - 1];
  }
}

}  // namespace foramen
