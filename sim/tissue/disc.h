#pragma once

/// The intervertebral disc as an elastic body between two rigid endplates: energy → force → stiffness, with the nucleus
/// pressure and the bulging contour the roots feel. Annular sector model (model.md §5, physics-notes 1).

#include <array>
#include <vector>

#include "sim/anatomy/subject.h"
#include "sim/base/error.h"
#include "sim/base/types.h"
#include "sim/tissue/annulus.h"
#include "sim/tissue/disc_material.h"

namespace foramen {

/// Points of the mid-height contour, equally spaced in phi from anterior (0) over right; see disc_outline.
inline constexpr int kContourPoints = 40;

/// Displacement q of the upper vertebra from the reference, in D: (rotation vector [rad], translation of the upper
/// vertebra's copy of the disc centre [m]). A law's energy E(q) gives the generalised force dE/dq that must be applied.
struct DiscState {
  double energy = 0;                           ///< [J]
  Vec6 gradient = Vec6::Zero();                ///< dE/dq
  Mat6 hessian = Mat6::Zero();                 ///< d²E/dq²
  double nucleus_pressure = 0;                 ///< [Pa]
  std::array<double, kContourPoints> bulge{};  ///< outward displacement of the wall at mid-height [m]
  double bulge_posterior = 0;                  ///< largest over the posterior quarter [m]
  double height = 0;                           ///< at the centre [m]
  double annulus_share = 0;                    ///< of the compressive force, that the nucleus does not carry
  Convergence convergence;                     ///< of the wall's shape; residual in N
};

/// How finely the wall is cut. Beyond the default, results change by less than 2 % (tested).
struct DiscResolution {
  int sectors = 20;  ///< round the disc; 40 must be a multiple of it
  int layers = 2;    ///< Gauss points through the wall's thickness, 1…4
  int heights = 3;   ///< Gauss points over the height, 2…5
};

using ShapeVector = Eigen::VectorXd;
using ShapeMatrix = Eigen::MatrixXd;

/// Shape of the wall: what the energy is minimised over. A previous one is a good start for the next.
struct DiscShape {
  ShapeVector unknowns;  ///< outer bulge at mid-height of every sector, then the axial displacement taken by the
                         ///< endplates and their bone (negative in compression) [m]
  Eigen::Matrix<double, Eigen::Dynamic, 6> by_q;  ///< how they follow the displacement
  Vec6 q = Vec6::Zero();                          ///< where they were found
  double tolerance = 1e-7;  ///< force left on a sector [N]; a search still far from its end may ask for less
};

class DiscLaw {
 public:
  /// `nucleus` scales the nucleus volume (1: as grade and geometry say; less after creep or nucleotomy).
  explicit DiscLaw(const DiscGeometry& geometry, const std::vector<DiscTear>& tears = {}, double nucleus = 1,
                   DiscResolution resolution = {});

  /// `shape`, if given, is where the wall's search starts and receives what it found; it changes results by no more
  /// than the solver's tolerance. Throws std::invalid_argument for a displacement that is not finite.
  [[nodiscard]] DiscState evaluate(const Vec6& q, DiscShape* shape = nullptr) const;

  [[nodiscard]] const DiscGeometry& geometry() const { return geometry_; }

 private:
  /// Inner end of one sector's wall: what bounds the nucleus.
  struct Cavity {
    Vec3 top = Vec3::Zero();
    double height = 0, by_bulge = 1, by_rise = 0;
    double area_per_bulge = 0;  ///< arc length times the mean of the bulge's parabola [m]
  };
  struct Sector {
    Mat3 axes = Mat3::Identity();  ///< rows: outward normal, up, tangent
    Cavity cavity;
    double neighbour_stiffness = 0;  ///< against a difference of bulge to the next sector [N/m]
  };
  struct Nucleus {
    Vec3 centre_top = Vec3::Zero();
    double area = 0, height = 0, volume = 0, free_volume = 0, bulk = 0;
  };
  struct Motion;
  struct ShapeSystem;
  struct Response;

  struct NucleusState;

  void build(const std::vector<DiscTear>& tears, double nucleus);
  [[nodiscard]] Motion motion_of(const Vec6& q) const;
  [[nodiscard]] NucleusState nucleus_state(const Motion& motion, const ShapeVector& shape) const;
  [[nodiscard]] ShapeSystem shape_system(const Motion& motion, const ShapeVector& shape) const;
  void add_nucleus(const Motion& motion, const ShapeVector& shape, ShapeSystem& system) const;
  [[nodiscard]] Convergence relax(const Motion& motion, double tolerance, ShapeVector& shape,
                                  ShapeSystem& system) const;
  void add_point(const Vec3& top, const Mat3& axes, const Vec6& q, const Vec3& g, const Mat3& H, const Vec3& by_bulge,
                 Eigen::Index sector, Response& response) const;
  [[nodiscard]] Response response(const Vec6& q, const Motion& motion, const ShapeVector& shape,
                                  const ShapeSystem& system) const;
  void fill_contour(const ShapeVector& shape, DiscState& state) const;

  DiscGeometry geometry_;
  DiscResolution resolution_;
  DiscMaterial material_;
  std::vector<Sector> sectors_;
  std::vector<AnnulusStrip> strips_;  ///< layers of the first sector, of the second, …
  Nucleus nucleus_;
  std::vector<HeightPoint> heights_;
};

}  // namespace foramen
