#include <algorithm>
#include <deque>

#include "sim/nerve/nerve.h"
#include "sim/nerve/piriformis.h"
#include "sim/nerve/root_cable.h"
#include "sim/nerve/sac.h"
#include "sim/nerve/spaces.h"

namespace foramen {

namespace {

/// Sac and roots agree when Newton would move the sac by less than this, with roots as threads and as cables [m] …
constexpr double kThreadsAgreed = 20e-6, kAgreed = 1e-6;
/// … within so many steps.
constexpr int kMostThreadSteps = 60, kMostSteps = 100;
/// A root with less than this part of the largest force left on any waits, to first order, until the others are so far.
constexpr double kWaits = 0.1;

/// How far from their courses at standing roots may come to lie in a bone's frame [m].
constexpr double kRootsRoam = 12e-3;

using SleeveSpacing = std::array<double, kRootCount - 1>;

/// The spine as tabulated: upright standing, before any load moves it.
SpineState tabulated_standing(const Subject& subject) {
  SpineState spine;
  spine.poses = standing_poses(subject.segments);
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    spine.levels[l].disc.height = subject.levels[l].disc.height_mean();
    spine.levels[l].flavum_thickness = subject.levels[l].flavum_thickness;
  }
  return spine;
}

/// Distances between neighbouring pairs of sleeves along the middle of the canal.
SleeveSpacing sleeve_spacing(const std::vector<RootCable>& cables, const std::array<Pose, kVertebraCount>& bones) {
  const auto middle = [&](std::size_t r) -> Vec3 {
    return 0.5 * (cables[2 * r].sleeve(bones) + cables[2 * r + 1].sleeve(bones));
  };
  SleeveSpacing spacing;
  for (std::size_t r = 0; r + 1 < kRootCount; ++r) spacing[r] = (middle(r + 1) - middle(r)).norm();
  return spacing;
}

/// The part of a vertebra's surroundings that its roots may reach, and what they feel there.
BoneFields fields_of(const Subject& subject, Vertebra v, const std::vector<RootCable>& cables,
                     const std::array<Pose, kVertebraCount>& bones) {
  const ImplicitVertebra& bone = subject.bones[static_cast<std::size_t>(index(v))];
  const Pose to_bone = bones[static_cast<std::size_t>(index(v))].inverse();
  const Vec3 margin = Vec3::Constant(kRootsRoam);
  const auto [low, high] = bone.bounds();
  Vec3 lower = high, upper = low;
  for (const RootCable& cable : cables) {
    for (const Vec3& place : cable.path(bones).position) {
      const Vec3 p = to_bone * place;
      if (((p - low).array() < -kRootsRoam).any() || ((p - high).array() > kRootsRoam).any()) continue;
      lower = lower.cwiseMin(p - margin);
      upper = upper.cwiseMax(p + margin);
    }
  }
  lower = lower.cwiseMax(low - margin);
  upper = upper.cwiseMin(high + margin);
  BoneFields fields;
  fields.healthy = std::make_unique<const BoneField>(
      [bone](const Vec3& p, Vec3* gradient) { return bone.healthy_distance(p, gradient); }, lower, upper, true);
  if (bone.has_growths()) {
    fields.growths = std::make_unique<const BoneField>(
        [bone](const Vec3& p, Vec3* gradient) { return bone.growth_distance(p, gradient); }, lower, upper, false);
  }
  return fields;
}

double taken_up(const SacGeometry& sac, const PostureAngles& angles) {
  return sac.neck_radius * angles[static_cast<std::size_t>(index(PostureAngle::NeckFlexion))] +
         sac.thoracic_radius * angles[static_cast<std::size_t>(index(PostureAngle::ThoracicFlexion))];
}

RootEnds ends_of(const SacShift& shift, std::size_t k) {
  return {shift.node[k / 2], shift.conus};
}

/// Newton's steps of the sac and all its roots together: each root is condensed to what it does to the sac, the sac
/// moves, the roots follow.
template <class Roots>
Convergence balance(const SacChain& chain, Roots& roots, int most_steps, double agreed, SacShift& shift) {
  Convergence convergence;
  for (int& step = convergence.iterations; step < most_steps; ++step) {
    SacChain::Pulls pulls;
    for (std::size_t k = 0; k < roots.size(); ++k) pulls[k / 2][k % 2] = roots[k].pull();
    SacShift moved = shift;
    convergence.residual = chain.step(pulls, moved);
    convergence.converged =
        convergence.residual < agreed && std::all_of(roots.begin(), roots.end(), [](auto& r) { return r.rests(); });
    if (convergence.converged) return convergence;
    shift = moved;
    for (std::size_t k = 0; k < roots.size(); ++k) roots[k].move_ends(ends_of(shift, k));
    const auto most = std::max_element(roots.begin(), roots.end(),
                                       [](const auto& a, const auto& b) { return a.residual() < b.residual(); });
    const double waits = kWaits * most->residual();
    for (auto& root : roots)
      if (!root.rests() && root.residual() >= waits) root.step();
  }
  convergence.reason = "roots and dural sac did not settle on each other";
  return convergence;
}

Convergence settle(const SacChain& chain, std::deque<RootSolve>& roots, bool from_standing) {
  SacShift shift;
  std::vector<RootThread> threads;
  for (const RootSolve& root : roots) threads.push_back(root.thread());
  (void)balance(chain, threads, kMostThreadSteps, kThreadsAgreed, shift);
  for (std::size_t k = 0; k < roots.size(); ++k) {
    if (from_standing)
      roots[k].lay(threads[k].slide(), ends_of(shift, k));
    else
      roots[k].grow(ends_of(shift, k));
  }
  const Convergence convergence = balance(chain, roots, kMostSteps, kAgreed, shift);
  if (convergence.converged) return convergence;
  for (std::size_t k = 0; k < roots.size(); ++k)
    if (!roots[k].rests()) roots[k].grow(ends_of(shift, k));
  return balance(chain, roots, kMostSteps, kAgreed, shift);
}

}  // namespace

struct NerveModel::Parts {
  std::shared_ptr<const Subject> subject;
  FixedSurroundings fixed;
  std::unique_ptr<const Surroundings> standing;  ///< as tabulated
  std::vector<RootCable> cables;                 ///< root-major, left before right
  SleeveSpacing spacing{};                       ///< at standing [m]

  /// The roots at rest, and how they and the sac came to agree.
  struct Settled {
    std::deque<RootSolve> roots;
    Convergence sac;
  };
  [[nodiscard]] Settled settled(const Surroundings& around, const PostureAngles& angles, bool from_standing) const;
};

NerveModel::Parts::Settled NerveModel::Parts::settled(const Surroundings& around, const PostureAngles& angles,
                                                      bool from_standing) const {
  const SleeveSpacing now = sleeve_spacing(cables, around.bones);
  SleeveSpacing lengthening;
  const WallGrowth growth(*standing, around);
  Settled result;
  double in_all = 0;
  for (std::size_t r = 0; r < kRootCount; ++r) {
    for (std::size_t s = 0; s < 2; ++s) result.roots.emplace_back(cables[2 * r + s], around, growth, angles, in_all);
    if (r + 1 < kRootCount) in_all += lengthening[r] = now[r] - spacing[r];
  }
  result.sac =
      settle(SacChain(subject->sac, spacing, lengthening, taken_up(subject->sac, angles)), result.roots, from_standing);
  return result;
}

NerveModel::NerveModel(std::shared_ptr<const Subject> subject, int nodes) {
  auto parts = std::make_unique<Parts>();
  const BodyPoses standing = standing_poses(subject->segments);
  std::array<Pose, kVertebraCount> bones;
  for (const Vertebra v : kVertebrae) bones[static_cast<std::size_t>(index(v))] = vertebra_pose(*subject, standing, v);
  for (const Root root : kRoots) {
    for (const Side side : kSides) parts->cables.emplace_back(*subject, root, side, bones, nodes);
  }
  parts->spacing = sleeve_spacing(parts->cables, bones);
  double below_conus = (parts->cables[0].sleeve(bones) - bones[0] * subject->conus_L1).dot(-bones[0].R.col(1));
  for (std::size_t r = 0; r < kRootCount; ++r) {
    for (std::size_t s = 0; s < 2; ++s)
      parts->cables[2 * r + s].intradural_length = subject->sac.origin_above_conus[r] + below_conus;
    if (r + 1 < kRootCount) below_conus += parts->spacing[r];
  }
  for (const MotionSegment& segment : subject->levels) parts->fixed.outlines.emplace_back(segment.disc);
  for (const Vertebra v : kVertebrae)
    parts->fixed.bones[static_cast<std::size_t>(index(v))] = fields_of(*subject, v, parts->cables, bones);
  parts->subject = std::move(subject);
  parts->standing =
      std::make_unique<const Surroundings>(*parts->subject, parts->fixed, tabulated_standing(*parts->subject));
  for (RootCable& cable : parts->cables) cable.find_neighbours(*parts->standing);
  const Parts::Settled rest = parts->settled(*parts->standing, PostureAngles{}, false);
  for (std::size_t k = 0; k < parts->cables.size(); ++k) parts->cables[k].set_standing(rest.roots[k].standing());
  parts_ = std::move(parts);
}
NerveModel::~NerveModel() = default;
NerveModel::NerveModel(NerveModel&&) noexcept = default;

NerveState NerveModel::solve(const SpineState& spine, const PostureAngles& angles) const {
  const Surroundings around(*parts_->subject, parts_->fixed, spine);
  const Parts::Settled settled = parts_->settled(around, angles, true);
  NerveState state;
  for (std::size_t r = 0; r < kRootCount; ++r) {
    for (std::size_t s = 0; s < 2; ++s) {
      RootState& root = state.roots[r][s] = settled.roots[2 * r + s].report(settled.sac);
      press_piriformis(parts_->subject->description, angles, static_cast<Root>(r), static_cast<Side>(s),
                       root.nodes.back().tension, root);
    }
  }
  for (const Level level : kLevels)
    state.spaces[static_cast<std::size_t>(index(level))] = measure_spaces(around, spine, level);
  return state;
}

std::string_view name(OtherSide::Outcome outcome) {
  constexpr std::array<std::string_view, 5> kNames{"none", "bone in the way", "slides back", "unsolved", "rests"};
  return kNames[static_cast<std::size_t>(outcome)];
}

OtherSide NerveModel::across_herniation(const SpineState& spine, const PostureAngles& angles, Root root,
                                        Side side) const {
  const Surroundings around(*parts_->subject, parts_->fixed, spine);
  Parts::Settled settled = parts_->settled(around, angles, true);
  RootSolve& its = settled.roots[2 * static_cast<std::size_t>(index(root)) + static_cast<std::size_t>(index(side))];
  OtherSide other{settled.sac.converged ? its.cross_herniation() : OtherSide::Outcome::Unsolved};
  if (other.outcome == OtherSide::Outcome::Rests) other.root = its.report(settled.sac);
  return other;
}

}  // namespace foramen
