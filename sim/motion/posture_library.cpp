#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "sim/base/error.h"
#include "sim/base/units.h"
#include "sim/motion/joint_limits.h"
#include "sim/motion/motion.h"
#include "sim/scenario/support_names.h"

namespace foramen {

namespace {

constexpr std::string_view kUnit = "_deg", kPercent = "_percent";

/// Reads one file; problems are collected so that all of them show at once.
class PostureFile {
 public:
  PostureFile(const std::filesystem::path& file, std::vector<InputProblem>& problems)
      : file_(file.string()), problems_(problems) {
    posture_.name = file.stem().string();
  }

  Posture read() {
    toml::table table;
    try {
      table = toml::parse_file(file_);
    } catch (const toml::parse_error& error) {
      add(error.source(), "", std::string(error.description()));
      return posture_;
    }
    for (const auto& [key, value] : table) read_entry(std::string(key.str()), value);
    if (posture_.text.empty()) add({}, "text", "missing: one sentence that says what the posture is");
    if (posture_.source.empty()) add({}, "source", "missing: where the angles come from");
    if (posture_.activity != MuscleActivity{} && posture_.activity_source.empty())
      add({}, "activity_source", "missing: where the muscles' activity was measured");
    return posture_;
  }

 private:
  void read_entry(const std::string& key, const toml::node& value) {
    if (key == "text" || key == "source" || key == "activity_source") {
      const auto text = value.value_exact<std::string>();
      if (!text) return add(value.source(), key, "must be text");
      (key == "text" ? posture_.text : key == "source" ? posture_.source : posture_.activity_source) = *text;
      return;
    }
    if (read_support(key, value) || read_activity(key, value)) return;
    const std::vector<int> angles = angles_of(key);
    if (angles.empty()) {
      return add(value.source(), key, fmt::format("unknown key; the nearest is '{}'", nearest_key(key)));
    }
    const auto degrees = value.value<double>();
    if (!degrees || !std::isfinite(*degrees)) return add(value.source(), key, "must be a finite number of degrees");
    for (const int angle : angles) posture_.angles[angle] = *degrees * units::deg;
  }

  /// Keys about what carries the body; false where it is another key.
  bool read_support(const std::string& key, const toml::node& value) {
    if (key == "support") return read_choice(key, value, kSupportNames, posture_.support), true;
    if (key == "orientation") return read_choice(key, value, kOrientationNames, posture_.orientation), true;
    if (key == "hands_on") return read_choice(key, value, kHandsOnNames, posture_.hands_on), true;
    if (key == "muscles") return read_choice(key, value, kMusclesNames, posture_.muscles), true;
    if (key == "held_feet") return read_choice(key, value, kHeldFeetNames, posture_.held_feet), true;
    if (key == "backrest_deg") {
      posture_.backrest = read_number(key, value, kLeastBackrest_deg, kLargestBackrest_deg) * units::deg;
      return true;
    }
    if (key == "trunk_inclination_deg")
      return posture_.trunk_inclination = read_number(key, value, -40, 150) * units::deg, true;
    if (key == "friction") return posture_.friction = read_number(key, value, 0, kLargestFriction), true;
    return false;
  }

  /// Keys of measured activity, of one side or both; false where it is another key.
  bool read_activity(const std::string& key, const toml::node& value) {
    if (!key.ends_with(kPercent)) return false;
    bool known = false;
    for (std::size_t group = 0; group < kActivityGroupNames.size(); ++group) {
      const std::string name(kActivityGroupNames[group]);
      for (const Side side : kSides) {
        if (key != name + std::string(kPercent) && key != fmt::format("{}_{}{}", name, foramen::name(side), kPercent))
          continue;
        known = true;
        posture_.activity[group][static_cast<std::size_t>(index(side))] =
            read_number(key, value, 0, 100) * units::percent;
      }
    }
    return known;
  }

  template <class Choice>
  void read_choice(const std::string& key, const toml::node& value, std::span<const std::string_view> names,
                   Choice& choice) {
    const auto word = value.value_exact<std::string>();
    const auto found = word ? find_name(names, *word) : std::nullopt;
    if (found) {
      choice = static_cast<Choice>(*found);
    } else {
      add(value.source(), key, fmt::format("must be one of {}", fmt::join(names, ", ")));
    }
  }

  double read_number(const std::string& key, const toml::node& value, double low, double high) {
    const double number = value.value<double>().value_or(std::nan(""));
    if (!(number >= low && number <= high))
      add(value.source(), key, fmt::format("must be a number from {} to {}", low, high));
    return number;
  }

  /// The angles a key sets: both sides if it names none.
  static std::vector<int> angles_of(const std::string& key) {
    if (!key.ends_with(kUnit)) return {};
    return posture_angles_named(std::string_view(key).substr(0, key.size() - kUnit.size()));
  }

  static std::string nearest_key(const std::string& key) {
    std::vector<std::string> keys{
        "text",     "source",   "support", "orientation", "backrest_deg",   "trunk_inclination_deg",
        "friction", "hands_on", "muscles", "held_feet",   "activity_source"};
    for (const std::string_view name : kActivityGroupNames) keys.push_back(std::string(name) + std::string(kPercent));
    for (const std::string_view name : posture_angle_names()) {
      keys.push_back(std::string(name) + std::string(kUnit));
      for (const std::string_view side : {"_left", "_right"}) {
        if (name.ends_with(side))
          keys.push_back(std::string(name.substr(0, name.size() - side.size())) + std::string(kUnit));
      }
    }
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    return std::string(nearest_name(views, key));
  }

  void add(const toml::source_region& place, const std::string& key, const std::string& message) {
    problems_.push_back(
        {file_, static_cast<int>(place.begin.line), static_cast<int>(place.begin.column), key, message});
  }

  std::string file_;
  std::vector<InputProblem>& problems_;
  Posture posture_;
};

}  // namespace

PostureLibrary load_postures(const std::filesystem::path& data) {
  const std::filesystem::path folder = data / "postures";
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  }
  if (error)
    throw InputError(InputProblem{.file = folder.string(), .message = "cannot read the postures: " + error.message()});
  std::sort(files.begin(), files.end());
  PostureLibrary library;
  std::vector<InputProblem> problems;
  for (const auto& file : files) {
    Posture posture = PostureFile(file, problems).read();
    library.emplace(posture.name, std::move(posture));
  }
  if (!problems.empty()) throw InputError(std::move(problems));
  library.rhythm = load_rhythm(data);
  library.limits = load_joint_limits(data);
  library.techniques = load_lift_techniques(data, library.limits);
  library.coordinates = load_coordinate_mapping(data / "opensim_coordinates.csv");
  return library;
}

}  // namespace foramen
