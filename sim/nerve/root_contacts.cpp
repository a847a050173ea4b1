#include "sim/nerve/root_contacts.h"

#include <algorithm>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// A surface farther than this from a root's skin at its course cannot be reached [m].
constexpr double kReach = 10e-3;
/// Beyond the skin by this much a surface gives no force (twelve widths of the contact's onset) [m].
constexpr double kOnsetReach = 0.6e-3;
/// Bound on how fast a surface's distance changes along a way: 1 for a true distance, more where it is a scaled
/// measure.
constexpr double kLipschitz = 2;

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
    // What has been measured at less than full inflation may come nearer yet.
    if (n.what.bony() || inflation_ == 1) {
      n.distance = value(n.what, p);
      n.start = p;
      if (n.distance > radius_[i] + kOnsetReach) continue;
    }
    const SurfaceDistance d = distance(n.what, p, inflation_);
    const EnergyLaw law = root_contact(d.value, radius_[i]);
    if (law.force == 0) continue;
    sum.energy += tributary_[i] * law.energy;
    if (!derivatives) continue;
    sum.gradient -= tributary_[i] * law.force * d.gradient;
    sum.hessian += tributary_[i] * (law.stiffness * d.gradient * d.gradient.transpose() - law.force * d.hessian);
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
    bound = least_distance(what, course[i]);
    if (bound < radius_[i] + kReach) near_[i].push_back({what, course[i], bound});
  }
}

bool RootContacts::out_of_reach(const Near& n, std::size_t i, const Vec3& p) const {
  const double spare = n.distance - radius_[i] - kOnsetReach;
  return spare > 0 && spare * spare > kLipschitz * kLipschitz * (p - n.start).squaredNorm();
}

const BoneField& RootContacts::field(const ContactCandidate& c) const {
  const BoneFields& bone = around_.fixed->bones[c.which];
  return c.kind == ContactCandidate::Kind::Growth ? *bone.growths : *bone.healthy;
}

double RootContacts::least_distance(const ContactCandidate& c, const Vec3& p) const {
  if (!c.bony()) return value(c, p);
  const Pose& pose = around_.bones[c.which];
  return field(c).bound(pose.R.transpose() * (p - pose.p));
}

double RootContacts::value(const ContactCandidate& c, const Vec3& p) const {
  if (c.kind == ContactCandidate::Kind::Disc) return around_.discs[c.which].distance(p, 1).distance();
  if (c.kind == ContactCandidate::Kind::Flavum) return around_.flava[c.which].distance(p).distance();
  const Pose& pose = around_.bones[c.which];
  return field(c).value(pose.R.transpose() * (p - pose.p));
}

SurfaceDistance RootContacts::distance(const ContactCandidate& c, const Vec3& p, double inflation) const {
  if (c.kind == ContactCandidate::Kind::Disc) return around_.discs[c.which].distance(p, inflation).normalised();
  if (c.kind == ContactCandidate::Kind::Flavum) return around_.flava[c.which].distance(p).normalised();
  const Pose& pose = around_.bones[c.which];
  SurfaceDistance d = field(c).jet(pose.R.transpose() * (p - pose.p));
  d.gradient = pose.R * d.gradient;
  d.hessian = pose.R * d.hessian * pose.R.transpose();
  return d;
}

}  // namespace foramen
