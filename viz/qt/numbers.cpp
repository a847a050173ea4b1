#include "viz/qt/numbers.h"

#include <fmt/format.h>

#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "sim/run/quantities.h"
#include "viz/qt/look.h"
#include "viz/qt/text.h"
#include "viz/qt/two_lines.h"

namespace foramen::qt {
namespace {

QTableWidget* make_table(QWidget* parent) {
  auto* table = new QTableWidget(parent);
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionMode(QAbstractItemView::NoSelection);
  table->setFocusPolicy(Qt::NoFocus);
  table->setAlternatingRowColors(true);
  table->setShowGrid(false);
  table->setWordWrap(true);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setHighlightSections(false);
  table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  // Words wrap anew when their column has found its width.
  QObject::connect(table->horizontalHeader(), &QHeaderView::sectionResized, table, [table](int column) {
    if (column == 0) QTimer::singleShot(0, table, [table] { table->resizeRowsToContents(); });
  });
  return table;
}

void set_cell(QTableWidget& table, int row, int column, const QString& words, Qt::Alignment side = Qt::AlignLeft) {
  QTableWidgetItem* item = table.item(row, column);
  if (item == nullptr) {
    item = new QTableWidgetItem;
    table.setItem(row, column, item);
  }
  if (item->text() == words) return;
  item->setText(words);
  item->setTextAlignment(side | Qt::AlignVCenter);
}

std::string superscript(std::string unit) {
  if (unit == "mm2") return "mm²";
  return unit;
}

}  // namespace

std::string quantity_label(const std::string& quantity, const Texts& texts) {
  if (const std::string* words = texts.find("quantity_" + quantity)) return *words;
  // A quantity that is newer than the translation keeps the label of the one table.
  const auto label = [&](const auto& table) -> std::string {
    for (const Quantity& one : table) {
      if (one.name == quantity) return std::string(one.label);
    }
    return {};
  };
  for (const std::string& words : {label(level_quantities()), label(root_quantities()), label(body_quantities())}) {
    if (!words.empty()) return words;
  }
  return quantity;
}

/// A row of a comparison in words: "compression, peak", and "L5-S1 [N]".
struct MeasureLabel {
  std::string measure, place;
};
MeasureLabel measure_label(const Comparison::Row& row, const Texts& texts) {
  const std::string& path = row.path;
  const std::size_t kind = path.find('.') + 1, last = path.rfind('.');
  const std::size_t quantity_at = path.rfind('.', last - 1) + 1;
  std::string place = path.substr(kind, std::max(quantity_at, kind + 1) - kind - 1);
  std::string words;
  if (const std::size_t above = path.find(".above_"); above != std::string::npos) {
    place = path.substr(kind, above - kind);
    const std::size_t digits = above + 7;
    words = texts("gui_time_above", {{"pressure", path.substr(digits, path.find('_', digits) - digits)}});
  } else {
    words = quantity_label(path.substr(quantity_at, last - quantity_at), texts) + ", " +
            texts("gui_" + path.substr(last + 1));
  }
  for (const std::string side : {"left", "right"}) {
    if (place.ends_with("." + side))
      place.replace(place.size() - side.size() - 1, side.size() + 1, " " + texts("side_" + side));
  }
  return {words, fmt::format("{}{}[{}]", place, place.empty() ? "" : " ", row.unit)};
}

Numbers::Numbers(QWidget* parent)
    : QWidget(parent), level_(new QComboBox(this)), note_(new QLabel(this)), table_(make_table(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 4, 4, 0);
  for (const std::string_view one : level_names()) level_->addItem(text(std::string(one)));
  level_->setFocusPolicy(Qt::NoFocus);
  connect(level_, QOverload<int>::of(&QComboBox::activated), this, [this](int) {
    if (command) command("level " + level_->currentText().toStdString());
  });
  table_->setColumnCount(2);
  table_->setItemDelegateForColumn(0, new TwoLines(table_));
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  table_->horizontalHeader()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
  note_->setWordWrap(true);
  layout->addWidget(level_);
  layout->addWidget(table_, 1);
  layout->addWidget(note_);
}

void Numbers::translate(const Texts& texts) {
  shape_.clear();
  table_->setHorizontalHeaderLabels({text(texts, "column_measure"), text(texts, "gui_column_now")});
  level_->setToolTip(text(texts, "do_level"));
  note_->setText(text(texts, "gui_numbers_note"));
}

void Numbers::fill(int row, const session::Measure& measure, const Texts& texts) {
  const int off = measure.side();
  const std::string arrow = off < 0 ? "▼ " : off > 0 ? "▲ " : "";
  set_cell(*table_, row, 1,
           text(fmt::format("{}{} {}", arrow, session::measure_number(measure.value, measure.unit),
                            superscript(measure.unit))),
           Qt::AlignRight);
  QFont font = table_->font();
  font.setBold(off != 0);
  table_->item(row, 1)->setFont(font);
  table_->item(row, 1)->setToolTip(off == 0 ? QString() : text(texts, off < 0 ? "gui_below_range" : "gui_above_range"));
}

void Numbers::show(const session::State& state, const Frame& frame, const session::HealthyRanges& ranges,
                   const Texts& texts) {
  const QSignalBlocker blocked(level_);
  level_->setCurrentIndex(index(state.level));
  std::vector<session::Measure> rows = session::measures(frame, state.level, ranges);
  if (state.face != session::Face::Research) {
    std::erase_if(rows, [](const session::Measure& one) { return !one.basic; });
  }
  const std::string shape = fmt::format("{} {} {}", name(state.level), static_cast<int>(state.face), rows.size());
  if (shape != shape_) {
    table_->setRowCount(static_cast<int>(rows.size()));
    for (int i = 0; i < table_->rowCount(); ++i) {
      const session::Measure& one = rows[static_cast<std::size_t>(i)];
      std::string label = quantity_label(one.quantity, texts);
      if (one.place.find(' ') != std::string::npos) {
        const std::string side = one.place.substr(one.place.find(' ') + 1);
        label = fmt::format("{} {}: {}", one.place.substr(0, one.place.find(' ')), texts("side_" + side), label);
      }
      set_cell(*table_, i, 0, text(label));
      std::string range = texts("gui_no_range");
      if (one.range) {
        range = fmt::format("{} {}", texts("gui_healthy_range"), session::range_text(*one.range));
        if (one.range->posture != "any") range += " (" + texts("gui_posture_" + one.range->posture) + ")";
      }
      table_->item(i, 0)->setData(TwoLines::kSecondLine, text(range));
      table_->item(i, 0)->setToolTip(one.range ? text(one.range->source) : text(texts, "gui_no_range_why"));
    }
  }
  for (int i = 0; i < table_->rowCount(); ++i) fill(i, rows[static_cast<std::size_t>(i)], texts);
  if (shape != shape_) table_->resizeRowsToContents();
  shape_ = shape;
}

Differences::Differences(QWidget* parent) : QWidget(parent), note_(new QLabel(this)), table_(make_table(this)) {
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(4, 4, 4, 0);
  note_->setWordWrap(true);
  table_->setItemDelegateForColumn(0, new TwoLines(table_));
  layout->addWidget(note_);
  layout->addWidget(table_, 1);
}

void Differences::translate(const Texts& texts) {
  note_->setText(text(texts, "gui_differences_note"));
}

void Differences::show(const Comparison& comparison, const session::State& state, const Texts& texts) {
  std::vector<const Comparison::Row*> rows;
  for (const Comparison::Row& row : comparison.rows) {
    const bool nothing = std::all_of(row.values.begin(), row.values.end(),
                                     [](double v) { return !std::isfinite(v) || std::abs(v) < 1e-9; });
    if (!nothing) rows.push_back(&row);
  }
  const int count = static_cast<int>(comparison.names.size());
  table_->clear();
  table_->setRowCount(static_cast<int>(rows.size()));
  table_->setColumnCount(count + 1);
  QStringList heads{text(texts, "column_measure")};
  for (int i = 0; i < count; ++i) heads << QString::number(i + 1);  // the colour says which picture it is
  table_->setHorizontalHeaderLabels(heads);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  for (int i = 0; i < count; ++i) {
    table_->horizontalHeaderItem(i + 1)->setForeground(case_colour(static_cast<std::size_t>(i), state.theme));
    table_->horizontalHeaderItem(i + 1)->setToolTip(text(comparison.names[static_cast<std::size_t>(i)]));
  }
  for (int r = 0; r < table_->rowCount(); ++r) {
    const Comparison::Row& row = *rows[static_cast<std::size_t>(r)];
    // Place and unit ride in the label: two columns less on a narrow screen.
    const MeasureLabel label = measure_label(row, texts);
    set_cell(*table_, r, 0, text(label.measure));
    table_->item(r, 0)->setData(TwoLines::kSecondLine, text(label.place));
    table_->item(r, 0)->setToolTip(text(row.path));
    for (int c = 0; c < count; ++c) {
      const auto i = static_cast<std::size_t>(c);
      const bool least = !row.equal() && row.ranks[i] == 1;
      set_cell(*table_, r, c + 1, text((least ? "✔ " : "") + measure_text(row.values[i], row.unit)), Qt::AlignRight);
      QFont font = table_->font();
      font.setBold(least);
      table_->item(r, c + 1)->setFont(font);
    }
  }
  table_->resizeRowsToContents();
}

}  // namespace foramen::qt
