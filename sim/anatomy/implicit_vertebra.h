#pragma once

/// A vertebra as a smooth union of primitives (model.md §2): one description for the drawing mesh, for the distance and
/// gradient that root contact needs, and for facet hulls.

#include <array>
#include <memory>
#include <utility>
#include <vector>

#include "sim/base/names.h"
#include "sim/base/types.h"

namespace foramen {

/// Cartilage on each articular surface, which the bone lies behind [m] (estimate; neighbouring bones then stand 1–2 mm
/// apart, as on radiographs).
inline constexpr double kFacetCartilage = 0.0005;

/// Dimensions of one vertebra [m], in its frame: origin at the centre of the vertebral body, axes of the body. For S1
/// the origin is the centre of the superior endplate and the lower-endplate and lower-process entries are unused.
struct VertebraDimensions {
  Vertebra vertebra = Vertebra::L4;
  double endplate_width_upper = 0, endplate_depth_upper = 0;
  double endplate_width_lower = 0, endplate_depth_lower = 0;
  double height_anterior = 0, height_posterior = 0;
  double pedicle_width = 0, pedicle_height = 0;
  Vec3 pedicle_centre = Vec3::Zero();  ///< right side
  double canal_width = 0;              ///< interpedicular
  double canal_depth = 0;              ///< posterior body wall to lamina, mid-sagittal
  double transverse_width = 0;         ///< tip to tip
  Vec3 transverse_tip = Vec3::Zero();  ///< right side
  Vec3 spinous_tip = Vec3::Zero();
  double spinous_height = 0;
  Vec3 superior_articular_tip = Vec3::Zero();  ///< right side
  Vec3 inferior_articular_tip = Vec3::Zero();  ///< right side

  // Entries that may stay zero: `completed` then derives them from those above.
  double lamina_height = 0, lamina_thickness = 0;
  double articular_thickness = 0;             ///< of an articular process, across its facet
  double facet_width = 0, facet_height = 0;   ///< of the articular surfaces
  Vec3 superior_facet_centre = Vec3::Zero();  ///< right side, on the cartilage
  Vec3 superior_facet_normal = Vec3::Zero();  ///< out of the bone: backwards and medial
  Vec3 inferior_facet_centre = Vec3::Zero();  ///< right side
  Vec3 inferior_facet_normal = Vec3::Zero();  ///< out of the bone: forwards and lateral
};

/// The dimensions with every optional entry that is zero filled in. Give centre and normal of the facets (from
/// FacetGeometry, moved half the gap off the joint's middle) and neighbouring processes meet with just that gap. Throws
/// std::invalid_argument, naming entries and values, where the dimensions cannot be a vertebra.
[[nodiscard]] VertebraDimensions completed(const VertebraDimensions& dimensions);

struct VertebraShape;

/// Parts of a vertebra, so that contact can ask for those near a root and name what presses.
enum class VertebraPart {
  Body,
  Pedicle,
  Lamina,
  SuperiorArticular,
  InferiorArticular,
  Transverse,
  Spinous,
  SacralAla,
  Osteophyte
};

/// Bone that a healthy vertebra has not: a rounded bar that joins it on one side. In the vertebra's frame as if on the
/// right; on the left it is the mirror image. The bar runs between the middles of its ends, which are half ellipsoids.
struct BoneGrowth {
  VertebraPart part = VertebraPart::Osteophyte;
  Side side = Side::Right;
  Vec3 from = Vec3::Zero(), to = Vec3::Zero();            ///< [m]
  Vec3 across = Vec3::UnitZ();                            ///< direction of the first half width
  Vec2 half_from = Vec2::Zero(), half_to = Vec2::Zero();  ///< half widths along `across` and at right angles [m]
  double cap_from = 0, cap_to = 0;                        ///< how far the ends reach beyond [m]
  double squareness = 2;                                  ///< of the section: 2 an ellipse, towards 0 a rectangle
};

class ImplicitVertebra {
 public:
  ImplicitVertebra() = default;  ///< no bone: asking for a distance throws std::logic_error
  /// Throws std::invalid_argument as `completed` does.
  explicit ImplicitVertebra(const VertebraDimensions& dimensions, const std::vector<BoneGrowth>& growths = {});

  /// Signed distance to the bone surface [m] at `p` in the vertebra's frame (negative inside; exact near the surface,
  /// a bound far away) and, if asked, its gradient.
  [[nodiscard]] double distance(const Vec3& p, Vec3* gradient = nullptr) const;

  /// The same without its growths, and of the growths alone: a root between a growth and the bone it sits on touches
  /// both, and each pushes for itself. growth_distance needs has_growths().
  [[nodiscard]] double healthy_distance(const Vec3& p, Vec3* gradient = nullptr) const;
  [[nodiscard]] double growth_distance(const Vec3& p, Vec3* gradient = nullptr) const;
  [[nodiscard]] bool has_growths() const;

  /// The same for one part on one side (Body, Lamina and Spinous ignore `side`).
  [[nodiscard]] double distance(VertebraPart part, Side side, const Vec3& p, Vec3* gradient = nullptr) const;

  /// Corners of a box that holds the surface [m].
  [[nodiscard]] std::pair<Vec3, Vec3> bounds() const;

 private:
  std::shared_ptr<const VertebraShape> shape_;  ///< constant, shared by copies; empty if default-constructed
};

/// Triangles of a closed surface.
struct TriangleMesh {
  std::vector<Vec3> vertices;                 ///< [m]
  std::vector<Vec3> normals;                  ///< unit, one per vertex
  std::vector<std::array<int, 3>> triangles;  ///< indices, counter-clockwise from outside
};

/// Polygonises the surface on a grid of `spacing` [m]. Drawing only: never called by the solver.
[[nodiscard]] TriangleMesh polygonise(const ImplicitVertebra& vertebra, double spacing);

}  // namespace foramen
