#include "viz/qt/curves.h"

#include <QApplication>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/assess/circumstances.h"
#include "sim/base/units.h"
#include "sim/run/summary.h"
#include "viz/qt/look.h"
#include "viz/qt/text.h"
#include "viz/session/commands.h"

namespace foramen::qt {
namespace {

constexpr int kTitleRoom = 24;         ///< above a panel [px] at 100 %
constexpr double kActionLimit = 3400;  ///< NIOSH 81-122 (1981): action limit of disc compression [N]
constexpr std::array kTitles{"gui_curve_compression", "gui_curve_disc", "gui_curve_root", "gui_curve_tension"};
constexpr auto kLowest = static_cast<std::size_t>(index(Level::L5S1));

/// The root whose curves are drawn: the one that is pressed most in the run, for tension the one that is pulled most.
struct Chosen {
  std::size_t root = 0, side = 0;
};
template <class Value>
Chosen highest(const Result& run, Value value) {
  Chosen chosen;
  double most = -1.0;
  for (const Frame& frame : run.frames) {
    for (std::size_t r = 0; r < kRootCount; ++r) {
      for (std::size_t s = 0; s < 2; ++s) {
        const double here = frame.converged() ? value(frame.nerve.roots[r][s]) : -1.0;
        if (here > most) {
          most = here;
          chosen = {r, s};
        }
      }
    }
  }
  return chosen;
}

/// One run's curve for a panel, in the panel's unit.
QVector<double> values_of(const Result& run, std::size_t panel) {
  const Chosen pressed = highest(run, [](const RootState& root) { return root.pressure; });
  const Chosen pulled = highest(run, [](const RootState& root) { return root.tension; });
  QVector<double> values;
  for (const Frame& frame : run.frames) {
    double value = std::numeric_limits<double>::quiet_NaN();  // a gap where nothing converged
    if (frame.converged()) {
      const LevelState& level = frame.spine.levels[kLowest];
      value = panel == 0   ? level.compression
              : panel == 1 ? level.disc.nucleus_pressure / units::MPa
              : panel == 2 ? frame.nerve.roots[pressed.root][pressed.side].pressure / units::mmHg
                           : frame.nerve.roots[pulled.root][pulled.side].tension;
    }
    values.push_back(value);
  }
  return values;
}

}  // namespace

Curves::Curves(QWidget* parent) : QCustomPlot(parent) {
  plotLayout()->clear();
  plotLayout()->setColumnSpacing(6);
  addLayer("cursor", layer("overlay"), QCustomPlot::limBelow);
  layer("cursor")->setMode(QCPLayer::lmBuffered);
  add_panel({kActionLimit});
  add_panel({});
  add_panel({kPressureThresholds_mmHg.begin(), kPressureThresholds_mmHg.end()});
  add_panel({});
  setMinimumHeight(110);
}

void Curves::add_panel(const std::vector<double>& thresholds) {
  Panel panel;
  panel.area = new QCPAxisRect(this);
  panel.area->setAutoMargins(QCP::msLeft | QCP::msBottom | QCP::msRight);
  panel.area->setMargins(QMargins(0, kTitleRoom, 6, 0));
  plotLayout()->addElement(0, static_cast<int>(panels_.size()), panel.area);
  QCPAxis *x = panel.area->axis(QCPAxis::atBottom), *y = panel.area->axis(QCPAxis::atLeft);
  for (QCPAxis* axis : {x, y}) {
    axis->setLayer("axes");
    axis->grid()->setLayer("grid");
    axis->setTickLength(0, 3);
    axis->setSubTicks(false);
    axis->ticker()->setTickCount(4);
  }
  panel.title = new QCPItemText(this);
  panel.title->setClipToAxisRect(false);
  panel.title->position->setTypeX(QCPItemPosition::ptAbsolute);  // from the panel's edge, left of its numbers
  panel.title->position->setTypeY(QCPItemPosition::ptAxisRectRatio);
  panel.title->position->setAxisRect(panel.area);
  panel.title->setPositionAlignment(Qt::AlignLeft | Qt::AlignBottom);
  const auto line = [&](double value) {
    auto* item = new QCPItemStraightLine(this);
    item->setClipAxisRect(panel.area);
    for (QCPItemPosition* point : {item->point1, item->point2}) {
      point->setAxisRect(panel.area);
      point->setAxes(x, y);
    }
    item->point1->setCoords(0, value);
    item->point2->setCoords(1, value);
    return item;
  };
  for (const double value : thresholds) {
    panel.thresholds.push_back(line(value));
    panel.levels.push_back(value);
  }
  if (!thresholds.empty()) {
    QCPAxis* right = panel.area->axis(QCPAxis::atRight);
    right->setVisible(true);
    right->setLayer("axes");
    right->setTickLength(0, 0);
    right->setTickLabelPadding(2);
    right->setSubTicks(false);
    right->grid()->setVisible(false);
    right->setTicker(panel.marks = QSharedPointer<QCPAxisTickerText>::create());
  }
  panel.cursor = line(0);
  panel.cursor->setLayer("cursor");
  panels_.push_back(panel);
}

void Curves::translate(const Texts& texts) {
  for (std::size_t i = 0; i < panels_.size(); ++i) panels_[i].words = text(texts, kTitles[i]);
  fit();
  replot(QCustomPlot::rpQueuedReplot);
}

void Curves::apply_look(session::Theme theme, double scale) {
  theme_ = theme;
  scale_ = scale;
  const QPalette palette = QApplication::palette();
  const QColor ink = palette.color(QPalette::Text), faint = palette.color(QPalette::Mid);
  setBackground(palette.brush(QPalette::Base));
  QFont small = QApplication::font();
  small.setPointSizeF(type_size(scale) * 0.85);
  const QColor limit = theme == session::Theme::Dark ? QColor(230, 140, 110) : QColor(170, 60, 30);
  for (Panel& panel : panels_) {
    for (QCPAxis* axis : {panel.area->axis(QCPAxis::atBottom), panel.area->axis(QCPAxis::atLeft)}) {
      axis->setTickLabelFont(small);
      axis->setTickLabelColor(ink);
      axis->setBasePen(QPen(faint));
      axis->setTickPen(QPen(faint));
      QColor grid = faint;
      grid.setAlpha(110);
      axis->grid()->setPen(QPen(grid, 0, Qt::DotLine));
      axis->grid()->setZeroLinePen(QPen(grid));
    }
    panel.area->setMargins(QMargins(0, static_cast<int>(kTitleRoom * scale), 6, 0));
    panel.title->setFont(small);
    panel.title->setColor(ink);
    for (QCPItemStraightLine* line : panel.thresholds) line->setPen(QPen(limit, 1, Qt::DashLine));
    if (panel.marks) {
      QCPAxis* right = panel.area->axis(QCPAxis::atRight);
      right->setTickLabelFont(small);
      right->setTickLabelColor(limit);
      right->setBasePen(Qt::NoPen);
      right->setTickPen(Qt::NoPen);
    }
    panel.cursor->setPen(QPen(ink, 1.5));
  }
  setMinimumHeight(static_cast<int>(110 * scale));
  for (std::size_t i = 0; i < panels_.size(); ++i) draw_panel(i);
  fit();
  replot(QCustomPlot::rpQueuedReplot);
}

void Curves::fit() {
  if (panels_.empty()) return;
  const int panel_width = this->width() / static_cast<int>(panels_.size()), width = panel_width - 10;
  int left = 6;
  for (Panel& panel : panels_) {
    // Half a line above the panel, where the number of its topmost tick ends.
    const double panel_height = std::max(20.0, height() - (kTitleRoom + 27.0) * scale_);
    panel.title->position->setCoords(left, -6.0 * scale_ / panel_height);
    left += panel_width;
    QFont font = QApplication::font();
    constexpr double kSmall = 0.85, kSmallest = 0.6;  // of the application's type
    for (double size = kSmall; size >= kSmallest; size -= 0.02) {
      font.setPointSizeF(type_size(scale_) * size);
      if (QFontMetrics(font).horizontalAdvance(panel.words) < width) break;
    }
    panel.title->setFont(font);
    panel.title->setText(QFontMetrics(font).elidedText(panel.words, Qt::ElideRight, width));
    QCPAxis* x = panel.area->axis(QCPAxis::atBottom);
    x->ticker()->setTickCount(std::clamp(static_cast<int>(width / (34 * scale_)), 2, 5));
    x->setTickLabels(last_ > first_);  // one instant has no course
  }
}

void Curves::show(const std::vector<std::shared_ptr<const Result>>& runs, session::Link link) {
  runs_ = runs;
  link_ = link;
  first_ = std::numeric_limits<double>::infinity();
  last_ = -first_;
  for (const auto& run : runs_) {
    if (!run || run->frames.empty()) continue;
    first_ = std::min(first_, run->frames.front().time);
    last_ = std::max(last_, run->frames.back().time);
  }
  for (std::size_t i = 0; i < panels_.size(); ++i) draw_panel(i);
  fit();
  replot(QCustomPlot::rpQueuedReplot);
}

void Curves::draw_panel(std::size_t which) {
  Panel& panel = panels_[which];
  QCPAxis *x = panel.area->axis(QCPAxis::atBottom), *y = panel.area->axis(QCPAxis::atLeft);
  for (QCPGraph* graph : panel.area->graphs()) removeGraph(graph);
  double low = 0.0, high = 0.0;
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (!runs_[i] || runs_[i]->frames.empty()) continue;
    QVector<double> times;
    const double start = runs_[i]->frames.front().time, end = runs_[i]->frames.back().time;
    for (const Frame& frame : runs_[i]->frames) {
      // Linked by phase, every run takes the whole width.
      const bool stretch = link_ == session::Link::Phase && end > start;
      times.push_back(stretch ? first_ + (frame.time - start) / (end - start) * (last_ - first_) : frame.time);
    }
    const QVector<double> values = values_of(*runs_[i], which);
    QCPGraph* graph = addGraph(x, y);
    graph->setData(times, values, true);
    graph->setPen(QPen(case_colour(i, theme_), 1.8));
    if (times.size() == 1) graph->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, 6));
    for (const double value : values) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  // The lowest threshold is always in sight; the others when a curve comes near.
  const double least = panel.levels.empty() ? 0.0 : panel.levels.front();
  high = std::max({high, least, 1e-3});
  y->setRange(low, high + 0.08 * (high - low));
  if (panel.marks) {
    panel.area->axis(QCPAxis::atRight)->setRange(y->range());
    const double line = QFontMetricsF(panel.title->font()).ascent() / std::max(20.0, height() - 45.0 * scale_);
    panel.marks->clear();
    double last = -1e9;
    for (const double level : panel.levels) {
      // One name where two thresholds nearly fall together.
      if (level > y->range().upper || level - last < line * y->range().size()) continue;
      panel.marks->addTick(last = level, QString::number(level));
    }
  }
  if (last_ > first_) {
    x->setRange(first_, last_);
  } else {
    x->setRange(std::isfinite(first_) ? first_ - 0.5 : 0.0, std::isfinite(first_) ? first_ + 0.5 : 1.0);
  }
}

void Curves::set_time(double time) {
  for (Panel& panel : panels_) {
    panel.cursor->point1->setCoords(time, 0);
    panel.cursor->point2->setCoords(time, 1);
  }
  layer("cursor")->replot();
}

void Curves::choose(const QPoint& at) {
  for (const Panel& panel : panels_) {
    if (at.x() < panel.area->outerRect().left() || at.x() > panel.area->outerRect().right()) continue;
    const double time = panel.area->axis(QCPAxis::atBottom)->pixelToCoord(at.x());
    if (time_chosen && last_ > first_) time_chosen(std::clamp(time, first_, last_));
    return;
  }
}

void Curves::resizeEvent(QResizeEvent* event) {
  fit();
  QCustomPlot::resizeEvent(event);
}

void Curves::mousePressEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) choose(event->pos());
}

void Curves::mouseMoveEvent(QMouseEvent* event) {
  if (event->buttons() & Qt::LeftButton) choose(event->pos());
}

}  // namespace foramen::qt
