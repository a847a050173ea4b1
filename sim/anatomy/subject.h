#pragma once

/// One person: scaled bodies, joints, bones, discs, ligaments, facets, muscles, root courses and pathologies. Built
/// once from the tables in data/ and a SubjectDescription, then constant. Left and right mirror each other exactly
/// unless the description says otherwise.

#include <array>
#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/anatomy/implicit_vertebra.h"
#include "sim/base/names.h"
#include "sim/base/types.h"
#include "sim/scenario/scenario.h"

namespace foramen {

/// A rigid segment and the joint that holds it to its parent. In upright standing every joint rotation is the identity
/// and every joint frame's axes are parallel to those used for posture angles: z right (flexion about −z at the spine).
/// Body frames: vertebrae at the centre of the vertebral body with its axes; pelvis at the centre of the S1 endplate
/// with the world's axes in standing; thorax, head and limbs at their proximal joint with the world's axes in standing.
struct Segment {
  Body parent = Body::Pelvis;        ///< of the pelvis: itself (free in the world)
  Pose X_PJ;                         ///< joint frame in the parent
  Pose X_BJ;                         ///< the same frame in this body; joint at zero: X_PB = X_PJ · X_BJ⁻¹
  double mass = 0;                   ///< [kg]
  Vec3 com_B = Vec3::Zero();         ///< centre of mass in this body [m]
  Mat3 inertia_B = Mat3::Zero();     ///< about the centre of mass, this body's axes [kg·m²]
  double length = 0;                 ///< proximal to distal joint, 0 where meaningless [m]
  std::vector<Vec3> bed_contacts_B;  ///< skin points that touch a surface behind the supine body [m]
  std::vector<Vec3> skin_B;          ///< skin points at the front, the sides and the ends, for other surfaces [m]
  std::vector<Vec3> sole_B;          ///< of a foot: heel, ball and tip of the toes on the floor [m]
};

/// Disc dimensions at standing [m], in the disc frame D: origin at the disc centre, axes of its mid-plane.
struct DiscGeometry {
  double width = 0;  ///< lateral, outer
  double depth = 0;  ///< antero-posterior, outer
  double height_anterior = 0, height_posterior = 0;
  double area = 0;                                                 ///< mid-height cross-section [m²]
  double wall_anterior = 0, wall_lateral = 0, wall_posterior = 0;  ///< annulus thickness
  int pfirrmann = 1;
  double height_loss = 0;  ///< fraction; already taken off the heights above
  double stiffness = 1;    ///< factor on the annulus's

  [[nodiscard]] double height_mean() const { return 0.5 * (height_anterior + height_posterior); }
};

/// The disc's outer contour at mid-height in D (x anterior, z right): symmetric left to right, flattened behind, and
/// enclosing `geometry.area`. Its parameter phi runs from anterior (0) over right (π/2) to posterior (π).
class DiscOutline {
 public:
  /// Throws std::invalid_argument where no such outline has that area (outside 0.57…0.79 of width × depth).
  explicit DiscOutline(const DiscGeometry& geometry);

  [[nodiscard]] Vec2 point(double phi) const;    ///< [m]
  [[nodiscard]] Vec2 tangent(double phi) const;  ///< dpoint/dphi [m]
  [[nodiscard]] Vec2 normal(double phi) const;   ///< unit, out of the disc

 private:
  double half_depth_ = 0, setback_ = 0, half_width_ = 0, skew_ = 0;
};

/// One point of that outline.
[[nodiscard]] inline Vec2 disc_outline(const DiscGeometry& geometry, double phi) {
  return DiscOutline(geometry).point(phi);
}

/// The unit normal out of the disc at that point, and the point itself if asked.
[[nodiscard]] Vec2 disc_outline_normal(const DiscGeometry& geometry, double phi, Vec2* point = nullptr);

/// The angle in (π/2, π) where the outline behind its widest place is `z` to the right of the midline [m].
[[nodiscard]] double disc_outline_angle(const DiscGeometry& geometry, double z);

/// Where on the outline a protrusion is centred (phi), by its zone (Wiltse 1997): paracentral between the midline and
/// the pedicles, foraminal below the pedicle, extraforaminal at the side of the disc. `above`: the vertebra above the
/// disc.
[[nodiscard]] double herniation_angle(const Herniation& herniation, const DiscGeometry& geometry,
                                      const VertebraDimensions& above);

/// Height of a protrusion's summit over the disc's mid-plane [m]: at it behind the canal, at the disc's upper margin in
/// the foramen and beyond, where herniations turn upwards (Osborn 1988 AJNR 9:1265, Epstein 2002 Spine J 2:47;
/// recalled); and where it has migrated from there.
[[nodiscard]] double herniation_height(const Herniation& herniation, const DiscGeometry& geometry);

/// The joint of one side. Gap and normal at standing, in the disc frame D.
struct FacetGeometry {
  Vec3 centre_D = Vec3::Zero();  ///< middle of the articular surface [m]
  Vec3 normal_D = Vec3::Zero();  ///< unit; from the lower vertebra's surface towards the upper's
  double width = 0, height = 0;  ///< of the articular surface [m]
  double gap = 0;                ///< cartilage-to-cartilage at standing [m]
  double stiffening = 1;         ///< of the contact against a healthy joint (arthrosis)
  bool carries = true;           ///< false where the arch is broken (pars defect) or taken away
};

enum class Ligament { ALL, PLL, LF, CL, ISL, SSL, ITL };
inline constexpr int kLigamentCount = 7;
/// As in the tables and in messages: "ALL", "PLL", …
inline constexpr std::array<std::string_view, kLigamentCount> kLigamentNames{"ALL", "PLL", "LF", "CL",
                                                                             "ISL", "SSL", "ITL"};

/// One tension-only fibre from the upper to the lower vertebra; `reference_strain` is the stretch needed before it
/// pulls (negative: already stretched at standing), `transition_strain` ends the toe region.
struct LigamentFibre {
  Ligament ligament = Ligament::ALL;
  Vec3 upper_D = Vec3::Zero();  ///< end on the upper vertebra, disc frame at standing [m]
  Vec3 lower_D = Vec3::Zero();  ///< end on the lower vertebra [m]
  double reference_strain = 0;
  double transition_strain = 0;
  double stiffness = 0;  ///< [N per unit strain] beyond the toe region
};

/// Front of the ligamenta flava behind the canal in the disc's mid-plane, healthy and standing: from the midline, where
/// it is rounded, straight to the facet joints.
struct CanalRoof {
  static constexpr double kRidge =
      2e-3;                       ///< rounding in the midline [m] (estimate: fat fills the cleft between the two)
  double half_width = 0;          ///< from the midline to the medial margin of the facet joints [m]
  double slope = 0;               ///< forwards per sideways
  double top = 0, top_aside = 0;  ///< over the disc's mid-plane, in the midline and at the joints: above it the
                                  ///< lamina is bare [m]

  /// How far it comes forward at `z` from the midline [m].
  [[nodiscard]] double rise(double z) const { return slope * (std::sqrt(z * z + kRidge * kRidge) - kRidge); }
};

/// A weakened stretch of the disc's wall: a herniation's path or the opening of a discectomy.
struct DiscTear {
  double phi = 0;         ///< its middle on the outline, see disc_outline
  double half_width = 0;  ///< along the outline [m]
  double severity = 0;    ///< share of the wall's stiffness that is lost, 0…1
};

/// Everything between two vertebrae.
struct MotionSegment {
  Pose X_LD;  ///< disc frame in the body that carries the lower vertebra (at L5–S1: in the pelvis)
  Pose X_UD;  ///< disc frame in the upper vertebra at standing
  DiscGeometry disc;
  std::array<FacetGeometry, 2> facets;  ///< by Side
  std::vector<LigamentFibre> ligaments;
  double flavum_thickness = 0;  ///< at standing [m]
  double flavum_growth = 0;     ///< part of it that a healthy ligament has not; negative after a laminectomy [m]
  double canal_depth = 0;       ///< midline, healthy disc to healthy flavum at standing, narrowing applied [m]
  CanalRoof roof;               ///< the rest of that flavum; narrowing in the midline makes it flatter
  std::vector<Herniation> herniations;
  std::vector<DiscTear> tears;
  double nucleus_share = 1;  ///< of its healthy volume; less after a discectomy
  bool fused = false;        ///< bone bridges the disc space
  double slip = 0;           ///< forward slip of the upper vertebra, already in X_UD [m]
};

/// A point of a muscle path: up to two bodies carry it with weights that sum to 1 (the abdominal wall rides on thorax
/// and pelvis); a force on the point acts on the bodies with the same weights.
struct PathPoint {
  struct Carrier {
    Body body = Body::Pelvis;
    Vec3 point_B = Vec3::Zero();  ///< [m]
    double weight = 0;
  };
  std::array<Carrier, 2> carriers;
  int carrier_count = 1;
};

struct MuscleFascicle {
  std::string name;   ///< "multifidus L4 spinous 1 left"
  std::string group;  ///< "multifidus_lumbar"
  Side side = Side::Left;
  std::vector<PathPoint> path;  ///< origin … insertion
  double pcsa = 0;              ///< [m²]
  double optimal_length = 0;    ///< of the fibres [m]
  double tendon_slack = 0;      ///< [m]
  double pennation = 0;         ///< [rad]
};

/// Canal and recess of one vertebra at its pedicles, bony [m]; narrowing by stenosis and facet growth already applied.
/// The canal and recess of a level are those of its lower vertebra, its foramen the one below its upper vertebra.
struct CanalGeometry {
  double width = 0;
  double depth = 0;
  std::array<double, 2> recess_depth{};       ///< by Side
  std::array<double, 2> foramen_narrowing{};  ///< fraction, foramen below this vertebra, by Side
};

/// The way of one root from its dural sleeve to beyond the foramen, as fixed points on bones at standing.
struct RootCourse {
  Root root = Root::L5;
  Side side = Side::Left;
  struct Waypoint {
    Vertebra vertebra = Vertebra::L5;
    Vec3 point_V = Vec3::Zero();  ///< in the vertebra's frame [m]
  };
  /// On the wall of the sac above the disc it crosses, behind that disc, lateral recess, below the pedicle, foramen
  /// exit, beside the disc below, beyond. Points in S1 are in the frame of S1, not of the pelvis.
  std::vector<Waypoint> waypoints;
  std::size_t recess = 0;      ///< index of the waypoint in the lateral recess
  std::size_t foramen = 0;     ///< index of the waypoint in the foramen, where the ganglion lies
  double radius = 0;           ///< of the root [m]
  double ganglion_radius = 0;  ///< of the dorsal root ganglion, in the foramen [m]
};

/// Bed of the nerve that a root's fibres go on in, measured at standing.
struct TractGeometry {
  double share = 0;   ///< part of the root's fibres that take this way
  double length = 0;  ///< foramen to ankle, or to the knee for the femoral nerve [m]
  double slack = 0;   ///< [m]
  double hip_radius = 0, knee_radius = 0, ankle_radius = 0;  ///< change of bed length per radian [m]
};

/// The wall that holds the abdominal pressure: its hoop tension balances pressure × radius × height on either side.
struct AbdominalWall {
  double radius = 0;       ///< of the pressurised cavity at the waist [m]
  double height = 0;       ///< L5–S1 to T12–L1, along which it stands free [m]
  double transversus = 0;  ///< PCSA of transversus abdominis, one side; it pulls along the hoop only [m²]
};

/// The dural sac with the cord's end in it, and how the roots hang in both.
struct SacGeometry {
  double dura_stiffness = 0, dura_toe = 0;  ///< EA [N] beyond a toe region [strain]
  double dura_above = 0, cord = 0;          ///< of dura and cord above L1 [N/m]
  double filum = 0, epidural_tie = 0,
         sleeve_tie = 0;  ///< end of the sac, ties of each stretch to the canal, of a sleeve to the sac [N/m]
  double across_wall = 0;                       ///< pressure of its fluid over that outside [Pa]
  double neck_radius = 0, thoracic_radius = 0;  ///< take-up of cord and dura per radian of flexion [m]
  double intradural_slack = 0;                  ///< of the intradural roots at standing, fraction of their length
  std::array<double, kRootCount> origin_above_conus{};  ///< where the roots leave the cord [m]
  double ligament_along = 0, ligament_across = 0;       ///< what foraminal ligaments hold a root with [N/m per m]
};

struct Subject {
  SubjectDescription description;
  std::array<Segment, kBodyCount> segments;
  Pose X_pelvis_S1;  ///< frame of S1 (centre and axes of its endplate, tilted by the sacral slope) in the pelvis
  std::array<VertebraDimensions, kVertebraCount> vertebrae;
  std::array<ImplicitVertebra, kVertebraCount> bones;
  std::array<CanalGeometry, kVertebraCount> canal;
  std::array<MotionSegment, kLevelCount> levels;
  std::vector<MuscleFascicle> muscles;  ///< in pairs: left, then its mirror on the right
  double specific_tension = 0;          ///< largest active muscle stress; strength, sex and age included [Pa]
  double passive_stress = 0;            ///< of fibres stretched to 1.6 of their optimal length [Pa]
  AbdominalWall wall;
  double psoas_per_hip_moment = 0;  ///< pull of a psoas per flexion moment that the muscles of its hip hold [N/(N·m)]
  std::array<std::array<RootCourse, 2>, kRootCount> roots;       ///< [root][side]
  std::array<TractGeometry, kRootCount> tracts, femoral_tracts;  ///< sciatic and femoral part of each root
  SacGeometry sac;
  Vec3 conus_L1 = Vec3::Zero();  ///< tip of the conus in the frame of L1 [m]
  /// Bone that pathology has added, by vertebra; already part of `bones`.
  std::array<std::vector<BoneGrowth>, kVertebraCount> growths;
};

/// The tables of data/, read once.
struct AnatomyTables;
/// Reads data/ (< 50 ms). Throws InputError for a missing or broken table.
[[nodiscard]] std::shared_ptr<const AnatomyTables> load_anatomy(const std::filesystem::path& data);

/// Placement of every segment in the pelvis in upright standing.
[[nodiscard]] std::array<Pose, kBodyCount> standing_poses(const std::array<Segment, kBodyCount>& segments);

/// Placement of a vertebra's own frame, given those of the segments (in any common frame).
[[nodiscard]] Pose vertebra_pose(const Subject& subject, const std::array<Pose, kBodyCount>& bodies, Vertebra vertebra);

/// Builds one person (< 2 ms). Throws InputError where the description cannot be a body (a slip larger than the disc).
[[nodiscard]] Subject build_subject(const AnatomyTables& tables, const SubjectDescription& description);

/// Places the upper vertebra in the body that carries the lower one for a level displacement q = (rotation vector,
/// translation of the upper vertebra's copy of the disc centre) in D: X_LD · (R(q), t(q)) · X_UD⁻¹.
[[nodiscard]] Pose upper_in_lower(const MotionSegment& segment, const Vec6& q);

}  // namespace foramen
