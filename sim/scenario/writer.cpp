#include <fmt/format.h>

#include "sim/scenario/fields.h"

namespace foramen {

namespace {

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// A TOML number that is a float also when it is whole.
std::string toml_number(double value) {
  std::string text = fmt::format("{}", value);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

std::string toml_value(const Field& field, const FieldValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) {
    std::string out;
    for (const double number : *numbers) out += (out.empty() ? "" : ", ") + toml_number(number);
    return "[" + out + "]";
  }
  const double number = std::get<double>(value);
  return field.type == FieldType::Integer ? fmt::format("{}", static_cast<long>(number)) : toml_number(number);
}

}  // namespace

std::string write_scenario(const Scenario& scenario) {
  std::string out;
  for (const FieldTable& table : field_tables()) {
    const bool is_array = table.name.ends_with("[]");
    for (std::size_t i = 0; i < table.count(scenario); ++i) {
      if (!table.name.empty()) {
        const std::string name = is_array ? table.name.substr(0, table.name.size() - 2) : table.name;
        out += is_array ? "\n[[" + name + "]]\n" : "\n[" + name + "]\n";
      }
      for (const Field& field : fields()) {
        if (field.table != table.name) continue;
        if (const auto value = field.get(scenario, i))
          out += fmt::format("{} = {}\n", field.key, toml_value(field, *value));
      }
    }
  }
  if (scenario.expect.empty()) return out;
  out += "\n[expect]\n";
  for (const Expectation& e : scenario.expect) {
    std::string terms;
    const auto add = [&](const char* term, double v) {
      terms += fmt::format("{}{} = {}", terms.empty() ? "" : ", ", term, toml_number(v));
    };
    if (e.within) {
      add("value", e.value);
      add("within_percent", *e.within * 100);
    }
    if (e.min) add("min", *e.min);
    if (e.max) add("max", *e.max);
    out += fmt::format("{} = {{ {} }}\n", quoted(e.quantity), terms);
  }
  return out;
}

}  // namespace foramen
