#include "viz/qt/value_slider.h"

#include <QGridLayout>
#include <QLabel>
#include <QSlider>
#include <algorithm>
#include <cmath>

namespace foramen::qt {

ValueSlider::ValueSlider(double low, double high, double step, QWidget* parent)
    : QWidget(parent), low_(low), step_(step), decimals_(step < 1.0 ? 1 : 0) {
  name_ = new QLabel(this);
  name_->setMinimumWidth(1);  // long names in some language must not widen the dock
  number_ = new QLabel(this);
  number_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  slider_ = new QSlider(Qt::Horizontal, this);
  slider_->setRange(0, static_cast<int>(std::lround((high - low) / step)));
  slider_->setPageStep(std::max(1, slider_->maximum() / 20));
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(0, 0, 0, 2);
  layout->setVerticalSpacing(0);
  layout->addWidget(name_, 0, 0);
  layout->addWidget(number_, 0, 1);
  layout->addWidget(slider_, 1, 0, 1, 2);
  layout->setColumnStretch(0, 1);
  connect(slider_, &QSlider::sliderPressed, this, [this] { dragged_ = false; });
  connect(slider_, &QSlider::valueChanged, this, [this] {
    show_value();
    if (quiet_) return;
    const bool continuing = slider_->isSliderDown() && dragged_;
    dragged_ = true;
    if (moved) moved(value(), continuing);
  });
  show_value();
}

void ValueSlider::set_name(const QString& name) {
  name_->setText(name);
  slider_->setAccessibleName(name);
}

void ValueSlider::set_unit(const QString& unit, double factor) {
  unit_ = unit;
  factor_ = factor;
  show_value();
}

void ValueSlider::set_value(double value) {
  if (slider_->isSliderDown()) return;  // the hand on the slider knows better
  quiet_ = true;
  slider_->setValue(static_cast<int>(std::lround((value - low_) / step_)));
  quiet_ = false;
  show_value();
}

double ValueSlider::value() const {
  return low_ + step_ * slider_->value();
}

void ValueSlider::show_value() {
  // Degrees stand at the number, other units beside it (SI brochure, 5.4.3).
  number_->setText(QString::number(value() * factor_, 'f', decimals_) + (unit_ == "°" ? "" : " ") + unit_);
}

}  // namespace foramen::qt
