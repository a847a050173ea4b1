// Measured motion: what is read, what is said about gaps and unknown columns, and the way out and back in.

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <random>

#include "sim/base/error.h"
#include "sim/motion/smoothing_spline.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

namespace fs = std::filesystem;
using testing::library;
using testing::motion_of;
using testing::person;
using testing::stoop_lift;

fs::path file_with(const std::string& name, const std::string& content) {
  const fs::path folder = fs::temp_directory_path() / ("foramen_motion_" + std::to_string(getpid()));
  fs::create_directories(folder);
  std::ofstream(folder / name) << content;
  return folder / name;
}

MeasuredMotion read(const std::string& name, const std::string& content) {
  return read_motion_file(file_with(name, content), library().coordinates);
}

std::string refusal(const std::string& name, const std::string& content) {
  try {
    (void)read(name, content);
  } catch (const InputError& error) {
    return error.what();
  }
  return "";
}

const MeasuredAngle& angle_of(const MeasuredMotion& motion, PostureAngle angle) {
  for (const MeasuredAngle& measured : motion.angles) {
    if (measured.angle == angle) return measured;
  }
  throw std::runtime_error("no such angle");
}

TEST(MotionFiles, OpenSimCoordinatesBecomePostureAngles) {
  const auto motion = read("walk.mot",
                           "walk\nversion=1\nnRows=2\nnColumns=4\ninDegrees=yes\nendheader\n"
                           "time\tpelvis_tilt\tlumbar_extension\thip_flexion_r\n0\t-10\t-20\t30\n0.1\t-12\t-22\t31\n");
  EXPECT_NEAR(angle_of(motion, PostureAngle::PelvisForwardPitch).values[0], 10 * units::deg, 1e-15);
  EXPECT_NEAR(angle_of(motion, PostureAngle::LumbarFlexion).values[1], 22 * units::deg, 1e-15);
  EXPECT_NEAR(angle_of(motion, PostureAngle::HipFlexionRight).values[0], 30 * units::deg, 1e-15);
  EXPECT_TRUE(motion.warnings.empty());
}

TEST(MotionFiles, RadiansAreTakenAsTheHeaderSays) {
  const auto motion = read("walk.sto", "walk\ninDegrees=no\nendheader\ntime lumbar_extension\n0 -0.2\n0.1 -0.3\n");
  EXPECT_EQ(angle_of(motion, PostureAngle::LumbarFlexion).values[0], 0.2);
}

TEST(MotionFiles, UnknownColumnsAndGapsAreReported) {
  const auto motion = read("gaps.mot",
                           "g\ninDegrees=yes\nendheader\ntime lumbar_extension spine_wobble pelvis_tx\n"
                           "0 -1 7 0\n0.1 nan 7 0\n0.2 -3 7 0\n0.3 -3 7 0\n0.7 -4 7 0\n0.8 -4 7 0\n");
  ASSERT_EQ(motion.warnings.size(), 3u);
  EXPECT_NE(motion.warnings[0].find("\"spine_wobble\" is not known"), std::string::npos);
  EXPECT_NE(motion.warnings[1].find("no samples between 0.3 and 0.7 s"), std::string::npos);
  EXPECT_NE(motion.warnings[2].find("lacks 1 samples between 0.1 and 0.1 s"), std::string::npos) << motion.warnings[2];
  EXPECT_EQ(angle_of(motion, PostureAngle::LumbarFlexion).values.size(), 5u);
}

TEST(MotionFiles, PlainTablesUseTheKeysOfKeyframes) {
  const auto motion =
      read("own.csv", "# measured\ntime_s,knee_flexion_deg,lumbar_flexion_deg\n0,10,5\n0.5,20,\n1,30,7\n");
  EXPECT_NEAR(angle_of(motion, PostureAngle::KneeFlexionLeft).values[2], 30 * units::deg, 1e-15);
  EXPECT_NEAR(angle_of(motion, PostureAngle::KneeFlexionRight).values[2], 30 * units::deg, 1e-15);
  EXPECT_EQ(angle_of(motion, PostureAngle::LumbarFlexion).values.size(), 2u);
}

TEST(MotionFiles, WhatCannotBeReadIsRefusedWithItsLine) {
  EXPECT_NE(refusal("a.csv", "time_s,lumbr_flexion_deg\n0,1\n1,2\n")
                .find("a.csv:1:1: \"lumbr_flexion_deg\" is no angle; the nearest is \"lumbar_flexion_deg\""),
            std::string::npos);
  EXPECT_NE(refusal("b.csv", "time_s,lumbar_flexion_deg\n0,1\n1\n").find("b.csv:3:1: has 1 values for 2 columns"),
            std::string::npos);
  EXPECT_NE(refusal("c.csv", "time_s,lumbar_flexion_deg\n0,1\n0,2\n").find("c.csv:3:1: time 0 does not come after 0"),
            std::string::npos);
  EXPECT_NE(refusal("d.csv", "time_s,lumbar_flexion_deg\n0,x\n")
                .find("d.csv:2:1: \"x\" under lumbar_flexion_deg is not a number"),
            std::string::npos);
  EXPECT_NE(refusal("e.mot", "no header\n").find("endheader"), std::string::npos);
  EXPECT_NE(
      refusal("f.mot", "f\nendheader\ntime lumbar_extension lumbar_flexion\n0 1 1\n1 2 2\n").find("f.mot:3:1: both"),
      std::string::npos);
}

TEST(MotionFiles, WhatGoesOutComesBackIn) {
  const Motion out = motion_of(stoop_lift());
  std::string text = "out\ninDegrees=yes\nendheader\ntime";
  for (const std::string_view angle : posture_angle_names()) text += "\t" + std::string(angle);
  const int frames = 130;
  for (int i = 0; i <= frames; ++i) {
    const double t = out.start() + (out.end() - out.start()) * i / frames;
    char cell[40];
    std::snprintf(cell, sizeof cell, "\n%.17g", t);
    text += cell;
    const Instant now = out.at(t);
    for (const double angle : now.angles) {
      std::snprintf(cell, sizeof cell, "\t%.17g", angle / units::deg);
      text += cell;
    }
  }
  Scenario scenario = stoop_lift();
  scenario.motion.keyframes.clear();
  scenario.motion.file = file_with("out.mot", text + "\n").string();
  const Motion in = motion_of(scenario);
  EXPECT_TRUE(in.warnings().empty());
  for (double t = 0.013; t < out.end(); t += 0.071) {
    const Instant a = out.at(t), b = in.at(t);
    for (int i = 0; i < kPostureAngleCount; ++i) EXPECT_NEAR(a.angles[i], b.angles[i], 1e-5);
    const NetLoads loads = net_loads(*person(), a.poses, joint_wrenches(*person(), a.tree, a.external));
    const NetLoads again = net_loads(*person(), b.poses, joint_wrenches(*person(), b.tree, b.external));
    EXPECT_NEAR(loads[4].moment.z(), again[4].moment.z(), 1.0);  // of some 150 N·m; inertia is what differs
  }
}

TEST(SmoothingSpline, PassesThroughSamplesWithoutNoiseAndIsTwiceDifferentiable) {
  std::vector<double> t, y;
  for (int i = 0; i <= 100; ++i) {
    t.push_back(0.02 * i + (i % 3) * 0.002);
    y.push_back(std::sin(3 * t.back()));
  }
  const SmoothingSpline spline(t, y, 0);
  for (std::size_t i = 1; i + 1 < t.size(); ++i) {
    EXPECT_NEAR(spline.at(t[i]).value, y[i], 1e-12);
    EXPECT_NEAR(spline.at(t[i] - 1e-9).acceleration, spline.at(t[i] + 1e-9).acceleration, 1e-4);
  }
  EXPECT_NEAR(spline.at(1.003).rate, 3 * std::cos(3.009), 1e-4);
  EXPECT_NEAR(spline.at(1.003).acceleration, -9 * std::sin(3.009), 1e-2);
}

TEST(SmoothingSpline, TakesOutTheNoiseItIsToldOf) {
  std::mt19937 generator(3);
  std::normal_distribution<double> noise(0, 0.01);
  std::vector<double> t, y;
  for (int i = 0; i <= 200; ++i) {
    t.push_back(0.01 * i);
    y.push_back(std::sin(3 * t.back()) + noise(generator));
  }
  const SmoothingSpline rough(t, y, 0), smooth(t, y, 0.01);
  double rough_error = 0, smooth_error = 0, departure = 0;
  for (double time = 0.2; time < 1.8; time += 0.013) {
    rough_error += std::abs(rough.at(time).acceleration + 9 * std::sin(3 * time));
    smooth_error += std::abs(smooth.at(time).acceleration + 9 * std::sin(3 * time));
  }
  for (std::size_t i = 0; i < t.size(); ++i)
    departure += std::pow(smooth.at(t[i]).value - y[i], 2) / static_cast<double>(t.size());
  EXPECT_LT(smooth_error, 0.02 * rough_error);
  EXPECT_NEAR(std::sqrt(departure), 0.01, 1e-4);
}

}  // namespace
}  // namespace foramen
