#pragma once

/// The sliders of posture, load, technique and pathology.

#include <QWidget>
#include <functional>
#include <string>
#include <vector>

#include "sim/report/texts.h"
#include "viz/qt/value_slider.h"
#include "viz/session/solving.h"
#include "viz/session/state.h"

class QGroupBox;
class QVBoxLayout;
class QLabel;

namespace foramen::qt {

class BodyDock : public QWidget {
 public:
  explicit BodyDock(QWidget* parent = nullptr);

  /// Called with the command a slider means.
  std::function<void(const std::string& command, bool continuing)> command;

  /// Names and units in a language.
  void translate(const Texts& texts, session::UnitSystem units);
  /// Puts every slider where the active case is; `frame` is what it shows now.
  void show(const session::State& state, const PostureLibrary& postures, const session::Ready& ready,
            const Frame& frame);

 private:
  /// One slider and how it speaks.
  struct Control {
    ValueSlider* slider = nullptr;
    std::string name;  ///< key of its text
    std::string unit;
    session::Face from = session::Face::Patient;  ///< the first face that has it
  };
  ValueSlider* add(QVBoxLayout* group, const char* name, const char* unit, double low, double high, double step,
                   session::Face from);
  void add_posture(QVBoxLayout* group);
  [[nodiscard]] QVBoxLayout* add_group(const char* title);
  void send(const std::string& words, bool continuing) const {
    if (command) command(words, continuing);
  }

  std::vector<Control> controls_;
  std::vector<std::pair<QGroupBox*, std::string>> groups_;
  std::vector<std::pair<ValueSlider*, PostureAngle>> angles_;
  ValueSlider *load_ = nullptr, *distance_ = nullptr, *height_ = nullptr, *technique_ = nullptr;
  ValueSlider *hips_ = nullptr, *herniation_ = nullptr, *canal_ = nullptr;
  QLabel* note_ = nullptr;
  Vec3 hands_ = Vec3::Zero();  ///< middle between the grips as shown [m]
};

}  // namespace foramen::qt
