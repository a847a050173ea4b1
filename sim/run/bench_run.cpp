#include "sim/run/bench_run.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/base/units.h"

namespace foramen {

namespace {

struct Loading {
  const char* name;
  bool turns;  ///< answered by a rotation; otherwise by a displacement
  int axis;    ///< of BenchLevel::rotation or ::displacement
  double sign;
  BenchLoad (*at)(double load, double follower);
};
constexpr std::array kLoadings{
    Loading{"flexion", true, 0, 1, [](double m, double f) { return BenchLoad{.flexion = m, .follower = f}; }},
    Loading{"extension", true, 0, -1, [](double m, double f) { return BenchLoad{.flexion = -m, .follower = f}; }},
    Loading{"right bend", true, 1, 1, [](double m, double f) { return BenchLoad{.right_bend = m, .follower = f}; }},
    Loading{"left bend", true, 1, -1, [](double m, double f) { return BenchLoad{.right_bend = -m, .follower = f}; }},
    Loading{"left twist", true, 2, 1, [](double m, double f) { return BenchLoad{.left_twist = m, .follower = f}; }},
    Loading{"right twist", true, 2, -1, [](double m, double f) { return BenchLoad{.left_twist = -m, .follower = f}; }},
    Loading{"compression", false, 1, -1,
            [](double force, double) { return BenchLoad{.follower = force, .rotation_held = true}; }},
    Loading{"anterior shear", false, 0, 1, [](double force, double f) {
              return BenchLoad{.follower = f, .shear_anterior = force, .rotation_held = true};
            }}};

const Loading& loading_of(const std::string& name) {
  for (const Loading& loading : kLoadings) {
    if (loading.name == name) return loading;
  }
  throw std::invalid_argument("no such loading: " + name);
}

double largest(const BenchDescription& bench, const Loading& loading) {
  if (loading.turns) return bench.moment;
  return loading.axis == 1 ? bench.compression : bench.shear;
}

double measure(const BenchState& state, const Loading& loading) {
  if (loading.turns) return loading.sign * state.rotation()[loading.axis] / units::deg;
  double sum = 0;
  for (const BenchLevel& level : state.levels) sum += level.displacement[loading.axis];
  return loading.sign * sum / units::mm;
}

void test_all(const TestBench& bench, const BenchDescription& description, const std::string& dissection,
              std::vector<BenchTest>& tests) {
  for (const Loading& loading : kLoadings) {
    BenchTest test{dissection, loading.name, loading.turns ? "N·m" : "N", {}};
    for (int i = 0; i <= description.steps; ++i) {
      const double load = largest(description, loading) * i / description.steps;
      test.points.push_back({load, bench.solve(loading.at(load, description.follower))});
    }
    tests.push_back(std::move(test));
  }
}

}  // namespace

double BenchTest::answer(std::size_t point) const {
  const Loading& by = loading_of(loading);
  return measure(points.at(point).state, by) - measure(points.front().state, by);
}

std::vector<BenchTest> run_bench(const Scenario& scenario, const std::filesystem::path& data) {
  if (!scenario.bench) throw InputError(InputProblem{.key = "bench", .message = "a bench scenario needs a [bench]"});
  const Subject subject = build_subject(*load_anatomy(data), scenario.subject);
  TestBench bench(subject, scenario.bench->top, scenario.bench->bottom);
  std::vector<BenchTest> tests;
  test_all(bench, *scenario.bench, "intact", tests);
  for (const PassiveStructure structure : scenario.bench->removals) {
    bench.remove(structure);
    test_all(bench, *scenario.bench,
             fmt::format("without {}", kPassiveStructureNames[static_cast<std::size_t>(structure)]), tests);
  }
  return tests;
}

std::string bench_csv(const std::vector<BenchTest>& tests) {
  std::string out =
      "dissection,loading,load,load_unit,level,converged,flexion_deg,right_bend_deg,left_twist_deg,anterior_mm,upward_"
      "mm,"
      "right_mm,pressure_MPa,bulge_posterior_mm,disc_height_mm,facet_left_N,facet_right_N,ligament_N\n";
  for (const BenchTest& test : tests) {
    for (const BenchPoint& point : test.points) {
      for (const BenchLevel& l : point.state.levels) {
        const Vec3 turned = l.rotation / units::deg, moved = l.displacement / units::mm;
        out += fmt::format(
            "{},{},{},{},{},{},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g},{:.6g}\n",
            test.dissection, test.loading, point.load, test.unit, name(l.level),
            point.state.convergence.converged ? 1 : 0, turned.x(), turned.y(), turned.z(), moved.x(), moved.y(),
            moved.z(), l.state.disc.nucleus_pressure / units::MPa, l.state.disc.bulge_posterior / units::mm,
            l.state.disc.height / units::mm, l.state.facet_force[0], l.state.facet_force[1], l.state.ligament_force);
      }
    }
  }
  return out;
}

std::string bench_json(const Scenario& scenario, const std::vector<BenchTest>& tests) {
  nlohmann::ordered_json json;
  json["schema"] = 1;
  json["program"] = "foramen";
  json["version"] = FORAMEN_VERSION;
  json["title"] = scenario.title;
  json["specimen"] = fmt::format("{} to {}", name(scenario.bench->top), name(scenario.bench->bottom));
  for (const BenchTest& test : tests) {
    const BenchPoint& last = test.points.back();
    json["tests"].push_back({{"dissection", test.dissection},
                             {"loading", test.loading},
                             {"load", last.load},
                             {"load_unit", test.unit},
                             {"answer", test.answer(test.points.size() - 1)},
                             {"answer_unit", loading_of(test.loading).turns ? "deg" : "mm"},
                             {"converged", last.state.convergence.converged}});
  }
  return json.dump(2) + "\n";
}

}  // namespace foramen
