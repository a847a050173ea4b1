#include "sim/spine/test_bench.h"

#include <fmt/format.h>

#include <stdexcept>

namespace foramen {

namespace {

static_assert(static_cast<int>(PassiveStructure::ITL) == static_cast<int>(Ligament::ITL),
              "ligaments come first and in the same order");

/// A pure moment does not follow the vertebra: the generalised moment is turned with the rotation found, until it
/// changes no more.
constexpr int kMostTurns = 30;
constexpr double kTurnTolerance = 1e-6;  ///< [N·m]
/// Share of its volume that nucleotomy leaves (it takes the free, swelling part).
constexpr double kNucleotomyLeaves = 0.7;

Vec3 clinical(const Vec3& rotation) {
  return {-rotation.z(), rotation.x(), rotation.y()};
}

}  // namespace

Vec3 BenchState::rotation() const {
  Vec3 sum = Vec3::Zero();
  for (const BenchLevel& level : levels) sum += level.rotation;
  return sum;
}

TestBench::TestBench(const Subject& subject, Level top, Level bottom, DiscResolution resolution)
    : resolution_(resolution) {
  if (index(top) > index(bottom)) {
    throw std::invalid_argument(fmt::format("a specimen from {} down to {}", name(top), name(bottom)));
  }
  for (int l = index(top); l <= index(bottom); ++l) {
    names_.push_back(static_cast<Level>(l));
    segments_.push_back(subject.levels[static_cast<std::size_t>(l)]);
    // The disc above sits in the body that is this level's upper vertebra.
    between_.push_back(l > index(top) ? segments_.back().X_UD.inverse() * segments_[segments_.size() - 2].X_LD
                                      : Pose{});
  }
  cut();
}

void TestBench::cut() {
  laws_.clear();
  unloaded_.clear();
  for (const MotionSegment& segment : segments_) {
    laws_.emplace_back(segment, resolution_);
    unloaded_.push_back(solve_segment(laws_.back(), Vec6::Zero()));
  }
}

void TestBench::remove(PassiveStructure structure) {
  for (MotionSegment& segment : segments_) {
    if (structure == PassiveStructure::Facets) {
      for (FacetGeometry& facet : segment.facets) facet.carries = false;
    } else if (structure == PassiveStructure::Nucleus) {
      segment.nucleus_share = kNucleotomyLeaves;
    } else {
      std::erase_if(segment.ligaments, [&](const LigamentFibre& f) {
        return static_cast<int>(f.ligament) == static_cast<int>(structure);
      });
    }
  }
  cut();
}

BenchState TestBench::solve(const BenchLoad& load) const {
  BenchState state;
  state.convergence.converged = true;
  Vec3 moment = Vec3(load.right_bend, load.left_twist, -load.flexion);  // in the axes of the lowest disc
  for (std::size_t k = laws_.size(); k-- > 0;) {
    const Vec3 force(load.shear_anterior, -load.follower, 0);
    SegmentSolution solution = unloaded_[k];
    if (load.rotation_held) {
      solution = solve_translation(laws_[k], unloaded_[k], force);
    } else {
      Vec6 generalised = Vec6::Zero();
      for (int turn = 0; turn < kMostTurns; ++turn) {
        Vec6 next;
        next << left_jacobian(solution.q.head<3>()).transpose() * moment, force;
        if (turn > 0 && (next - generalised).head<3>().norm() < kTurnTolerance) break;
        generalised = next;
        solution = solve_segment(laws_[k], generalised, &solution);
      }
    }
    BenchLevel level{names_[k], solution.q, Vec3::Zero(), Vec3::Zero(), solution.state, unloaded_[k].state};
    level.rotation = clinical(solution.q.head<3>() - unloaded_[k].q.head<3>());
    level.displacement = solution.q.tail<3>() - unloaded_[k].q.tail<3>();
    state.levels.insert(state.levels.begin(), level);
    if (!solution.convergence.converged && state.convergence.converged) {
      state.convergence = solution.convergence;
      state.convergence.reason = fmt::format("{}: {}", name(names_[k]), solution.convergence.reason);
    }
    if (k > 0) moment = (rotation_from_vector(solution.q.head<3>()) * between_[k].R).transpose() * moment;
  }
  return state;
}

Mat6 TestBench::stiffness(Level level, const BenchLoad& load) const {
  for (const BenchLevel& found : solve(load).levels) {
    if (found.level == level) return found.state.hessian;
  }
  throw std::invalid_argument(fmt::format("{} is not part of the specimen", name(level)));
}

}  // namespace foramen
