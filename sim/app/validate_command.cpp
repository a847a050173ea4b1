#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "sim/app/commands.h"
#include "sim/assess/model_figures.h"
#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/report/validation_report.h"
#include "sim/run/recorder.h"

namespace foramen {

namespace {

struct ValidateArguments {
  std::string output = "results/validation";
  bool json = false, full = false;
};

std::vector<CurvePicture> curves(const Subject& subject) {
  CurvePicture picture{"L1–L5 under pure moments", "moment [N·m]", "rotation [deg]", {}};
  for (const RotationCurve& curve : rotation_curves(TestBench(subject, Level::L1L2, Level::L4L5), 10, 20)) {
    CurvePicture::Line line{curve.name, curve.moment, {}};
    std::replace(line.name.begin(), line.name.end(), '_', ' ');
    for (const double angle : curve.rotation) line.y.push_back(angle / units::deg);
    picture.lines.push_back(std::move(line));
  }
  return {picture};
}

int validate(const ValidateArguments& arguments, const Globals& globals) {
  if (!may_replace(arguments.output)) {
    throw InputError(
        InputProblem{.file = arguments.output,
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  const std::filesystem::path data = data_directory();
  const Subject subject = build_subject(*load_anatomy(data), SubjectDescription{});
  ModelFigures figures = passive_figures(subject);
  figures.merge(in_vivo_figures(data));
  figures.merge(lift_figures(data));
  figures.merge(strength_figures(data));
  figures.merge(creep_figures(data));
  figures.merge(leg_raise_figures(data));
  figures.merge(pathology_figures(data, arguments.full ? kManyPeople : kQuickPeople, available_threads()));
  figures.merge(space_figures(data));
  figures.merge(healthy_figures(data));
  const std::vector<ValidationRow> rows = judge(read_published(data / "validation"), figures);
  StagedDirectory staged(arguments.output);
  write_file(staged.path() / "validation.json", validation_json(rows));
  write_file(staged.path() / "validation.md", validation_markdown(rows, curves(subject)));
  staged.commit();
  const auto outside = std::count_if(rows.begin(), rows.end(), [](const ValidationRow& r) { return r.pass == false; });
  if (arguments.json) {
    fmt::print("{}", validation_json(rows));
  } else if (!globals.quiet) {
    fmt::print("{}{} of {} gated rows outside, written to {}\n", validation_text(rows), outside,
               std::count_if(rows.begin(), rows.end(), [](const ValidationRow& r) { return r.pass.has_value(); }),
               arguments.output);
  }
  return outside > 0 ? kOutside : kDone;
}

}  // namespace

void add_validate(CLI::App& app, const Globals& globals, Command& chosen) {
  auto arguments = std::make_shared<ValidateArguments>();
  CLI::App* sub = app.add_subcommand("validate", "Put the model beside published figures");
  sub->add_option("-o,--output", arguments->output, "Folder of the results")->capture_default_str();
  sub->add_flag("--full", arguments->full, "Larger sampled populations");
  sub->add_flag("--json", arguments->json, "Print the rows as JSON");
  sub->callback(
      [arguments, &globals, &chosen] { chosen = [arguments, &globals] { return validate(*arguments, globals); }; });
}

}  // namespace foramen
