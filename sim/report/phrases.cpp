#include "sim/report/phrases.h"

#include <fmt/format.h>

namespace foramen {

std::string side_word(Side side, const Texts& texts) {
  return texts(side == Side::Left ? "side_left" : "side_right");
}

std::string presser_words(const PressedBy& by, const Texts& texts) {
  const auto with = [&](const char* key) { return texts(key, {{"level", std::string(name(by.level))}}); };
  switch (by.structure) {
    case Structure::None:
      return texts("by_none");
    case Structure::Disc:
      return with("by_disc");
    case Structure::Herniation:
      return with("by_herniation");
    case Structure::Flavum:
      return with("by_flavum");
    case Structure::ForaminalLigament:
      return with("by_ligament");
    case Structure::VertebralBody:
    case Structure::Pedicle:
    case Structure::Facet:
    case Structure::Lamina:
      break;
  }
  return with("by_bone");
}

std::string time_words(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.0f} h", seconds / 3600);
}

}  // namespace foramen
