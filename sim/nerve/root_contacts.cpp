#include "sim/nerve/root_contacts.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// A surface farther than this from a root's skin at its course cannot be reached [m].
constexpr double kReach = 4e-3;
/// Beyond the skin by this much a surface gives no force (twelve widths of the contact's onset) [m].
constexpr double kOnsetReach = 0.6e-3;
/// Bound on how fast a surface's distance changes along a way: 1 for a true distance, more where it is a scaled
/// measure.
constexpr double kLipschitz = 2;
/// Line load from which a bone's curvature enters the Newton matrix [N/m]; below, it is not worth its cost.
constexpr double kCurvatureMatters = 0.5;
/// A node that has moved less than this keeps its bone's curvature [m].
constexpr double kCurvatureKept = 0.3e-3;
/// Step for differences of exact gradients [m].
constexpr double kStep = 1e-6;
/// A measure with this slope is a distance.
constexpr double kTrueSlope = 0.9999;

}  // namespace

RootContacts::RootContacts(const Surroundings& around, Root root, const std::vector<Vec3>& course, std::size_t guided,
                           const std::vector<double>& radius, const std::vector<double>& tributary)
    : around_(around), radius_(radius), tributary_(tributary), near_(course.size()) {
  const int v = index(root);
  for (int k = std::max(0, v - 1); k <= std::min(kVertebraCount - 1, v + 1); ++k) {
    // Inside the sacrum S1 is guided by its own channel (see kGuided).
    const bool own_channel = root == Root::S1 && k == index(Vertebra::S1);
    find_near({ContactCandidate::Kind::Bone, static_cast<std::size_t>(k)}, course, own_channel ? guided : near_.size());
    if (around.subject->bones[static_cast<std::size_t>(k)].has_growths())
      find_near({ContactCandidate::Kind::Growth, static_cast<std::size_t>(k)}, course, near_.size());
  }
  for (int l = std::max(0, v - 1); l <= std::min(kLevelCount - 1, v); ++l) {
    find_near({ContactCandidate::Kind::Disc, static_cast<std::size_t>(l)}, course, near_.size());
    find_near({ContactCandidate::Kind::Flavum, static_cast<std::size_t>(l)}, course, near_.size());
  }
}

bool RootContacts::herniated() const {
  for (std::size_t i = 0; i < near_.size(); ++i) {
    for (const Near& n : near_[i]) {
      if (n.what.kind != ContactCandidate::Kind::Disc || !around_.discs[n.what.which].herniated()) continue;
      if (around_.discs[n.what.which].protrusion_at(n.start) > 0 && n.distance < radius_[i] + kOnsetReach) return true;
    }
  }
  return false;
}

void RootContacts::operator()(std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum) {
  for (Near& n : near_[i]) {
    if (out_of_reach(n, i, p)) continue;
    const bool bone = n.what.bony();
    if (bone) {
      n.distance = bone_value(n.what, p);
      n.start = p;
      if (n.distance > radius_[i] + kOnsetReach) continue;
    }
    const SurfaceDistance d = distance(n.what, p, inflation_);
    const EnergyLaw law = root_contact(d.value, radius_[i]);
    if (law.force == 0) continue;
    sum.energy += tributary_[i] * law.energy;
    if (!derivatives) continue;
    sum.gradient -= tributary_[i] * law.force * d.gradient;
    sum.hessian += tributary_[i] * law.stiffness * d.gradient * d.gradient.transpose();
    if (law.force < kCurvatureMatters) continue;
    if (bone && (!n.bent || (p - n.bent_at).squaredNorm() > kCurvatureKept * kCurvatureKept)) {
      n.hessian = bone_curvature(n.what, p, d.gradient);
      n.bent_at = p;
      n.bent = true;
    }
    sum.hessian -= tributary_[i] * law.force * (bone ? n.hessian : d.hessian);
  }
}

std::vector<RootTouch> RootContacts::touches(std::size_t i, const Vec3& p) const {
  std::vector<RootTouch> result;
  for (const Near& n : near_[i]) {
    if (out_of_reach(n, i, p)) continue;
    const SurfaceDistance d = distance(n.what, p, 1);
    result.push_back({n.what, root_contact(d.value, radius_[i]).force, d.gradient.normalized(), d.value});
  }
  return result;
}

void RootContacts::find_near(const ContactCandidate& what, const std::vector<Vec3>& course, std::size_t end) {
  double bound = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (i > 0) bound -= kLipschitz * (course[i] - course[i - 1]).norm();
    if (bound > radius_[i] + kReach) continue;
    // A bone's distance may read short, never long; the other surfaces' measure has to be scaled.
    bound = what.bony() ? bone_value(what, course[i]) : distance(what, course[i], 1).value;
    if (bound < radius_[i] + kReach) near_[i].push_back({what, course[i], bound});
  }
}

bool RootContacts::out_of_reach(const Near& n, std::size_t i, const Vec3& p) const {
  const double spare = n.distance - radius_[i] - kOnsetReach;
  return spare > 0 && spare * spare > kLipschitz * kLipschitz * (p - n.start).squaredNorm();
}

double RootContacts::bone_value(const ContactCandidate& c, const Vec3& p) const {
  const Pose& pose = around_.bones[c.which];
  const Vec3 p_V = pose.R.transpose() * (p - pose.p);
  const ImplicitVertebra& bone = around_.subject->bones[c.which];
  return c.kind == ContactCandidate::Kind::Growth ? bone.growth_distance(p_V) : bone.healthy_distance(p_V);
}

Mat3 RootContacts::bone_curvature(const ContactCandidate& c, const Vec3& p, const Vec3& gradient) const {
  Mat3 H;
  for (int k = 0; k < 3; ++k) H.col(k) = (distance(c, p + kStep * Vec3::Unit(k), 1).gradient - gradient) / kStep;
  return 0.5 * (H + H.transpose());
}

SurfaceDistance RootContacts::distance(const ContactCandidate& c, const Vec3& p, double inflation) const {
  if (c.kind == ContactCandidate::Kind::Disc) return around_.discs[c.which].distance(p, inflation).normalised();
  if (c.kind == ContactCandidate::Kind::Flavum) return around_.flava[c.which].distance(p).normalised();
  // Between two solids, and beside a small one, a bone's measure reads short: over its slope it is a distance.
  const SurfaceDistance d = bone(c, p);
  const double slope = std::max(0.5, d.gradient.norm());
  const Vec3 normal = d.gradient / slope;
  if (slope > kTrueSlope) return {d.value / slope, normal, Mat3::Zero()};
  const Vec3 bend = (bone(c, p + kStep * normal).gradient - d.gradient) / kStep;
  return {d.value / slope, normal - d.value / (slope * slope) * bend, Mat3::Zero()};
}

SurfaceDistance RootContacts::bone(const ContactCandidate& c, const Vec3& p) const {
  const Pose& pose = around_.bones[c.which];
  SurfaceDistance d;
  Vec3 gradient;
  const Vec3 p_V = pose.R.transpose() * (p - pose.p);
  const ImplicitVertebra& bone = around_.subject->bones[c.which];
  d.value = c.kind == ContactCandidate::Kind::Growth ? bone.growth_distance(p_V, &gradient)
                                                     : bone.healthy_distance(p_V, &gradient);
  d.gradient = pose.R * gradient;
  return d;
}

}  // namespace foramen
