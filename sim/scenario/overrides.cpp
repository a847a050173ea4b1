#include "sim/scenario/overrides.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>
#include <string_view>

namespace foramen {

namespace {

/// Where an element of a list is that a key names by its number; nothing where it is no number in the list.
std::optional<std::size_t> place_in(const toml::array& array, std::string_view number) {
  std::size_t at = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), at);
  if (error != std::errc{} || end != number.data() + number.size() || at >= array.size()) return std::nullopt;
  return at;
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
      const std::optional<std::size_t> at = place_in(*array, part);
      if (!at)
        return report(fmt::format("there is no element {}: the file has {} (counting from 0)", part, array->size()));
      if (last) {
        value.visit([&](const auto& v) { array->replace(array->cbegin() + static_cast<std::ptrdiff_t>(*at), v); });
        return;
      }
      node = array->get(*at);
    } else if (toml::table* table = node->as_table()) {
      if (last) {
        value.visit([&](const auto& v) { table->insert_or_assign(part, v); });
        return;
      }
      if (!table->contains(part)) table->insert(part, toml::table{});
      node = table->get(part);
    } else {
      return report(fmt::format("\"{}\" is a value, not a table", part));
    }
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
