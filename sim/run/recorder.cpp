#include "sim/run/recorder.h"

#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/base/error.h"
#include "sim/run/digest.h"
#include "sim/run/result_file.h"
#include "sim/run/tables.h"

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

std::string summary_json(const Result& result, const Summary& summary) {
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
  for (const Summary::Value& entry : summary.values) put(json, entry.path, json_number(entry.value));
  for (const Summary::Text& entry : summary.texts) put(json, entry.path, entry.text);
  return json.dump(2) + "\n";
}

void write_result(const Result& result, const Summary& summary, const fs::path& directory) {
  if (!may_replace(directory)) {
    throw InputError(
        InputProblem{.file = directory.string(),
                     .message = "exists and holds no Foramen result; it is left alone (choose another with -o)"});
  }
  StagedDirectory staged(directory);
  write_file(staged.path() / "scenario.toml", write_scenario(result.scenario));
  write_file(staged.path() / "levels.csv", levels_csv(result));
  write_file(staged.path() / "roots.csv", roots_csv(result));
  write_file(staged.path() / "muscles.csv", muscles_csv(result));
  write_file(staged.path() / "body.csv", body_csv(result));
  write_file(staged.path() / "motion.mot", motion_mot(result));
  write_file(staged.path() / "loads.sto", loads_sto(result));
  write_result_file(result, staged.path() / "result.h5");
  write_file(staged.path() / "summary.json", summary_json(result, summary));
  staged.commit();
}

}  // namespace foramen
