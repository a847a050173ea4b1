#pragma once

/// Play, step, scrub.

#include <QWidget>
#include <functional>
#include <optional>
#include <string>
#include <utility>

#include "sim/report/texts.h"
#include "viz/session/session.h"

class QLabel;
class QSlider;
class QToolButton;
class QComboBox;

namespace foramen::qt {

class Timeline : public QWidget {
 public:
  explicit Timeline(QWidget* parent = nullptr);

  std::function<void(const std::string& command)> command;

  void translate(const Texts& texts);
  void show(const session::Session& session);

 private:
  void send(const std::string& words) const {
    if (command) command(words);
  }

  QToolButton *back_, *play_, *on_, *loop_;
  QComboBox* speed_;
  QSlider* slider_;
  QLabel* clock_;
  std::vector<double> times_;
  bool quiet_ = false;
  std::optional<std::pair<session::Theme, bool>> inked_;  ///< what the icons were drawn for: theme, playing
};

}  // namespace foramen::qt
