#include "sim/nerve/root_contacts.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// A surface farther than this from a root's skin at its course in standing is reached in no posture [m].
constexpr double kReach = 25e-3;
/// Beyond the skin by this much a surface gives no force (twelve widths of the contact's onset) [m].
constexpr double kOnsetReach = 0.6e-3;
constexpr double kLipschitz = BoneField::kLipschitz;  // walls and flava change no faster
/// Farther off than anything [m].
constexpr double kNowhere = 1;

using Kind = ContactCandidate::Kind;

const Pose& frame(const Surroundings& around, const ContactCandidate& c) {
  return c.bony() ? around.bones[c.which] : around.discs[c.which].pose();
}

const BoneField& field(const Surroundings& around, const ContactCandidate& c) {
  const BoneFields& bone = around.fixed->bones[c.which];
  return c.kind == Kind::Growth ? *bone.growths : *bone.healthy;
}

Vec3 in_bone(const Surroundings& around, const ContactCandidate& c, const Vec3& p) {
  const Pose& pose = around.bones[c.which];
  return pose.R.transpose() * (p - pose.p);
}

double wall_distance(const Surroundings& around, const ContactCandidate& c, const Vec3& p) {
  return c.kind == Kind::Disc ? around.discs[c.which].distance(p) : around.flava[c.which].distance(p).distance();
}

/// Surfaces a root may come to touch, each with the node before which its own channel takes over.
std::vector<std::pair<ContactCandidate, std::size_t>> candidates(const Surroundings& around, Root root,
                                                                 std::size_t guided, std::size_t nodes) {
  std::vector<std::pair<ContactCandidate, std::size_t>> result;
  const int v = index(root);
  for (int k = std::max(0, v - 1); k <= std::min(kVertebraCount - 1, v + 1); ++k) {
    const auto which = static_cast<std::size_t>(k);
    // Inside the sacrum S1 is guided by its own channel (see kGuided).
    const bool own_channel = root == Root::S1 && k == index(Vertebra::S1);
    result.push_back({{Kind::Bone, which}, own_channel ? guided : nodes});
    if (around.subject->bones[which].has_growths()) result.push_back({{Kind::Growth, which}, nodes});
  }
  for (int l = std::max(0, v - 1); l <= std::min(kLevelCount - 1, v); ++l) {
    result.push_back({{Kind::Disc, static_cast<std::size_t>(l)}, nodes});
    result.push_back({{Kind::Flavum, static_cast<std::size_t>(l)}, nodes});
  }
  return result;
}

}  // namespace

RootNeighbours::RootNeighbours(const Surroundings& standing, Root root, const std::vector<Vec3>& course,
                               std::size_t guided, const std::vector<double>& radius) {
  std::vector<std::vector<Neighbour>> by_node(course.size());
  for (const auto& [what, end] : candidates(standing, root, guided, course.size())) {
    const Pose to_surface = frame(standing, what).inverse();
    double bound = 0;
    for (std::size_t i = 0; i < end; ++i) {
      // Distances change no faster than one walks, so most nodes need no evaluation.
      if (i > 0) bound -= kLipschitz * (course[i] - course[i - 1]).norm();
      if (bound > radius[i] + kReach) continue;
      bound = what.bony() ? field(standing, what).measure(in_bone(standing, what, course[i]))
                          : wall_distance(standing, what, course[i]);
      if (bound < radius[i] + kReach) by_node[i].push_back({what, to_surface * course[i], bound});
    }
  }
  for (const std::vector<Neighbour>& its : by_node) {
    first_.push_back(all_.size());
    all_.insert(all_.end(), its.begin(), its.end());
  }
  first_.push_back(all_.size());
}

RootContacts::RootContacts(const Surroundings& around, const WallGrowth& growth, const RootNeighbours& neighbours,
                           const std::vector<double>& radius, const std::vector<double>& tributary)
    : around_(around), radius_(radius), tributary_(tributary) {
  near_.reserve(neighbours.all_.size());
  for (const RootNeighbours::Neighbour& n : neighbours.all_) {
    double nearer = 0;
    if (n.what.kind == Kind::Disc) nearer = growth.disc[n.what.which];
    if (n.what.kind == Kind::Flavum) nearer = growth.flavum[n.what.which];
    near_.push_back({n.what, frame(around, n.what) * n.place, n.distance - nearer});
  }
  nodes_.reserve(radius.size());
  for (std::size_t i = 0; i < radius.size(); ++i) nodes_.push_back({neighbours.first_[i], neighbours.first_[i + 1]});
}

bool RootContacts::herniated(const std::vector<Vec3>& course) const {
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    for (std::size_t k = nodes_[i].first; k < nodes_[i].end; ++k) {
      const ContactCandidate& what = near_[k].what;
      if (what.kind != Kind::Disc || !around_.discs[what.which].herniated()) continue;
      if (around_.discs[what.which].protrusion_at(course[i]) > 0 && value(what, course[i]) < radius_[i] + kOnsetReach)
        return true;
    }
  }
  return false;
}

const DiscWall* RootContacts::herniated_wall(std::size_t i) const {
  for (std::size_t k = nodes_[i].first; k < nodes_[i].end; ++k)
    if (near_[k].what.kind == Kind::Disc && around_.discs[near_[k].what.which].herniated())
      return &around_.discs[near_[k].what.which];
  return nullptr;
}

Vec3 RootContacts::along_wall(std::size_t i, const Vec3& p, double angle) const {
  const DiscWall* wall = herniated_wall(i);
  if (!wall) return p;
  const Pose& pose = wall->pose();
  return pose * (Eigen::AngleAxisd(angle, Vec3::UnitY()) * (pose.inverse() * p));
}

std::optional<double> RootContacts::to_summit(std::size_t i, const Vec3& p) const {
  const DiscWall* wall = herniated_wall(i);
  if (!wall || wall->protrusion_at(p) <= 0) return std::nullopt;
  constexpr int kSteps = 100;
  constexpr double kWidest = 0.8;  // [rad], as far as a herniation reaches to one side
  double summit = 0, highest = wall->protrusion_at(p);
  for (int k = -kSteps; k <= kSteps; ++k) {
    const double angle = kWidest * k / kSteps, height = wall->protrusion_at(along_wall(i, p, angle));
    if (height > highest) {
      highest = height;
      summit = angle;
    }
  }
  return summit;
}

double RootContacts::spare(const Near& n, std::size_t i, const Vec3& p) const {
  const double off = n.distance - radius_[i] - kOnsetReach;
  return off > 0 ? off - kLipschitz * (p - n.start).norm() : off;
}

bool RootContacts::reached(Near& n, std::size_t i, const Vec3& p) {
  const double touch = radius_[i] + kOnsetReach;
  // What was touched last is measured with its derivatives at once.
  if (n.distance <= touch || !whole(n.what)) return true;
  n.start = p;
  // A lattice is worth filling only where a root comes to touch the bone.
  if (n.what.bony()) {
    n.distance = field(around_, n.what).bound(in_bone(around_, n.what, p));
    if (n.distance > touch) return false;
  }
  n.distance = value(n.what, p);
  return n.distance <= touch;
}

bool RootContacts::press(Near& n, std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum) const {
  const SurfaceDistance d = distance(n.what, p, inflation_);
  if (whole(n.what)) {
    n.start = p;
    n.distance = d.value;
  }
  const EnergyLaw law = root_contact(d.value, radius_[i]);
  if (law.force == 0) return false;
  sum.energy += tributary_[i] * law.energy;
  if (!derivatives) return true;
  sum.gradient -= tributary_[i] * law.force * d.gradient;
  sum.hessian += tributary_[i] * (law.stiffness * d.gradient * d.gradient.transpose() - law.force * d.hessian);
  return true;
}

bool RootContacts::operator()(std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum) {
  Node& node = nodes_[i];
  if (node.clear_within > 0 && (p - node.clear_at).squaredNorm() < node.clear_within * node.clear_within) return false;
  double clear = kNowhere;
  bool touched = false;
  for (std::size_t k = node.first; k < node.end; ++k) {
    Near& n = near_[k];
    double beyond = spare(n, i, p);
    if (beyond <= 0) {
      if (reached(n, i, p) && press(n, i, p, derivatives, sum)) touched = true;
      beyond = spare(n, i, p);
    }
    clear = std::min(clear, beyond);
  }
  node.clear_at = p;
  node.clear_within = clear / kLipschitz;
  return touched;
}

std::vector<RootTouch> RootContacts::touches(std::size_t i, const Vec3& p) const {
  std::vector<RootTouch> result;
  for (std::size_t k = nodes_[i].first; k < nodes_[i].end; ++k) {
    const Near& n = near_[k];
    if (spare(n, i, p) > 0) continue;
    const SurfaceDistance d = distance(n.what, p, 1);
    result.push_back({n.what, root_contact(d.value, radius_[i]).force, d.gradient.normalized(), d.value});
  }
  return result;
}

double RootContacts::value(const ContactCandidate& c, const Vec3& p) const {
  return c.bony() ? field(around_, c).value(in_bone(around_, c, p)) : wall_distance(around_, c, p);
}

SurfaceDistance RootContacts::distance(const ContactCandidate& c, const Vec3& p, double inflation) const {
  if (c.kind == Kind::Disc) return around_.discs[c.which].distance(p, inflation).normalised();
  if (c.kind == Kind::Flavum) return around_.flava[c.which].distance(p).normalised();
  const Pose& pose = around_.bones[c.which];
  SurfaceDistance d = field(around_, c).jet(in_bone(around_, c, p));
  d.gradient = pose.R * d.gradient;
  d.hessian = pose.R * d.hessian * pose.R.transpose();
  return d;
}

}  // namespace foramen
