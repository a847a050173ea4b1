#include "viz/session/tour.h"

namespace foramen::session {

std::span<const TourStep> tour_steps() {
  static const std::vector<TourStep> steps{
      {{"standing.toml"}, {"view lateral"}, "tour_1_title", "tour_1_text"},
      {{"tour_bend.toml"}, {"view lateral", "time 2"}, "tour_2_title", "tour_2_text"},
      {{"lift_stoop.toml"}, {"view body", "time 2.3"}, "tour_3_title", "tour_3_text"},
      {{"herniation_l4l5_left.toml"}, {"view foramen", "time 2.3"}, "tour_4_title", "tour_4_text"},
      {{"tour_leg_raise.toml"}, {"view body", "time 3"}, "tour_5_title", "tour_5_text"},
      {{"herniation_l4l5_left.toml", "tour_squat.toml"}, {"view body", "time 2.3"}, "tour_6_title", "tour_6_text"},
  };
  return steps;
}

}  // namespace foramen::session
