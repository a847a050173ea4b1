#include "sim/spine/abdominal_pressure.h"

#include <cmath>

#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr double kSlope = 0.079e3;       ///< Mairiaux 1984 [Pa/(N·m)]
constexpr double kIntercept = -1.127e3;  ///< Mairiaux 1984 [Pa]
constexpr double kRest = 0.5e3;          ///< standing at rest 0.5–2 kPa
constexpr double kMost = 25e3;           ///< heavy lift 10–25 kPa
constexpr double kSmoothing = 0.5e3;     ///< width of the onset [Pa]
constexpr double kDiaphragmArea = 243 * units::cm2;
constexpr double kArm = 38 * units::mm;

double softplus(double x, double width) {
  return x / width > 30 ? x : width * std::log1p(std::exp(x / width));
}

}  // namespace

double abdominal_pressure(double flexion_demand) {
  const double above_rest = softplus(kSlope * flexion_demand + kIntercept - kRest, kSmoothing);
  return kMost - softplus(kMost - kRest - above_rest, kSmoothing);
}

Wrench abdominal_wrench(double pressure) {
  const double force = pressure * kDiaphragmArea;
  return {Vec3(0, force, 0), Vec3(0, 0, kArm * force)};
}

double hoop_tension(const AbdominalWall& wall, double pressure) {
  return 2 * pressure * wall.radius * wall.height;
}

double hoop_share(const MuscleFascicle& fascicle, const std::array<Pose, kBodyCount>& standing) {
  if (!fascicle.group.ends_with("_oblique")) return 0;
  const auto place = [&](const PathPoint& point) {
    const auto& carrier = point.carriers[0];  // all carriers agree at standing
    return Vec3(standing[static_cast<std::size_t>(index(carrier.body))] * carrier.point_B);
  };
  const Vec3 along = (place(fascicle.path.back()) - place(fascicle.path.front())).normalized();
  return std::hypot(along.x(), along.z());
}

}  // namespace foramen
