#include <fmt/format.h>

#include <array>
#include <cmath>

#include "sim/assess/model_figures.h"
#include "sim/base/units.h"

namespace foramen {

namespace {

constexpr std::size_t kPosterior = kContourPoints / 2;

/// A direction of the test bench with the published name, the load for a moment, and the rotation it makes.
struct Direction {
  const char* name;
  BenchLoad (*load)(double moment);
  int axis;  ///< of BenchLevel::rotation
};
constexpr std::array kDirections{Direction{"flexion", [](double m) { return BenchLoad{.flexion = m}; }, 0},
                                 Direction{"extension", [](double m) { return BenchLoad{.flexion = -m}; }, 0},
                                 Direction{"lateral_bending", [](double m) { return BenchLoad{.right_bend = m}; }, 1},
                                 Direction{"axial_rotation", [](double m) { return BenchLoad{.left_twist = m}; }, 2}};

double rotation_deg(const BenchState& state, int axis) {
  return std::abs(state.rotation()[axis]) / units::deg;
}

BenchLoad pressed(double force) {
  return {.follower = force, .rotation_held = true};
}

double sink_mm(const TestBench& bench, double force) {
  return -bench.solve(pressed(force)).levels[0].displacement.y() / units::mm;
}

/// Secant stiffness between 500 and 1000 N [N/mm].
double axial_stiffness(const TestBench& bench) {
  return 500 / (sink_mm(bench, 1000) - sink_mm(bench, 500));
}

/// Secant stiffness at 7.5 N·m [N·m/deg].
double bending_stiffness(const TestBench& bench, const Direction& direction) {
  return 7.5 / rotation_deg(bench.solve(direction.load(7.5)), direction.axis);
}

void compression(const TestBench& bench, const DiscGeometry& disc, ModelFigures& figures) {
  const std::string segment = "segment.L4-L5.";
  for (const double force : {300.0, 500.0, 1000.0, 2000.0}) {
    const BenchLevel level = bench.solve(pressed(force)).levels[0];
    figures[fmt::format("{}compression_mm.{}", segment, force)] = -level.displacement.y() / units::mm;
    figures[fmt::format("{}pressure_ratio.{}", segment, force)] =
        level.state.disc.nucleus_pressure / (force / disc.area);
    figures[fmt::format("{}bulge_mm.{}", segment, force)] =
        (level.state.disc.bulge_posterior - level.unloaded.disc.bulge_posterior) / units::mm;
  }
  figures[segment + "axial_N_per_mm"] = axial_stiffness(bench);
  const auto sheared = [&](double force) { return bench.solve({.shear_anterior = force}).levels[0]; };
  figures[segment + "shear_N_per_mm"] =
      1000 / ((sheared(1000).displacement.x() - sheared(0).displacement.x()) / units::mm);
}

void preload(const TestBench& bench, ModelFigures& figures) {
  const auto diagonal = [&](double force) {
    return Vec6(bench.stiffness(Level::L4L5, {.follower = force}).diagonal());
  };
  const Vec6 unloaded = diagonal(0);
  for (const double force : {250.0, 500.0})
    figures[fmt::format("segment.L4-L5.preload_factor.{}", force)] = diagonal(force).cwiseQuotient(unloaded).mean();
  // Small motions under 500 N: secant at half a newton metre.
  const auto small = [&](double moment) {
    const BenchState rest = bench.solve({.follower = 500}), turned = bench.solve({.flexion = moment, .follower = 500});
    return std::abs(moment / (turned.rotation()[0] - rest.rotation()[0]));
  };
  figures["segment.L4-L5.stiffness_ratio.500"] = small(-0.5) / small(0.5);
}

void dissected(const Subject& subject, ModelFigures& figures) {
  TestBench bench(subject, Level::L4L5, Level::L4L5);
  figures["segment.L4-L5.torsion_Nm_per_deg"] = bending_stiffness(bench, kDirections[3]);
  figures["segment.L4-L5.flexion_Nm_per_deg"] = bending_stiffness(bench, kDirections[0]);
  figures["segment.L4-L5.flexion_Nm_per_deg.70"] = 70 / rotation_deg(bench.solve({.flexion = 70}), 0);
  figures["segment.L4-L5.extension_Nm_per_deg"] = bending_stiffness(bench, kDirections[1]);
  bench.remove(PassiveStructure::Facets);
  figures["segment.L4-L5.no_facets.axial_N_per_mm"] = axial_stiffness(bench);
  figures["segment.L4-L5.no_facets.torsion_Nm_per_deg"] = bending_stiffness(bench, kDirections[3]);
  figures["segment.L4-L5.no_facets.flexion_Nm_per_deg"] = bending_stiffness(bench, kDirections[0]);
  figures["segment.L4-L5.no_facets.extension_Nm_per_deg"] = bending_stiffness(bench, kDirections[1]);
  figures["segment.L4-L5.no_facets.bending_Nm_per_deg"] = bending_stiffness(bench, kDirections[2]);
  for (const Ligament ligament :
       {Ligament::ALL, Ligament::PLL, Ligament::LF, Ligament::CL, Ligament::ISL, Ligament::SSL, Ligament::ITL})
    bench.remove(static_cast<PassiveStructure>(ligament));
  figures["disc.L4-L5.axial_N_per_mm"] = axial_stiffness(bench);
}

void whole_spine(const TestBench& bench, ModelFigures& figures) {
  std::array<double, 4> total{};
  for (std::size_t d = 0; d < kDirections.size(); ++d) {
    const Direction& direction = kDirections[d];
    const BenchState state = bench.solve(direction.load(7.5));
    total[d] = rotation_deg(state, direction.axis);
    double facets = 0;
    for (const BenchLevel& level : state.levels) facets += level.state.facet_force[0] + level.state.facet_force[1];
    figures[fmt::format("facets.mean_N.{}", direction.name)] = facets / static_cast<double>(state.levels.size());
  }
  figures["spine.flexion_extension_deg.7.5"] = total[0] + total[1];
  figures["spine.lateral_bending_deg.7.5"] = 2 * total[2];
  figures["spine.axial_rotation_deg.7.5"] = 2 * total[3];
  figures["spine.flexion_over_extension"] = total[0] / total[1];
}

/// The combined loads of Rohlmann 2009 and Dreischarf 2011, 2012.
void follower_loads(const TestBench& bench, ModelFigures& figures) {
  const std::array cases{std::pair{"flexion", BenchLoad{.flexion = 7.5, .follower = 1175}},
                         std::pair{"extension", BenchLoad{.flexion = -7.5, .follower = 500}},
                         std::pair{"lateral_bending", BenchLoad{.right_bend = 7.8, .follower = 700}},
                         std::pair{"axial_rotation", BenchLoad{.left_twist = 5.5, .follower = 720}}};
  for (std::size_t d = 0; d < cases.size(); ++d) {
    const auto& [direction, load] = cases[d];
    BenchLoad rest;
    rest.follower = load.follower;
    const BenchState before = bench.solve(rest), after = bench.solve(load);
    const int axis = kDirections[d].axis;
    figures[fmt::format("spine.follower.{}_deg", direction)] =
        std::abs(after.rotation()[axis] - before.rotation()[axis]) / units::deg;
    for (std::size_t l = 0; l < after.levels.size(); ++l) {
      figures[fmt::format("follower.{}.{}_deg", name(after.levels[l].level), direction)] =
          std::abs(after.levels[l].rotation[axis] - before.levels[l].rotation[axis]) / units::deg;
    }
  }
}

void per_level(const Subject& subject, ModelFigures& figures) {
  for (const Level level : kLevels) {
    const TestBench bench(subject, level, level);
    for (const Direction& direction : kDirections)
      figures[fmt::format("segment.{}.rotation_deg.10.{}", name(level), direction.name)] =
          rotation_deg(bench.solve(direction.load(10)), direction.axis);
  }
  const TestBench bench(subject, Level::L4L5, Level::L4L5);
  const BenchLevel bulging = bench.solve({.flexion = -12, .follower = 800}).levels[0];
  figures["disc.L4-L5.bulge_mm.800.12"] =
      (bulging.state.disc.bulge_posterior - bulging.unloaded.disc.bulge_posterior) / units::mm;
  const BenchLoad schultz{.flexion = 10.6, .follower = 400};
  BenchLoad rest = schultz;
  rest.flexion = 0;
  figures["segment.L4-L5.rotation_deg.10.6.flexion"] =
      (bench.solve(schultz).rotation()[0] - bench.solve(rest).rotation()[0]) / units::deg;
}

/// Posterior bulge in extension and flexion beyond neutral, at 7.5 N·m and 500 N.
void bulge_by_posture(Subject subject, int grade, ModelFigures& figures) {
  subject.levels[static_cast<std::size_t>(index(Level::L4L5))].disc.pfirrmann = grade;
  const TestBench bench(subject, Level::L4L5, Level::L4L5);
  const auto bulge = [&](double flexion) {
    return bench.solve({.flexion = flexion, .follower = 500}).levels[0].state.disc.bulge[kPosterior] / units::mm;
  };
  const std::string disc = fmt::format("disc.L4-L5.grade{}.", grade);
  figures[disc + "bulge_extension_mm"] = bulge(-7.5) - bulge(0);
  figures[disc + "bulge_flexion_mm"] = bulge(7.5) - bulge(0);
  figures[disc + "bulge_extension_over_flexion_mm"] = bulge(-7.5) - bulge(7.5);
  const BenchLevel pressed_level = bench.solve(pressed(1000)).levels[0];
  figures[disc + "pressure_MPa.1000"] = pressed_level.state.disc.nucleus_pressure / units::MPa;
  figures[disc + "annulus_share.1000"] = pressed_level.state.disc.annulus_share;
}

}  // namespace

ModelFigures passive_figures(const Subject& subject) {
  ModelFigures figures;
  const TestBench segment(subject, Level::L4L5, Level::L4L5), spine(subject, Level::L1L2, Level::L4L5);
  compression(segment, subject.levels[static_cast<std::size_t>(index(Level::L4L5))].disc, figures);
  preload(segment, figures);
  dissected(subject, figures);
  whole_spine(spine, figures);
  follower_loads(spine, figures);
  per_level(subject, figures);
  for (const int grade : {1, 4}) bulge_by_posture(subject, grade, figures);
  figures["disc.L4-L5.degenerate_over_healthy_pressure"] =
      figures["disc.L4-L5.grade4.pressure_MPa.1000"] / figures["disc.L4-L5.grade1.pressure_MPa.1000"];
  figures["disc.L4-L5.degenerate_over_healthy_annulus"] =
      figures["disc.L4-L5.grade4.annulus_share.1000"] / figures["disc.L4-L5.grade1.annulus_share.1000"];
  return figures;
}

std::vector<RotationCurve> rotation_curves(const TestBench& bench, double moment, int steps) {
  std::vector<RotationCurve> curves;
  for (const Direction& direction : kDirections) {
    RotationCurve curve{direction.name, {}, {}};
    for (int i = 0; i <= steps; ++i) {
      const double m = moment * i / steps;
      curve.moment.push_back(m);
      curve.rotation.push_back(std::abs(bench.solve(direction.load(m)).rotation()[direction.axis]));
    }
    curves.push_back(std::move(curve));
  }
  return curves;
}

}  // namespace foramen
