#include "sim/anatomy/vertebra_shape.h"

#include <algorithm>

namespace foramen {

void VertebraShape::set_bounds() {
  constexpr double kMargin = 0.002;  // fillets swell a little [m]
  constexpr double kHuge = 1e3;
  lower = Vec3::Constant(kHuge);
  upper = Vec3::Constant(-kHuge);
  const auto grow = [&](const std::pair<Vec3, Vec3>& box) {
    lower = lower.cwiseMin(box.first);
    upper = upper.cwiseMax(box.second);
  };
  if (body) grow(body->box());
  for (const auto& piece : middle) grow(piece.solid.box());
  for (const auto& piece : right) grow(piece.solid.box());
  for (const auto& side : growths) {
    for (const auto& piece : side) grow(piece.solid.box());
  }
  const double half_width = std::max(-lower.z(), upper.z());
  lower.z() = -half_width;
  upper.z() = half_width;
  lower -= Vec3::Constant(kMargin);
  upper += Vec3::Constant(kMargin);
}

}  // namespace foramen
