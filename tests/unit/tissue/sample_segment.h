#pragma once

/// The segments of an average man, and derivative checks every tissue law must pass.

#include <gtest/gtest.h>

#include "sim/anatomy/subject.h"
#include "sim/base/csv.h"

namespace foramen {

inline const Subject& average_man() {
  static const Subject subject = build_subject(*load_anatomy(data_directory()), SubjectDescription{});
  return subject;
}

inline const MotionSegment& l4l5() {
  return average_man().levels[static_cast<std::size_t>(index(Level::L4L5))];
}

/// Displacements of a motion segment within its everyday range.
inline std::vector<Vec6> everyday_displacements() {
  std::vector<Vec6> all(6, Vec6::Zero());
  all[1] << 0, 0, -0.08, 0.4e-3, -0.6e-3, 0;             // flexion
  all[2] << 0, 0, 0.05, -0.2e-3, -0.3e-3, 0;             // extension
  all[3] << 0.06, 0.01, -0.02, 0.1e-3, -0.5e-3, 0.3e-3;  // side bend
  all[4] << 0.01, 0.04, 0.01, 0.2e-3, -0.4e-3, -0.2e-3;  // torsion
  all[5] << -0.03, 0.02, -0.06, 0.8e-3, -1.1e-3, -0.4e-3;
  return all;
}

/// gradient = dE/dq and hessian = dgradient/dq by central differences, for any law of q.
template <class Law>
void expect_consistent(const Law& law, const Vec6& q, double tolerance) {
  const auto state = law(q);
  const double arm = 0.03;  // weighs rotations like translations
  Vec6 force_error;
  Mat6 stiffness_error;
  for (int i = 0; i < 6; ++i) {
    const double unit = i < 3 ? arm : 1.0, h = 1e-7 / unit;
    Vec6 up = q, down = q;
    up[i] += h;
    down[i] -= h;
    const auto above = law(up), below = law(down);
    force_error[i] = ((above.energy - below.energy) / (2 * h) - state.gradient[i]) / unit;
    const Vec6 column = (above.gradient - below.gradient) / (2 * h) - state.hessian.col(i);
    for (int j = 0; j < 6; ++j) stiffness_error(j, i) = column[j] / (unit * (j < 3 ? arm : 1.0));
  }
  Vec6 force = state.gradient;
  force.head<3>() /= arm;
  Mat6 stiffness = state.hessian;
  stiffness.topRows<3>() /= arm;
  stiffness.leftCols<3>() /= arm;
  EXPECT_LT(force_error.norm(), tolerance * (1 + force.norm())) << q.transpose();
  EXPECT_LT(stiffness_error.norm(), 20 * tolerance * (1 + stiffness.norm())) << q.transpose();
}

/// The mirror image of a displacement: left and right change places (z → −z; rotations are axial vectors).
inline Vec6 mirror_of(const Vec6& q) {
  Vec6 m = q;
  m[0] = -q[0];
  m[1] = -q[1];
  m[5] = -q[5];
  return m;
}

}  // namespace foramen
