#include "sim/run/quantities.h"

#include <array>

#include "sim/base/units.h"

namespace foramen {

namespace {

const LevelState& state(const Frame& frame, Level level) {
  return frame.spine.levels[static_cast<std::size_t>(index(level))];
}
const LevelSpaces& spaces(const Frame& frame, Level level) {
  return frame.nerve.spaces[static_cast<std::size_t>(index(level))];
}
const RootState& root_state(const Frame& frame, Root root, Side side) {
  return frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
}
constexpr std::size_t kLeft = index(Side::Left);
constexpr std::size_t kRight = index(Side::Right);
double angle_deg(const Frame& frame, PostureAngle angle) {
  return frame.instant.angles[static_cast<std::size_t>(index(angle))] / units::deg;
}

/// Force of all contacts of a place on the body [N].
double pushed(const Frame& frame, SupportPlace place, int axis) {
  double sum = 0;
  for (const SupportReaction& reaction : frame.instant.supports) {
    if (reaction.place == place) sum += reaction.force_W[axis];
  }
  return sum;
}

using F = const Frame&;
using enum Extreme;

// clang-format off
constexpr std::array kLevelQuantities{
    LevelQuantity{{"compression_N", "N", "compression", "Force pressing the disc, facets and ligaments of the level together, normal to the disc's mid-plane; positive presses.", Largest},
                  [](F f, Level l) { return state(f, l).compression; }},
    LevelQuantity{{"shear_anterior_N", "N", "anterior shear", "Force the upper vertebra exerts on the lower along the disc's mid-plane; positive forward.", LargestMagnitude},
                  [](F f, Level l) { return state(f, l).shear_anterior; }},
    LevelQuantity{{"shear_right_N", "N", "right shear", "As anterior shear, to the subject's right.", LargestMagnitude},
                  [](F f, Level l) { return state(f, l).shear_right; }},
    LevelQuantity{{"moment_flexion_Nm", "N·m", "flexion moment", "Moment carried by disc, facets and ligaments about the disc centre; positive when the upper vertebra bends the lower forward.", LargestMagnitude},
                  [](F f, Level l) { return state(f, l).moment_flexion; }},
    LevelQuantity{{"moment_right_bend_Nm", "N·m", "right-bend moment", "As flexion moment, to the right.", LargestMagnitude},
                  [](F f, Level l) { return state(f, l).moment_right_bend; }},
    LevelQuantity{{"moment_left_twist_Nm", "N·m", "left-twist moment", "As flexion moment, turning to the left.", LargestMagnitude},
                  [](F f, Level l) { return state(f, l).moment_left_twist; }},
    LevelQuantity{{"pressure_MPa", "MPa", "disc pressure", "Pressure in the nucleus.", Largest},
                  [](F f, Level l) { return state(f, l).disc.nucleus_pressure / units::MPa; }},
    LevelQuantity{{"bulge_posterior_mm", "mm", "posterior bulge", "Largest outward displacement of the disc's posterior wall at mid-height from its shape at rest, herniation not included.", Largest},
                  [](F f, Level l) { return state(f, l).disc.bulge_posterior / units::mm; }},
    LevelQuantity{{"disc_height_mm", "mm", "disc height", "Height at the disc centre.", Smallest},
                  [](F f, Level l) { return state(f, l).disc.height / units::mm; }},
    LevelQuantity{{"facet_left_N", "N", "left facet", "Contact force in the left facet joint.", Largest},
                  [](F f, Level l) { return state(f, l).facet_force[kLeft]; }},
    LevelQuantity{{"facet_right_N", "N", "right facet", "Contact force in the right facet joint.", Largest},
                  [](F f, Level l) { return state(f, l).facet_force[kRight]; }},
    LevelQuantity{{"ligament_N", "N", "ligaments", "Sum of the tensions of all ligament fibres of the level.", Largest},
                  [](F f, Level l) { return state(f, l).ligament_force; }},
    LevelQuantity{{"foramen_area_left_mm2", "mm²", "left foramen area", "Free section of the left foramen between pedicles, disc, facet and flavum.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_area[kLeft] / units::mm2; }},
    LevelQuantity{{"foramen_area_right_mm2", "mm²", "right foramen area", "As on the left.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_area[kRight] / units::mm2; }},
    LevelQuantity{{"foramen_height_left_mm", "mm", "left foramen height", "Pedicle to pedicle.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_height[kLeft] / units::mm; }},
    LevelQuantity{{"foramen_height_right_mm", "mm", "right foramen height", "As on the left.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_height[kRight] / units::mm; }},
    LevelQuantity{{"foramen_width_left_mm", "mm", "left foramen width", "Least width between disc or vertebral body and facet or flavum.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_width[kLeft] / units::mm; }},
    LevelQuantity{{"foramen_width_right_mm", "mm", "right foramen width", "As on the left.", Smallest},
                  [](F f, Level l) { return spaces(f, l).foramen_width[kRight] / units::mm; }},
    LevelQuantity{{"recess_depth_left_mm", "mm", "left recess depth", "Depth of the left lateral recess of the lower vertebra.", Smallest},
                  [](F f, Level l) { return spaces(f, l).recess_depth[kLeft] / units::mm; }},
    LevelQuantity{{"recess_depth_right_mm", "mm", "right recess depth", "As on the left.", Smallest},
                  [](F f, Level l) { return spaces(f, l).recess_depth[kRight] / units::mm; }},
    LevelQuantity{{"canal_area_mm2", "mm²", "canal area", "Free section of the spinal canal at the disc.", Smallest},
                  [](F f, Level l) { return spaces(f, l).canal_area / units::mm2; }},
    LevelQuantity{{"canal_ap_mm", "mm", "canal depth", "Mid-sagittal antero-posterior diameter of the canal at the disc.", Smallest},
                  [](F f, Level l) { return spaces(f, l).canal_depth / units::mm; }},
    LevelQuantity{{"flavum_mm", "mm", "flavum thickness", "Thickness of the ligamentum flavum; grows when it slackens.", Largest},
                  [](F f, Level l) { return state(f, l).flavum_thickness / units::mm; }},
    LevelQuantity{{"sac_pressure_mmHg", "mmHg", "sac pressure", "Pressure on the dural sac by constriction (Schonstrom 1984, cadavers).", Largest},
                  [](F f, Level l) { return spaces(f, l).sac_pressure / units::mmHg; }},
};

constexpr std::array kRootQuantities{
    RootQuantity{{"pressure_mmHg", "mmHg", "root pressure", "Contact force per contact area averaged over 5 mm of root, above the surrounding fluid.", Largest},
                 [](F f, Root r, Side s) { return root_state(f, r, s).pressure / units::mmHg; }},
    RootQuantity{{"tension_N", "N", "root tension", "Pull in the root at its dural end.", Largest},
                 [](F f, Root r, Side s) { return root_state(f, r, s).tension; }},
    RootQuantity{{"strain_percent", "%", "root strain", "Largest stretch along the root.", Largest},
                 [](F f, Root r, Side s) { return root_state(f, r, s).strain / units::percent; }},
    RootQuantity{{"excursion_mm", "mm", "root excursion", "Distal sliding of the root in its foramen since standing.", LargestMagnitude},
                 [](F f, Root r, Side s) { return root_state(f, r, s).excursion / units::mm; }},
    RootQuantity{{"clearance_mm", "mm", "root clearance", "Least distance from the root's surface to any structure; negative when indented.", Smallest},
                 [](F f, Root r, Side s) { return root_state(f, r, s).clearance / units::mm; }},
    RootQuantity{{"section_loss_percent", "%", "section loss", "Share of the root's section taken by what presses it.", Largest},
                 [](F f, Root r, Side s) { return root_state(f, r, s).section_loss / units::percent; }},
};

constexpr std::array kBodyQuantities{
    BodyQuantity{{"hand_load_kg", "kg", "hand load", "Mass now carried by the hands.", Largest},
                 [](F f) { return f.instant.hand_load_mass; }},
    BodyQuantity{{"pelvis_forward_pitch_deg", "°", "pelvis pitch", "Forward tip of the pelvis from standing.", Largest},
                 [](F f) { return angle_deg(f, PostureAngle::PelvisForwardPitch); }},
    BodyQuantity{{"lumbar_flexion_deg", "°", "lumbar flexion", "Total L1–S1 flexion from standing.", Largest},
                 [](F f) { return angle_deg(f, PostureAngle::LumbarFlexion); }},
    BodyQuantity{{"abdominal_pressure_kPa", "kPa", "abdominal pressure", "Intra-abdominal pressure from the published regression on trunk moment, or as held at will.", Largest},
                 [](F f) { return f.spine.abdominal_pressure / units::kPa; }},
    BodyQuantity{{"strength_used_percent", "%", "strength used", "Share of the trunk's strength that holds this posture and load at the least; 100 where strength does not suffice.", Largest},
                 [](F f) { return f.spine.strength_used / units::percent; }},
    BodyQuantity{{"support_residual_N", "N", "unsupported force", "Part of weight and inertia that no support carries.", Largest},
                 [](F f) { return f.instant.support_residual; }},
    BodyQuantity{{"balance_offset_mm", "mm", "out of balance", "How far the centre of pressure that balance needs lies outside what carries the body; 0 in balance.", Largest},
                 [](F f) { return f.instant.balance_offset / units::mm; }},
    BodyQuantity{{"support_feet_forward_N", "N", "feet forward", "Force of the floor on the feet, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Feet, 0); }},
    BodyQuantity{{"support_feet_up_N", "N", "feet up", "Force of the floor on the feet, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Feet, 1); }},
    BodyQuantity{{"support_feet_right_N", "N", "feet right", "Force of the floor on the feet, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Feet, 2); }},
    BodyQuantity{{"support_seat_forward_N", "N", "seat forward", "Force of the seat on pelvis and thighs, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Seat, 0); }},
    BodyQuantity{{"support_seat_up_N", "N", "seat up", "Force of the seat on pelvis and thighs, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Seat, 1); }},
    BodyQuantity{{"support_seat_right_N", "N", "seat right", "Force of the seat on pelvis and thighs, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Seat, 2); }},
    BodyQuantity{{"support_backrest_forward_N", "N", "backrest forward", "Force of the backrest on the back, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Backrest, 0); }},
    BodyQuantity{{"support_backrest_up_N", "N", "backrest up", "Force of the backrest on the back, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Backrest, 1); }},
    BodyQuantity{{"support_backrest_right_N", "N", "backrest right", "Force of the backrest on the back, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Backrest, 2); }},
    BodyQuantity{{"support_bed_forward_N", "N", "bed forward", "Force of the bed, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Bed, 0); }},
    BodyQuantity{{"support_bed_up_N", "N", "bed up", "Force of the bed, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Bed, 1); }},
    BodyQuantity{{"support_bed_right_N", "N", "bed right", "Force of the bed, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Bed, 2); }},
    BodyQuantity{{"support_knees_forward_N", "N", "knees forward", "Force of the floor on knees and shanks, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Knees, 0); }},
    BodyQuantity{{"support_knees_up_N", "N", "knees up", "Force of the floor on knees and shanks, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Knees, 1); }},
    BodyQuantity{{"support_knees_right_N", "N", "knees right", "Force of the floor on knees and shanks, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Knees, 2); }},
    BodyQuantity{{"support_hands_forward_N", "N", "hands forward", "Force of the floor on the hands, and of hands that hold the shanks, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Hands, 0); }},
    BodyQuantity{{"support_hands_up_N", "N", "hands up", "Force of the floor on the hands, and of hands that hold the shanks, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Hands, 1); }},
    BodyQuantity{{"support_hands_right_N", "N", "hands right", "Force of the floor on the hands, and of hands that hold the shanks, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Hands, 2); }},
    BodyQuantity{{"support_forearms_forward_N", "N", "forearms forward", "Force of the floor on the forearms, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Forearms, 0); }},
    BodyQuantity{{"support_forearms_up_N", "N", "forearms up", "Force of the floor on the forearms, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Forearms, 1); }},
    BodyQuantity{{"support_forearms_right_N", "N", "forearms right", "Force of the floor on the forearms, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Forearms, 2); }},
    BodyQuantity{{"support_desk_forward_N", "N", "desk forward", "Force of the desk on the forearms, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Desk, 0); }},
    BodyQuantity{{"support_desk_up_N", "N", "desk up", "Force of the desk on the forearms, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Desk, 1); }},
    BodyQuantity{{"support_desk_right_N", "N", "desk right", "Force of the desk on the forearms, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Desk, 2); }},
    BodyQuantity{{"support_thighs_forward_N", "N", "thighs forward", "Force of the thighs on arms that lean on them, or of one leg on the other; within the body, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Thighs, 0); }},
    BodyQuantity{{"support_thighs_up_N", "N", "thighs up", "Force of the thighs on arms that lean on them, or of one leg on the other; within the body, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Thighs, 1); }},
    BodyQuantity{{"support_thighs_right_N", "N", "thighs right", "Force of the thighs on arms that lean on them, or of one leg on the other; within the body, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Thighs, 2); }},
    BodyQuantity{{"support_helper_forward_N", "N", "helper forward", "Force of somebody, or a bar, that holds a leg up or feet down, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Helper, 0); }},
    BodyQuantity{{"support_helper_up_N", "N", "helper up", "Force of somebody, or a bar, that holds a leg up or feet down, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Helper, 1); }},
    BodyQuantity{{"support_helper_right_N", "N", "helper right", "Force of somebody, or a bar, that holds a leg up or feet down, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Helper, 2); }},
    BodyQuantity{{"support_floor_forward_N", "N", "floor forward", "Force of the floor on trunk, thighs and head, forward in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Floor, 0); }},
    BodyQuantity{{"support_floor_up_N", "N", "floor up", "Force of the floor on trunk, thighs and head, up in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Floor, 1); }},
    BodyQuantity{{"support_floor_right_N", "N", "floor right", "Force of the floor on trunk, thighs and head, to the right in the floor frame.", LargestMagnitude},
                 [](F f) { return pushed(f, SupportPlace::Floor, 2); }},
    BodyQuantity{{"activity_departure_percent", "%", "departure from measured activity", "By how much the mean activation of a muscle group departs from the activity stated for it, of a maximal contraction, at most; 0 where none is stated.", Largest},
                 [](F f) { return f.spine.activity_departure / units::percent; }},
    BodyQuantity{{"balance_residual_Nm", "N·m", "balance residual", "Largest moment left unbalanced by muscles and passive tissues.", Largest},
                 [](F f) { return f.spine.residual; }},
};
// clang-format on

}  // namespace

std::span<const LevelQuantity> level_quantities() {
  return kLevelQuantities;
}
std::span<const RootQuantity> root_quantities() {
  return kRootQuantities;
}
std::span<const BodyQuantity> body_quantities() {
  return kBodyQuantities;
}

}  // namespace foramen
