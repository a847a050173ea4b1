#include "viz/scene/page_labels.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <span>
#include <vector>

namespace foramen::scene {
namespace {

constexpr double kNameSize = 16.0;                             // of names of vertebrae [design px]
constexpr double kDesignHeight = 800.0, kDesignWidth = 640.0;  ///< unit pixels are of a picture this high and wide

/// How a label would like to stand.
struct Wish {
  Vec2 anchor, direction;  ///< [px]; unit
  double clear = 0;        ///< from the anchor to the text [px]
};

Wish wish_of(const PageMaker& page, const Drawing& words, const Label& label) {
  const Vec3 &right = page.setting.right_W, &up = page.setting.up_W;
  const auto in_picture = [&](const Vec3& v) { return Vec2(right.dot(v), up.dot(v)); };
  // The wished side as it appears in the picture, square to the spine there; seen end on it gives only left or right.
  constexpr double kEndOn = 0.35;
  const double wished = std::max(1e-6, label.beside_W.norm());
  Vec2 direction = in_picture(label.beside_W) / wished;
  if (const Vec2 spine = in_picture(words.axes_W.col(1)); spine.norm() > kEndOn) {
    direction -= spine * spine.dot(direction) / spine.squaredNorm();
  }
  const double along = std::min(1.0, direction.norm());
  direction = along > kEndOn ? Vec2(direction.normalized()) : Vec2(direction.x() < 0.0 ? -1.0 : 1.0, 0.0);
  const double clear_W = along * wished + std::sqrt(1.0 - along * along) * label.clear_across;
  const Vec2 anchor = page.setting.pixel_of(label.anchor_W);
  const Vec2 edge = page.setting.pixel_of(label.anchor_W + clear_W * (direction.x() * right + direction.y() * up));
  return {anchor, direction, (edge - anchor).norm()};
}

bool within(const Zone& zone, const Vec2& size, double margin) {
  return zone.low.x() >= margin && zone.low.y() >= margin && zone.high.x() <= size.x() - margin &&
         zone.high.y() <= size.y() - margin;
}

Zone around(const Vec2& middle, const Vec2& half) {
  return {middle - half, middle + half};
}

/// The first free place on rays from the anchor, the wished direction first, then turned further and further.
std::optional<Zone> free_place(const PageMaker& page, const Wish& wish, const Vec2& half, double nearest,
                               double farthest, std::span<const Zone> spared = {}) {
  const double step = 14 * page.unit;
  for (const double turn : {0.0, 20.0, -20.0, 40.0, -40.0, 65.0, -65.0, 90.0, -90.0, 125.0, -125.0, 180.0}) {
    const double angle = turn * kPi / 180.0;
    const Vec2 d = Eigen::Rotation2Dd(angle) * wish.direction;
    for (double reach = nearest; reach <= farthest; reach += step) {
      const Zone zone = around(wish.anchor + reach * d + d.cwiseProduct(half), half);
      const auto hides = [&](const Zone& one) { return zone.overlaps(one); };
      if (within(zone, page.setting.size, 4 * page.unit) && !page.is_taken(zone) &&
          std::ranges::none_of(spared, hides)) {
        return zone;
      }
    }
  }
  return std::nullopt;
}

void add_finding(PageMaker& page, const Drawing& words, const Label& label) {
  const double u = page.unit, pad = 7 * u;
  const TextStyle style = page.style(page.setting.printed ? 15 : 14, true);
  const TextStyle note_style = page.style(page.setting.printed ? 14 : 13);
  const Vec2 text = page.size_of(label.text, style);
  const Vec2 note = label.note.empty() ? Vec2(Vec2::Zero()) : page.size_of(label.note, note_style);
  const double note_height = label.note.empty() ? 0 : note.y() + 5 * u;
  const Vec2 half = 0.5 * Vec2(std::max(text.x(), note.x()), text.y() + note_height) + Vec2(pad, pad);
  Wish wish = wish_of(page, words, label);
  // An anchor outside the picture is pointed at from its edge.
  wish.anchor = wish.anchor.cwiseMax(Vec2::Zero()).cwiseMin(page.setting.size);
  const double outside =
      (page.setting.pixel_of(label.anchor_W + label.clear_across * page.setting.up_W) - wish.anchor).norm();
  const double reach = std::max((page.narrow() ? 40 : 110) * u, outside);
  std::vector<Zone> figure;
  for (const Vec3& place_W : words.figure_W) {
    figure.push_back(around(page.setting.pixel_of(place_W), Vec2::Constant(10 * u)));
  }
  // Off the body where there is room, else where it is free at least.
  std::optional<Zone> free = free_place(page, wish, half, reach, 6 * reach, figure);
  if (!free) free = free_place(page, wish, half, reach, 6 * reach);
  if (!free) free = free_place(page, wish, half, 14 * u, 6 * reach);
  const Zone zone = free ? *free : around(0.5 * page.setting.size, half);
  const Vec2 middle = 0.5 * (zone.low + zone.high);
  page.page.marks.push_back(Page::Line{wish.anchor, middle, 1.6 * u, page.colours.ink});
  page.paper(zone, 0.92);
  page.text(zone.low + Vec2(pad, pad + note_height), label.text, style);
  if (!label.note.empty()) page.text(zone.low + Vec2(pad, pad), label.note, note_style);
}

/// The smallest distance between names that stand next to each other [px].
double least_distance(const PageMaker& page, const std::vector<const Label*>& names) {
  double least = 1e9;
  for (std::size_t i = 1; i < names.size(); ++i) {
    least = std::min(
        least, (page.setting.pixel_of(names[i]->anchor_W) - page.setting.pixel_of(names[i - 1]->anchor_W)).norm());
  }
  return least;
}

void add_name(PageMaker& page, const Drawing& words, const Label& label) {
  const double u = page.unit;
  const TextStyle style = page.style(kNameSize, true, page.colours.ink, Align::Centre);
  const Vec2 half = 0.5 * page.size_of(label.text, style);
  const Wish wish = wish_of(page, words, label);
  const Vec2 edge = wish.anchor + wish.clear * wish.direction;
  if (!within(around(edge, Vec2::Zero()), page.setting.size, 0.0)) return;
  const auto zone = free_place(page, wish, half, wish.clear, wish.clear + 60 * u);
  if (!zone) return;
  const Vec2 middle = 0.5 * (zone->low + zone->high);
  if ((middle - edge).norm() > half.norm() + 24 * u)
    page.page.marks.push_back(Page::Line{edge, middle, 1.0 * u, page.colours.faint_ink});
  page.paper(*zone, 0.35);  // names must be read over nerves and bones too
  page.text({middle.x(), zone->low.y()}, label.text, style);
}

}  // namespace

PageMaker::PageMaker(const PageSetting& s) : setting(s), colours(theme_colours(s.theme)) {
  const double fitting = std::min(s.size.y() / kDesignHeight, s.size.x() / kDesignWidth);
  unit = s.text_scale * (s.printed ? std::max(0.5, fitting) : 1.0);
}

TextStyle PageMaker::style(double size_px, bool bold, const Colour& colour, Align align) const {
  return {static_cast<int>(std::lround(size_px * unit)), colour, bold, align};
}

bool PageMaker::is_taken(const Zone& zone) const {
  return std::any_of(page.taken.begin(), page.taken.end(), [&](const Zone& other) { return zone.overlaps(other); });
}

void PageMaker::paper(const Zone& zone, double opacity) {
  page.marks.push_back(Page::Box{zone, colours.paper, opacity});
  page.taken.push_back(zone);
}

void add_labels(PageMaker& page, const Drawing& words) {
  std::vector<const Label*> names;
  for (const Label& label : words.labels) {
    if (label.finding) add_finding(page, words, label);
    if (!label.finding) names.push_back(&label);
  }
  const double line = page.style(kNameSize, true).size;
  if (names.size() > 1 && least_distance(page, names) < 1.2 * line) return;
  for (const Label* label : names) add_name(page, words, *label);
}

}  // namespace foramen::scene
