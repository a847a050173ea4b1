#include "sim/nerve/root_state.h"

#include <fmt/format.h>

namespace foramen {

std::string PressedBy::text() const {
  constexpr std::array<std::string_view, 12> names{
      "none",       "disc",      "disc herniation", "vertebral body",     "pedicle",
      "facet",      "flavum",    "lamina",          "foraminal ligament", "superior articular process",
      "osteophyte", "piriformis"};
  if (structure == Structure::None) return "none";
  if (structure == Structure::Piriformis) return "piriformis";  // far from any level
  return fmt::format("{} {}", name(level), names.at(static_cast<std::size_t>(structure)));
}

}  // namespace foramen
