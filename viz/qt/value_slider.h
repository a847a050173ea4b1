#pragma once

/// A slider with its name and its value in the unit people read.

#include <QString>
#include <QWidget>
#include <functional>

class QLabel;
class QSlider;

namespace foramen::qt {

class ValueSlider : public QWidget {
 public:
  /// From `low` to `high` in steps of `step`, all in the unit shown.
  ValueSlider(double low, double high, double step, QWidget* parent = nullptr);

  /// Called while the user moves the slider; `continuing` from the second value of one drag on.
  std::function<void(double value, bool continuing)> moved;

  void set_name(const QString& name);
  void set_unit(const QString& unit, double factor = 1.0);  ///< shown value = value · factor, in `unit`
  /// Shows a value that came from elsewhere; calls nothing.
  void set_value(double value);
  [[nodiscard]] double value() const;
  [[nodiscard]] QSlider* slider() const { return slider_; }

 private:
  void show_value();

  double low_, step_, factor_ = 1.0;
  int decimals_;
  QString unit_;
  QLabel *name_, *number_;
  QSlider* slider_;
  bool dragged_ = false;  ///< a value of this drag has been told
  bool quiet_ = false;
};

}  // namespace foramen::qt
