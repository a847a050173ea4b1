#include "sim/motion/reach_drives.h"

namespace foramen {

std::vector<Drive> drives_of(PostureAngle angle, const LumbarShares& shares) {
  std::vector<Drive> drives;
  const auto spine = [&](int axis, const std::array<double, kLevelCount>& share, double sign) {
    for (int l = 0; l < kLevelCount; ++l) {
      drives.push_back({body_of(static_cast<Vertebra>(l)), axis, sign * share[static_cast<std::size_t>(l)]});
    }
  };
  const Side side = index(angle) % 2 == 0 ? Side::Left : Side::Right;  // of a limb angle
  const double sign = side_sign(side);
  switch (angle) {
    case PostureAngle::LumbarFlexion:
      spine(2, shares.flexion, -1);
      drives.push_back({Body::Thorax, 2, -shares.flexion_T12L1});
      return drives;
    case PostureAngle::LumbarBendRight:
      spine(0, shares.bend, 1);
      return drives;
    case PostureAngle::LumbarTwistLeft:
      spine(1, shares.twist, 1);
      return drives;
    case PostureAngle::ThoracicFlexion:
      return {{Body::Thorax, 2, -1}};
    case PostureAngle::ThoracicBendRight:
      return {{Body::Thorax, 0, 1}};
    case PostureAngle::ThoracicTwistLeft:
      return {{Body::Thorax, 1, 1}};
    case PostureAngle::NeckFlexion:
      return {{Body::Head, 2, -1}};
    case PostureAngle::PelvisForwardPitch:
      return {{Body::Pelvis, 2, -1}};
    case PostureAngle::PelvisBendRight:
      return {{Body::Pelvis, 0, 1}};
    case PostureAngle::PelvisTurnLeft:
      return {{Body::Pelvis, 1, 1}};
    case PostureAngle::ShoulderFlexionLeft:
    case PostureAngle::ShoulderFlexionRight:
      return {{on_side(Body::UpperArmLeft, side), 2, 1}};
    case PostureAngle::ShoulderAbductionLeft:
    case PostureAngle::ShoulderAbductionRight:
      return {{on_side(Body::UpperArmLeft, side), 0, -sign}};
    case PostureAngle::ElbowFlexionLeft:
    case PostureAngle::ElbowFlexionRight:
      return {{on_side(Body::ForearmLeft, side), 2, 1}};
    case PostureAngle::HipFlexionLeft:
    case PostureAngle::HipFlexionRight:
      return {{on_side(Body::ThighLeft, side), 2, 1}};
    case PostureAngle::HipAdductionLeft:
    case PostureAngle::HipAdductionRight:
      return {{on_side(Body::ThighLeft, side), 0, sign}};
    case PostureAngle::HipRotationLeft:
    case PostureAngle::HipRotationRight:
      return {{on_side(Body::ThighLeft, side), 1, sign}};
    case PostureAngle::KneeFlexionLeft:
    case PostureAngle::KneeFlexionRight:
      return {{on_side(Body::ShankLeft, side), 2, -1}};
    case PostureAngle::AnkleDorsiflexionLeft:
    case PostureAngle::AnkleDorsiflexionRight:
      return {{on_side(Body::FootLeft, side), 2, 1}};
  }
  return drives;
}

}  // namespace foramen
