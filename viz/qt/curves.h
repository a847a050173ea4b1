#pragma once

/// Compression, disc pressure, root pressure and root tension over time, with thresholds and a cursor linked both ways.

#include <qcustomplot.h>

#include <functional>
#include <memory>
#include <vector>

#include "sim/report/texts.h"
#include "sim/run/simulate.h"
#include "viz/session/state.h"

namespace foramen::qt {

class Curves : public QCustomPlot {
 public:
  explicit Curves(QWidget* parent = nullptr);

  /// Called when the user puts the cursor somewhere [s].
  std::function<void(double time)> time_chosen;

  void translate(const Texts& texts);
  void apply_look(session::Theme theme, double scale);
  /// Curves of the cases' runs; null for one that is not solved. `link` and the first and last of all times make one
  /// axis of them.
  void show(const std::vector<std::shared_ptr<const Result>>& runs, session::Link link);
  void set_time(double time);

 protected:
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;

 private:
  struct Panel {
    QCPAxisRect* area = nullptr;
    QCPItemText* title = nullptr;
    QCPItemStraightLine* cursor = nullptr;
    std::vector<QCPItemStraightLine*> thresholds;
    std::vector<double> levels;               ///< of the thresholds, in the panel's unit
    QSharedPointer<QCPAxisTickerText> marks;  ///< names the thresholds at the right edge, where no curve is
    QString words;                            ///< of the title
  };
  void add_panel(const std::vector<double>& thresholds);
  void draw_panel(std::size_t which);
  /// Titles and numbers of the axes as large and as many as a panel's width has room for.
  void fit();
  void choose(const QPoint& at);

  std::vector<Panel> panels_;
  std::vector<std::shared_ptr<const Result>> runs_;
  session::Link link_ = session::Link::Time;
  session::Theme theme_ = session::Theme::Light;
  double first_ = 0, last_ = 0, scale_ = 1;
};

}  // namespace foramen::qt
