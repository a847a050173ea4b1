#include "sim/nerve/nerve.h"
#include "sim/nerve/piriformis.h"
#include "sim/nerve/root_cable.h"
#include "sim/nerve/spaces.h"

namespace foramen {

struct NerveModel::Parts {
  std::shared_ptr<const Subject> subject;
  std::vector<PolarOutline> outlines;  ///< by level
  std::vector<RootCable> cables;       ///< root-major, left before right
};

namespace {

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

}  // namespace

NerveModel::NerveModel(std::shared_ptr<const Subject> subject) {
  auto parts = std::make_unique<Parts>();
  const BodyPoses standing = standing_poses(subject->segments);
  std::array<Pose, kVertebraCount> bones;
  for (const Vertebra v : kVertebrae) bones[static_cast<std::size_t>(index(v))] = vertebra_pose(*subject, standing, v);
  for (const Root root : kRoots) {
    for (const Side side : kSides) parts->cables.emplace_back(*subject, root, side, bones);
  }
  for (const MotionSegment& segment : subject->levels) parts->outlines.emplace_back(segment.disc);
  const Surroundings around(*subject, parts->outlines, tabulated_standing(*subject));
  for (RootCable& cable : parts->cables) cable.set_standing_excursion(cable.solve(around, PostureAngles{}).excursion);
  parts->subject = std::move(subject);
  parts_ = std::move(parts);
}
NerveModel::~NerveModel() = default;
NerveModel::NerveModel(NerveModel&&) noexcept = default;

NerveState NerveModel::solve(const SpineState& spine, const PostureAngles& angles) const {
  const Surroundings around(*parts_->subject, parts_->outlines, spine);
  NerveState state;
  for (std::size_t r = 0; r < kRootCount; ++r) {
    for (std::size_t s = 0; s < 2; ++s) {
      RootState& root = state.roots[r][s] = parts_->cables[2 * r + s].solve(around, angles);
      press_piriformis(parts_->subject->description, angles, static_cast<Root>(r), static_cast<Side>(s),
                       root.nodes.back().tension, root);
    }
  }
  for (const Level level : kLevels)
    state.spaces[static_cast<std::size_t>(index(level))] = measure_spaces(around, spine, level);
  return state;
}

}  // namespace foramen
