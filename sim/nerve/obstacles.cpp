#include "sim/nerve/obstacles.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace foramen {

namespace {

/// A bump reaches this many half disc heights, and this part of its own height more, up and down (estimates: small
/// protrusions stay near the disc space, larger ones spread behind the bodies).
constexpr double kBumpReach = 1.3, kBumpSpread = 0.3;
/// How fast the wall recedes above and below the disc, where the vertebral body takes over.
constexpr double kRecede = 1.5;

/// How far beyond a disc's outline roots may still meet its wall [m].
constexpr double kBesideDisc = 10e-3;

double angle_of(const Vec3& p) {
  return std::atan2(p.z(), p.x());
}

/// Of two polar angles: how far the first is round from the second, the short way.
double turned(double angle, double from) {
  const double by = angle - from;
  return by > kPi ? by - 2 * kPi : by < -kPi ? by + 2 * kPi : by;
}

/// A function's value with its first and second derivative.
struct Curved {
  double value, slope, curvature;
};

/// How far `over` is above zero, rounded where it starts.
Curved beyond(double over) {
  constexpr double kRound = 0.5e-3;
  const double root = std::sqrt(over * over + kRound * kRound);
  return {0.5 * (over + root), 0.5 * (1 + over / root), 0.5 * kRound * kRound / (root * root * root)};
}

/// How far |x| is beyond `half`, likewise.
Curved receding(double x, double half) {
  const Curved over = beyond(std::abs(x) - half);
  return {over.value, x < 0 ? -over.slope : over.slope, over.curvature};
}

/// How far `y` is outside the endplates, each `half` from the mid-plane.
double outside(double y, double half) {
  return beyond(y - half).value + beyond(-y - half).value;
}

/// (1 − u²)³ on |u| < 1: a smooth hump with a smooth foot.
Curved hump(double u) {
  const double k = 1 - u * u;
  if (k <= 0) return {0, 0, 0};
  return {k * k * k, -6 * u * k * k, 6 * k * (4 * u * u - k)};
}

/// Part of the wall's lost volume that goes outwards, the rest inwards (calibration between half and all: compressed
/// roots in dissected foramina by disc height and over all, Hasegawa 1995, Inufusa 1996).
constexpr double kOutwards = 0.7;

/// How far the wall of a disc that has lost height bulges more than a healthy one [m]: what it loses in height it gains
/// in thickness, in a parabola over its healthy height, as bulging discs reach over the rims of the bodies.
double worn_bulge(const DiscGeometry& disc) {
  return 1.5 * kOutwards * disc.wall_posterior * disc.height_loss;
}

}  // namespace

PolarOutline::PolarOutline(const DiscGeometry& geometry) {
  const DiscOutline outline(geometry);
  for (int i = 0; i <= kPoints / 2; ++i) {
    const double angle = 2 * kPi * i / kPoints;
    double lo = 0, hi = kPi;  // the polar angle grows with phi
    for (int k = 0; k < 60; ++k) {
      const double mid = 0.5 * (lo + hi);
      const Vec2 p = outline.point(mid);
      (std::atan2(p.y(), p.x()) < angle ? lo : hi) = mid;
    }
    const double at = i == 0 ? 0 : i == kPoints / 2 ? kPi : 0.5 * (lo + hi);
    const Vec2 point = outline.point(at), normal = outline.normal(at);
    const auto right = static_cast<std::size_t>(i), left = static_cast<std::size_t>((kPoints - i) % kPoints);
    radius[right] = radius[left] = point.norm();
    outward[right] = outward[left] = 1 / std::max(0.5, normal.dot(point.normalized()));
    phi[left] = i == 0 ? 0 : 2 * kPi - at;
    phi[right] = at;
  }
}

DiscWall::DiscWall(const PolarOutline& outline, const MotionSegment& segment, const VertebraDimensions& above,
                   const LevelState& state, const Pose& X_WD)
    : outline_(&outline),
      X_WD_(X_WD),
      half_height_(0.5 * state.disc.height),
      half_by_x_(0.5 *
                 ((segment.disc.height_anterior - segment.disc.height_posterior) / segment.disc.depth + state.q[2])),
      half_by_z_(-0.5 * state.q[0]),
      reach_forward_(0.5 * segment.disc.depth + kBesideDisc),
      reach_aside_(0.5 * segment.disc.width + kBesideDisc) {
  const double worn = worn_bulge(segment.disc);
  for (std::size_t i = 0; i < PolarOutline::kPoints; ++i) {
    // The tabulated outline is that of a healthy disc in standing.
    const double u = outline.phi[i] / (2 * kPi) * kContourPoints;
    const auto k = static_cast<std::size_t>(u);
    const double part = u - static_cast<double>(k);
    const double bulge = (1 - part) * state.bulge_since_standing[k % kContourPoints] +
                         part * state.bulge_since_standing[(k + 1) % kContourPoints];
    radius_[i] = outline.radius[i] + outline.outward[i] * (bulge + worn);
  }
  for (const Herniation& h : segment.herniations) {
    const Vec2 summit = disc_outline(segment.disc, herniation_angle(h, segment.disc, above));
    // Beyond the disc space the wall recedes; a migrated fragment stands on the body's wall instead.
    const double y = herniation_height(h, segment.disc);
    const double half = half_height(summit.x(), summit.y());
    const double under = kRecede * (outside(y, half) - outside(0, half));
    const double height = h.protrusion > 0 ? h.protrusion + under : 0;
    bumps_.push_back({std::atan2(summit.y(), summit.x()), 0.5 * h.width / summit.norm(), height, y,
                      kBumpReach * half_height_ + kBumpSpread * h.protrusion});
  }
}

DiscWall::Profile DiscWall::profile(const std::array<double, PolarOutline::kPoints>& radius, double phi) {
  // Periodic cubic B-spline over the contour points: two continuous derivatives, and within 0.02 mm of the points.
  constexpr std::size_t kPoints = PolarOutline::kPoints;
  constexpr double step = 2 * kPi / kPoints, per_step = 1 / step;
  const double u = (phi < 0 ? phi + 2 * kPi : phi) * per_step;
  const std::size_t i = std::min(static_cast<std::size_t>(u), kPoints - 1);
  const double t = u - static_cast<double>(i);
  const double p0 = radius[i == 0 ? kPoints - 1 : i - 1], p1 = radius[i], p2 = radius[i + 1 < kPoints ? i + 1 : 0],
               p3 = radius[i + 2 < kPoints ? i + 2 : i + 2 - kPoints];
  const double a = (p3 - 3 * p2 + 3 * p1 - p0) / 6, b = (p0 - 2 * p1 + p2) / 2, c = (p2 - p0) / 2;
  return {((a * t + b) * t + c) * t + (p0 + 4 * p1 + p2) / 6, ((3 * a * t + 2 * b) * t + c) * per_step,
          (6 * a * t + 2 * b) * per_step * per_step};
}

DiscWall::BumpHeight DiscWall::bump_height(double phi, double y) const {
  BumpHeight sum;
  for (const Bump& bump : bumps_) {
    const double reach = bump.reach;
    const Curved v = hump((y - bump.y) / reach);
    const Curved h = hump(turned(phi, bump.phi) / bump.half_width);
    sum.value += bump.height * h.value * v.value;
    sum.by_phi += bump.height * h.slope / bump.half_width * v.value;
    sum.by_y += bump.height * h.value * v.slope / reach;
    sum.by_phi_phi += bump.height * h.curvature / (bump.half_width * bump.half_width) * v.value;
    sum.by_phi_y += bump.height * h.slope / bump.half_width * v.slope / reach;
    sum.by_y_y += bump.height * h.value * v.curvature / (reach * reach);
  }
  return sum;
}

double DiscWall::growth_since(const DiscWall& before) const {
  double most = 0, bumps = 0;
  for (std::size_t i = 0; i < radius_.size(); ++i) most = std::max(most, radius_[i] - before.radius_[i]);
  for (std::size_t k = 0; k < bumps_.size(); ++k) {
    // A hump k(y/reach) grows by at most max|u·k′(u)| = 8/9 of its height per relative growth of its reach.
    const Bump &bump = bumps_[k], &was = before.bumps_[k];
    bumps +=
        std::max(0.0, bump.height - was.height) + bump.height * std::max(0.0, 8.0 / 9 * (bump.reach / was.reach - 1));
  }
  // The endplates are planes: they have parted most at a corner of where roots may be.
  const double parted = half_height_ - before.half_height_ + reach_forward_ * std::abs(half_by_x_ - before.half_by_x_) +
                        reach_aside_ * std::abs(half_by_z_ - before.half_by_z_);
  return most + bumps + kRecede * std::max(0.0, parted);
}

double DiscWall::standing_radius(double phi) const {
  return profile(outline_->radius, phi).radius;
}

double DiscWall::radius(double phi) const {
  return profile(radius_, phi).radius + bump_height(phi, 0).value;
}

double DiscWall::protrusion_at(const Vec3& p_W) const {
  const Vec3 p = X_WD_.inverse() * p_W;
  return bump_height(angle_of(p), p.y()).value;
}

SurfaceDistance DiscWall::distance(const Vec3& p_W, double inflation) const {
  const Vec3 p = X_WD_.R.transpose() * (p_W - X_WD_.p);
  const double rho = std::max(1e-6, std::hypot(p.x(), p.z()));
  const double phi = angle_of(p);
  const Profile w = profile(radius_, phi);
  const BumpHeight bump = bumps_.empty() ? BumpHeight{} : bump_height(phi, p.y());
  // Beyond the disc space the surface recedes smoothly.
  const double half = half_height(p.x(), p.z());
  const Curved above = beyond(p.y() - half), below = beyond(-p.y() - half);
  const Vec3 over(-half_by_x_, 1, -half_by_z_), under(-half_by_x_, -1, -half_by_z_);
  const Vec3 radial(p.x() / rho, 0, p.z() / rho), around(-p.z() / rho, 0, p.x() / rho);
  const double by_phi = (w.slope + inflation * bump.by_phi) / rho;
  const Vec3 g = radial - by_phi * around + kRecede * (above.slope * over + below.slope * under) -
                 Vec3(0, inflation * bump.by_y, 0);
  // In the axes (radial, up, around).
  Mat3 H = Mat3::Zero();
  H(2, 2) = (1 - (w.curvature + inflation * bump.by_phi_phi) / rho) / rho;
  H(0, 2) = H(2, 0) = by_phi / rho;
  H(1, 2) = H(2, 1) = -inflation * bump.by_phi_y / rho;
  H(1, 1) = -inflation * bump.by_y_y;
  Mat3 axes;
  axes << radial, Vec3::UnitY(), around;
  H = axes * H * axes.transpose() +
      kRecede * (above.curvature * over * over.transpose() + below.curvature * under * under.transpose());
  const double receded = kRecede * (above.value + below.value);
  return {rho - (w.radius + inflation * bump.value - receded), X_WD_.R * g, X_WD_.R * H * X_WD_.R.transpose()};
}

double DiscWall::distance(const Vec3& p_W) const {
  const Vec3 p = X_WD_.R.transpose() * (p_W - X_WD_.p);
  const double rho = std::max(1e-6, std::sqrt(p.x() * p.x() + p.z() * p.z())), phi = angle_of(p);
  const Profile w = profile(radius_, phi);
  const BumpHeight bump = bumps_.empty() ? BumpHeight{} : bump_height(phi, p.y());
  const double half = half_height(p.x(), p.z());
  const Curved above = beyond(p.y() - half), below = beyond(-p.y() - half);
  const double by_phi = (w.slope + bump.by_phi) / rho, with_half = kRecede * (above.slope + below.slope);
  const double by_x = (p.x() + by_phi * p.z()) / rho - with_half * half_by_x_,
               by_y = kRecede * (above.slope - below.slope) - bump.by_y,
               by_z = (p.z() - by_phi * p.x()) / rho - with_half * half_by_z_;
  const double receded = kRecede * (above.value + below.value);
  return (rho - (w.radius + bump.value - receded)) / std::sqrt(by_x * by_x + by_y * by_y + by_z * by_z);
}

double roof_advance(const MotionSegment& segment, const LevelState& state) {
  const double thickened = state.flavum_thickness - segment.flavum_thickness + segment.flavum_growth;
  const bool broken = !segment.facets[0].carries && !segment.facets[1].carries;
  return thickened + (broken ? 0 : segment.slip);
}

FlavumFront::FlavumFront(const MotionSegment& segment, const LevelState& state, const Pose& X_WD) : X_WD_(X_WD) {
  // The canal's depth ends on the flavum of a healthy standing person: what thickens comes forward from there. Below
  // the disc the flavum ends on the upper edge of the next lamina.
  half_width_ = segment.roof.half_width;
  slope_ = segment.roof.slope;
  ridge_x_ =
      -0.5 * segment.disc.depth - segment.canal_depth + roof_advance(segment, state) - slope_ * CanalRoof::kRidge;
  bottom_ = -0.5 * state.disc.height;
  top_ = segment.roof.top;
  tilt_ = (segment.roof.top - segment.roof.top_aside) / half_width_;
}

double FlavumFront::growth_since(const FlavumFront& before) const {
  return std::max(0.0, ridge_x_ - before.ridge_x_) + kRecede * std::max(0.0, before.bottom_ - bottom_);
}

SurfaceDistance FlavumFront::distance(const Vec3& p_W) const {
  const Vec3 p = X_WD_.R.transpose() * (p_W - X_WD_.p);
  constexpr double kRound = CanalRoof::kRidge * CanalRoof::kRidge;
  const double z = std::sqrt(p.z() * p.z() + kRound), by_z = p.z() / z, by_z_z = kRound / (z * z * z);
  const Curved above = beyond(p.y() - top_ + tilt_ * z), below = beyond(bottom_ - p.y());
  const Curved aside = receding(p.z(), half_width_);
  const double gap = p.x() - (ridge_x_ + slope_ * z) + kRecede * (above.value + below.value + aside.value);
  const double lean = kRecede * tilt_ * above.slope - slope_;
  const Vec3 g(1, kRecede * (above.slope - below.slope), lean * by_z + kRecede * aside.slope);
  Mat3 H = Mat3::Zero();
  H(1, 1) = kRecede * (above.curvature + below.curvature);
  H(1, 2) = H(2, 1) = kRecede * tilt_ * above.curvature * by_z;
  H(2, 2) = lean * by_z_z + kRecede * (aside.curvature + tilt_ * tilt_ * by_z * by_z * above.curvature);
  return {gap, X_WD_.R * g, X_WD_.R * H * X_WD_.R.transpose()};
}

Pose disc_pose(const Subject& subject, const SpineState& spine, Level level) {
  const auto l = static_cast<std::size_t>(index(level));
  const Pose X_WL =
      spine.poses[static_cast<std::size_t>(index(body_of(lower_vertebra(level))))] * subject.levels[l].X_LD;
  const Vec6& q = spine.levels[l].q;
  return X_WL * Pose{rotation_from_vector(0.5 * q.head<3>()), 0.5 * q.tail<3>()};
}

Surroundings::Surroundings(const Subject& s, const FixedSurroundings& constant, const SpineState& spine)
    : subject(&s), fixed(&constant) {
  for (const Vertebra v : kVertebrae) bones[static_cast<std::size_t>(index(v))] = vertebra_pose(s, spine.poses, v);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const MotionSegment& segment = s.levels[l];
    const Pose mid = disc_pose(s, spine, static_cast<Level>(l));
    discs.emplace_back(fixed->outlines[l], segment, s.vertebrae[l], spine.levels[l], mid);
    flava.emplace_back(segment, spine.levels[l], mid);
  }
}

WallGrowth::WallGrowth(const Surroundings& standing, const Surroundings& now) {
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    disc[l] = now.discs[l].growth_since(standing.discs[l]);
    flavum[l] = now.flava[l].growth_since(standing.flava[l]);
  }
}

}  // namespace foramen
