#include "sim/nerve/block_band.h"

namespace foramen {

namespace {

/// The inverse of a block; false if it is not positive definite.
bool invert(const SymmetricBlock& a, SymmetricBlock& inverse) {
  const double c00 = a.yy * a.zz - a.zy * a.zy, c10 = a.zy * a.zx - a.yx * a.zz, c20 = a.yx * a.zy - a.yy * a.zx;
  const double c22 = a.xx * a.yy - a.yx * a.yx, determinant = a.xx * c00 + a.yx * c10 + a.zx * c20;
  if (!(a.xx > 0 && c22 > 0 && determinant > 0)) return false;
  const double by = 1 / determinant;
  inverse.xx = by * c00;
  inverse.yx = by * c10;
  inverse.yy = by * (a.xx * a.zz - a.zx * a.zx);
  inverse.zx = by * c20;
  inverse.zy = by * (a.yx * a.zx - a.xx * a.zy);
  inverse.zz = by * c22;
  return true;
}

/// What is left of `a` without the symmetric product u·vᵀ.
void subtract_product(const Mat3& u, const Mat3& v, SymmetricBlock& a) {
  const auto dot = [&](int i, int j) { return u(i, 0) * v(j, 0) + u(i, 1) * v(j, 1) + u(i, 2) * v(j, 2); };
  a.xx -= dot(0, 0);
  a.yx -= dot(1, 0);
  a.yy -= dot(1, 1);
  a.zx -= dot(2, 0);
  a.zy -= dot(2, 1);
  a.zz -= dot(2, 2);
}

}  // namespace

bool BlockFactors::factor(const BlockBand& rows, double shift) {
  const std::size_t n = nodes_.size();
  SymmetricBlock inverse, inverse_after;  // of the node after this and of the one after that
  for (std::size_t i = n; i-- > 0;) {
    Factor& its = nodes_[i];
    its.second = rows[i].second;
    SymmetricBlock diagonal = rows[i].diagonal;
    diagonal.add_to_diagonal(shift);
    if (i + 1 < n) {
      const Factor& after = nodes_[i + 1];
      Mat3 next = rows[i + 1].first.full();
      if (i + 2 < n) {
        const double second = rows[i + 2].second, squared = second * second;
        next.noalias() -= second * after.next.transpose();
        diagonal.xx -= squared * inverse_after.xx;
        diagonal.yx -= squared * inverse_after.yx;
        diagonal.yy -= squared * inverse_after.yy;
        diagonal.zx -= squared * inverse_after.zx;
        diagonal.zy -= squared * inverse_after.zy;
        diagonal.zz -= squared * inverse_after.zz;
      }
      its.next.noalias() = next * after.inverse;
      subtract_product(its.next, next, diagonal);
    }
    inverse_after = inverse;
    if (!invert(diagonal, inverse)) return false;
    its.inverse = inverse.full();
  }
  return true;
}

void BlockFactors::reduce(std::vector<Vec3>& b) const {
  const std::size_t n = nodes_.size();
  for (std::size_t i = n - 1; i-- > 0;) {
    b[i].noalias() -= nodes_[i].next * b[i + 1];
    if (i + 2 < n) b[i].noalias() -= nodes_[i + 2].second * (nodes_[i + 2].inverse * b[i + 2]);
  }
}

void BlockFactors::expand(std::vector<Vec3>& b) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    b[i] = (nodes_[i].inverse * (i > 1 ? Vec3(b[i] - nodes_[i].second * b[i - 2]) : b[i])).eval();
    if (i > 0) b[i].noalias() -= nodes_[i - 1].next.transpose() * b[i - 1];
  }
}

}  // namespace foramen
