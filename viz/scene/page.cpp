#include "viz/scene/page.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/scene/page_labels.h"

namespace foramen::scene {
namespace {

constexpr double kPaperOpacity = 0.80;
constexpr double kMargin = 16.0;  // all lengths in design pixels, see PageMaker::unit

/// Wraps words to lines no wider than `width`.
std::vector<std::string> wrapped(const PageMaker& page, const std::string& text, double width, const TextStyle& style) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && page.size_of(longer, style).x() > width) {
      lines.push_back(line);
      line = word;
    } else {
      line = longer;
    }
    at = end + 1;
  }
  if (!line.empty()) lines.push_back(line);
  return lines;
}

void add_panel(PageMaker& page, const Drawing& words) {
  const double u = page.unit, pad = 12 * u, gap = 14 * u;
  const TextStyle title = page.style(19, true), row = page.style(15), value = page.style(15, true);
  const TextStyle alarm = page.style(14, true, page.colours.warning);
  double names = 0.0, values = 0.0;
  for (const Row& one : words.rows) {
    names = std::max(names, page.size_of(one.name, row).x());
    values = std::max(values, page.size_of(one.value, value).x());
  }
  // As wide as its rows, within half the picture; the title wraps to it.
  const double most = 0.5 * page.setting.size.x() - 2 * kMargin * u;
  const double inner = std::min(most, std::max(names + gap + values, 250 * u));
  const bool under = names + gap + values > inner;  // values stand below their names
  const std::vector<std::string> lines = wrapped(page, words.title, inner, title);
  const std::vector<std::string> warning = wrapped(page, words.warning, inner, alarm);
  const double title_step = 25 * u, step = 22 * u;
  const double rows =
      static_cast<double>(words.rows.size()) * (under ? 2.0 : 1.0) + static_cast<double>(warning.size());
  const double height = 2 * pad + title_step * static_cast<double>(lines.size()) + step * rows + 2 * u;
  const Vec2 corner(kMargin * u, page.setting.size.y() - kMargin * u);
  page.paper({{corner.x(), corner.y() - height}, {corner.x() + inner + 2 * pad, corner.y()}}, kPaperOpacity);
  const double x = corner.x() + pad;
  double y = corner.y() - pad + 3 * u;
  for (const std::string& line : lines) page.text({x, y -= title_step}, line, title);
  for (const Row& one : words.rows) {
    page.text({x, y -= step}, one.name, row);
    if (under) y -= step;
    page.text({under ? x : x + names + gap, y}, one.value, value);
  }
  for (const std::string& line : warning) page.text({x, y -= step}, line, alarm);
}

/// Sizes of one legend.
struct LegendSize {
  double width = 0, height = 0, bar = 0;
};

LegendSize size_of(const PageMaker& page, const Legend& legend, double bar) {
  const double u = page.unit, pad = 12 * u;
  double words = page.size_of(legend.title, page.style(14, true)).x() - 28 * u;
  for (const Legend::Mark& mark : legend.marks)
    words = std::max(words, page.size_of(fmt::format("{:g}  {}", mark.value, mark.meaning), page.style(12, true)).x());
  for (const Legend::Key& key : legend.keys) words = std::max(words, page.size_of(key.meaning, page.style(12)).x());
  const double keys = 18 * u * static_cast<double>(legend.keys.size());
  return {2 * pad + 28 * u + words, 2 * pad + 46 * u + keys + bar, bar};
}

void add_legend(PageMaker& page, const Legend& legend, const Vec2& top_right, const LegendSize& size) {
  const double u = page.unit, pad = 12 * u, bar_width = 18 * u, top = top_right.y();
  const Vec2 low(top_right.x() - size.width, top - size.height);
  page.paper({low, top_right}, kPaperOpacity);
  const double x = low.x() + pad;
  page.text({x, top - pad - 14 * u}, legend.title, page.style(14, true));
  page.text({x + bar_width + 10 * u, top - pad - 32 * u}, legend.unit, page.style(12, false, page.colours.faint_ink));
  double y = low.y() + pad;
  for (const Legend::Key& key : legend.keys) {
    page.page.marks.push_back(Page::Box{{{x, y}, {x + bar_width, y + 11 * u}}, key.colour});
    page.text({x + bar_width + 10 * u, y}, key.meaning, page.style(12));
    y += 18 * u;
  }
  y += 4 * u;
  constexpr int kSlices = 64;
  for (int i = 0; i < kSlices; ++i) {
    page.page.marks.push_back(
        Page::Box{{{x, y + size.bar * i / kSlices}, {x + bar_width, y + size.bar * (i + 1) / kSlices}},
                  legend.colours->at((i + 0.5) / kSlices)});
  }
  const auto height_of = [&](double value) { return y + size.bar * (value - legend.low) / (legend.high - legend.low); };
  const auto entry = [&](double at, const std::string& text, bool strong) {
    page.page.marks.push_back(Page::Line{
        {x + (strong ? 0.0 : bar_width), at}, {x + bar_width + 6 * u, at}, (strong ? 1.6 : 1.0) * u, page.colours.ink});
    page.text({x + bar_width + 10 * u, at - 6 * u}, text, page.style(12, strong));
  };
  for (const double tick : legend.ticks) {
    const bool taken = std::any_of(legend.marks.begin(), legend.marks.end(), [&](const Legend::Mark& mark) {
      return std::abs(height_of(mark.value) - height_of(tick)) < 14 * u;
    });
    if (!taken)
      entry(height_of(tick), fmt::format("{:g}{}", tick, legend.open_above && tick == legend.high ? "+" : ""), false);
  }
  for (const Legend::Mark& mark : legend.marks)
    entry(height_of(mark.value), fmt::format("{:g}  {}", mark.value, mark.meaning), true);
}

/// Down the right side as far as they fit there; in a narrow picture along the bottom, where a spine leaves room.
void add_legends(PageMaker& page, const Drawing& words) {
  if (words.legends.empty()) return;
  const double u = page.unit, gap = 10 * u, margin = kMargin * u;
  constexpr double kBar = 178.0, kLeastBar = 84.0;
  const Vec2 size = page.setting.size;
  double others = 0.0;
  for (const Legend& one : words.legends) others += size_of(page, one, 0.0).height + gap;
  const double room = (size.y() - 2 * margin - others) / static_cast<double>(words.legends.size());
  const double bar = std::clamp(room, kLeastBar * u, kBar * u);
  double width = 0.0;
  for (const Legend& one : words.legends) width = std::max(width, size_of(page, one, bar).width);
  if (!page.narrow()) {
    Vec2 corner(size.x() - margin, size.y() - margin);
    for (const Legend& one : words.legends) {
      LegendSize s = size_of(page, one, bar);
      s.width = width;
      add_legend(page, one, corner, s);
      corner.y() -= s.height + gap;
    }
    return;
  }
  Vec2 corner(size.x() - margin, margin + 22 * u + size_of(page, words.legends.front(), kLeastBar * u).height);
  for (const Legend& one : words.legends) {
    const LegendSize s = size_of(page, one, kLeastBar * u);
    if (corner.x() - s.width < margin) break;
    add_legend(page, one, {corner.x(), margin + 22 * u + s.height}, s);
    corner.x() -= s.width + gap;
  }
}

/// The side of the body at the left and right edge of the picture, where the picture shows it squarely.
void add_sides(PageMaker& page, const Drawing& words) {
  constexpr double kSquare = 0.85;
  const TextStyle left = page.style(20, true, page.colours.faint_ink);
  for (const double sign : {-1.0, 1.0}) {
    const Vec3 v = words.axes_W.transpose() * (sign * page.setting.right_W);
    int axis = 0;
    v.cwiseAbs().maxCoeff(&axis);
    if (std::abs(v[axis]) < kSquare) return;
    const std::string& word = words.side_words[static_cast<std::size_t>(2 * axis + (v[axis] > 0 ? 0 : 1))];
    if (word.empty()) return;
    TextStyle style = left;
    if (sign > 0) style.align = Align::Right;
    const Vec2 size = page.size_of(word, style);
    // In the middle of the edge, or lower where a legend stands; where legends fill the edge, farther in.
    double x = 0.0, y = 0.0;
    Zone zone;
    const auto stands = [&] {
      zone = {{sign < 0 ? x : x - size.x(), y}, {sign < 0 ? x + size.x() : x, y + size.y()}};
      return !page.is_taken(zone);
    };
    bool found = false;
    for (double inset = kMargin * page.unit; !found && inset < 0.4 * page.setting.size.x(); inset += 20 * page.unit) {
      x = sign < 0 ? inset : page.setting.size.x() - inset;
      y = 0.5 * page.setting.size.y();
      while (!(found = stands()) && y > 6 * page.unit) y -= 6 * page.unit;
    }
    if (!found) continue;
    page.text({x, y}, word, style);
    page.page.taken.push_back(zone);
  }
}

void add_help(PageMaker& page) {
  const double u = page.unit, step = 21 * u, pad = 18 * u;
  double keys = 0.0, does = 0.0;
  for (const HelpLine& line : page.setting.help) {
    keys = std::max(keys, page.size_of(line.key, page.style(14, true)).x());
    does = std::max(does, page.size_of(line.does, page.style(14)).x());
  }
  const Vec2 size(2 * pad + keys + 20 * u + does, step * static_cast<double>(page.setting.help.size()) + 2 * pad);
  const Vec2 low = 0.5 * (page.setting.size - size);
  page.paper({low, low + size}, 0.95);
  double y = low.y() + size.y() - pad + 4 * u;
  for (const HelpLine& line : page.setting.help) {
    y -= step;
    page.text({low.x() + pad, y}, line.key, page.style(14, true));
    page.text({low.x() + pad + keys + 20 * u, y}, line.does, page.style(14));
  }
}

}  // namespace

Page lay_out(const Drawing& words, const PageSetting& setting) {
  PageMaker page(setting);
  // Text lies over every box, so the help has the page for itself.
  if (!setting.help.empty()) {
    add_help(page);
    return std::move(page.page);
  }
  if (setting.shown.panel) add_panel(page, words);
  if (setting.shown.legends) add_legends(page, words);
  if (setting.shown.note && !words.note.empty()) {
    const TextStyle style = page.style(12, false, page.colours.faint_ink);
    const Vec2 at(kMargin * page.unit, 10 * page.unit), size = page.size_of(words.note, style);
    page.text(at, words.note, style);
    page.page.taken.push_back({at, at + size});
  }
  if (setting.shown.sides) add_sides(page, words);
  if (setting.shown.labels) add_labels(page, words);
  return std::move(page.page);
}

}  // namespace foramen::scene
