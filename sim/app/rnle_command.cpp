#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/app/commands.h"
#include "sim/assess/lifting_equation.h"
#include "sim/assess/measured_lift.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen {

namespace {

struct RnleArguments {
  std::vector<std::string> scenarios;
  double h_cm = 25, v_cm = 75, d_cm = 25, a_deg = 0, per_min = 0.2, hours = 1, load_kg = 0;
  double h_in = 10, v_in = 30, d_in = 10, load_lb = 0;
  bool us_customary = false;  ///< any length or load was given in inches or pounds
  std::string coupling = "good";
  bool json = false;
};

void print_index(const LiftingTask& task, const LiftingIndex& index, bool json) {
  if (json) {
    nlohmann::ordered_json out{
        {"rwl_kg", index.recommended_weight},
        {"li", std::isfinite(index.index) ? nlohmann::ordered_json(index.index) : nlohmann::ordered_json(nullptr)},
        {"hm", index.hm},
        {"vm", index.vm},
        {"dm", index.dm},
        {"am", index.am},
        {"fm", index.fm},
        {"cm", index.cm}};
    fmt::print("{}\n", out.dump());
    return;
  }
  const bool us = task.system == LiftingSystem::UsCustomary;
  const double length = us ? kInch : 0.01, weight = us ? kPound : 1;
  const char *length_unit = us ? "in" : "cm", *weight_unit = us ? "lb" : "kg";
  fmt::print("H {:.0f} {}, V {:.0f} {}, D {:.0f} {}, A {:.0f} deg, {:g} lifts a minute for {:g} h, {} coupling\n",
             task.horizontal / length, length_unit, task.vertical / length, length_unit, task.travel / length,
             length_unit, task.asymmetry / units::deg, task.per_minute, task.hours, task.coupling);
  fmt::print("HM {:.2f}  VM {:.2f}  DM {:.2f}  AM {:.2f}  FM {:.2f}  CM {:.2f}\n", index.hm, index.vm, index.dm,
             index.am, index.fm, index.cm);
  fmt::print("recommended weight limit {:.1f} {}; lifting index {:.2f} for {:g} {}\n",
             index.recommended_weight / weight, weight_unit, index.index, task.load / weight, weight_unit);
}

/// The harder end of the lift of a scenario.
LiftingTask harder_end(const std::string& file, const LiftingEquation& equation, bool say) {
  const Scenario scenario = read_scenario(file);
  if (scenario.loads.empty() && !scenario.lift && !scenario.carry)
    throw InputError(InputProblem{.file = file, .key = "load", .message = "nothing is lifted here"});
  const MeasuredLift lift = measure_lift(scenario, data_directory());
  const bool at_end = equation.evaluate(lift.end).index > equation.evaluate(lift.start).index;
  if (say) fmt::print("{}: the harder end of the lift is {}\n", file, at_end ? "setting down" : "picking up");
  return at_end ? lift.end : lift.start;
}

/// Lifts measured on scenarios; several make one job with a composite index.
int measured(const RnleArguments& arguments, const LiftingEquation& equation) {
  std::vector<LiftingTask> tasks;
  for (const std::string& file : arguments.scenarios) {
    tasks.push_back(harder_end(file, equation, !arguments.json));
    print_index(tasks.back(), equation.evaluate(tasks.back()), arguments.json);
  }
  if (tasks.size() < 2) return kDone;
  const double composite = equation.composite_index(tasks);
  if (arguments.json) {
    fmt::print("{}\n", nlohmann::json{{"composite_li", composite}}.dump());
  } else {
    fmt::print("composite lifting index of these {} tasks: {:.2f}\n", tasks.size(), composite);
  }
  return kDone;
}

int rnle(const RnleArguments& arguments) {
  const LiftingEquation equation(data_directory());
  if (!arguments.scenarios.empty()) return measured(arguments, equation);
  const bool us = arguments.us_customary;
  const LiftingTask task{.horizontal = us ? arguments.h_in * kInch : arguments.h_cm / 100,
                         .vertical = us ? arguments.v_in * kInch : arguments.v_cm / 100,
                         .travel = us ? arguments.d_in * kInch : arguments.d_cm / 100,
                         .asymmetry = arguments.a_deg * units::deg,
                         .per_minute = arguments.per_min,
                         .hours = arguments.hours,
                         .coupling = arguments.coupling,
                         .load = us ? arguments.load_lb * kPound : arguments.load_kg,
                         .system = us ? LiftingSystem::UsCustomary : LiftingSystem::Metric};
  print_index(task, equation.evaluate(task), arguments.json);
  return kDone;
}

}  // namespace

void add_rnle(CLI::App& app, Command& chosen) {
  auto arguments = std::make_shared<RnleArguments>();
  CLI::App* sub = app.add_subcommand("rnle", "The revised NIOSH lifting equation");
  sub->add_option("SCENARIO", arguments->scenarios, "Measure the lifts of scenarios instead; several make one job");
  CLI::Option_group* metric = sub->add_option_group("metric");
  metric->add_option("--h-cm", arguments->h_cm, "Hands in front of the ankles [cm]")->check(CLI::Range(0.0, 200.0));
  metric->add_option("--v-cm", arguments->v_cm, "Height of the hands at the start [cm]")->check(CLI::Range(0.0, 300.0));
  metric->add_option("--d-cm", arguments->d_cm, "Vertical distance moved [cm]")->check(CLI::Range(0.0, 300.0));
  metric->add_option("--load-kg", arguments->load_kg, "Load [kg]")->check(CLI::Range(0.0, 1000.0));
  CLI::Option_group* us = sub->add_option_group("US customary", "with the manual's constants for inches and pounds");
  us->add_option("--h-in", arguments->h_in, "Hands in front of the ankles [in]")->check(CLI::Range(0.0, 80.0));
  us->add_option("--v-in", arguments->v_in, "Height of the hands at the start [in]")->check(CLI::Range(0.0, 120.0));
  us->add_option("--d-in", arguments->d_in, "Vertical distance moved [in]")->check(CLI::Range(0.0, 120.0));
  us->add_option("--load-lb", arguments->load_lb, "Load [lb]")->check(CLI::Range(0.0, 2200.0));
  sub->add_option("--a-deg", arguments->a_deg, "Asymmetry [deg]")->check(CLI::Range(0.0, 180.0));
  sub->add_option("--per-min", arguments->per_min, "Lifts a minute")->check(CLI::Range(0.0, 60.0));
  sub->add_option("--hours", arguments->hours, "Hours a day")->check(CLI::Range(0.0, 8.0));
  sub->add_option("--coupling", arguments->coupling, "Grip")->check(CLI::IsMember({"good", "fair", "poor"}));
  sub->add_flag("--json", arguments->json, "Print as JSON");
  sub->callback([arguments, metric, us, &chosen] {
    arguments->us_customary = us->count_all() > 0;
    if (arguments->us_customary && metric->count_all() > 0)
      throw CLI::ValidationError("give centimetres and kilograms, or inches and pounds, not both");
    chosen = [arguments] { return rnle(*arguments); };
  });
}

}  // namespace foramen
