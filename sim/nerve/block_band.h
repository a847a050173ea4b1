#pragma once

/// Symmetric matrices of symmetric 3×3 blocks that couple a node with the two before it, and how to solve with them.

#include <vector>

#include "sim/base/types.h"

namespace foramen {

/// A symmetric 3×3 block by its lower half.
struct SymmetricBlock {
  double xx = 0, yx = 0, yy = 0, zx = 0, zy = 0, zz = 0;

  SymmetricBlock() = default;
  /// Of the lower half of `a`.
  explicit SymmetricBlock(const Mat3& a)
      : xx(a(0, 0)), yx(a(1, 0)), yy(a(1, 1)), zx(a(2, 0)), zy(a(2, 1)), zz(a(2, 2)) {}
  /// k·v·vᵀ + s·1
  static SymmetricBlock outer(double k, const Vec3& v, double s) {
    const Vec3 kv = k * v;
    SymmetricBlock block;
    block.xx = kv.x() * v.x() + s;
    block.yx = kv.y() * v.x();
    block.yy = kv.y() * v.y() + s;
    block.zx = kv.z() * v.x();
    block.zy = kv.z() * v.y();
    block.zz = kv.z() * v.z() + s;
    return block;
  }

  SymmetricBlock& operator+=(const SymmetricBlock& b) {
    xx += b.xx, yx += b.yx, yy += b.yy, zx += b.zx, zy += b.zy, zz += b.zz;
    return *this;
  }
  SymmetricBlock& operator-=(const SymmetricBlock& b) {
    xx -= b.xx, yx -= b.yx, yy -= b.yy, zx -= b.zx, zy -= b.zy, zz -= b.zz;
    return *this;
  }
  void add_to_diagonal(double s) { xx += s, yy += s, zz += s; }

  [[nodiscard]] Mat3 full() const { return (Mat3() << xx, yx, zx, yx, yy, zy, zx, zy, zz).finished(); }
};

/// Blocks of a node with itself and with the node before it; with the one before that a multiple of the identity, as
/// bending has it.
struct BlockRow {
  SymmetricBlock diagonal, first;
  double second = 0;
};
/// A row for each node.
using BlockBand = std::vector<BlockRow>;

class BlockFactors {
 public:
  explicit BlockFactors(std::size_t nodes) : nodes_(nodes) {}

  /// Factors a matrix of as many nodes, with `shift` added to its diagonal, as U·D·Uᵀ by blocks, from the last node to
  /// the first; false if it is not positive definite.
  [[nodiscard]] bool factor(const BlockBand& rows, double shift = 0);
  /// Solves with the factors, in place: `reduce`, then `expand`. Between them the first node's block of `b` is what is
  /// left on that node once all others have given way, and `first_compliance` times it how the node gives.
  void solve(std::vector<Vec3>& b) const {
    reduce(b);
    expand(b);
  }
  void reduce(std::vector<Vec3>& b) const;
  void expand(std::vector<Vec3>& b) const;
  [[nodiscard]] const Mat3& first_compliance() const { return nodes_.front().inverse; }

 private:
  struct Factor {
    Mat3 inverse, next;  ///< of D's block; U's block with the next node
    double second = 0;   ///< of the matrix
  };
  std::vector<Factor> nodes_;
};

}  // namespace foramen
