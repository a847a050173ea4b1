#include "viz/qt/panels.h"

#include <fmt/format.h>

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <cmath>

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

PlainPanel::PlainPanel(QWidget* parent) : QFrame(parent), nerve_(new QLabel(this)), disc_(new QLabel(this)) {
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  nerve_->setWordWrap(true);
  disc_->setWordWrap(true);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 8, 14, 8);
  layout->addWidget(nerve_);
  layout->addWidget(disc_);
}

void PlainPanel::show(const session::State& state, const Frame& frame, double body_mass, const Texts& texts) {
  setVisible(state.face == session::Face::Patient);
  set_type(*nerve_, state.scale, 1.7, true);
  set_type(*disc_, state.scale, 1.4, false);
  if (!frame.converged()) {
    nerve_->setText(text(texts, "gui_now_unknown"));
    disc_->clear();
    return;
  }
  const scene::RootPeak peak = scene::highest_root(frame);
  const RootState& root = frame.nerve.roots[static_cast<std::size_t>(index(peak.root))]
                                           [static_cast<std::size_t>(index(peak.side))];
  const char* key = peak.pressure < kTouchedFrom   ? "gui_now_free"
                    : peak.pressure < kPressedFrom ? "gui_now_touched"
                    : peak.pressure < kHardFrom    ? "gui_now_pressed"
                                               : "gui_now_hard";
  nerve_->setText(text(texts, key,
                       {{"root", std::string(name(peak.root))},
                        {"where", texts(peak.side == Side::Left ? "on_left" : "on_right")},
                        {"by", presser_words(root.pressed_by, texts)}}));
  const double load = frame.spine.levels[static_cast<std::size_t>(index(Level::L5S1))].compression / kGravity;
  disc_->setText(text(texts, "gui_now_disc",
                      {{"kg", fmt::format("{:.0f}", 10 * std::round(load / 10))},
                       {"times", fmt::format("{:.1f}", load / body_mass)}}));
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
    if (!one.key.empty()) lines.emplace_back(one.key, texts(one.text));
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
  adjustSize();
  place();
}

void HelpPanel::place() {
  adjustSize();
  if (parentWidget() == nullptr) return;
  move((parentWidget()->width() - width()) / 2, (parentWidget()->height() - height()) / 2);
  raise();
}

}  // namespace foramen::qt
