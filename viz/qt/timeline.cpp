#include "viz/qt/timeline.h"

#include <fmt/format.h>

#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <algorithm>
#include <array>
#include <cmath>

#include "viz/qt/look.h"
#include "viz/qt/text.h"

namespace foramen::qt {
namespace {

constexpr std::array kSpeeds{0.1, 0.25, 0.5, 1.0, 2.0};

QToolButton* button(QWidget* parent, const char* name) {
  auto* made = new QToolButton(parent);
  made->setObjectName(name);
  made->setAutoRaise(true);
  made->setFocusPolicy(Qt::NoFocus);
  return made;
}

}  // namespace

Timeline::Timeline(QWidget* parent)
    : QWidget(parent),
      back_(button(this, "step_back")),
      play_(button(this, "play")),
      on_(button(this, "step_on")),
      loop_(button(this, "loop")),
      speed_(new QComboBox(this)),
      slider_(new QSlider(Qt::Horizontal, this)),
      clock_(new QLabel(this)) {
  slider_->setObjectName("time");
  slider_->setFocusPolicy(Qt::NoFocus);
  speed_->setFocusPolicy(Qt::NoFocus);
  loop_->setText(QString::fromUtf8("⟳"));
  loop_->setCheckable(true);
  for (const double speed : kSpeeds) speed_->addItem(QString::fromStdString(fmt::format("×{:g}", speed)), speed);
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(6, 2, 6, 2);
  layout->setSpacing(2);
  for (QWidget* one : {static_cast<QWidget*>(back_), static_cast<QWidget*>(play_), static_cast<QWidget*>(on_)}) {
    layout->addWidget(one);
  }
  layout->addWidget(slider_, 1);
  layout->addWidget(clock_);
  layout->addWidget(loop_);
  layout->addWidget(speed_);
  connect(back_, &QToolButton::clicked, this, [this] { send("step -1"); });
  connect(on_, &QToolButton::clicked, this, [this] { send("step 1"); });
  connect(play_, &QToolButton::clicked, this, [this] { send("play"); });
  connect(loop_, &QToolButton::clicked, this, [this] { send("loop"); });
  connect(speed_, QOverload<int>::of(&QComboBox::activated), this,
          [this](int i) { send(fmt::format("speed {:g}", speed_->itemData(i).toDouble())); });
  connect(slider_, &QSlider::valueChanged, this, [this](int i) {
    if (!quiet_) send(fmt::format("time {}", times_.at(static_cast<std::size_t>(i))));
  });
}

void Timeline::translate(const Texts& texts) {
  back_->setToolTip(text(texts, "do_step_back"));
  on_->setToolTip(text(texts, "do_step_on"));
  play_->setToolTip(text(texts, "do_play"));
  loop_->setToolTip(text(texts, "do_loop"));
  speed_->setToolTip(text(texts, "do_speed"));
}

void Timeline::show(const session::Session& session) {
  const session::State& state = session.state();
  times_ = session.context().times;
  quiet_ = true;
  slider_->setRange(0, static_cast<int>(times_.size()) - 1);
  const auto nearest = std::min_element(times_.begin(), times_.end(), [&](double a, double b) {
    return std::abs(a - state.view.time) < std::abs(b - state.view.time);
  });
  if (!slider_->isSliderDown()) slider_->setValue(static_cast<int>(nearest - times_.begin()));
  quiet_ = false;
  if (const auto inked = std::pair(state.theme, state.playing); inked_ != inked) {
    inked_ = inked;
    const QColor ink = QApplication::palette().color(QPalette::ButtonText);
    back_->setIcon(media_icon(MediaSign::StepBack, ink));
    on_->setIcon(media_icon(MediaSign::StepOn, ink));
    play_->setIcon(media_icon(state.playing ? MediaSign::Pause : MediaSign::Play, ink));
  }
  loop_->setChecked(state.loop);
  const int speed = speed_->findData(state.speed);
  const QSignalBlocker blocked(speed_);
  speed_->setCurrentIndex(speed >= 0 ? speed : 3);
  clock_->setText(QString::fromStdString(fmt::format("{:.2f} / {:.2f} s", state.view.time, times_.back())));
  setEnabled(times_.size() > 1);
}

}  // namespace foramen::qt
