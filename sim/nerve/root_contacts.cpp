#include "sim/nerve/root_contacts.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// A surface farther than this from a root's skin at its course cannot be reached [m].
constexpr double kReach = 4e-3;
/// A bone nearer to the skin than this gets a curved model [m].
constexpr double kCurvedWithin = 0.2e-3;
/// Beyond the skin by this much a surface gives no force (twelve widths of the contact's onset) [m].
constexpr double kOnsetReach = 0.6e-3;
/// Bound on how fast a surface's distance changes along a way: 1 for a true distance, more where it is a scaled
/// measure.
constexpr double kLipschitz = 2;
/// Line load from which the curvature of a surface enters the Newton matrix [N/m]; below, it is not worth its cost.
constexpr double kCurvatureMatters = 0.5;

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

void RootContacts::model_surfaces(const std::vector<Vec3>& position, double renewal) {
  for (std::size_t i = 0; i < near_.size(); ++i) {
    for (Near& n : near_[i]) {
      n.within_reach = !out_of_reach(n, i, position[i]);
      if (!n.within_reach) continue;
      const SurfaceDistance d = distance(n.what, position[i], inflation_);
      if (!n.what.bony()) {
        n.scale += renewal * (1 / std::max(0.5, d.gradient.norm()) - n.scale);
        continue;
      }
      n.start = position[i];
      n.distance = d.value;
      n.gradient = d.gradient;
      n.hessian = d.value < radius_[i] + kCurvedWithin ? curvature(n.what, position[i], d.gradient) : Mat3::Zero();
    }
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

NodeContact RootContacts::operator()(std::size_t i, const Vec3& p, bool derivatives) const {
  NodeContact sum;
  for (const Near& n : near_[i]) {
    if (!n.within_reach) continue;
    const bool bone = n.what.bony();
    const SurfaceDistance d = bone ? n.model(p) : distance(n.what, p, inflation_);
    const EnergyLaw law = root_contact(n.scale * d.value, radius_[i]);
    if (law.force == 0) continue;
    sum.energy += tributary_[i] * law.energy;
    if (!derivatives) continue;
    const Vec3 g = n.scale * d.gradient;
    sum.gradient -= tributary_[i] * law.force * g;
    sum.hessian += tributary_[i] * law.stiffness * g * g.transpose();
    if (law.force < kCurvatureMatters) continue;
    const Mat3 H = bone ? n.hessian : curvature(n.what, p, d.gradient);
    sum.hessian -= tributary_[i] * law.force * n.scale * H;
  }
  return sum;
}

std::vector<RootTouch> RootContacts::touches(std::size_t i, const Vec3& p) const {
  std::vector<RootTouch> result;
  for (const Near& n : near_[i]) {
    if (out_of_reach(n, i, p)) continue;
    const SurfaceDistance d = distance(n.what, p, 1);
    const double length = std::max(1e-6, d.gradient.norm());
    result.push_back({n.what, root_contact(d.distance(), radius_[i]).force, d.gradient / length, d.distance()});
  }
  return result;
}

void RootContacts::find_near(const ContactCandidate& what, const std::vector<Vec3>& course, std::size_t end) {
  double bound = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (i > 0) bound -= kLipschitz * (course[i] - course[i - 1]).norm();
    if (bound > radius_[i] + kReach) continue;
    // A bone's distance may read short, never long; the other surfaces' measure has to be scaled.
    bound = what.bony() ? bone_value(what, course[i]) : distance(what, course[i], 1).distance();
    if (bound < radius_[i] + kReach) near_[i].push_back({what, course[i], bound});
  }
}

bool RootContacts::out_of_reach(const Near& n, std::size_t i, const Vec3& p) const {
  const double moved = kLipschitz * (p - n.start).norm();
  return n.distance - moved > radius_[i] + kOnsetReach;
}

double RootContacts::bone_value(const ContactCandidate& c, const Vec3& p) const {
  const Pose& pose = around_.bones[c.which];
  const Vec3 p_V = pose.R.transpose() * (p - pose.p);
  const ImplicitVertebra& bone = around_.subject->bones[c.which];
  return c.kind == ContactCandidate::Kind::Growth ? bone.growth_distance(p_V) : bone.healthy_distance(p_V);
}

Mat3 RootContacts::curvature(const ContactCandidate& c, const Vec3& p, const Vec3& gradient) const {
  constexpr double kStep = 1e-6;
  Mat3 H;
  for (int k = 0; k < 3; ++k)
    H.col(k) = (distance(c, p + kStep * Vec3::Unit(k), inflation_).gradient - gradient) / kStep;
  return 0.5 * (H + H.transpose());
}

SurfaceDistance RootContacts::distance(const ContactCandidate& c, const Vec3& p, double inflation) const {
  if (c.kind == ContactCandidate::Kind::Disc) return around_.discs[c.which].distance(p, inflation);
  if (c.kind == ContactCandidate::Kind::Flavum) return around_.flava[c.which].distance(p);
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
