// Elastic joints and pads: small displacements in balance, pads that never pull.

#include <gtest/gtest.h>

#include <Eigen/Geometry>
#include <cmath>

#include "sim/motion/pads.h"
#include "tests/unit/motion/moving_person.h"

namespace foramen {
namespace {

using testing::person;

/// Reproducible numbers without pattern, −1…1.
double scattered(int i) {
  const double x = 1e3 * std::sin(12.9898 * i + 4.1);
  return 2 * (x - std::floor(x)) - 1;
}

Vec3 scattered_vector(int i) {
  return {scattered(3 * i), scattered(3 * i + 1), scattered(3 * i + 2)};
}

struct Setting {
  BodyPoses poses = place_bodies(*person(), {});
  std::array<double, kBodyCount> compliance{};
  Vec6 weak = Vec6::Constant(0.1);
  ElasticTree::Given given;

  explicit Setting(int seed) {
    for (int b = 0; b < kBodyCount; ++b) {
      compliance[b] = 0.02 + 0.1 * std::abs(scattered(seed + b));
      given.moment[b] = 10 * scattered_vector(seed + 7 * b);
    }
    given.pelvis << 400 * scattered_vector(seed), 50 * scattered_vector(seed + 1);
  }

  [[nodiscard]] Vec3 centre(int b) const { return poses[b] * person()->segments[b].X_BJ.p - poses[0].p; }
};

bool carries(int body, int beyond) {
  for (int b = beyond; b != 0; b = index(person()->segments[b].parent))
    if (b == body) return true;
  return body == 0;
}

TEST(ElasticTree, EveryJointTurnsByTheMomentOfAllThatItCarries) {
  const Setting setting(5);
  ElasticTree tree(*person(), setting.poses, setting.compliance, setting.weak);
  ElasticTree::Springs springs;
  ElasticTree::Loads loads;
  for (int b = 0; b < kBodyCount; ++b) {
    Mat6 root;
    for (int i = 0; i < 36; ++i) root(i / 6, i % 6) = 30 * scattered(100 * b + i);
    springs[b] = b % 3 == 0 ? Mat6(root * root.transpose()) : Mat6::Zero();
    loads[b] << 20 * scattered_vector(b), 3 * scattered_vector(2 * b);
    tree.use(static_cast<Body>(b));
  }
  ASSERT_TRUE(tree.fold(springs));
  const ElasticTree::Motions motions = tree.move(loads, setting.given);
  for (int b = 0; b < kBodyCount; ++b) {
    Vec6 passed = Vec6::Zero();
    for (int c = 0; c < kBodyCount; ++c)
      if (carries(b, c)) passed -= loads[c] + springs[c] * motions[c];
    if (b == 0) {
      EXPECT_LT((setting.weak.cwiseProduct(motions[0]) - setting.given.pelvis - passed).norm(), 1e-6);
      continue;
    }
    const Vec3 m = setting.centre(b);
    const Vec3 moment = setting.given.moment[b] + passed.tail<3>() - m.cross(passed.head<3>());
    const Vec6& parent = motions[index(person()->segments[b].parent)];
    const Vec3 turn = motions[b].tail<3>() - parent.tail<3>();
    EXPECT_LT((turn - setting.compliance[b] * moment).norm(), 1e-7 * (1 + turn.norm())) << b;
    // The joint's centre moves alike on both sides of it.
    EXPECT_LT((ElasticTree::displacement(motions[b], m) - ElasticTree::displacement(parent, m)).norm(), 1e-9) << b;
  }
}

/// Pads of one and of four directions all over the body; two lean on other segments.
std::vector<Pad> many_pads(const Setting& setting, int seed) {
  std::vector<Pad> pads;
  for (int i = 0; i < 24; ++i) {
    Pad pad;
    pad.body = static_cast<Body>((7 * i + seed) % kBodyCount);
    if (i == 3 || i == 4) pad.leans_on = static_cast<Body>((7 * i + seed + 5) % kBodyCount);
    pad.r = setting.poses[index(pad.body)].p - setting.poses[0].p + 0.1 * scattered_vector(seed + i);
    pad.count = i % 2 == 0 ? 1 : 4;
    Pad::Mat4 root;
    for (int k = 0; k < 16; ++k) root(k / 4, k % 4) = scattered(seed + 16 * i + k);
    for (int k = 0; k < pad.count; ++k) {
      pad.ways.col(k) = Vec3(0, 1, 0) + 0.4 * scattered_vector(seed + 4 * i + k);
      for (int l = 0; l < pad.count; ++l)
        pad.energy(k, l) = 1e-4 * (root.row(k).dot(root.row(l)) + (k == l ? 0.2 : 0.0));
    }
    pad.offset = 0.01 * scattered(seed + i);
    pads.push_back(pad);
  }
  return pads;
}

TEST(Pads, PushWhereTheyArePressedAndNowhereElse) {
  int pressed = 0, free = 0;
  for (int seed = 0; seed < 40; ++seed) {
    Setting setting(1000 * seed);
    ElasticTree tree(*person(), setting.poses, setting.compliance, setting.weak);
    std::vector<Pad> pads = many_pads(setting, 1000 * seed);
    PadEquilibrium equilibrium(tree, pads);
    ASSERT_TRUE(equilibrium.settle(setting.given).converged);
    const ElasticTree::Motions& motions = equilibrium.motions();
    Vec6 whole = setting.given.pelvis - setting.weak.cwiseProduct(motions[0]);
    for (const Pad& pad : pads) {
      Vec3 moved = ElasticTree::displacement(motions[index(pad.body)], pad.r);
      if (pad.leans_on) moved -= ElasticTree::displacement(motions[index(*pad.leans_on)], pad.r);
      for (int k = 0; k < pad.count; ++k) {
        const double slope = pad.energy.row(k).dot(pad.push) + pad.offset + pad.ways.col(k).dot(moved);
        EXPECT_GE(pad.push[k], 0);
        EXPECT_GE(slope, -1e-9 * (1 + moved.norm()));
        EXPECT_NEAR(pad.push[k] * slope, 0, 1e-7 * (1 + pad.push[k]));
        ++(pad.push[k] > 0 ? pressed : free);
      }
      if (pad.leans_on) continue;
      whole.head<3>() += pad.force();
      whole.tail<3>() += pad.r.cross(pad.force());
    }
    EXPECT_LT(whole.norm(), 1e-6 * (1 + setting.given.pelvis.norm()));
  }
  EXPECT_GT(pressed, 100);
  EXPECT_GT(free, 100);
}

TEST(Pads, SayWhereTheyFindNoEquilibriumAndDoNotPush) {
  Setting setting(1);
  setting.given.moment[index(Body::L3)].z() = std::nan("");
  ElasticTree tree(*person(), setting.poses, setting.compliance, setting.weak);
  std::vector<Pad> pads = many_pads(setting, 1);
  PadEquilibrium equilibrium(tree, pads);
  const Convergence found = equilibrium.settle(setting.given);
  EXPECT_FALSE(found.converged);
  EXPECT_FALSE(found.reason.empty());
  for (const Pad& pad : pads) EXPECT_EQ(pad.push, Pad::Vec4::Zero());
}

}  // namespace
}  // namespace foramen
