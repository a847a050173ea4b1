#include "sim/study/ensemble.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/base/error.h"
#include "sim/base/parallel.h"
#include "sim/run/summary.h"
#include "sim/scenario/fields.h"
#include "sim/study/design.h"

namespace foramen {

namespace {

const Field& field_of(const std::string& key) {
  for (const Field& field : fields()) {
    if (field.path() == key && field.type == FieldType::Number) return field;
  }
  throw InputError(InputProblem{.key = key, .message = "is no number of a scenario that could be varied"});
}

StudyDescription hypercube(const std::vector<Uncertainty>& uncertainties, int members, std::uint64_t seed) {
  StudyDescription study;
  study.bases = {"ensemble"};
  study.sampling = Sampling::Latin;
  study.runs = static_cast<std::uint64_t>(members);
  study.seed = seed;
  for (const Uncertainty& u : uncertainties) study.factors.push_back({u.key, u.factor, 0, 0});
  return study;
}

/// Everything one member says.
struct Member {
  std::vector<std::vector<double>> frames;
  std::vector<double> summary;
  bool converged = true, done = false;
};

}  // namespace

std::vector<Uncertainty> read_uncertainties(const std::filesystem::path& file) {
  const CsvTable table(file);
  const std::size_t key = table.column("key"), kind = table.column("kind"), sd = table.column("sd"),
                    lo = table.column("lo"), hi = table.column("hi"), source = table.column("source");
  std::vector<Uncertainty> uncertainties;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    Uncertainty u{table.text(row, key), {}, table.text(row, source)};
    static_cast<void>(field_of(u.key));
    u.factor.min = table.number(row, lo);
    u.factor.max = table.number(row, hi);
    if (!(u.factor.min > 0 && u.factor.min < u.factor.max)) table.fail(row, lo, "needs 0 < lo < hi");
    if (u.source.empty()) table.fail(row, source, "is missing");
    if (table.text(row, kind) == "uniform") {
      u.factor.kind = Distribution::Kind::Uniform;
    } else if (table.text(row, kind) == "lognormal") {
      const double s = table.number(row, sd);
      u.factor.kind = Distribution::Kind::Lognormal;
      u.factor.mean = std::exp(0.5 * s * s);
      u.factor.sd = u.factor.mean * std::sqrt(std::expm1(s * s));
    } else {
      table.fail(row, kind, "must be uniform or lognormal");
    }
    uncertainties.push_back(std::move(u));
  }
  return uncertainties;
}

Scenario ensemble_member(const Scenario& scenario, const std::vector<Uncertainty>& uncertainties, int member,
                         int members, std::uint64_t seed) {
  if (member < 0 || member >= members) throw std::out_of_range(fmt::format("member {} of {}", member, members));
  const Design design(hypercube(uncertainties, members, seed));
  const Design::Row row = design.row(static_cast<std::uint64_t>(member) + 1);
  Scenario varied = scenario;
  for (std::size_t i = 0; i < uncertainties.size(); ++i) {
    const Field& field = field_of(uncertainties[i].key);
    const double value = std::get<double>(field.get(scenario, 0).value()) * std::get<double>(row.values[i]);
    field.set(varied, 0, std::clamp(value, field.lo, field.hi));
  }
  return varied;
}

std::vector<Summary> ensemble_summaries(const Scenario& scenario, const std::vector<Uncertainty>& uncertainties,
                                        int members, std::uint64_t seed, double rate_hz, const RunOptions& options) {
  const Library library = load_library(options.data.empty() ? data_directory() : options.data);
  std::vector<Summary> summaries(static_cast<std::size_t>(members));
  parallel_nested(summaries.size(), options.threads, [&](std::size_t m, const Split& split) {
    Scenario varied = ensemble_member(scenario, uncertainties, static_cast<int>(m), members, seed);
    varied.solver.rate_hz = rate_hz;
    summaries[m] = summarise(simulate(varied, library, split));
  });
  return summaries;
}

Bands run_ensemble(const Result& result, const std::vector<Uncertainty>& uncertainties, int members, std::uint64_t seed,
                   const RunOptions& options) {
  const Library library = load_library(options.data.empty() ? data_directory() : options.data);
  Progress unwatched;
  Progress& progress = options.progress ? *options.progress : unwatched;
  progress.start(static_cast<std::size_t>(members));
  std::vector<Member> solved(static_cast<std::size_t>(members));
  parallel_nested(solved.size(), options.threads, [&](std::size_t m, const Split& split) {
    if (progress.cancelled()) return;
    const Scenario scenario = ensemble_member(result.scenario, uncertainties, static_cast<int>(m), members, seed);
    const Person person = make_person(scenario, library);
    const Motion motion(person.subject, library.postures, scenario);
    Result varied{scenario, library.digest, person.subject, std::vector<Frame>(result.frames.size()), false};
    split(varied.frames.size(), [&](std::size_t k) {
      varied.frames[k] = solve_frame(person, motion, result.frames[k].time);
    });
    for (const Frame& frame : varied.frames) {
      solved[m].frames.push_back(frame_values(frame));
      solved[m].converged = solved[m].converged && frame.converged();
    }
    for (const Summary::Value& value : summarise(varied).values) solved[m].summary.push_back(value.value);
    solved[m].done = true;
    progress.advance();
  });
  std::erase_if(solved, [](const Member& member) { return !member.done; });

  Bands bands{static_cast<int>(solved.size()), 0, seed, {}, {}};
  for (const Member& member : solved) bands.without_numbers += member.converged ? 0 : 1;
  const auto gather = [&](auto value) {
    std::vector<double> values;
    for (const Member& member : solved) values.push_back(value(member));
    return band_of(std::move(values));
  };
  const std::size_t series = body_place() + body_quantities().size();
  for (std::size_t f = 0; f < result.frames.size(); ++f) {
    std::vector<Band>& frame = bands.frames.emplace_back();
    for (std::size_t k = 0; k < series; ++k) frame.push_back(gather([&](const Member& m) { return m.frames[f][k]; }));
  }
  const std::size_t entries = summarise(result).values.size();
  for (std::size_t k = 0; k < entries; ++k) bands.summary.push_back(gather([&](const Member& m) { return m.summary[k]; }));
  return bands;
}

}  // namespace foramen
