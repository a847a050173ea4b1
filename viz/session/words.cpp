#include "viz/session/words.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/base/error.h"
#include "sim/base/names.h"

namespace foramen::session {

void Words::fail(const std::string& message) const {
  throw InputError(InputProblem{.key = command_, .message = message});
}

std::string Words::word() {
  std::string next;
  words_ >> next;
  return next;
}

std::string Words::rest() {
  std::string text;
  std::getline(words_ >> std::ws, text);
  return text;
}

std::string Words::file() {
  std::string text = rest();
  if (text.empty()) fail("needs a file");
  return text;
}

double Words::number() {
  double value = 0.0;
  if (!(words_ >> value) || !std::isfinite(value)) fail("needs a number");
  return value;
}

double Words::number(double lo, double hi) {
  const double value = number();
  if (value < lo || value > hi) fail(fmt::format("{:g} is outside {:g} to {:g}", value, lo, hi));
  return value;
}

int Words::choice(std::span<const std::string_view> names) {
  const std::string next = word();
  if (const auto found = find_name(names, next)) return *found;
  fail(fmt::format("\"{}\" is not one of {}; did you mean \"{}\"?", next, fmt::join(names, ", "),
                   nearest_name(names, next)));
}

void Words::end() {
  if (const std::string left = word(); !left.empty()) fail(fmt::format("\"{}\" is one word too many", left));
}

}  // namespace foramen::session
