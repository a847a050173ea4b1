#include "viz/qt/panels.h"

#include <fmt/format.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <array>
#include <cmath>
#include <utility>

#include "sim/report/phrases.h"
#include "viz/qt/look.h"
#include "viz/qt/text.h"
#include "viz/scene/views.h"
#include "viz/session/commands.h"
#include "viz/session/tour.h"

namespace foramen::qt {
namespace {

void set_type(QLabel& label, double scale, double factor, bool bold) {
  QFont font = label.font();
  font.setPointSizeF(type_size(scale) * factor);
  font.setBold(bold);
  label.setFont(font);
}

/// A key as it is printed on keyboards of any language.
std::string printed_key(std::string_view key, const Texts& texts) {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kSigns{
      {{"Left", "←"}, {"Right", "→"}, {"Up", "↑"}, {"Down", "↓"}, {"Return", "⏎"}}};
  for (const auto& [name, sign] : kSigns) {
    if (key == name) return sign;
  }
  return key == "Space" ? texts("gui_key_space") : std::string(key);
}

}  // namespace

TourPanel::TourPanel(QWidget* parent)
    : QFrame(parent),
      title_(new QLabel(this)),
      words_(new QLabel(this)),
      place_(new QLabel(this)),
      back_(new QPushButton(this)),
      next_(new QPushButton(this)),
      end_(new QPushButton(this)) {
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  words_->setWordWrap(true);
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(place_);
  buttons->addStretch(1);
  for (QPushButton* one : {end_, back_, next_}) {
    one->setFocusPolicy(Qt::NoFocus);
    buttons->addWidget(one);
  }
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(10, 6, 10, 6);
  layout->setSpacing(3);
  layout->addWidget(title_);
  layout->addWidget(words_);
  layout->addLayout(buttons);
  connect(back_, &QPushButton::clicked, this, [this] { command("tour back"); });
  connect(next_, &QPushButton::clicked, this, [this] { command("tour next"); });
  connect(end_, &QPushButton::clicked, this, [this] { command("tour end"); });
}

void TourPanel::show(const session::State& state, const Texts& texts) {
  setVisible(state.tour > 0);
  if (state.tour == 0) return;
  const auto steps = session::tour_steps();
  const session::TourStep& step = steps[static_cast<std::size_t>(state.tour - 1)];
  set_type(*title_, state.scale, 1.3, true);
  set_type(*words_, state.scale, state.face == session::Face::Patient ? 1.3 : 1.05, false);
  title_->setText(text(texts, step.title));
  words_->setText(text(texts, step.text));
  place_->setText(QString("%1 / %2").arg(state.tour).arg(steps.size()));
  back_->setText(text(texts, "gui_back"));
  next_->setText(text(texts, "gui_next"));
  end_->setText(text(texts, "gui_end_tour"));
  back_->setEnabled(state.tour > 1);
  next_->setEnabled(state.tour < static_cast<int>(steps.size()));
}

PlainPanel::PlainPanel(QWidget* parent) : QFrame(parent), row_(new QHBoxLayout(this)) {
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  row_->setContentsMargins(14, 8, 14, 8);
  row_->setSpacing(24);
}

void PlainPanel::show(const session::State& state, const std::vector<Told>& cases, const Texts& texts) {
  setVisible(state.face == session::Face::Patient);
  while (columns_.size() < cases.size()) {
    auto* column = new QVBoxLayout;
    columns_.push_back({new QLabel(this), new QLabel(this)});
    for (QLabel* one : {columns_.back().nerve, columns_.back().disc}) {
      one->setWordWrap(true);
      one->setAlignment(Qt::AlignTop | Qt::AlignLeft);
      column->addWidget(one);
    }
    column->addStretch(1);
    row_->addLayout(column, 1);
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const bool used = i < cases.size() && cases[i].frame != nullptr;
    columns_[i].nerve->setVisible(used);
    columns_[i].disc->setVisible(used);
    // Side by side, columns are narrow: type that would be a heading alone is too large there.
    const double size = cases.size() > 1 ? 0.75 : 1.0;
    set_type(*columns_[i].nerve, state.scale, 1.7 * size, true);
    set_type(*columns_[i].disc, state.scale, 1.4 * size, false);
    if (used) tell(columns_[i], cases[i], texts);
  }
}

void PlainPanel::tell(const Column& column, const Told& one, const Texts& texts) {
  const Frame& frame = *one.frame;
  if (!frame.converged()) {
    column.nerve->setText(text(texts, "gui_now_unknown"));
    column.disc->clear();
    return;
  }
  const scene::RootPeak peak = scene::pointed_root(frame);
  const RootState& root =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))];
  const char* key = peak.pressure < kTouchedFrom   ? "gui_now_free"
                    : peak.pressure < kPressedFrom ? "gui_now_touched"
                    : peak.pressure < kHardFrom    ? "gui_now_pressed"
                                                   : "gui_now_hard";
  column.nerve->setText(text(texts, key,
                             {{"root", std::string(name(peak.root))},
                              {"where", texts(peak.side == Side::Left ? "on_left" : "on_right")},
                              {"by", presser_words(root.pressed_by, texts)}}));
  const double load = frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression / kGravity;
  column.disc->setText(text(texts, "gui_now_disc",
                            {{"kg", fmt::format("{:.0f}", 10 * std::round(load / 10))},
                             {"times", fmt::format("{:.1f}", load / one.body_mass)}}));
}

MessagePanel::MessagePanel(QWidget* parent) : QFrame(parent), words_(new QLabel(this)) {
  setFrameShape(QFrame::StyledPanel);
  words_->setWordWrap(true);
  words_->setTextInteractionFlags(Qt::TextSelectableByMouse);
  auto* shut = new QToolButton(this);
  shut->setText(QString::fromUtf8("✕"));
  shut->setAutoRaise(true);
  shut->setFocusPolicy(Qt::NoFocus);
  connect(shut, &QToolButton::clicked, this, [this] { say({}, false); });
  auto* layout = new QHBoxLayout(this);
  layout->setContentsMargins(10, 4, 4, 4);
  layout->addWidget(words_, 1);
  layout->addWidget(shut, 0, Qt::AlignTop);
  hide();
}

void MessagePanel::say(const QString& words, bool problem) {
  words_->setText(words);
  QFont font = words_->font();
  font.setBold(problem);
  words_->setFont(font);
  setVisible(!words.isEmpty());
}

QString MessagePanel::words() const {
  return words_->text();
}

HelpPanel::HelpPanel(QWidget* parent) : QFrame(parent), words_(new QLabel(this)) {
  setFrameShape(QFrame::StyledPanel);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  words_->setTextFormat(Qt::RichText);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 10, 16, 10);
  layout->addWidget(words_);
  hide();
}

void HelpPanel::translate(const Texts& texts) {
  std::vector<std::pair<std::string, std::string>> lines{
      {texts("gui_mouse_left"), texts("gui_mouse_turn")},
      {texts("gui_mouse_middle"), texts("gui_mouse_move")},
      {texts("gui_mouse_wheel"), texts("gui_mouse_closer")},
  };
  for (const session::Command& one : session::commands()) {
    if (!one.key.empty()) lines.emplace_back(printed_key(one.key, texts), texts(one.text));
  }
  // Two columns: the list must fit a projector at 150 %.
  const std::size_t rows = (lines.size() + 1) / 2;
  std::string table = "<table cellspacing='2'>";
  for (std::size_t i = 0; i < rows; ++i) {
    table += "<tr>";
    for (const std::size_t k : {i, i + rows}) {
      if (k >= lines.size()) continue;
      table += fmt::format("<td><b>{}</b></td><td>&nbsp;{}&nbsp;&nbsp;&nbsp;</td>",
                           text(lines[k].first).toHtmlEscaped().toStdString(),
                           text(lines[k].second).toHtmlEscaped().toStdString());
    }
    table += "</tr>";
  }
  words_->setText(text(table + "</table>"));
}

void HelpPanel::place(double scale) {
  if (parentWidget() == nullptr) return;
  constexpr double kSmallest = 0.5;
  for (double factor = 1.0; factor >= kSmallest; factor -= 0.05) {
    set_type(*words_, scale, factor, false);
    adjustSize();
    if (width() < parentWidget()->width() - 16 && height() < parentWidget()->height() - 16) break;
  }
  move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 2);
  raise();
}

}  // namespace foramen::qt
