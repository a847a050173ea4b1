#pragma once

/// Everything the viewer's user has decided, as a value: undoing is keeping the one before.

#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario.h"
#include "viz/scene/view_state.h"

namespace foramen::session {

/// Whom the window speaks to: big type and few controls; numbers, curves and technique; everything.
enum class Face { Patient, Therapist, Research };
/// How cases of different length share one cursor: at the same second, or at the same share of their length.
enum class Link { Time, Phase };
enum class UnitSystem { Metric, Imperial };
enum class Theme { Light, Dark };

[[nodiscard]] std::span<const std::string_view> face_names();
[[nodiscard]] std::span<const std::string_view> link_names();
[[nodiscard]] std::span<const std::string_view> unit_names();
[[nodiscard]] std::span<const std::string_view> theme_names();

/// A result folder with the frames of a case.
struct Stored {
  std::filesystem::path folder;
  std::shared_ptr<const Scenario> scenario;  ///< as its file says it: tasks in words
};

/// One scenario of those that stand side by side.
struct Case {
  std::string name;            ///< of its file, without folder and ending
  std::filesystem::path file;  ///< where it was read; empty if nowhere
  std::shared_ptr<const Scenario> scenario;
  std::shared_ptr<const Stored> stored = {};  ///< where it was solved before; none once it is changed
};

struct State {
  std::vector<Case> cases;         ///< at least one
  std::size_t active = 0;          ///< the case that sliders and drags change
  bool without_pathology = false;  ///< show the same people healthy
  Link link = Link::Time;
  scene::ViewState view;
  scene::SceneOptions wished;  ///< layers as switched; `view` has what of it suits its view
  Level level = Level::L4L5;   ///< whose numbers are listed
  bool playing = false;
  bool loop = true;
  double speed = 1;  ///< 1: true speed
  Face face = Face::Therapist;
  std::string language = "en";
  UnitSystem units = UnitSystem::Metric;
  Theme theme = Theme::Light;
  double scale = 1;       ///< of text and controls
  int tour = 0;           ///< step of the guided tour from 1; 0: none
  bool grabbing = false;  ///< a left drag moves the body rather than the camera
  bool help = false;      ///< the list of keys
  bool quit = false;
};

/// What is simulated: each case's scenario, or the same person without pathology.
[[nodiscard]] std::vector<std::shared_ptr<const Scenario>> shown_scenarios(const State& state);
/// Where each of them was solved before; empty where it was not.
[[nodiscard]] std::vector<std::shared_ptr<const Stored>> shown_stored(const State& state);

}  // namespace foramen::session
