#include "sim/assess/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/run/tables.h"

namespace foramen {

namespace {

constexpr std::array<std::string_view, 3> kComparedLevelQuantities{"compression_N", "shear_anterior_N", "pressure_MPa"};
constexpr std::array<std::string_view, 2> kComparedRootQuantities{"pressure_mmHg", "tension_N"};

void add_row(Comparison& comparison, const std::vector<Summary>& summaries, std::string path, std::string label,
             std::string_view unit) {
  Comparison::Row row{std::move(path), std::move(label), std::string(unit), {}, {}};
  for (const Summary& summary : summaries) row.values.push_back(summary.at(row.path));
  comparison.rows.push_back(std::move(row));
}

template <class Quantity, std::size_t N>
bool is_compared(const Quantity& quantity, const std::array<std::string_view, N>& chosen) {
  return std::find(chosen.begin(), chosen.end(), quantity.name) != chosen.end();
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

/// Whether run `a` is certainly less than run `b` in a row.
bool is_less(const Comparison::Row& row, const std::vector<std::vector<Summary>>& members, std::size_t a,
             std::size_t b) {
  // Signed measures (shear) are the smaller the nearer they are to nothing.
  if (!(std::abs(row.values[a]) < std::abs(row.values[b]))) return false;
  if (members.empty()) return true;
  constexpr double kSure = 0.95;
  std::size_t less = 0, counted = 0;
  for (std::size_t k = 0; k < members[a].size(); ++k) {
    const double difference = std::abs(members[b][k].at(row.path)) - std::abs(members[a][k].at(row.path));
    if (!std::isfinite(difference)) continue;
    ++counted;
    if (difference > 0) ++less;
  }
  return counted > 0 && static_cast<double>(less) >= kSure * static_cast<double>(counted);
}

void rank(Comparison::Row& row, const std::vector<std::vector<Summary>>& members) {
  row.ranks.assign(row.values.size(), 0);
  for (std::size_t i = 0; i < row.values.size(); ++i) {
    if (!std::isfinite(row.values[i])) continue;
    row.ranks[i] = 1;
    for (std::size_t j = 0; j < row.values.size(); ++j) {
      if (std::isfinite(row.values[j]) && is_less(row, members, j, i)) ++row.ranks[i];
    }
  }
}

}  // namespace

std::string measure_text(double value, std::string_view unit) {
  if (!std::isfinite(value)) return "–";
  if (unit == "MPa" || unit == "s") return fmt::format("{:.2f}", value);
  return unit == "N" && std::abs(value) < 50 ? fmt::format("{:.2f}", value) : fmt::format("{:.0f}", value);
}

bool Comparison::Row::equal() const {
  return std::all_of(ranks.begin(), ranks.end(), [](int rank) { return rank <= 1; });
}

std::vector<double> Comparison::Row::more_than_least() const {
  double least = std::numeric_limits<double>::infinity();
  for (const double value : values) {
    if (std::isfinite(value)) least = std::min(least, std::abs(value));
  }
  std::vector<double> more;
  for (const double value : values)
    more.push_back(std::isfinite(value) ? std::abs(value) - least : std::numeric_limits<double>::quiet_NaN());
  return more;
}

std::string difference_text(const Comparison::Row& row, const std::string& decimal_sign) {
  double most = 0, largest = 0;
  for (const double more : row.more_than_least()) most = std::isfinite(more) ? std::max(most, more) : most;
  for (const double value : row.values) largest = std::isfinite(value) ? std::max(largest, std::abs(value)) : largest;
  if (!(largest > 0)) return "–";
  // As many digits as the values themselves show.
  std::string digits = largest < 50 || row.unit != "N" ? measure_text(most, row.unit) : fmt::format("{:.0f}", most);
  if (const std::size_t point = digits.find('.'); point != std::string::npos) digits.replace(point, 1, decimal_sign);
  return fmt::format("{} ({:.0f} %)", digits, 100 * most / largest);
}

std::string least_text(const Comparison& comparison, const Comparison::Row& row) {
  if (row.equal()) return "equal";
  std::string text;
  for (std::size_t i = 0; i < row.ranks.size(); ++i) {
    if (row.ranks[i] == 1) text += (text.empty() ? "" : ", ") + comparison.names[i];
  }
  return text;
}

Comparison compare(const std::vector<std::string>& names, const std::vector<Summary>& summaries,
                   const std::vector<std::vector<Summary>>& members) {
  if (names.size() != summaries.size() || (!members.empty() && members.size() != names.size()))
    throw std::invalid_argument(
        fmt::format("{} names, {} summaries, {} ensembles", names.size(), summaries.size(), members.size()));
  for (const auto& ensemble : members) {
    if (ensemble.size() != members.front().size()) throw std::invalid_argument("ensembles of different sizes");
  }
  Comparison comparison{names, {}, members.empty() ? 0 : static_cast<int>(members.front().size())};
  for (const Level level : kLevels) {
    for (const LevelQuantity& quantity : level_quantities()) {
      if (!is_compared(quantity, kComparedLevelQuantities)) continue;
      const std::string path = fmt::format("levels.{}.{}", name(level), quantity.name);
      const std::string label = fmt::format("{} {}", name(level), quantity.label);
      add_row(comparison, summaries, path + ".peak", label + ", peak", quantity.unit);
      if (quantity.name == kComparedLevelQuantities.front())
        add_row(comparison, summaries, path + ".mean", label + ", mean", quantity.unit);
    }
  }
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const std::string path = fmt::format("roots.{}.{}.", name(root), name(side));
      const std::string who = fmt::format("{} {} ", name(side), name(root));
      for (const RootQuantity& quantity : root_quantities()) {
        if (!is_compared(quantity, kComparedRootQuantities)) continue;
        const std::string label = who + std::string(quantity.label);
        add_row(comparison, summaries, fmt::format("{}{}.peak", path, quantity.name), label + ", peak", quantity.unit);
        if (quantity.name == kComparedRootQuantities.front())
          add_row(comparison, summaries, fmt::format("{}{}.mean", path, quantity.name), label + ", mean",
                  quantity.unit);
      }
      for (const double threshold : kPressureThresholds_mmHg) {
        add_row(comparison, summaries, fmt::format("{}above_{:.0f}_mmHg_s", path, threshold),
                fmt::format("{}root above {:.0f} mmHg", who, threshold), "s");
      }
    }
  }
  for (Comparison::Row& row : comparison.rows) rank(row, members);
  return comparison;
}

std::string comparison_text(const Comparison& comparison) {
  std::size_t label_width = 8, width = 10, difference_width = 10, least_width = 5;
  for (const auto& row : comparison.rows) label_width = std::max(label_width, display_width(row.label));
  for (const auto& run : comparison.names) width = std::max(width, display_width(run));
  for (const auto& row : comparison.rows)
    difference_width = std::max(difference_width, display_width(difference_text(row)));
  for (const auto& row : comparison.rows)
    least_width = std::max(least_width, display_width(least_text(comparison, row)));

  std::string text = padded_right("", label_width) + "        ";
  for (const auto& run : comparison.names) text += "  " + padded_left(run, width);
  text += "  " + padded_left("difference", difference_width) + "  " + padded_right("least", least_width) + "\n";
  for (const auto& row : comparison.rows) {
    // Rows in which nothing would be seen say nothing.
    const auto unseen = [&](double v) { return !(std::abs(v) >= (row.unit == "s" || row.unit == "N" ? 0.005 : 0.5)); };
    if (row.unit != "MPa" && std::all_of(row.values.begin(), row.values.end(), unseen)) continue;
    text += padded_right(row.label, label_width) + "  " + padded_right(row.unit, 6);
    for (const double value : row.values) text += "  " + padded_left(measure_text(value, row.unit), width);
    text += "  " + padded_left(difference_text(row), difference_width) + "  " + least_text(comparison, row) + "\n";
  }
  if (comparison.members > 0) {
    text += fmt::format(
        "\"equal\": no difference that holds in 95 % of {} variations of the model's uncertain parameters\n",
        comparison.members);
  }
  return text;
}

std::string comparison_csv(const Comparison& comparison) {
  std::string text = "measure,unit";
  for (const auto& run : comparison.names) text += "," + csv_cell(run);
  for (const auto& run : comparison.names) text += "," + csv_cell("more than least: " + run);
  for (const auto& run : comparison.names) text += "," + csv_cell("rank of " + run);
  text += "\n";
  for (const auto& row : comparison.rows) {
    text += row.path + "," + row.unit;
    for (const double value : row.values) text += "," + number_text(value);
    for (const double more : row.more_than_least()) text += "," + number_text(more);
    for (const int rank : row.ranks) text += "," + (rank > 0 ? std::to_string(rank) : std::string());
    text += "\n";
  }
  return text;
}

std::string comparison_json(const Comparison& comparison, const std::vector<std::string>& reasons) {
  nlohmann::ordered_json json{{"schema", 1},
                              {"program", "foramen"},
                              {"version", FORAMEN_VERSION},
                              {"runs", comparison.names},
                              {"ensemble_members", comparison.members},
                              {"reasons", reasons}};
  for (const auto& row : comparison.rows) {
    const auto numbers = [](const std::vector<double>& all) {
      nlohmann::ordered_json array = nlohmann::ordered_json::array();
      for (const double value : all) array.push_back(std::isfinite(value) ? nlohmann::ordered_json(value) : nullptr);
      return array;
    };
    json["rows"].push_back({{"measure", row.path},
                            {"label", row.label},
                            {"unit", row.unit},
                            {"values", numbers(row.values)},
                            {"more_than_least", numbers(row.more_than_least())},
                            {"ranks", row.ranks},
                            {"equal", row.equal()}});
  }
  return json.dump(2) + "\n";
}

}  // namespace foramen
