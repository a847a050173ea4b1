#pragma once

/// Dimensions for tests: round numbers near a usual L4, L5 and S1; no particular person.

#include "sim/anatomy/implicit_vertebra.h"

namespace foramen::test {

inline VertebraDimensions sample_vertebra(Vertebra vertebra) {
  VertebraDimensions d;
  d.vertebra = vertebra;
  d.endplate_width_upper = 0.048;
  d.endplate_depth_upper = 0.036;
  if (vertebra == Vertebra::S1) return d;
  d.endplate_width_lower = 0.050;
  d.endplate_depth_lower = 0.036;
  d.height_anterior = vertebra == Vertebra::L5 ? 0.029 : 0.028;
  d.height_posterior = vertebra == Vertebra::L5 ? 0.024 : 0.027;
  d.pedicle_width = 0.013;
  d.pedicle_height = 0.0155;
  d.pedicle_centre = {-0.024, 0.005, 0.0185};
  d.canal_width = 0.024;
  d.canal_depth = 0.017;
  d.transverse_width = 0.084;
  d.transverse_tip = {-0.028, 0.005, 0.042};
  d.spinous_tip = {-0.068, -0.014, 0};
  d.spinous_height = 0.022;
  d.superior_articular_tip = {-0.034, 0.020, 0.018};
  d.inferior_articular_tip = {-0.036, -0.030, 0.016};
  return d;
}

}  // namespace foramen::test
