#include "sim/run/recorder.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/base/error.h"
#include "sim/run/digest.h"
#include "sim/run/result_file.h"
#include "sim/run/stored_frames.h"
#include "sim/run/tables.h"
#include "sim/run/vtk_series.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

constexpr int kResultSchema = 1;

nlohmann::ordered_json json_number(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// Puts `value` at a dotted path, making the objects on the way.
void put(nlohmann::ordered_json& root, const std::string& path, nlohmann::ordered_json value) {
  nlohmann::ordered_json* node = &root;
  std::size_t start = 0;
  for (std::size_t dot; (dot = path.find('.', start)) != std::string::npos; start = dot + 1) {
    node = &(*node)[path.substr(start, dot - start)];
  }
  (*node)[path.substr(start)] = std::move(value);
}

/// The scenario with the files it reads copied beside it, so that the directory runs again wherever it is.
Scenario with_own_files(Scenario scenario, const fs::path& directory) {
  const auto copy = [&](std::optional<std::string>& file, const std::string& stem) {
    if (!file) return;
    const std::string name = stem + fs::path(*file).extension().string();
    fs::copy_file(*file, directory / name);
    file = name;
  };
  copy(scenario.motion.file, "measured_motion");
  copy(scenario.motion.mapping, "measured_mapping");
  return scenario;
}

}  // namespace

void write_file(const fs::path& file, const std::string& content) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(content.data(), static_cast<std::streamsize>(content.size()));
  stream.close();
  if (!stream) throw std::runtime_error(fmt::format("{}: could not be written (is the disk full?)", file.string()));
}

StagedDirectory::StagedDirectory(fs::path target) : target_(std::move(target)) {
  if (!target_.has_filename()) target_ = target_.parent_path();
  staging_ = target_.parent_path() / ("." + target_.filename().string() + ".partial");
  fs::remove_all(staging_);
  fs::create_directories(staging_);
}

StagedDirectory::~StagedDirectory() {
  std::error_code ignored;
  fs::remove_all(staging_, ignored);
}

void StagedDirectory::commit() {
  fs::remove_all(target_);
  fs::rename(staging_, target_);
}

bool may_replace(const fs::path& directory) {
  if (!fs::exists(directory)) return true;
  if (!fs::is_directory(directory)) return false;
  if (fs::is_empty(directory)) return true;
  for (const char* file : {"summary.json", "compare.json", "bench.json", "validation.json"}) {
    std::ifstream stream(directory / file);
    if (!stream) continue;
    const auto json = nlohmann::json::parse(stream, nullptr, false);
    if (json.is_object() && json.value("program", "") == "foramen") return true;
    // The validation is a bare list of rows, known by their keys.
    if (json.is_array() && !json.empty() && json[0].contains("tier") && json[0].contains("gate")) return true;
  }
  return false;
}

std::string summary_json(const Result& result, const Summary& summary, const Bands* bands) {
  nlohmann::ordered_json json;
  json["schema"] = kResultSchema;
  json["program"] = "foramen";
  json["version"] = FORAMEN_VERSION;
  json["scenario_digest"] = digest_of(write_scenario(result.scenario));
  json["data_digest"] = result.data_digest;
  json["title"] = result.scenario.title;
  json["note"] = "Results of a mechanical model, not a diagnosis.";
  json["interrupted"] = summary.interrupted;
  json["convergence"] = {{"frames", summary.frames},
                         {"not_converged", summary.not_converged},
                         {"strength_exceeded", summary.strength_exceeded}};
  json["warnings"] = summary.warnings;
  if (bands) {
    json["ensemble"] = {{"members", bands->members},
                        {"members_with_frames_not_converged", bands->without_numbers},
                        {"seed", bands->seed}};
  }
  for (std::size_t i = 0; i < summary.values.size(); ++i) {
    const Summary::Value& entry = summary.values[i];
    put(json, entry.path, json_number(entry.value));
    if (!bands || entry.path.ends_with(".at_s")) continue;
    const Band& band = bands->summary[i];
    const double ends[] = {band.p05, band.p50, band.p95};
    for (std::size_t k = 0; k < 3; ++k) put(json, entry.path + kBandSuffixes[k], json_number(ends[k]));
  }
  for (const Summary::Text& entry : summary.texts) put(json, entry.path, entry.text);
  return json.dump(2) + "\n";
}

void write_result(const Result& result, const Summary& summary, const fs::path& directory, const Extras& extras) {
  if (!may_replace(directory)) {
    throw InputError(
        InputProblem{.file = directory.string(),
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  StagedDirectory staged(directory);
  write_file(staged.path() / "scenario.toml", write_scenario(with_own_files(result.scenario, staged.path())));
  write_file(staged.path() / "levels.csv", levels_csv(result, extras.bands));
  write_file(staged.path() / "roots.csv", roots_csv(result, extras.bands));
  write_file(staged.path() / "muscles.csv", muscles_csv(result));
  write_file(staged.path() / "body.csv", body_csv(result, extras.bands));
  write_file(staged.path() / "motion.mot", motion_mot(result));
  write_file(staged.path() / "loads.sto", loads_sto(result));
  write_result_file(result, staged.path() / "result.h5", extras.bands);
  if (!result.interrupted) write_stored_frames(result, staged.path() / "frames.bin");
  if (extras.vtk) write_vtk_series(result, staged.path() / "vtk", extras.threads);
  if (!extras.explanation.empty()) write_file(staged.path() / "explanation.json", extras.explanation);
  write_file(staged.path() / "summary.json", summary_json(result, summary, extras.bands));
  staged.commit();
}

}  // namespace foramen
