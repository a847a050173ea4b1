#pragma once

/// A form for what is known of a person: body measures and what an MRI report says of a level. No names, no dates.

#include <QDialog>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "sim/report/texts.h"
#include "viz/session/state.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;

namespace foramen::qt {

class MeasuresForm : public QDialog {
 public:
  MeasuresForm(const Scenario& scenario, session::UnitSystem units, const Texts& texts, QWidget* parent = nullptr);

  /// Called with the keys that were changed and their values, as `set` takes them.
  std::function<void(const std::vector<std::pair<std::string, std::string>>&)> accepted_values;

 private:
  struct Entry {
    std::string key;
    QDoubleSpinBox* box = nullptr;
    double factor = 1;  ///< shown = value · factor
    double before = 0;  ///< as shown at first
  };
  /// One number of the field table; boxes of unset keys stand one step below their lowest value and say "–".
  void add_number(QFormLayout* form, const std::string& key, const std::string& label, const Scenario& scenario,
                  double factor, const char* unit);
  void accept() override;

  std::vector<Entry> entries_;
  QComboBox* level_ = nullptr;
  QComboBox* sex_ = nullptr;
  int sex_before_ = 0;
};

}  // namespace foramen::qt
