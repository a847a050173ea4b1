#pragma once

/// A made-up person and instant for the scene's tests: round numbers near a man's, no tables and no solver.

#include <Eigen/Geometry>
#include <array>
#include <cmath>

#include "sim/base/units.h"
#include "sim/run/frame.h"

namespace foramen::example {

inline Pose tilted(double x_mm, double y_mm, double tilt_deg) {
  return {Eigen::AngleAxisd(tilt_deg * units::deg, Vec3::UnitZ()).toRotationMatrix(),
          Vec3(x_mm * units::mm, y_mm * units::mm, 0.0)};
}

/// Bodies of L1…S1 in a standing lordosis, S1 at its endplate.
inline std::array<Pose, kVertebraCount> standing_bones() {
  return {tilted(-4, 184, 15),  tilted(7, 146, 11),  tilted(13, 106, 4.5),
          tilted(16, 65, -4.5), tilted(10, 24, -20), tilted(-2, 0, -36)};
}

inline VertebraDimensions vertebra(Vertebra v) {
  using units::mm;
  const double lower = index(v) / 4.0;  // 0 at L1, 1 at L5
  VertebraDimensions d;
  d.vertebra = v;
  d.endplate_width_upper = (43 + 6 * lower) * mm;
  d.endplate_width_lower = (45 + 5 * lower) * mm;
  d.endplate_depth_upper = d.endplate_depth_lower = 34.5 * mm;
  d.height_anterior = (26 + 2 * lower) * mm;
  d.height_posterior = (28 - 4 * lower) * mm;
  d.pedicle_width = (8 + 8 * lower) * mm;
  d.pedicle_height = 15 * mm;
  d.canal_width = (23 + 3 * lower) * mm;
  d.canal_depth = 17 * mm;
  d.pedicle_centre = Vec3(-21 * mm, 5 * mm, 0.5 * (d.canal_width + d.pedicle_width));
  d.transverse_width = (72 + 14 * lower) * mm;
  d.transverse_tip = Vec3(-30 * mm, 3 * mm, 0.5 * d.transverse_width);
  d.spinous_tip = Vec3((-68 + 10 * lower) * mm, -12 * mm, 0.0);
  d.spinous_height = (22 - 6 * lower) * mm;
  d.superior_articular_tip = Vec3(-30 * mm, 20 * mm, (14 + 6 * lower) * mm);
  d.inferior_articular_tip = Vec3(-40 * mm, -26 * mm, (12 + 6 * lower) * mm);
  return d;
}

inline MotionSegment segment(const Pose& X_WU, const Pose& X_WL, const VertebraDimensions& upper,
                             const VertebraDimensions& lower, bool lower_is_sacrum) {
  MotionSegment made;
  const Vec3 top = X_WU * Vec3(0.0, -0.25 * (upper.height_anterior + upper.height_posterior), 0.0);
  const Vec3 bottom =
      X_WL * Vec3(0.0, lower_is_sacrum ? 0.0 : 0.25 * (lower.height_anterior + lower.height_posterior), 0.0);
  const double tilt = 0.5 * (std::atan2(X_WU.R(1, 0), X_WU.R(0, 0)) + std::atan2(X_WL.R(1, 0), X_WL.R(0, 0)));
  const Pose X_WD{Eigen::AngleAxisd(tilt, Vec3::UnitZ()).toRotationMatrix(), 0.5 * (top + bottom)};
  made.X_UD = X_WU.inverse() * X_WD;
  made.X_LD = X_WL.inverse() * X_WD;
  made.disc.width = upper.endplate_width_lower;
  made.disc.depth = upper.endplate_depth_lower;
  made.disc.height_anterior = (top - bottom).norm() + 2 * units::mm;
  made.disc.height_posterior = (top - bottom).norm() - 3 * units::mm;
  made.disc.area = 0.72 * made.disc.width * made.disc.depth;
  return made;
}

/// The right roots' way in the frame of the vertebra they are named after; the left is its mirror image.
inline std::vector<Vec3> right_root_course(Root root) {
  using units::mm;
  if (root == Root::S1) {
    return {Vec3(-24, 45, 6) * mm, Vec3(-23, 10, 10) * mm, Vec3(-22, -8, 14) * mm, Vec3(-14, -30, 22) * mm,
            Vec3(0, -55, 28) * mm};
  }
  return {Vec3(-27, 45, 5) * mm,   Vec3(-26, 15, 9) * mm,  Vec3(-23, 0, 12) * mm, Vec3(-22, -8, 18) * mm,
          Vec3(-18, -14, 28) * mm, Vec3(-6, -32, 37) * mm, Vec3(4, -55, 42) * mm};
}

inline std::shared_ptr<const Subject> person(const std::vector<Herniation>& herniations = {}) {
  auto subject = std::make_shared<Subject>();
  const auto bones = standing_bones();
  subject->X_pelvis_S1 = {bones.back().R, Vec3::Zero()};
  for (const Vertebra v : kVertebrae) {
    const auto i = static_cast<std::size_t>(index(v));
    subject->vertebrae[i] = vertebra(v);
    subject->bones[i] = ImplicitVertebra(subject->vertebrae[i]);
    subject->canal[i].width = subject->vertebrae[i].canal_width;
    subject->canal[i].depth = subject->vertebrae[i].canal_depth;
  }
  for (const Level level : kLevels) {
    const auto i = static_cast<std::size_t>(index(level));
    subject->levels[i] =
        segment(bones[i], bones[i + 1], subject->vertebrae[i], subject->vertebrae[i + 1], level == Level::L5S1);
    // The sacrum's disc frame is given in the pelvis, whose axes are the world's.
    if (level == Level::L5S1) subject->levels[i].X_LD = subject->X_pelvis_S1 * subject->levels[i].X_LD;
    for (const Herniation& one : herniations) {
      if (one.level == level) subject->levels[i].herniations.push_back(one);
    }
  }
  return subject;
}

/// The person standing, with the given root pressed in the middle of its way.
inline Frame standing(double time, Root pressed, Side pressed_side, double pressure) {
  Frame frame;
  frame.time = time;
  const auto bones = standing_bones();
  for (const Vertebra v : kVertebrae) {
    frame.spine.poses[static_cast<std::size_t>(index(body_of(v)))] = bones[static_cast<std::size_t>(index(v))];
  }
  frame.spine.poses[static_cast<std::size_t>(index(Body::Pelvis))].R = Mat3::Identity();
  frame.instant.poses = frame.spine.poses;
  for (const Level level : kLevels) {
    LevelState& state = frame.spine.levels[static_cast<std::size_t>(index(level))];
    state.disc.nucleus_pressure = (0.4 + 0.3 * index(level)) * units::MPa;
    state.compression = 500 + 100 * index(level);
    state.disc.bulge.fill(0.8 * units::mm);
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      RootState& state =
          frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
      const Pose& X_WV = bones[static_cast<std::size_t>(index(root))];
      for (const Vec3& point : right_root_course(root)) {
        const Vec3 placed = side == Side::Right ? point : mirrored(point);
        state.nodes.push_back({X_WV * placed, 2.2 * units::mm, 0.0, 0.0});
      }
      if (root != pressed || side != pressed_side) continue;
      state.pressure = pressure;
      state.nodes[state.nodes.size() / 2].pressure = pressure;
      state.pressed_at_W = state.nodes[state.nodes.size() / 2].position_W;
      state.pressed_by = {Structure::Herniation, static_cast<Level>(index(root) - 1)};
    }
  }
  return frame;
}

}  // namespace foramen::example
