#include "sim/scenario/overrides.h"

#include <fmt/format.h>

namespace foramen {

namespace {

void put(toml::table& table, const std::string& key, const toml::node& value) {
  table.erase(key);
  if (const auto* s = value.as_string())
    table.insert(key, s->get());
  else if (const auto* f = value.as_floating_point())
    table.insert(key, f->get());
  else if (const auto* n = value.as_integer())
    table.insert(key, n->get());
  else if (const auto* b = value.as_boolean())
    table.insert(key, b->get());
  else if (const auto* a = value.as_array())
    table.insert(key, *a);
}

void set_path(toml::table& root, const Override& change, const toml::node& value, ProblemList& problems) {
  const auto report = [&](std::string message) {
    problems.report({.file = change.from,
                     .line = change.line,
                     .column = change.column,
                     .key = change.key,
                     .message = std::move(message)});
  };
  toml::node* node = &root;
  std::string_view rest = change.key;
  while (true) {
    const std::size_t dot = rest.find('.');
    const std::string part(rest.substr(0, dot));
    const bool last = dot == std::string_view::npos;
    if (toml::array* array = node->as_array()) {
      const bool is_number = !part.empty() && part.find_first_not_of("0123456789") == std::string::npos;
      const std::size_t at = is_number ? std::stoul(part) : array->size();
      if (at >= array->size())
        return report(fmt::format("there is no element {}: the file has {} (counting from 0)", part, array->size()));
      node = array->get(at);
    } else if (toml::table* table = node->as_table()) {
      if (last) return put(*table, part, value);
      if (!table->contains(part)) table->insert(part, toml::table{});
      node = table->get(part);
    } else {
      return report(fmt::format("\"{}\" is a value, not a table", part));
    }
    if (last) return;
    rest = rest.substr(dot + 1);
  }
}

}  // namespace

void apply_overrides(const std::vector<Override>& overrides, toml::table& root, ProblemList& problems) {
  for (const Override& change : overrides) {
    toml::table parsed;
    try {
      parsed = toml::parse("value = " + change.value);
    } catch (const toml::parse_error&) {
      parsed.insert("value", change.value);  // a bare word is a text
    }
    set_path(root, change, *parsed.get("value"), problems);
  }
}

}  // namespace foramen
