#include "sim/assess/measured_lift.h"

#include <cmath>

#include "sim/base/error.h"
#include "sim/motion/motion.h"

namespace foramen {

namespace {

Vec3 middle(const BodyPoses& poses, Body left, Body right, const Subject& subject, bool centre) {
  const auto point = [&](Body body) -> Vec3 {
    const auto b = static_cast<std::size_t>(index(body));
    return centre ? Vec3(poses[b] * subject.segments[b].com_B) : poses[b].p;
  };
  return 0.5 * (point(left) + point(right));
}

/// Where the hands are, seen from the middle between the ankles: forward, up from the floor, right [m].
Vec3 hands_at(const Motion& motion, const Subject& subject, double time) {
  const Instant instant = motion.at(time);
  const Vec3 hands = middle(instant.poses, Body::HandLeft, Body::HandRight, subject, true);
  const Vec3 ankles = middle(instant.poses, Body::FootLeft, Body::FootRight, subject, false);
  return {hands.x() - ankles.x(), hands.y(), hands.z() - ankles.z()};
}

}  // namespace

MeasuredLift measure_lift(const Scenario& scenario, const std::filesystem::path& data) {
  const auto subject = std::make_shared<const Subject>(build_subject(*load_anatomy(data), scenario.subject));
  const Motion motion(subject, load_postures(data), scenario);
  if (motion.loads().empty()) throw InputError(InputProblem{.key = "load", .message = "the scenario lifts nothing"});
  const HandLoad& load = motion.loads().front();
  const Vec3 from = hands_at(motion, *subject, load.from + load.grip),
             to = hands_at(motion, *subject, load.to - load.grip);
  const TaskDescription task = scenario.task.value_or(TaskDescription{});
  const auto seen = [&](const Vec3& hands) {
    return LiftingTask{.horizontal = std::hypot(hands.x(), hands.z()),
                       .vertical = hands.y(),
                       .travel = std::abs(to.y() - from.y()),
                       .asymmetry = std::abs(std::atan2(hands.z(), hands.x())),
                       .per_minute = task.per_minute,
                       .hours = task.hours,
                       .coupling = task.coupling,
                       .load = load.mass};
  };
  return {seen(from), seen(to)};
}

}  // namespace foramen
