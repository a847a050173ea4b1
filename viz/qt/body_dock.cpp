#include "viz/qt/body_dock.h"

#include <fmt/format.h>

#include <QGroupBox>
#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>

#include "sim/base/units.h"
#include "sim/motion/reach.h"
#include "viz/qt/text.h"
#include "viz/session/edits.h"

namespace foramen::qt {
namespace {

using session::Face;

constexpr double kPoundsPerKilogram = 2.20462262, kInchesPerCentimetre = 1.0 / 2.54;

/// Middle between the two grips [m].
Vec3 hands_of(const Subject& subject, const Frame& frame) {
  Vec3 middle = Vec3::Zero();
  for (const Side side : kSides) {
    const auto hand = static_cast<std::size_t>(index(on_side(Body::HandLeft, side)));
    middle += 0.5 * (frame.instant.poses[hand] * grip_point(subject, side));
  }
  return middle;
}

}  // namespace

BodyDock::BodyDock(QWidget* parent) : QWidget(parent) {
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  auto* area = new QScrollArea(this);
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* inner = new QWidget;
  inner->setLayout(new QVBoxLayout);
  inner->layout()->setContentsMargins(6, 2, 6, 2);
  area->setWidget(inner);
  outer->addWidget(area);

  QVBoxLayout* task = add_group("gui_group_task");
  load_ = add(task, "gui_load", "kg", 0, 40, 0.5, Face::Patient);
  load_->moved = [this](double v, bool on) { send(fmt::format("load {:g}", v), on); };
  distance_ = add(task, "gui_distance", "cm", 10, 80, 1, Face::Patient);
  distance_->moved = [this](double v, bool on) {
    send(fmt::format("hands {:.4f} {:.4f} {:.4f}", v * units::cm, hands_.y(), hands_.z()), on);
  };
  height_ = add(task, "gui_height", "cm", 0, 180, 1, Face::Therapist);
  height_->moved = [this](double v, bool on) {
    send(fmt::format("hands {:.4f} {:.4f} {:.4f}", hands_.x(), v * units::cm, hands_.z()), on);
  };
  technique_ = add(task, "gui_technique", "%", 0, 100, 5, Face::Patient);
  technique_->moved = [this](double v, bool on) { send(fmt::format("technique {:g}", v), on); };

  QVBoxLayout* pathology = add_group("gui_group_pathology");
  herniation_ = add(pathology, "gui_herniation", "mm", 0, 12, 0.5, Face::Therapist);
  herniation_->moved = [this](double v, bool on) { send(fmt::format("herniation {:g}", v), on); };
  canal_ = add(pathology, "gui_canal", "%", 50, 130, 1, Face::Therapist);
  canal_->moved = [this](double v, bool on) { send(fmt::format("canal {:g}", v), on); };

  add_posture(add_group("gui_group_posture"));
  static_cast<QVBoxLayout*>(inner->layout())->addStretch(1);
}

QVBoxLayout* BodyDock::add_group(const char* title) {
  auto* box = new QGroupBox(this);
  auto* layout = new QVBoxLayout(box);
  layout->setContentsMargins(8, 4, 8, 4);
  layout->setSpacing(1);
  findChild<QScrollArea*>()->widget()->layout()->addWidget(box);
  groups_.emplace_back(box, title);
  return layout;
}

ValueSlider* BodyDock::add(QVBoxLayout* group, const char* name, const char* unit, double low, double high, double step,
                           Face from) {
  auto* slider = new ValueSlider(low, high, step, this);
  slider->setObjectName(name);
  group->addWidget(slider);
  controls_.push_back({slider, name, unit, from});
  return slider;
}

void BodyDock::add_posture(QVBoxLayout* group) {
  hips_ = add(group, "gui_hips", "°", -20, 110, 1, Face::Therapist);
  hips_->moved = [this](double v, bool on) { send(fmt::format("hips {:g}", v), on); };
  struct Angle {
    PostureAngle angle;
    const char* word;
    const char* name;
    double low, high;
    Face from;
  };
  using enum PostureAngle;
  for (const Angle& one : {Angle{LumbarFlexion, "lumbar_flexion", "gui_lumbar_flexion", -25, 65, Face::Therapist},
                           Angle{LumbarBendRight, "lumbar_bend_right", "gui_lumbar_bend", -30, 30, Face::Therapist},
                           Angle{LumbarTwistLeft, "lumbar_twist_left", "gui_lumbar_twist", -15, 15, Face::Therapist},
                           Angle{KneeFlexionLeft, "knee_flexion", "gui_knees", 0, 130, Face::Therapist},
                           Angle{HipFlexionLeft, "hip_flexion_left", "gui_hip_left", -20, 120, Face::Research},
                           Angle{HipFlexionRight, "hip_flexion_right", "gui_hip_right", -20, 120, Face::Research},
                           Angle{PelvisForwardPitch, "pelvis_forward_pitch", "gui_pelvis", -30, 110, Face::Research},
                           Angle{ThoracicFlexion, "thoracic_flexion", "gui_thorax", -20, 40, Face::Research},
                           Angle{NeckFlexion, "neck_flexion", "gui_neck", -50, 60, Face::Research},
                           Angle{ShoulderFlexionLeft, "shoulder_flexion", "gui_shoulders", -40, 170, Face::Research},
                           Angle{ElbowFlexionLeft, "elbow_flexion", "gui_elbows", 0, 145, Face::Research}}) {
    ValueSlider* slider = add(group, one.name, "°", one.low, one.high, 1, one.from);
    slider->moved = [this, word = std::string(one.word)](double v, bool on) {
      send(fmt::format("angle {} {:g}", word, v), on);
    };
    angles_.emplace_back(slider, one.angle);
  }
  note_ = new QLabel(this);
  note_->setWordWrap(true);
  group->addWidget(note_);
}

void BodyDock::translate(const Texts& texts, session::UnitSystem units) {
  const bool imperial = units == session::UnitSystem::Imperial;
  for (const Control& control : controls_) {
    control.slider->set_name(text(texts, control.name));
    if (imperial && control.unit == "kg") {
      control.slider->set_unit("lb", kPoundsPerKilogram);
    } else if (imperial && control.unit == "cm") {
      control.slider->set_unit("in", kInchesPerCentimetre);
    } else {
      control.slider->set_unit(text(control.unit));
    }
  }
  for (const auto& [box, title] : groups_) box->setTitle(text(texts, title));
  note_->setText(text(texts, "gui_posture_note"));
}

void BodyDock::show(const session::State& state, const PostureLibrary& postures, const session::Ready& ready,
                    const Frame& frame) {
  const Scenario& scenario = *state.cases.at(state.active).scenario;
  const bool has_keyframes = !scenario.motion.keyframes.empty();
  for (const Control& control : controls_) {
    control.slider->setVisible(static_cast<int>(control.from) <= static_cast<int>(state.face));
    control.slider->setEnabled(!state.without_pathology);
  }
  for (const auto& [box, title] : groups_) {
    box->setVisible(std::any_of(controls_.begin(), controls_.end(), [&, inside = box](const Control& control) {
      return control.slider->parentWidget() == inside && !control.slider->isHidden();
    }));
  }
  note_->setVisible(state.face != Face::Patient && scenario.motion.keyframes.size() > 1);
  hands_ = hands_of(*ready.person->subject, frame);
  distance_->set_value(hands_.x() / units::cm);
  height_->set_value(hands_.y() / units::cm);
  load_->set_value(scenario.loads.empty() ? 0.0 : scenario.loads.front().mass);
  const auto& herniations = scenario.subject.herniations;
  herniation_->set_value(herniations.empty() ? 0.0 : herniations.front().protrusion / units::mm);
  canal_->set_value(scenario.subject.parameters.canal_size / units::percent);
  const std::size_t keyframe = has_keyframes ? session::nearest_keyframe(scenario, state.view.time) : 0;
  const bool can_reach = has_keyframes && session::keyframe_support(scenario, postures, keyframe) == Support::Feet &&
                         !state.without_pathology;
  distance_->setEnabled(can_reach);
  height_->setEnabled(can_reach);
  const auto angle = [&](PostureAngle which) {
    return has_keyframes ? session::keyframe_angle(scenario, postures, keyframe, which)
                         : frame.instant.angles[static_cast<std::size_t>(index(which))];
  };
  for (const auto& [slider, which] : angles_) {
    slider->set_value(angle(which) / units::deg);
    slider->setEnabled(has_keyframes && !state.without_pathology);
  }
  hips_->set_value(angle(PostureAngle::PelvisForwardPitch) / units::deg);
  const auto squat = session::technique_of(scenario, postures, keyframe);
  technique_->setEnabled(squat.has_value() && !state.without_pathology);
  if (squat) technique_->set_value(*squat / units::percent);
}

}  // namespace foramen::qt
