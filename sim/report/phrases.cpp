#include "sim/report/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

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
    case Structure::SuperiorArticular:
      return with("by_articular");
    case Structure::Osteophyte:
      return with("by_osteophyte");
    case Structure::Piriformis:
      return texts("by_piriformis");
    case Structure::VertebralBody:
    case Structure::Pedicle:
    case Structure::Facet:
    case Structure::Lamina:
      break;
  }
  return with("by_bone");
}

std::string place_words(ProtrusionPlace place, std::string_view kind, const Texts& texts) {
  const char* which = place == ProtrusionPlace::InFront  ? "front"
                      : place == ProtrusionPlace::Axilla ? "axilla"
                                                         : "shoulder";
  return texts(fmt::format("{}_{}", kind, which));
}

std::string other_side_words(const OtherSide& other, const Texts& texts) {
  switch (other.outcome) {
    case OtherSide::Outcome::NoProtrusion:
      return {};
    case OtherSide::Outcome::Bone:
      return texts("other_bone");
    case OtherSide::Outcome::SlidesBack:
      return texts("other_slides");
    case OtherSide::Outcome::Unsolved:
      return texts("other_unsolved");
    case OtherSide::Outcome::Rests:
      break;
  }
  return texts("other_rests", {{"pressure", fmt::format("{:.0f}", other.root.pressure / units::mmHg)}});
}

std::string measure_words(const std::string& path, const Texts& texts) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= path.size();) {
    const std::size_t dot = std::min(path.find('.', from), path.size());
    parts.push_back(path.substr(from, dot - from));
    from = dot + 1;
  }
  const bool root = parts.front() == "roots";
  const std::string who =
      root ? texts("measure_root", {{"root", parts[1]}, {"side", texts("side_" + parts[2])}}) : parts[1];
  const std::string& quantity = parts[root ? 3 : 2];
  if (parts.size() == (root ? 4u : 3u)) return who + ": " + texts("measure_" + quantity);
  return who + ": " + texts("measure_" + quantity) + ", " + texts("measure_" + parts.back());
}

std::string time_words(double seconds) {
  if (seconds < 100) return fmt::format("{:.0f} s", seconds);
  return seconds < 6000 ? fmt::format("{:.0f} min", seconds / 60) : fmt::format("{:.0f} h", seconds / 3600);
}

}  // namespace foramen
