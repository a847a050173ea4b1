#include <fmt/format.h>

#include "sim/base/error.h"
#include "sim/motion/support_models.h"
#include "sim/scenario/support_names.h"

namespace foramen {

namespace {

const Posture& posture_of(const PostureLibrary& postures, const Keyframe& keyframe) {
  return postures.find(keyframe.posture)->second;  // unknown names were refused before
}

[[noreturn]] void refuse(const std::string& key, const std::string& message) {
  throw InputError(InputProblem{.key = key, .message = message});
}

/// The orientation in which this kind of support holds a body whose posture says nothing else.
Orientation orientation_on(Support kind, Orientation said) {
  if (said != Orientation::Upright) return said;
  return kind == Support::Bed || kind == Support::Floor ? Orientation::Supine : said;
}

}  // namespace

SupportSetup support_setup(const PostureLibrary& postures, const MotionDescription& motion) {
  const Posture& first = posture_of(postures, motion.keyframes.front());
  SupportSetup setup;
  setup.kind = motion.support.value_or(first.support);
  setup.orientation = orientation_on(setup.kind, first.orientation);
  const auto backrest = motion.backrest ? motion.backrest : first.backrest;
  if (backrest) setup.backrest = *backrest;
  setup.backrest_height = motion.backrest_height;
  setup.friction = motion.friction ? motion.friction : first.friction;
  setup.hands_on = motion.hands_on.value_or(first.hands_on);
  setup.muscles = motion.muscles.value_or(first.muscles);
  setup.held_feet = motion.held_feet.value_or(first.held_feet);
  const bool lies = setup.kind == Support::Bed || setup.kind == Support::Floor;
  if (setup.held_feet == HeldFeet::Held && !(lies && setup.orientation == Orientation::Supine))
    refuse("motion.held_feet", "only the feet of somebody who lies on the back on a bed or the floor can be held down");
  const bool upright = setup.kind == Support::Feet || setup.kind == Support::Seat || setup.kind == Support::Backrest;
  for (std::size_t i = 0; i < motion.keyframes.size(); ++i) {
    const Posture& posture = posture_of(postures, motion.keyframes[i]);
    const Orientation asked = orientation_on(setup.kind, posture.orientation);
    const auto key = fmt::format("motion.keyframe.{}.posture", i);
    const auto word = [](Orientation o) { return kOrientationNames[static_cast<std::size_t>(index(o))]; };
    if (upright && asked != Orientation::Upright) {
      refuse(key, fmt::format("'{}' is {}: it cannot be carried by '{}'", posture.name, word(asked),
                              kSupportNames[static_cast<std::size_t>(index(setup.kind))]));
    }
    if (asked != setup.orientation) {
      refuse(key, fmt::format("'{}' is {} but the motion starts {}; turning over is not modelled", posture.name,
                              word(asked), word(setup.orientation)));
    }
  }
  return setup;
}

std::unique_ptr<SupportModel> support_model(const Subject& subject, const SupportSetup& setup,
                                            const RestingKeyframes& keyframes, const LumbarShares& shares) {
  switch (setup.kind) {
    case Support::Feet:
      return stand_on_feet(subject, setup, keyframes, shares);
    case Support::Seat:
    case Support::Backrest:
      return sit_on_seat(subject, setup, keyframes, shares);
    case Support::Bed:
    case Support::HandsAndKnees:
    case Support::Forearms:
    case Support::Floor:
      break;
  }
  return rest_on_surface(subject, setup, keyframes, shares);
}

}  // namespace foramen
