#pragma once

/// Strips of words round the picture: the tour, what a patient should know, messages, the list of keys.

#include <QFrame>
#include <functional>
#include <string>

#include "sim/report/texts.h"
#include "sim/run/frame.h"
#include "viz/session/state.h"

class QLabel;
class QPushButton;

namespace foramen::qt {

/// The guided tour: title, a few sentences, back and next.
class TourPanel : public QFrame {
 public:
  explicit TourPanel(QWidget* parent = nullptr);
  std::function<void(const std::string& command)> command;
  void show(const session::State& state, const Texts& texts);

 private:
  QLabel *title_, *words_, *place_;
  QPushButton *back_, *next_, *end_;
};

/// The instant in plain words, big.
class PlainPanel : public QFrame {
 public:
  explicit PlainPanel(QWidget* parent = nullptr);
  void show(const session::State& state, const Frame& frame, double body_mass, const Texts& texts);

 private:
  QLabel *nerve_, *disc_;
};

/// What went wrong or was found, until it is closed or something new is done.
class MessagePanel : public QFrame {
 public:
  explicit MessagePanel(QWidget* parent = nullptr);
  void say(const QString& words, bool problem);
  [[nodiscard]] QString words() const;

 private:
  QLabel* words_;
};

/// Every command with a key, over the picture.
class HelpPanel : public QFrame {
 public:
  explicit HelpPanel(QWidget* parent = nullptr);
  void translate(const Texts& texts);
  /// In the middle of the parent.
  void place();

 private:
  QLabel* words_;
};

}  // namespace foramen::qt
