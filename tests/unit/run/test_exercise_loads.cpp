// Exercises as movements through the whole model: measured activity, which weighs much, keeps neither the search from
// its end nor strength from being judged rightly, and the load follows the moment.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "sim/base/csv.h"
#include "sim/run/simulate.h"

namespace foramen {
namespace {

struct Course {
  double largest = 0, largest_moment = 0;  ///< [N, N·m] at L4–L5
};

/// All frames of a shipped scenario; each must be carried, converge and find strength enough.
Course course(const std::string& name) {
  const Scenario scenario = read_scenario(std::string(FORAMEN_SOURCE_DIR) + "/scenarios/" + name + ".toml");
  const Library library = load_library(data_directory());
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  Course found;
  constexpr double kRate = 40;  // [Hz]
  for (const double time : frame_times(motion.start(), motion.end(), kRate)) {
    const Frame frame = solve_loads(person, supported(person.spine, motion, time));
    EXPECT_TRUE(frame.spine.convergence.converged) << name << " at " << time;
    EXPECT_TRUE(frame.spine.strength_suffices) << name << " at " << time;
    EXPECT_TRUE(frame.supported()) << name << " at " << time;
    const LevelState& level = frame.spine.levels[static_cast<std::size_t>(index(Level::L4L5))];
    found.largest = std::max(found.largest, level.compression);
    found.largest_moment = std::max(found.largest_moment, level.net_D.moment.z());
  }
  return found;
}

TEST(ExerciseLoads, EveryInstantSettles) {
  for (const char* name : {"sit_up", "curl_up", "leg_raise_active", "bent_leg_raise", "bird_dog"})
    EXPECT_GT(course(name).largest, 500) << name;
}

TEST(ExerciseLoads, ASitUpPressesMoreThanACurlUpAndStraightLegsMoreThanBentOnes) {
  const Course sit_up = course("sit_up"), curl_up = course("curl_up"), straight = course("leg_raise_active"),
               bent = course("bent_leg_raise");
  EXPECT_GT(sit_up.largest, curl_up.largest);
  EXPECT_GT(sit_up.largest_moment, curl_up.largest_moment);
  EXPECT_GT(straight.largest, bent.largest);
  EXPECT_GT(straight.largest_moment, bent.largest_moment);
}

}  // namespace
}  // namespace foramen
