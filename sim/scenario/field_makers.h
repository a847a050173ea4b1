#pragma once

/// Makers of table fields, one per kind of value: each binds a key to the place in a Scenario that holds it.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

#include "sim/base/names.h"
#include "sim/scenario/fields.h"

namespace foramen {

/// The number that a file must hold so that reading it gives exactly `si` again: the shortest that does.
inline double in_file_unit(double si, double scale) {
  const double guess = si / scale;
  for (int digits = 1; digits <= 17; ++digits) {
    const double candidate = std::stod(fmt::format("{:.{}g}", guess, digits));
    if (candidate * scale == si) return candidate;
  }
  for (double up = guess, down = guess;
       std::abs(up - guess) <= 8 * std::abs(std::nextafter(guess, std::numeric_limits<double>::infinity()) - guess);) {
    up = std::nextafter(up, std::numeric_limits<double>::infinity());
    down = std::nextafter(down, -std::numeric_limits<double>::infinity());
    if (up * scale == si) return up;
    if (down * scale == si) return down;
  }
  return guess;
}

template <class T>
struct is_optional : std::false_type {};
template <class T>
struct is_optional<std::optional<T>> : std::true_type {};

/// `access(scenario, i)` gives the double (or optional double) itself.
template <class Access>
Field number(std::string table, std::string key, std::string doc, double lo, double hi, double scale, Access access) {
  Field f{.table = std::move(table),
          .key = std::move(key),
          .type = FieldType::Number,
          .doc = std::move(doc),
          .lo = lo,
          .hi = hi};
  f.set = [=](Scenario& s, std::size_t i, const FieldValue& v) { access(s, i) = std::get<double>(v) * scale; };
  f.get = [=](const Scenario& s, std::size_t i) -> std::optional<FieldValue> {
    const auto& value = access(s, i);
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) {
      if (!value) return std::nullopt;
      return in_file_unit(*value, scale);
    } else {
      return in_file_unit(value, scale);
    }
  };
  return f;
}

template <class Access>
Field integer(std::string table, std::string key, std::string doc, double lo, double hi, Access access) {
  Field f{.table = std::move(table),
          .key = std::move(key),
          .type = FieldType::Integer,
          .doc = std::move(doc),
          .lo = lo,
          .hi = hi};
  f.set = [=](Scenario& s, std::size_t i, const FieldValue& v) {
    access(s, i) = static_cast<int>(std::get<double>(v));
  };
  f.get = [=](const Scenario& s, std::size_t i) -> std::optional<FieldValue> {
    return static_cast<double>(access(s, i));
  };
  return f;
}

template <class Access>
Field text(std::string table, std::string key, std::string doc, Access access,
           std::span<const std::string_view> choices = {}) {
  Field f{.table = std::move(table),
          .key = std::move(key),
          .type = choices.empty() ? FieldType::Text : FieldType::Choice,
          .doc = std::move(doc),
          .choices = choices};
  f.set = [=](Scenario& s, std::size_t i, const FieldValue& v) { access(s, i) = std::get<std::string>(v); };
  f.get = [=](const Scenario& s, std::size_t i) -> std::optional<FieldValue> {
    const auto& value = access(s, i);
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) {
      if (!value) return std::nullopt;
      return *value;
    } else {
      return value;
    }
  };
  return f;
}

/// Several numbers in SI: a std::array, or an optional vector.
template <class Access>
Field vector(std::string table, std::string key, std::string doc, std::size_t length, double lo, double hi,
             Access access) {
  Field f{.table = std::move(table),
          .key = std::move(key),
          .type = FieldType::Vector,
          .doc = std::move(doc),
          .lo = lo,
          .hi = hi,
          .length = length};
  f.set = [=](Scenario& s, std::size_t i, const FieldValue& v) {
    const auto& numbers = std::get<std::vector<double>>(v);
    auto& value = access(s, i);
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) value.emplace();
    double* first = nullptr;
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) {
      first = value->data();
    } else {
      first = value.data();
    }
    std::copy(numbers.begin(), numbers.end(), first);
  };
  f.get = [=](const Scenario& s, std::size_t i) -> std::optional<FieldValue> {
    const auto& value = access(s, i);
    const double* first = nullptr;
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) {
      if (!value) return std::nullopt;
      first = value->data();
    } else {
      first = value.data();
    }
    return std::vector<double>(first, first + length);
  };
  return f;
}

/// A name of an enumeration (or of an optional one).
template <class Access>
Field choice(std::string table, std::string key, std::string doc, std::span<const std::string_view> names,
             Access access) {
  Field f{.table = std::move(table),
          .key = std::move(key),
          .type = FieldType::Choice,
          .doc = std::move(doc),
          .choices = names};
  f.set = [=](Scenario& s, std::size_t i, const FieldValue& v) {
    auto& value = access(s, i);
    using Value = std::decay_t<decltype(value)>;
    const int number = *find_name(names, std::get<std::string>(v));
    if constexpr (is_optional<Value>::value) {
      value = static_cast<typename Value::value_type>(number);
    } else {
      value = static_cast<Value>(number);
    }
  };
  f.get = [=](const Scenario& s, std::size_t i) -> std::optional<FieldValue> {
    const auto& value = access(s, i);
    if constexpr (is_optional<std::decay_t<decltype(value)>>::value) {
      if (!value) return std::nullopt;
      return std::string(names[static_cast<std::size_t>(index(*value))]);
    } else {
      return std::string(names[static_cast<std::size_t>(index(value))]);
    }
  };
  return f;
}

inline Field required(Field field) {
  field.required = true;
  return field;
}

}  // namespace foramen
