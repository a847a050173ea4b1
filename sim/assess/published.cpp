#include "sim/assess/published.h"

#include <algorithm>
#include <set>

#include "sim/base/csv.h"
#include "sim/base/error.h"

namespace foramen {

namespace {

std::optional<double> optional_number(const CsvTable& table, std::size_t row, std::size_t column) {
  if (table.empty(row, column)) return std::nullopt;
  return table.number(row, column);
}

void read_table(const std::filesystem::path& file, std::vector<PublishedFigure>& figures, std::set<std::string>& ids) {
  const CsvTable table(file);
  const std::size_t id = table.column("id"), gate = table.column("gate"), source = table.column("source");
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto text = [&](const char* name) { return table.text(row, table.column(name)); };
    PublishedFigure figure{.id = text("id"),
                           .model = text("model"),
                           .quantity = text("quantity"),
                           .condition = text("condition"),
                           .value = optional_number(table, row, table.column("value")),
                           .lo = optional_number(table, row, table.column("lo")),
                           .hi = optional_number(table, row, table.column("hi")),
                           .unit = text("unit"),
                           .source = text("source"),
                           .tier = text("tier"),
                           .gate = text("gate") == "yes",
                           .reason = text("reason")};
    if (!ids.insert(figure.id).second) table.fail(row, id, "\"" + figure.id + "\" is listed twice");
    if (figure.gate && !figure.lo && !figure.hi) table.fail(row, gate, "a gated figure needs lo, hi or both");
    if (figure.source.empty()) table.fail(row, source, "every figure names its source");
    figures.push_back(std::move(figure));
  }
}

}  // namespace

std::vector<PublishedFigure> read_published(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  std::vector<PublishedFigure> figures;
  std::set<std::string> ids;
  for (const auto& file : files) read_table(file, figures, ids);
  return figures;
}

std::vector<ValidationRow> judge(const std::vector<PublishedFigure>& published, const ModelFigures& model) {
  std::vector<ValidationRow> rows;
  for (const PublishedFigure& figure : published) {
    ValidationRow row{figure, std::nullopt, std::nullopt};
    if (const auto found = model.find(figure.model); found != model.end()) row.model = found->second;
    if (figure.gate) {
      row.pass = row.model && (!figure.lo || *row.model >= *figure.lo) && (!figure.hi || *row.model <= *figure.hi);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace foramen
