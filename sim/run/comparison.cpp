#include "sim/run/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/run/tables.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 3> kComparedLevelQuantities{"compression_N", "shear_anterior_N", "pressure_MPa"};
constexpr std::array<std::string_view, 2> kComparedRootQuantities{"pressure_mmHg", "tension_N"};

void add_row(Comparison& comparison, const std::vector<Summary>& summaries, std::string path, std::string label,
             std::string_view unit) {
  Comparison::Row row{std::move(path), std::move(label), std::string(unit), {}};
  for (const Summary& summary : summaries) row.values.push_back(summary.at(row.path));
  comparison.rows.push_back(std::move(row));
}

template <class Quantity, std::size_t N>
bool is_compared(const Quantity& quantity, const std::array<std::string_view, N>& chosen) {
  return std::find(chosen.begin(), chosen.end(), quantity.name) != chosen.end();
}

/// Digits that suit the size of a measure, without pretending precision.
std::string short_number(double value, std::string_view unit) {
  if (!std::isfinite(value)) return "–";
  return unit == "MPa" || unit == "s"          ? fmt::format("{:.2f}", value)
         : unit == "N" && std::abs(value) < 50 ? fmt::format("{:.2f}", value)
                                               : fmt::format("{:.0f}", value);
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Columns a text takes on a terminal: UTF-8 continuation bytes take none.
std::size_t display_width(const std::string& text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string padded_left(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return std::string(width > taken ? width - taken : 0, ' ') + text;
}

std::string padded_right(const std::string& text, std::size_t width) {
  const std::size_t taken = display_width(text);
  return text + std::string(width > taken ? width - taken : 0, ' ');
}

}  // namespace

Comparison compare(const std::vector<std::string>& names, const std::vector<Summary>& summaries) {
  Comparison comparison{names, {}};
  for (const Level level : kLevels) {
    for (const LevelQuantity& quantity : level_quantities()) {
      if (!is_compared(quantity, kComparedLevelQuantities)) continue;
      add_row(comparison, summaries, fmt::format("levels.{}.{}.peak", name(level), quantity.name),
              fmt::format("{} {}", name(level), quantity.label), quantity.unit);
    }
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const std::string path = fmt::format("roots.{}.{}.", name(root), name(side));
      for (const RootQuantity& quantity : root_quantities()) {
        if (!is_compared(quantity, kComparedRootQuantities)) continue;
        add_row(comparison, summaries, fmt::format("{}{}.peak", path, quantity.name),
                fmt::format("{} {} {}", name(side), name(root), quantity.label), quantity.unit);
      }
      add_row(comparison, summaries, path + "above_30_mmHg_s",
              fmt::format("{} {} root above 30 mmHg", name(side), name(root)), "s");
    }
  }
  return comparison;
}

std::string comparison_text(const Comparison& comparison) {
  std::size_t label_width = 8;
  for (const auto& row : comparison.rows) label_width = std::max(label_width, display_width(row.label));
  std::size_t width = 10;
  for (const auto& run : comparison.names) width = std::max(width, display_width(run));

  std::string text = padded_right("peak of", label_width) + "        ";
  for (const auto& run : comparison.names) text += "  " + padded_left(run, width);
  if (comparison.names.size() > 1) text += "  " + padded_left("difference", width);
  text += "\n";
  for (const auto& row : comparison.rows) {
    text += padded_right(row.label, label_width) + "  " + padded_right(row.unit, 6);
    for (const double value : row.values) text += "  " + padded_left(short_number(value, row.unit), width);
    if (row.values.size() > 1) {
      const double difference = row.values.back() - row.values.front();
      text += "  " + padded_left((difference > 0 ? "+" : "") + short_number(difference, row.unit), width);
    }
    text += "\n";
  }
  return text;
}

std::string comparison_csv(const Comparison& comparison) {
  std::string text = "measure,unit";
  for (const auto& run : comparison.names) text += "," + run;
  text += "\n";
  for (const auto& row : comparison.rows) {
    text += row.path + "," + row.unit;
    for (const double value : row.values) text += "," + number_text(value);
    text += "\n";
  }
  return text;
}

std::string comparison_json(const Comparison& comparison) {
  nlohmann::ordered_json json{
      {"schema", 1}, {"program", "foramen"}, {"version", FORAMEN_VERSION}, {"runs", comparison.names}};
  for (const auto& row : comparison.rows) {
    nlohmann::ordered_json values = nlohmann::ordered_json::array();
    for (const double value : row.values)
      values.push_back(std::isfinite(value) ? nlohmann::ordered_json(value) : nullptr);
    json["rows"].push_back({{"measure", row.path}, {"label", row.label}, {"unit", row.unit}, {"values", values}});
  }
  return json.dump(2) + "\n";
}

std::string comparison_html(const Comparison& comparison) {
  std::string text =
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Foramen "
      "comparison</title>\n<style>body{font:16px "
      "sans-serif;margin:2em;color:#222}table{border-collapse:collapse}th,td{padding:.3em .8em;border-bottom:1px solid "
      "#ccc;text-align:right}th:first-child,td:first-child{text-align:left}</style></head>\n<body><h1>Comparison</h1>\n"
      "<p>Results of a mechanical model, not a diagnosis.</p>\n<table>\n<thead><tr><th scope=\"col\">Peak of</th><th "
      "scope=\"col\">Unit</th>";
  for (const auto& run : comparison.names) text += "<th scope=\"col\">" + escaped(run) + "</th>";
  text += "</tr></thead>\n<tbody>\n";
  for (const auto& row : comparison.rows) {
    text += "<tr><th scope=\"row\">" + escaped(row.label) + "</th><td>" + escaped(row.unit) + "</td>";
    for (const double value : row.values) text += "<td>" + short_number(value, row.unit) + "</td>";
    text += "</tr>\n";
  }
  return text + "</tbody></table></body></html>\n";
}

}  // namespace foramen
