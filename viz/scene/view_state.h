#pragma once

/// How one looks at a scene: instant, camera, layers. A value, without what is simulated.

#include <vector>

#include "viz/scene/lumbar_scene.h"
#include "viz/scene/views.h"

namespace foramen::scene {

struct ViewState {
  double time = 0;  ///< [s]
  View view = View::Lateral;
  bool parallel = false;                 ///< projection
  double orbit_right = 0, orbit_up = 0;  ///< of the camera from its standard place [rad]
  double zoom = 1;
  int resets = 0;  ///< counts, so that a reset after a mouse drag is a change
  SceneOptions options;
  std::vector<HelpLine> help;  ///< lines over the picture; none: no help

  /// Back to the view's standard camera.
  void reset_camera() {
    orbit_right = orbit_up = 0.0;
    zoom = 1.0;
    ++resets;
  }
  /// The camera has to be placed anew, rather than carried along with the body.
  [[nodiscard]] bool same_camera(const ViewState& other) const {
    return view == other.view && resets == other.resets && zoom == other.zoom && orbit_right == other.orbit_right &&
           orbit_up == other.orbit_up;
  }
};

}  // namespace foramen::scene
