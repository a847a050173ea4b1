#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "sim/app/commands.h"
#include "sim/scenario/fields.h"

namespace foramen {

namespace {

Scenario example(const std::string& kind) {
  Scenario scenario;
  scenario.title = kind == "lift" ? "A lift" : "A posture";
  scenario.text = "What is shown and why it matters.";
  const auto keyframe = [&](double time, const char* posture) {
    Keyframe k;
    k.time = time;
    k.posture = posture;
    scenario.motion.keyframes.push_back(k);
  };
  if (kind == "lift") {
    LiftTask& lift = scenario.lift.emplace();
    lift.mass = 10;
    lift.from_height = 0.28;
    lift.to_height = 0.9;
  } else {
    keyframe(0, "standing");
  }
  return scenario;
}

constexpr const char* kStudy =
    R"(# foramen study FILE --dry-run says what it would cost; scenarios/README.md explains every key.
[study]
title = "What the spread of people does to a lift"
base = "lift.toml"                 # a scenario beside this file; foramen template lift makes one
sampling = "latin"                 # full | random | latin | sobol
runs = 200
seed = 1
keep = ["levels.*.compression_N.peak", "roots.*.*.pressure_mmHg.peak"]   # '*' is any one part; left out: every peak

[[study.factor]]
key = "subject.mass_kg"            # any key of the scenario, as in --set
normal = { mean = 75, sd = 12, min = 45, max = 120 }

[[study.factor]]
key = "subject.stature_m"
normal = { mean = 1.72, sd = 0.09, min = 1.5, max = 1.95 }

[[study.factor]]
key = "load.0.mass_kg"
values = [5, 10, 15]               # or choice, range, uniform, lognormal

[study.correlation]
keys = ["subject.mass_kg", "subject.stature_m"]
matrix = [[1.0, 0.5], [0.5, 1.0]]
)";

/// The example's file with the meaning of every key behind it.
std::string commented(const Scenario& scenario) {
  std::string text = "# foramen list fields shows every key; foramen check FILE says what is wrong.\n", table;
  const std::string file = write_scenario(scenario);
  for (std::size_t start = 0; start < file.size();) {
    const std::size_t end = file.find('\n', start);
    std::string line = file.substr(start, end - start);
    start = end + 1;
    if (line.starts_with("[[")) {
      table = line.substr(2, line.size() - 4) + "[]";
    } else if (line.starts_with("[")) {
      table = line.substr(1, line.size() - 2);
    }
    const std::string key = line.substr(0, line.find(' '));
    for (const Field& field : fields()) {
      if (field.table == table && field.key == key) line = fmt::format("{:34} # {}", line, field.doc);
    }
    text += line + "\n";
  }
  return text;
}

}  // namespace

void add_template(CLI::App& app, Command& chosen) {
  auto kind = std::make_shared<std::string>("lift");
  CLI::App* sub = app.add_subcommand("template", "Print a commented file to start from");
  sub->add_option("KIND", *kind, "lift, posture or study")
      ->check(CLI::IsMember({"lift", "posture", "study"}))
      ->capture_default_str();
  sub->callback([kind, &chosen] {
    chosen = [kind] {
      fmt::print("{}", *kind == "study" ? std::string(kStudy) : commented(example(*kind)));
      return static_cast<int>(kDone);
    };
  });
}

}  // namespace foramen
