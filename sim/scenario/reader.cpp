#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include "sim/base/error.h"
#include "sim/scenario/fields.h"

namespace foramen {

namespace {

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view n : names) text += (text.empty() ? "" : ", ") + std::string(n);
  return text;
}

/// Collects what is wrong while a tree is turned into a Scenario.
class Reader {
 public:
  Reader(std::string file, const std::vector<Override>& overrides) : file_(std::move(file)), overrides_(overrides) {}

  Scenario read(toml::table root) {
    apply_overrides(root);
    for (const FieldTable& table : field_tables()) read_table(root, table);
    read_expectations(root);
    check_times();
    if (!problems_.empty()) {
      std::stable_sort(problems_.begin(), problems_.end(),
                       [](const InputProblem& a, const InputProblem& b) { return a.line < b.line; });
      throw InputError(problems_);
    }
    return std::move(scenario_);
  }

 private:
  void report(const toml::node* node, std::string key, std::string message) {
    InputProblem problem{.file = file_, .key = std::move(key), .message = std::move(message)};
    if (node) {
      const auto at = node->source().begin;
      problem.line = static_cast<int>(at.line);
      problem.column = static_cast<int>(at.column);
      if (problem.line == 0) blame_override(problem);
    }
    problems_.push_back(std::move(problem));
  }

  /// A node without a place was set over the file: the problem is put where that was said.
  void blame_override(InputProblem& problem) const {
    problem.file = "--set";
    for (const Override& change : overrides_) {
      if (problem.key != change.key && !problem.key.starts_with(change.key + ".")) continue;
      problem.file = change.from;
      problem.line = change.line;
      problem.column = change.column;
    }
  }

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
    std::string name = table.name;
    if (is_array) name.resize(name.size() - 2);
    if (!node) {
      if (!is_array) check_required(table, nullptr, 0, name, !table.name.empty() && table.count(scenario_) == 0);
      return;
    }
    if (!is_array) {
      toml::table* content = node->as_table();
      if (!content) return report(node, name, "must be a table: [" + name + "]");
      table.resize(scenario_, 1);
      read_keys(table, *content, 0, name);
      return;
    }
    toml::array* elements = node->as_array();
    if (!elements || !elements->is_array_of_tables())
      return report(node, name, "must be an array of tables: [[" + name + "]]");
    table.resize(scenario_, elements->size());
    for (std::size_t i = 0; i < elements->size(); ++i)
      read_keys(table, *(*elements)[i].as_table(), i, fmt::format("{}.{}", name, i));
  }

  static bool is_table_name(const std::string& path) {
    for (const FieldTable& table : field_tables()) {
      if (table.name == path || table.name == path + "[]") return true;
    }
    return path == "expect";
  }

  void read_keys(const FieldTable& table, toml::table& content, std::size_t i, const std::string& path) {
    for (auto&& [key_node, node] : content) {
      const std::string key(key_node.str());
      std::string plain = table.name.ends_with("[]") ? table.name.substr(0, table.name.size() - 2) : table.name;
      if (is_table_name(plain.empty() ? key : plain + "." + key)) continue;
      const std::vector<const Field*> matches = matching(table.name, key);
      const std::string full = path.empty() ? key : path + "." + key;
      if (matches.empty()) {
        report(&node, full, fmt::format("is not a key here; the nearest is \"{}\"", nearest(table.name, key)));
        if (key_node.source().begin.line > 0) {
          problems_.back().line = static_cast<int>(key_node.source().begin.line);
          problems_.back().column = static_cast<int>(key_node.source().begin.column);
        }
        continue;
      }
      for (const Field* field : matches) {
        if (const auto value = checked(*field, node, full)) field->set(scenario_, i, *value);
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
    const auto at = (posture ? *posture : static_cast<toml::node&>(content)).source().begin;
    InputProblem place{file_, static_cast<int>(at.line), static_cast<int>(at.column), path + ".posture", {}};
    if (place.line == 0) blame_override(place);
    keyframe.file = place.file;
    keyframe.line = place.line;
    keyframe.column = place.column;
  }

  /// So that a task that cannot be done can be reported where it stands.
  void remember_task(const toml::table& content, const std::string& path, TaskPlace& place) const {
    const auto at = content.source().begin;
    InputProblem problem{file_, static_cast<int>(at.line), static_cast<int>(at.column), path, {}};
    if (problem.line == 0) blame_override(problem);
    place = {problem.file, problem.line, problem.column};
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
      std::string child_name = child.name.ends_with("[]") ? child.name.substr(0, child.name.size() - 2) : child.name;
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
      report(content, path.empty() ? field.key : path + "." + field.key, "is missing: " + field.doc);
    }
  }

  std::optional<FieldValue> checked(const Field& field, const toml::node& node, const std::string& path) {
    if (field.type == FieldType::Text || field.type == FieldType::Choice) {
      const auto value = node.value<std::string>();
      if (!node.is_string() || !value) {
        report(&node, path,
               field.type == FieldType::Text ? "must be a text in quotes" : "must be one of " + joined(field.choices));
        return std::nullopt;
      }
      if (field.type == FieldType::Choice && !find_name(field.choices, *value)) {
        report(&node, path,
               fmt::format("\"{}\" is not one of {}; the nearest is \"{}\"", *value, joined(field.choices),
                           nearest_name(field.choices, *value)));
        return std::nullopt;
      }
      return *value;
    }
    if (field.type == FieldType::Vector) return checked_numbers(field, node, path);
    return checked_number(field, node, path);
  }

  std::optional<FieldValue> checked_numbers(const Field& field, const toml::node& node, const std::string& path) {
    const toml::array* array = node.as_array();
    if (!array || array->size() != field.length) {
      report(&node, path, fmt::format("must be {} numbers in brackets", field.length));
      return std::nullopt;
    }
    std::vector<double> numbers;
    for (std::size_t i = 0; i < array->size(); ++i) {
      const auto number = checked_number(field, *array->get(i), fmt::format("{}.{}", path, i));
      if (!number) return std::nullopt;
      numbers.push_back(std::get<double>(*number));
    }
    return numbers;
  }

  std::optional<FieldValue> checked_number(const Field& field, const toml::node& node, const std::string& path) {
    const bool whole = field.type == FieldType::Integer;
    const auto value = node.value<double>();
    if (!node.is_number() || !value || !std::isfinite(*value) || (whole && !node.is_integer())) {
      report(&node, path, whole ? "must be a whole number" : "must be a finite number");
      return std::nullopt;
    }
    if (*value < field.lo || *value > field.hi) {
      report(&node, path,
             field.lo == field.hi ? fmt::format("{} is not {}", *value, field.lo)
                                  : fmt::format("{} is outside {} to {}", *value, field.lo, field.hi));
      return std::nullopt;
    }
    return *value;
  }

  void read_expectations(toml::table& root) {
    toml::node* node = root.get("expect");
    if (!node) return;
    toml::table* content = node->as_table();
    if (!content) return report(node, "expect", "must be a table: [expect]");
    for (auto&& [key_node, entry] : *content) {
      const std::string path = "expect.\"" + std::string(key_node.str()) + "\"";
      toml::table* terms = entry.as_table();
      if (!terms) {
        report(&entry, path, "must be a table like { value = 4200, within_percent = 5 } or { min = 0, max = 10 }");
        continue;
      }
      Expectation expectation{.quantity = std::string(key_node.str())};
      for (auto&& [term, number] : *terms) {
        const auto value = number.value<double>();
        if (!number.is_number() || !value || !std::isfinite(*value)) {
          report(&number, path + "." + std::string(term.str()), "must be a finite number");
        } else if (term.str() == "value") {
          expectation.value = *value;
        } else if (term.str() == "within_percent") {
          expectation.within = *value / 100;
        } else if (term.str() == "min") {
          expectation.min = *value;
        } else if (term.str() == "max") {
          expectation.max = *value;
        } else {
          report(&number, path + "." + std::string(term.str()), "is not one of value, within_percent, min, max");
        }
      }
      if (!expectation.within && !expectation.min && !expectation.max)
        report(&entry, path, "needs within_percent (with value), min or max");
      scenario_.expect.push_back(std::move(expectation));
    }
  }

  void check_times() {
    const auto& keyframes = scenario_.motion.keyframes;
    if (scenario_.bench && index(scenario_.bench->top) > index(scenario_.bench->bottom))
      report(nullptr, "bench.top", "lies below bench.bottom");
    const bool moves_otherwise = scenario_.motion.file || scenario_.lift || scenario_.carry || scenario_.push;
    if (keyframes.empty() && !scenario_.bench && !moves_otherwise) {
      report(nullptr, "motion.keyframe", "at least one [[motion.keyframe]] is needed");
    }
    for (std::size_t i = 1; i < keyframes.size(); ++i) {
      if (keyframes[i].time > keyframes[i - 1].time) continue;
      problems_.push_back({.file = file_,
                           .line = keyframes[i].line,
                           .column = keyframes[i].column,
                           .key = fmt::format("motion.keyframe.{}.time_s", i),
                           .message = fmt::format("{} does not come after {}: times must increase", keyframes[i].time,
                                                  keyframes[i - 1].time)});
    }
    for (std::size_t i = 0; i < scenario_.loads.size(); ++i) {
      const HandLoad& load = scenario_.loads[i];
      if (keyframes.size() > 1 && load.to - load.from < 2 * load.grip) {
        report(nullptr, fmt::format("load.{}.to_s", i),
               "must leave time to take the load over and to give it back: at least from_s + 2·grip_s");
      }
    }
  }

  void apply_overrides(toml::table& root) {
    for (const Override& change : overrides_) {
      toml::table parsed;
      try {
        parsed = toml::parse("value = " + change.value);
      } catch (const toml::parse_error&) {
        parsed.insert("value", change.value);  // a bare word is a text
      }
      set_path(root, change, *parsed.get("value"));
    }
  }

  void set_path(toml::table& root, const Override& change, const toml::node& value) {
    toml::node* node = &root;
    std::string_view rest = change.key;
    while (true) {
      const std::size_t dot = rest.find('.');
      const std::string part(rest.substr(0, dot));
      const bool last = dot == std::string_view::npos;
      if (toml::array* array = node->as_array()) {
        const bool is_number = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
        const std::size_t at = is_number ? std::stoul(part) : array->size();
        if (at >= array->size()) {
          problems_.push_back({.file = change.from,
                               .line = change.line,
                               .column = change.column,
                               .key = change.key,
                               .message = fmt::format("there is no element {}: the file has {} (counting from 0)", part,
                                                      array->size())});
          return;
        }
        node = array->get(at);
      } else if (toml::table* table = node->as_table()) {
        if (last) {
          table->erase(part);
          if (const auto* s = value.as_string())
            table->insert(part, s->get());
          else if (const auto* f = value.as_floating_point())
            table->insert(part, f->get());
          else if (const auto* n = value.as_integer())
            table->insert(part, n->get());
          else if (const auto* b = value.as_boolean())
            table->insert(part, b->get());
          else if (const auto* a = value.as_array())
            table->insert(part, *a);
          return;
        }
        if (!table->contains(part)) table->insert(part, toml::table{});
        node = table->get(part);
      } else {
        problems_.push_back({.file = change.from,
                             .line = change.line,
                             .column = change.column,
                             .key = change.key,
                             .message = fmt::format("\"{}\" is a value, not a table", part)});
        return;
      }
      if (last) return;
      rest = rest.substr(dot + 1);
    }
  }

  std::string file_;
  const std::vector<Override>& overrides_;
  Scenario scenario_;
  std::vector<InputProblem> problems_;
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
