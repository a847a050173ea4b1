#pragma once

/// Strips of words round the picture: the tour, what a patient should know, messages, the list of keys.

#include <QFrame>
#include <functional>
#include <string>
#include <vector>

#include "sim/report/texts.h"
#include "sim/run/frame.h"
#include "viz/session/state.h"

class QHBoxLayout;
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

/// The instant in plain words, big; cases side by side each below their picture.
class PlainPanel : public QFrame {
 public:
  explicit PlainPanel(QWidget* parent = nullptr);
  struct Told {
    const Frame* frame = nullptr;  ///< null while nothing is known
    double body_mass = 0;          ///< [kg]
  };
  void show(const session::State& state, const std::vector<Told>& cases, const Texts& texts);

 private:
  struct Column {
    QLabel *nerve, *disc;
  };
  static void tell(const Column& column, const Told& one, const Texts& texts);
  QHBoxLayout* row_;
  std::vector<Column> columns_;
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
  /// In the middle of the parent, in type that fits it.
  void place(double scale);

 private:
  QLabel* words_;
};

}  // namespace foramen::qt
