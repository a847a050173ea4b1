// The window asks while it is being answered: answers must be of the newest question, and the thread must end at once.

#include <fmt/core.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <utility>

#include "example.h"
#include "viz/session/edits.h"
#include "viz/session/solver_thread.h"

namespace foramen::session {
namespace {

/// Collects updates and lets a test wait for one.
class Mailbox {
 public:
  void put(Update update) {
    const std::lock_guard lock(mutex_);
    updates_.push_back(std::move(update));
    changed_.notify_all();
  }
  /// All updates once the last of `request` is there.
  std::vector<Update> wait_for(std::uint64_t request) {
    std::unique_lock lock(mutex_);
    const auto there = [&] {
      return std::any_of(updates_.begin(), updates_.end(),
                         [&](const Update& one) { return one.request == request && one.last; });
    };
    EXPECT_TRUE(changed_.wait_for(lock, std::chrono::seconds(60), there));
    return updates_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Update> updates_;
};

constexpr scene::MeshDetail kCoarse{.coarseness = 3};  ///< bones nobody looks at

std::shared_ptr<const Scenario> lift(double mass) {
  Scenario one = with_load(read_scenario(scenario_file("lift_stoop.toml")), mass);
  one.solver.rate_hz = 4;
  return std::make_shared<const Scenario>(one);
}

TEST(ReadOrSolve, TakesStoredFramesWithoutSolvingAndSaysWhyWhereItCannot) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("foramen-stored-{}", getpid());
  std::filesystem::create_directories(folder);
  Preparer preparer(library(), 1, kCoarse);
  const auto ready = preparer.prepare(lift(10));
  int solved = 0;
  const auto count = [&] { return ++solved < 0; };
  const auto first = solve_whole(*ready, library()->digest, 1, count);
  EXPECT_EQ(std::exchange(solved, 0), static_cast<int>(ready->times.size()) + 1);
  write_stored_frames(*first, folder / "frames.bin");
  const Stored stored{folder, ready->scenario};
  const Whole read = read_or_solve(*ready, &stored, *library(), 1, count);
  EXPECT_EQ(read.fault, StoredFault::None);
  EXPECT_EQ(solved, 0);
  ASSERT_TRUE(read.result);
  EXPECT_EQ(read.result->frames.size(), first->frames.size());
  const auto other = preparer.prepare(lift(11));
  const Stored wrong{folder, other->scenario};
  EXPECT_EQ(read_or_solve(*other, &wrong, *library(), 1, count).fault, StoredFault::OtherRun);
  EXPECT_GT(solved, 0);
  std::filesystem::remove_all(folder);
  EXPECT_EQ(read_or_solve(*ready, &stored, *library(), 1, count).fault, StoredFault::Missing);
}

TEST(SolverThread, GivesTheInstantFirstThenTheWholeRun) {
  Mailbox mailbox;
  SolverThread solver(library(), 2, kCoarse, [&](Update update) { mailbox.put(std::move(update)); });
  const auto request = solver.request({{lift(10)}, 2.1, Link::Time, true});
  const auto updates = mailbox.wait_for(request);
  ASSERT_EQ(updates.size(), 3u);
  ASSERT_TRUE(updates[0].instant);
  EXPECT_DOUBLE_EQ(updates[0].instant->time, 2.1);
  ASSERT_TRUE(updates[1].whole);
  EXPECT_EQ(updates[1].whole->frames.size(), updates[1].ready->times.size());
  EXPECT_TRUE(updates[2].last);
}

TEST(SolverThread, TheNewestRequestIsAnsweredWhateverCameBefore) {
  Mailbox mailbox;
  SolverThread solver(library(), 2, kCoarse, [&](Update update) { mailbox.put(std::move(update)); });
  std::uint64_t newest = 0;
  for (int mass = 1; mass <= 20; ++mass) newest = solver.request({{lift(mass)}, 3.0, Link::Time, mass == 20});
  const auto updates = mailbox.wait_for(newest);
  double last_mass = 0.0;
  for (const Update& one : updates) {
    if (one.instant) last_mass = one.instant->instant.hand_load_mass;
  }
  EXPECT_DOUBLE_EQ(last_mass, 20.0);
  EXPECT_LT(updates.size(), 2u * 20u) << "older requests were worked off";
}

TEST(SolverThread, WhatCannotBeIsSaidAndTheRestStillComes) {
  Mailbox mailbox;
  SolverThread solver(library(), 1, kCoarse, [&](Update update) { mailbox.put(std::move(update)); });
  Scenario wrong = *lift(5);
  wrong.motion.keyframes[1].posture = "stoop_reech";
  const auto request = solver.request({{std::make_shared<const Scenario>(wrong), lift(5)}, 0.0, Link::Time, false});
  const auto updates = mailbox.wait_for(request);
  ASSERT_GE(updates.size(), 2u);
  EXPECT_NE(updates[0].problem.find("stoop_reach"), std::string::npos) << updates[0].problem;
  EXPECT_EQ(updates[1].index, 1u);
  EXPECT_TRUE(updates[1].instant);
}

TEST(SolverThread, ADraftIsDrawnInTheBonesOfBeforeAndThenInItsOwn) {
  Preparer preparer(library(), 1, kCoarse);
  const auto whole = preparer.prepare(lift(1));
  auto narrow = std::make_shared<Scenario>(*lift(1));
  narrow->subject.parameters.canal_size = 0.8;
  const Frame frame = solve_frame(*whole->person, *whole->motion, whole->times.front());
  const auto arch_of = [&](const Ready& ready) { return ready.scene->draw(frame, {}).find("bone L4")->mesh; };
  const auto draft = preparer.prepare(narrow, true);
  EXPECT_EQ(arch_of(*draft), arch_of(*whole));
  const auto own = preparer.prepare(narrow);
  EXPECT_NE(arch_of(*own), arch_of(*whole));
  EXPECT_EQ(own->person, draft->person) << "only surfaces are made anew";
}

TEST(SolverThread, APersonIsMadeOnceForAnyNumberOfPostures) {
  Preparer preparer(library(), 1, kCoarse);
  const auto one = preparer.prepare(lift(1)), two = preparer.prepare(lift(2));
  EXPECT_EQ(one->person, two->person);
  EXPECT_NE(one->motion, two->motion);
}

TEST(SolverThread, EndsInTheMiddleOfWork) {
  Mailbox mailbox;
  {
    SolverThread solver(library(), 2, kCoarse, [&](Update update) { mailbox.put(std::move(update)); });
    Scenario fine = *lift(10);
    fine.solver.rate_hz = 500;
    solver.request({{std::make_shared<const Scenario>(fine)}, 0.0, Link::Time, true});
    solver.ask_leg_raise(lift(10), Side::Left);
  }
  SUCCEED();
}

TEST(SolverThread, TellsTheLegRaise) {
  Mailbox mailbox;
  SolverThread solver(library(), 1, kCoarse, [&](Update update) { mailbox.put(std::move(update)); });
  const auto number = solver.ask_leg_raise(lift(0), Side::Right);
  const auto updates = mailbox.wait_for(number);
  ASSERT_TRUE(updates.back().leg_raise.has_value());
  EXPECT_EQ(updates.back().leg_raise->side, Side::Right);
  EXPECT_TRUE(updates.back().question);
}

}  // namespace
}  // namespace foramen::session
