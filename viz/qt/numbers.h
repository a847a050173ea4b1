#pragma once

/// The numbers of the active case at the cursor, each beside what is published of healthy people; and what the cases
/// differ in.

#include <QWidget>
#include <functional>
#include <string>
#include <vector>

#include "sim/assess/comparison.h"
#include "sim/report/texts.h"
#include "viz/session/measures.h"
#include "viz/session/state.h"

class QComboBox;
class QLabel;
class QTableWidget;

namespace foramen::qt {

class Numbers : public QWidget {
 public:
  explicit Numbers(QWidget* parent = nullptr);

  std::function<void(const std::string& command)> command;

  void translate(const Texts& texts);
  void show(const session::State& state, const Frame& frame, const session::HealthyRanges& ranges, const Texts& texts);
  [[nodiscard]] QTableWidget* table() const { return table_; }

 private:
  void fill(int row, const session::Measure& measure, const Texts& texts);

  QComboBox* level_;
  QLabel* note_;
  QTableWidget* table_;
  std::string shape_;  ///< which rows there are, so that only numbers change while a slider moves
};

class Differences : public QWidget {
 public:
  explicit Differences(QWidget* parent = nullptr);

  void translate(const Texts& texts);
  /// Rows in which the cases differ; the least of each row is marked.
  void show(const Comparison& comparison, const session::State& state, const Texts& texts);
  [[nodiscard]] QTableWidget* table() const { return table_; }

 private:
  QLabel* note_;
  QTableWidget* table_;
};

/// "compression", in the language of the texts.
[[nodiscard]] std::string quantity_label(const std::string& quantity, const Texts& texts);

}  // namespace foramen::qt
