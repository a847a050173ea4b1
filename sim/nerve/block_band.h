#pragma once

/// Symmetric matrices of 3×3 blocks that couple a node with the two before it, and their Cholesky factors.

#include <cmath>
#include <vector>

#include "sim/base/types.h"

namespace foramen {

class BlockBand {
 public:
  /// Blocks of a node with itself, with the node before it and with the one before that.
  struct Row {
    Mat3 diagonal = Mat3::Zero(), first = Mat3::Zero(), second = Mat3::Zero();
  };

  explicit BlockBand(std::size_t nodes) : rows_(nodes) {}
  [[nodiscard]] Row& operator[](std::size_t node) { return rows_[node]; }
  void clear() { std::fill(rows_.begin(), rows_.end(), Row{}); }
  void add_diagonal(double shift) {
    for (Row& row : rows_) row.diagonal.diagonal().array() += shift;
  }

  /// In-place block Cholesky; false if not positive definite. The diagonal factors are kept inverted.
  [[nodiscard]] bool factor();
  /// Solves with the factors, in place.
  void solve(std::vector<Vec3>& b) const;

 private:
  std::vector<Row> rows_;
};

}  // namespace foramen
