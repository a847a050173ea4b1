#include "sim/motion/handled_object.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/handled_load.h"
#include "sim/motion/reach.h"

namespace foramen {

namespace {

/// Half the size of the crate [m]; its handles are kBoxDrop above its centre.
const Vec3 kHalfCrate(0.15, 0.125, 0.18);
constexpr double kLightest = 0.2;  ///< a lighter box would need finer steps [kg]

/// Catmull–Rom between samples at whole steps; the ends are held.
template <class Sample>
Vec3 interpolated(double steps, std::size_t count, Sample&& sample) {
  const double x = std::clamp(steps, 0.0, static_cast<double>(count - 1));
  const auto i = std::min(static_cast<std::size_t>(x), count - 1);
  const double s = x - static_cast<double>(i);
  const auto at = [&](std::ptrdiff_t k) -> Vec3 {
    const auto j =
        std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(i) + k, 0, static_cast<std::ptrdiff_t>(count) - 1);
    return sample(static_cast<std::size_t>(j));
  };
  const Vec3 a = at(-1), b = at(0), c = at(1), d = at(2);
  return b + 0.5 * s * (c - a + s * (2 * a - 5 * b + 4 * c - d + s * (3 * (b - c) + d - a)));
}

}  // namespace

HandledObject::HandledObject(const Subject& subject, const HandLoad& load, double start, double end,
                             const std::function<BodyMotions(double)>& bodies_at, const std::string& key) {
  const auto refuse = [&](std::string message) {
    throw InputError(InputProblem{.key = key, .message = std::move(message)});
  };
  if (load.kind != LoadKind::Box || load.hands != Hands::Both || load.on != LoadPlace::Hands) {
    refuse("\"rigid\" is for a box in both hands");
  }
  if (load.mass < kLightest) refuse(fmt::format("a rigid box needs a mass of at least {} kg", kLightest));
  const auto grips_at = [&](double time) {
    const BodyMotions bodies = bodies_at(time);
    MovingGrips grips;
    const double firm = held_share(load, start, end, time);
    for (const Side side : kSides) {
      const auto s = static_cast<std::size_t>(index(side));
      const BodyMotion& hand = bodies[static_cast<std::size_t>(index(on_side(Body::HandLeft, side)))];
      grips.place[s] = hand.pose * grip_point(subject, side);
      grips.velocity[s] = hand.point_velocity(grip_point(subject, side));
      grips.firmness[s] = firm;
    }
    return grips;
  };
  const MovingGrips taken = grips_at(std::max(load.from, start)), given = grips_at(std::min(load.to, end));
  const Vec3 middle = 0.5 * (taken.place[0] + taken.place[1]);
  BoxHandling handling;
  handling.mass = load.mass;
  handling.half_size = kHalfCrate;
  handling.centre = middle - Vec3(0, kBoxDrop, 0);
  handling.handles = {taken.place[0] - handling.centre, taken.place[1] - handling.centre};
  handling.start = start;
  handling.end = end;
  handling.rests_at_start = load.from > start;
  handling.lowered = given.place[0].y() < taken.place[0].y();
  handling.leave = load.from + load.grip;
  if (load.to < end) handling.arrive = load.to - load.grip;
  handling.grips = grips_at;
  const double lowest = handling.centre.y() - kHalfCrate.y();
  if (lowest < 0) {
    refuse(fmt::format("a box {:.2f} m high with its grips at {:.2f} m would stand {:.2f} m in the floor",
                       2 * kHalfCrate.y(), middle.y(), -lowest));
  }
  track_ = handle_box(handling);
}

void HandledObject::add_forces(double time, const Subject& subject, const BodyPoses& poses,
                               std::vector<ExternalForce>& external) const {
  const double steps = (time - track_.start) / kBoxStep;
  const Vec3 moment = interpolated(steps, track_.moment.size(), [&](std::size_t i) { return track_.moment[i]; });
  for (const Side side : kSides) {
    const auto s = static_cast<std::size_t>(index(side));
    const Vec3 force = interpolated(steps, track_.force.size(), [&](std::size_t i) { return track_.force[i][s]; });
    const Body hand = on_side(Body::HandLeft, side);
    external.push_back(
        {hand, poses[static_cast<std::size_t>(index(hand))] * grip_point(subject, side), force, 0.5 * moment});
  }
}

Vec3 HandledObject::centre(double time) const {
  return interpolated((time - track_.start) / kBoxStep, track_.centre.size(),
                      [&](std::size_t i) { return track_.centre[i]; });
}

double HandledObject::borne(double time) const {
  return -interpolated((time - track_.start) / kBoxStep, track_.force.size(), [&](std::size_t i) {
            return Vec3(track_.force[i][0] + track_.force[i][1]);
          }).y();
}

}  // namespace foramen
