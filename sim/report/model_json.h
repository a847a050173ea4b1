#pragma once

/// The 3D view's data: bones, discs and roots of the runs at their key moments.

#include <string>
#include <vector>

#include "sim/run/simulate.h"

namespace foramen {

struct ModelScene {
  std::string name;
  const Result* result = nullptr;
  const Frame* frame = nullptr;
};

/// JSON for page/view.js. Positions are 16-bit within each mesh's box; bones of one subject are stored once.
[[nodiscard]] std::string model_json(const std::vector<ModelScene>& scenes, int threads);

}  // namespace foramen
