#pragma once

/// The surfaces a root may touch at one instant: bones, disc walls with bulge and herniation, ligamentum flavum.

#include <array>
#include <memory>
#include <vector>

#include "sim/nerve/bone_field.h"
#include "sim/nerve/root_state.h"
#include "sim/nerve/surface_distance.h"
#include "sim/spine/spine.h"

namespace foramen {

/// A disc's outline by polar angle about its centre (disc_outline's phi is a parameter, not that angle). Constant per
/// subject.
struct PolarOutline {
  static constexpr int kPoints = 80;
  explicit PolarOutline(const DiscGeometry& geometry);
  std::array<double, kPoints> radius{};   ///< [m]
  std::array<double, kPoints> phi{};      ///< disc_outline's parameter there
  std::array<double, kPoints> outward{};  ///< radial growth per displacement along the wall's normal
};

/// Outer wall of one disc, in its frame: outline, bulge and herniations.
class DiscWall {
 public:
  DiscWall(const PolarOutline& outline, const MotionSegment& segment, const VertebraDimensions& above,
           const LevelState& state, const Pose& X_WD);

  /// Distance with all of the herniations, to first order [m].
  [[nodiscard]] double distance(const Vec3& p_W) const;
  /// `inflation` 0…1 scales the herniations.
  [[nodiscard]] SurfaceDistance distance(const Vec3& p_W, double inflation) const;
  /// Herniation height at a point's place on the wall [m].
  [[nodiscard]] double protrusion_at(const Vec3& p_W) const;
  [[nodiscard]] bool herniated() const { return !bumps_.empty(); }
  /// How far the wall of the same disc stands out more than it did, at most [m].
  [[nodiscard]] double growth_since(const DiscWall& before) const;
  [[nodiscard]] const Pose& pose() const { return X_WD_; }
  /// Radius of the wall at mid-height in a polar direction (0 anterior, π/2 right), herniation included [m].
  [[nodiscard]] double radius(double angle) const;
  /// The same of a healthy disc in standing [m].
  [[nodiscard]] double standing_radius(double angle) const;

 private:
  struct Bump {
    double phi = 0, half_width = 0, height = 0;  ///< [rad, rad, m]
    double y = 0;                                ///< of its summit over the mid-plane [m]
    double reach = 0;                            ///< from the summit up and down [m]
  };
  struct Profile {
    double radius, slope, curvature;  ///< R, dR/dphi, d²R/dphi²
  };
  struct BumpHeight {
    double value = 0, by_phi = 0, by_y = 0, by_phi_phi = 0, by_phi_y = 0, by_y_y = 0;
  };
  /// At a polar angle in −π … 2π.
  [[nodiscard]] static Profile profile(const std::array<double, PolarOutline::kPoints>& radius, double phi);
  [[nodiscard]] BumpHeight bump_height(double phi, double y) const;

  /// Half the distance between the endplates, which are planes, over a place on the mid-plane [m].
  [[nodiscard]] double half_height(double x, double z) const { return half_height_ + half_by_x_ * x + half_by_z_ * z; }

  const PolarOutline* outline_;
  Pose X_WD_;
  double half_height_ = 0;                              ///< at the disc's centre [m]
  double half_by_x_ = 0, half_by_z_ = 0;                ///< half the wedge between the endplates, standing and turned
  double reach_forward_ = 0, reach_aside_ = 0;          ///< how far from the disc's centre roots may meet its wall [m]
  std::array<double, PolarOutline::kPoints> radius_{};  ///< outline + bulge at mid-height, by polar angle
  std::vector<Bump> bumps_;
};

/// Front of the ligamentum flavum and facet capsules at one level: a shallow roof behind canal and foramen.
class FlavumFront {
 public:
  FlavumFront(const MotionSegment& segment, const LevelState& state, const Pose& X_WD);
  [[nodiscard]] SurfaceDistance distance(const Vec3& p_W) const;
  /// How far the same front stands more forward than it did, at most [m].
  [[nodiscard]] double growth_since(const FlavumFront& before) const;

 private:
  Pose X_WD_;
  double ridge_x_ = 0;                      ///< of the front surface in the midline [m]
  double slope_ = 0;                        ///< forwards per sideways
  double bottom_ = 0, top_ = 0, tilt_ = 0;  ///< borders over the mid-plane [m]; the upper one's fall per way sideways
  double half_width_ = 0;
};

/// How far the flavum's front stands forward of a healthy standing person's: thickening, buckling, and a slip that
/// drags an unbroken arch along [m].
[[nodiscard]] double roof_advance(const MotionSegment& segment, const LevelState& state);

/// A vertebra as roots feel it: healthy, and what has grown on it.
struct BoneFields {
  std::unique_ptr<const BoneField> healthy, growths;  ///< no growths: empty
};

/// What surrounds the roots and is constant for a person.
struct FixedSurroundings {
  std::vector<PolarOutline> outlines;  ///< by level
  std::array<BoneFields, kVertebraCount> bones;
};

/// Where the frame of a disc's mid-plane is: it turns and moves by half of what the upper vertebra does.
[[nodiscard]] Pose disc_pose(const Subject& subject, const SpineState& spine, Level level);

/// Everything around the roots at one instant.
struct Surroundings {
  Surroundings(const Subject& subject, const FixedSurroundings& fixed, const SpineState& spine);

  const Subject* subject;
  const FixedSurroundings* fixed;
  std::array<Pose, kVertebraCount> bones;  ///< X_WV
  std::vector<DiscWall> discs;
  std::vector<FlavumFront> flava;
};

/// How far walls may have come nearer to the roots since standing, by level [m].
struct WallGrowth {
  WallGrowth(const Surroundings& standing, const Surroundings& now);
  std::array<double, kLevelCount> disc{}, flavum{};
};

}  // namespace foramen
