#include "sim/report/validation_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace foramen {

namespace {

nlohmann::ordered_json json_number(const std::optional<double>& value) {
  return value && std::isfinite(*value) ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

std::string number(const std::optional<double>& value) {
  return value ? fmt::format("{:.4g}", *value) : "–";
}

std::string interval(const PublishedFigure& figure) {
  if (!figure.lo && !figure.hi) return number(figure.value);
  if (!figure.lo) return "≤ " + number(figure.hi);
  if (!figure.hi) return "≥ " + number(figure.lo);
  return number(figure.lo) + " … " + number(figure.hi);
}

const char* verdict(const ValidationRow& row) {
  if (!row.pass) return "no gate";
  return *row.pass ? "pass" : "outside";
}

std::size_t width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded(const std::string& text, std::size_t to) {
  return text + std::string(to > width(text) ? to - width(text) : 0, ' ');
}

}  // namespace

std::string validation_json(const std::vector<ValidationRow>& rows) {
  auto json = nlohmann::ordered_json::array();
  for (const ValidationRow& row : rows) {
    const PublishedFigure& f = row.figure;
    json.push_back({{"id", f.id},
                    {"quantity", f.quantity},
                    {"condition", f.condition},
                    {"model", json_number(row.model)},
                    {"value", json_number(f.value)},
                    {"lo", json_number(f.lo)},
                    {"hi", json_number(f.hi)},
                    {"unit", f.unit},
                    {"source", f.source},
                    {"tier", f.tier},
                    {"gate", f.gate},
                    {"pass", row.pass ? nlohmann::ordered_json(*row.pass) : nlohmann::ordered_json(nullptr)}});
  }
  return json.dump(2) + "\n";
}

std::string validation_markdown(const std::vector<ValidationRow>& rows, const std::vector<CurvePicture>& curves) {
  const auto count = [&](bool pass) {
    return std::count_if(rows.begin(), rows.end(), [&](const ValidationRow& r) { return r.pass && *r.pass == pass; });
  };
  std::string text = fmt::format(
      "# The model beside published figures\n\n{} rows: {} gated inside, {} gated outside, {} compared only. A gate's "
      "interval was "
      "written down with its reason before the first run; rows that fail stay here.\n\n"
      "| id | quantity | condition | model | published | unit | verdict | tier | source | interval "
      "|\n|---|---|---|---|---|---|---|---|---|---|\n",
      rows.size(), count(true), count(false), static_cast<long>(rows.size()) - count(true) - count(false));
  for (const ValidationRow& row : rows) {
    const PublishedFigure& f = row.figure;
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", f.id, f.quantity, f.condition,
                        number(row.model), interval(f), f.unit, verdict(row), f.tier, f.source, f.reason);
  }
  for (const CurvePicture& curve : curves) text += "\n## " + curve.title + "\n\n" + curve_svg(curve) + "\n";
  return text;
}

std::string validation_text(const std::vector<ValidationRow>& rows) {
  std::string text;
  for (const ValidationRow& row : rows) {
    const PublishedFigure& f = row.figure;
    std::string what = f.quantity + (f.condition.empty() ? "" : ", " + f.condition);
    if (width(what) > 62) what = what.substr(0, 61) + "…";
    text += padded(f.id, 32) + padded(what, 64) + padded(number(row.model), 10) + padded(interval(f), 18) +
            padded(f.unit, 10) + verdict(row) + "\n";
  }
  return text;
}

}  // namespace foramen
