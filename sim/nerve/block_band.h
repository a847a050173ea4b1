#pragma once

/// Symmetric matrices of 3×3 blocks that couple a node with the two before it, and how to solve with them.

#include <algorithm>
#include <vector>

#include "sim/base/types.h"

namespace foramen {

class BlockBand {
 public:
  /// Blocks of a node with itself and with the node before it; with the one before that a multiple of the identity, as
  /// bending has it.
  struct Row {
    Mat3 diagonal = Mat3::Zero(), first = Mat3::Zero();
    double second = 0;
  };

  explicit BlockBand(std::size_t nodes) : rows_(nodes), factors_(nodes) {}
  [[nodiscard]] Row& operator[](std::size_t node) { return rows_[node]; }
  [[nodiscard]] const Row& operator[](std::size_t node) const { return rows_[node]; }
  /// To the values of a matrix of as many nodes, which need not have been factored.
  void set(const BlockBand& values) { std::copy(values.rows_.begin(), values.rows_.end(), rows_.begin()); }

  /// Factors the matrix, with `shift` added to its diagonal, as L·D·Lᵀ by blocks; false if not positive definite.
  [[nodiscard]] bool factor(double shift = 0);
  /// Solves with the factors, in place.
  void solve(std::vector<Vec3>& b) const;

 private:
  struct Factor {
    Mat3 inverse, first;  ///< of D's block; L's block with the node before
  };
  std::vector<Row> rows_;
  std::vector<Factor> factors_;
};

}  // namespace foramen
