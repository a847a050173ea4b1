#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <fstream>
#include <iterator>

#include "sim/base/error.h"
#include "sim/scenario/field_values.h"
#include "sim/scenario/overrides.h"

namespace foramen {

namespace {

/// Without the brackets of an array of tables.
std::string plain_name(const FieldTable& table) {
  return table.name.substr(0, table.name.size() - (table.name.ends_with("[]") ? 2 : 0));
}

/// Turns a tree into a Scenario, table by table.
class Reader {
 public:
  Reader(std::string file, const std::vector<Override>& overrides)
      : overrides_(overrides), problems_(std::move(file), overrides) {}

  Scenario read(toml::table root) {
    apply_overrides(overrides_, root, problems_);
    for (const FieldTable& table : field_tables()) read_table(root, table);
    read_expectations(root);
    check_times();
    problems_.throw_if_any();
    return std::move(scenario_);
  }

 private:
  /// The node of a table name, following plain tables ("motion.keyframe[]" → motion → keyframe).
  static toml::node* find(toml::table& root, std::string_view name) {
    toml::node* node = &root;
    while (!name.empty()) {
      const std::size_t dot = name.find('.');
      std::string_view part = name.substr(0, dot);
      if (part.ends_with("[]")) part.remove_suffix(2);
      toml::table* table = node->as_table();
      if (!table) return nullptr;
      node = table->get(part);
      if (!node) return nullptr;
      name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
    }
    return node;
  }

  void read_table(toml::table& root, const FieldTable& table) {
    toml::node* node = table.name.empty() ? &root : find(root, table.name);
    const bool is_array = table.name.ends_with("[]");
    const std::string name = plain_name(table);
    if (!node) {
      if (!is_array) check_required(table, nullptr, 0, name, !table.name.empty() && table.count(scenario_) == 0);
      return;
    }
    if (!is_array) {
      toml::table* content = node->as_table();
      if (!content) return problems_.report(node, name, "must be a table: [" + name + "]");
      table.resize(scenario_, 1);
      read_keys(table, *content, 0, name);
      return;
    }
    toml::array* elements = node->as_array();
    if (!elements || !elements->is_array_of_tables())
      return problems_.report(node, name, "must be an array of tables: [[" + name + "]]");
    table.resize(scenario_, elements->size());
    for (std::size_t i = 0; i < elements->size(); ++i)
      read_keys(table, *(*elements)[i].as_table(), i, fmt::format("{}.{}", name, i));
  }

  static bool is_table_name(const std::string& path) {
    for (const FieldTable& table : field_tables()) {
      if (plain_name(table) == path) return true;
    }
    return path == "expect";
  }

  void read_keys(const FieldTable& table, toml::table& content, std::size_t i, const std::string& path) {
    const std::string plain = plain_name(table);
    for (auto&& [key_node, node] : content) {
      const std::string key(key_node.str());
      if (is_table_name(plain.empty() ? key : plain + "." + key)) continue;
      const std::vector<const Field*> matches = matching(table.name, key);
      const std::string full = path.empty() ? key : path + "." + key;
      if (matches.empty()) {
        problems_.report(key_node, node, full,
                         fmt::format("is not a key here; the nearest is \"{}\"", nearest(table.name, key)));
        continue;
      }
      for (const Field* field : matches) {
        if (const auto value = field_value(*field, node, full, problems_)) field->set(scenario_, i, *value);
      }
    }
    check_required(table, &content, i, path, false);
    if (table.name == "motion.keyframe[]") remember_place(content, path, scenario_.motion.keyframes[i]);
    if (table.name == "history[]") remember_place(content, path, scenario_.history[i]);
    if (table.name == "lift") remember_task(content, path, scenario_.lift->place);
    if (table.name == "carry") remember_task(content, path, scenario_.carry->place);
    if (table.name == "push") remember_task(content, path, scenario_.push->place);
  }

  /// So that an unknown posture can be reported where it stands.
  template <class Posed>
  void remember_place(toml::table& content, const std::string& path, Posed& keyframe) const {
    const toml::node* posture = content.get("posture");
    const InputProblem place = problems_.place(posture ? posture : &content, path + ".posture");
    keyframe.file = place.file;
    keyframe.line = place.line;
    keyframe.column = place.column;
  }

  /// So that a task that cannot be done can be reported where it stands.
  void remember_task(const toml::table& content, const std::string& path, TaskPlace& task) const {
    const InputProblem place = problems_.place(&content, path);
    task = {place.file, place.line, place.column};
  }

  /// Fields a key means: itself, or both sides of a limb angle or of a measure.
  static std::vector<const Field*> matching(const std::string& table, const std::string& key) {
    std::vector<const Field*> found;
    for (const Field& field : fields()) {
      if (field.table != table) continue;
      if (field.key == key) return {&field};
      for (const std::string unit : {"_deg", "_mm", "_percent"}) {
        if (!key.ends_with(unit)) continue;
        const std::string stem = key.substr(0, key.size() - unit.size());
        if (field.key == stem + "_left" + unit || field.key == stem + "_right" + unit) found.push_back(&field);
      }
    }
    return found;
  }

  static std::string nearest(const std::string& table, const std::string& key) {
    std::vector<std::string> keys;
    for (const Field& field : fields()) {
      if (field.table == table) keys.push_back(field.key);
    }
    for (const FieldTable& child : field_tables()) {
      const std::string child_name = plain_name(child);
      const std::size_t dot = child_name.rfind('.');
      const std::string parent = dot == std::string::npos ? "" : child_name.substr(0, dot);
      if (!child_name.empty() && parent == table)
        keys.push_back(dot == std::string::npos ? child_name : child_name.substr(dot + 1));
    }
    const std::vector<std::string_view> views(keys.begin(), keys.end());
    return std::string(nearest_name(views, key));
  }

  void check_required(const FieldTable& table, const toml::table* content, std::size_t, const std::string& path,
                      bool absent) {
    if (absent) return;
    for (const Field& field : fields()) {
      if (field.table != table.name || !field.required || (content && content->contains(field.key))) continue;
      problems_.report(content, path.empty() ? field.key : path + "." + field.key, "is missing: " + field.doc);
    }
  }

  void read_expectations(toml::table& root) {
    toml::node* node = root.get("expect");
    if (!node) return;
    toml::table* content = node->as_table();
    if (!content) return problems_.report(node, "expect", "must be a table: [expect]");
    for (auto&& [key_node, entry] : *content) {
      const std::string path = "expect.\"" + std::string(key_node.str()) + "\"";
      toml::table* terms = entry.as_table();
      if (!terms) {
        problems_.report(&entry, path,
                         "must be a table like { value = 4200, within_percent = 5 } or { min = 0, max = 10 }");
        continue;
      }
      Expectation expectation{.quantity = std::string(key_node.str())};
      for (auto&& [term, number] : *terms) {
        const std::string term_path = path + "." + std::string(term.str());
        const auto value = finite_number(number, term_path, problems_);
        if (!value) continue;
        if (term.str() == "value") {
          expectation.value = *value;
        } else if (term.str() == "within_percent") {
          expectation.within = *value / 100;
        } else if (term.str() == "min") {
          expectation.min = *value;
        } else if (term.str() == "max") {
          expectation.max = *value;
        } else {
          problems_.report(&number, term_path, "is not one of value, within_percent, min, max");
        }
      }
      if (!expectation.within && !expectation.min && !expectation.max)
        problems_.report(&entry, path, "needs within_percent (with value), min or max");
      scenario_.expect.push_back(std::move(expectation));
    }
  }

  void check_times() {
    const auto& keyframes = scenario_.motion.keyframes;
    if (scenario_.bench && index(scenario_.bench->top) > index(scenario_.bench->bottom))
      problems_.report(nullptr, "bench.top", "lies below bench.bottom");
    const bool moves_otherwise = scenario_.motion.file || scenario_.lift || scenario_.carry || scenario_.push;
    if (keyframes.empty() && !scenario_.bench && !moves_otherwise) {
      problems_.report(nullptr, "motion.keyframe", "at least one [[motion.keyframe]] is needed");
    }
    for (std::size_t i = 1; i < keyframes.size(); ++i) {
      if (keyframes[i].time > keyframes[i - 1].time) continue;
      problems_.report({.file = problems_.file(),
                        .line = keyframes[i].line,
                        .column = keyframes[i].column,
                        .key = fmt::format("motion.keyframe.{}.time_s", i),
                        .message = fmt::format("{} does not come after {}: times must increase", keyframes[i].time,
                                               keyframes[i - 1].time)});
    }
    for (std::size_t i = 0; i < scenario_.loads.size(); ++i) {
      const HandLoad& load = scenario_.loads[i];
      if (keyframes.size() > 1 && load.to - load.from < 2 * load.grip) {
        problems_.report(nullptr, fmt::format("load.{}.to_s", i),
                         "must leave time to take the load over and to give it back: at least from_s + 2·grip_s");
      }
    }
  }

  const std::vector<Override>& overrides_;
  Scenario scenario_;
  ProblemList problems_;
};

}  // namespace

Scenario parse_scenario(const std::string& text, const std::string& name, const std::vector<Override>& overrides) {
  toml::table root;
  try {
    root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    throw InputError(InputProblem{.file = name,
                                  .line = static_cast<int>(at.line),
                                  .column = static_cast<int>(at.column),
                                  .message = std::string(error.description())});
  }
  return Reader(name, overrides).read(std::move(root));
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<Override>& overrides) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file))
    throw InputError(InputProblem{.file = file.string(), .message = "cannot be opened"});
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  Scenario scenario = parse_scenario(text, file.string(), overrides);
  // Files are named relative to the scenario.
  const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
  for (std::optional<std::string>* named : {&scenario.motion.file, &scenario.motion.mapping}) {
    if (*named) *named = (folder / **named).lexically_normal().string();
  }
  return scenario;
}

}  // namespace foramen
