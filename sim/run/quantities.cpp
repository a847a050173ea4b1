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
    BodyQuantity{{"abdominal_pressure_kPa", "kPa", "abdominal pressure", "Intra-abdominal pressure from the published regression on trunk moment.", Largest},
                 [](F f) { return f.spine.abdominal_pressure / units::kPa; }},
    BodyQuantity{{"support_residual_N", "N", "unsupported force", "Part of weight and inertia that no support carries.", Largest},
                 [](F f) { return f.instant.support_residual; }},
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
