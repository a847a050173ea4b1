#include "viz/scene/page.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/scene/page_labels.h"

namespace foramen::scene {
namespace {

constexpr double kPaperOpacity = 0.80, kFaintPaper = 0.45;
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

/// Title, rows and warning in the upper left corner.
void add_panel(PageMaker& page, const Drawing& words) {
  const double u = page.unit, pad = 10 * u, gap = 14 * u;
  const TextStyle title = page.style(page.setting.printed ? 19 : 15, true), row = page.style(14),
                  value = page.style(14, true), alarm = page.style(14, true, page.colours.warning);
  const double most = page.setting.size.x() - 2 * kMargin * u - 2 * pad;
  std::vector<Row> rows;
  for (const Row& one : words.rows) {
    if (page.setting.shown.panel == Panel::Full || (page.setting.shown.panel == Panel::Brief && one.chief))
      rows.push_back(one);
  }
  double names = 0.0, values = 0.0;
  for (const Row& one : rows) {
    names = std::max(names, page.size_of(one.name, row).x());
    values = std::max(values, page.size_of(one.value, value).x());
  }
  // As wide as its rows; the title wraps to it. Chief numbers that do not fit beside their names are left to the tables
  // of the window; where there is no window, they stand below.
  const bool narrow = names + gap + values > most;
  if (narrow && page.setting.shown.panel == Panel::Brief) rows.clear();
  const bool under = narrow && !rows.empty();
  const double needed = rows.empty() ? 0.0 : under ? std::max(names, values) : names + gap + values;
  const double inner = std::min(most, std::max(needed, std::min(250 * u, page.size_of(words.title, title).x())));
  const std::vector<std::string> lines = wrapped(page, words.title, inner, title);
  const std::vector<std::string> warning = wrapped(page, words.warning, inner, alarm);
  const double title_step = 1.3 * title.size, step = 21 * u;
  const double heights = static_cast<double>(rows.size()) * (under ? 2.0 : 1.0) + static_cast<double>(warning.size());
  const double height = 2 * pad + title_step * static_cast<double>(lines.size()) + step * heights - 4 * u;
  const Vec2 corner(kMargin * u, page.setting.size.y() - kMargin * u);
  page.paper({{corner.x(), corner.y() - height}, {corner.x() + inner + 2 * pad, corner.y()}}, kPaperOpacity);
  if (page.setting.place.colour) {
    page.page.marks.push_back(
        Page::Box{{{corner.x(), corner.y() - height}, {corner.x() + 4 * u, corner.y()}}, *page.setting.place.colour});
  }
  const double x = corner.x() + pad;
  double y = corner.y() - pad + 3 * u;
  for (const std::string& line : lines) page.text({x, y -= title_step}, line, title);
  for (const Row& one : rows) {
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
  double words = 0.0;
  for (const Legend::Mark& mark : legend.marks)
    words = std::max(words, page.size_of(fmt::format("{:g}  {}", mark.value, mark.meaning), page.style(12, true)).x());
  for (const Legend::Key& key : legend.keys) words = std::max(words, page.size_of(key.meaning, page.style(12)).x());
  const double keys = 18 * u * static_cast<double>(legend.keys.size());
  const double title =
      page.size_of(legend.title, page.style(14, true)).x() + 8 * u + page.size_of(legend.unit, page.style(12)).x();
  return {2 * pad + std::max(28 * u + words, title), 2 * pad + 28 * u + keys + bar, bar};
}

void add_legend(PageMaker& page, const Legend& legend, const Vec2& top_right, const LegendSize& size) {
  const double u = page.unit, pad = 12 * u, bar_width = 18 * u, top = top_right.y();
  const Vec2 low(top_right.x() - size.width, top - size.height);
  page.paper({low, top_right}, kPaperOpacity);
  const double x = low.x() + pad;
  page.text({x, top - pad - 14 * u}, legend.title, page.style(14, true));
  page.text({x + page.size_of(legend.title, page.style(14, true)).x() + 8 * u, top - pad - 14 * u}, legend.unit,
            page.style(12, false, page.colours.faint_ink));
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
  const double line = 13 * u;  // between two texts
  const auto entry = [&](double at, double text_at, const std::string& text, bool strong) {
    page.page.marks.push_back(Page::Line{
        {x + (strong ? 0.0 : bar_width), at}, {x + bar_width + 6 * u, at}, (strong ? 1.6 : 1.0) * u, page.colours.ink});
    page.text({x + bar_width + 10 * u, text_at - 6 * u}, text, page.style(12, strong));
  };
  // Marks that stand close push the texts above them up, and ticks out of the way.
  std::vector<double> taken;
  for (const Legend::Mark& mark : legend.marks) {
    const double at = height_of(mark.value);
    taken.push_back(taken.empty() ? at : std::max(at, taken.back() + line));
    entry(at, taken.back(), fmt::format("{:g}  {}", mark.value, mark.meaning), true);
  }
  double last_tick = -1e9;
  for (const double tick : legend.ticks) {
    const double at = height_of(tick);
    const bool free = at - last_tick >= line &&
                      std::all_of(taken.begin(), taken.end(), [&](double mark) { return std::abs(mark - at) >= line; });
    if (!free) continue;
    last_tick = at;
    entry(at, at, fmt::format("{:g}{}", tick, legend.open_above && tick == legend.high ? "+" : ""), false);
  }
}

/// The legends this page shows of those its drawing has: all, or its share of what several pages have in common.
std::vector<const Legend*> own_legends(const PageMaker& page, const Drawing& words) {
  std::vector<const Legend*> own;
  const auto all = static_cast<int>(words.legends.size());
  for (int i = 0; i < (page.setting.shown.plain ? std::min(all, 1) : all); ++i) {
    if (i % page.setting.place.count == page.setting.place.index)
      own.push_back(&words.legends[static_cast<std::size_t>(i)]);
  }
  return own;
}

/// Down the right side, or along the bottom, whichever leaves the picture more room; the last ones are left out where
/// they do not fit.
void add_legends(PageMaker& page, const Drawing& words) {
  std::vector<const Legend*> all = own_legends(page, words);
  const double u = page.unit, gap = 10 * u, margin = kMargin * u;
  constexpr double kBar = 165.0, kLeastBar = 66.0;
  const Vec2 size = page.setting.size;
  double width = 0.0, row_width = -gap, row_height = 0.0;
  for (const Legend* one : all) {
    const LegendSize least = size_of(page, *one, kLeastBar * u);
    width = std::max(width, least.width);
    row_width += least.width + gap;
    row_height = std::max(row_height, least.height);
  }
  const double bottom = margin + 22 * u;  // above the note
  const double beside = std::min(size.x() - width - 2 * margin, size.y());
  const double above = std::min(size.x(), size.y() - row_height - bottom - margin);
  constexpr double kLeastPicture = 0.45;  // else the picture needs the room more than its scales
  if (std::max(beside, above) < kLeastPicture * size.minCoeff()) return;
  if (beside >= above || row_width > size.x() - 2 * margin) {
    const auto column_height = [&] {
      double height = -gap;
      for (const Legend* one : all) height += size_of(page, *one, kLeastBar * u).height + gap;
      return height;
    };
    while (all.size() > 1 && column_height() > size.y() - 2 * margin) all.pop_back();
    const double room = size.y() - 2 * margin - column_height();
    const double bar = std::min(
        kBar * u, kLeastBar * u + std::max(0.0, room) / static_cast<double>(std::max<std::size_t>(1, all.size())));
    Vec2 corner(size.x() - margin, size.y() - margin);
    for (const Legend* one : all) {
      LegendSize s = size_of(page, *one, bar);
      s.width = width;
      add_legend(page, *one, corner, s);
      corner.y() -= s.height + gap;
    }
    return;
  }
  double right = size.x() - margin;
  for (const Legend* one : all) {
    const LegendSize s = size_of(page, *one, kLeastBar * u);
    add_legend(page, *one, {right, bottom + s.height}, s);
    right -= s.width + gap;
  }
}

/// The side of the body at the left and right edge of the picture, where the picture shows it squarely.
void add_sides(PageMaker& page, const Drawing& words) {
  constexpr double kSquare = 0.85;
  const TextStyle left = page.style(page.setting.printed ? 20 : 16, true, page.colours.faint_ink);
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
      const Vec2 pad = Vec2(3, 3) * page.unit, low(sign < 0 ? x : x - size.x(), y);
      zone = {low - pad, low + size + pad};
      return !page.is_taken(zone);
    };
    bool found = false;
    for (double inset = kMargin * page.unit; !found && inset < 0.4 * page.setting.size.x(); inset += 20 * page.unit) {
      x = sign < 0 ? inset : page.setting.size.x() - inset;
      y = 0.5 * page.setting.size.y();
      while (!(found = stands()) && y > 6 * page.unit) y -= 6 * page.unit;
    }
    if (!found) continue;
    page.paper(zone, kFaintPaper);
    page.text({x, y}, word, style);
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

void add_note(PageMaker& page, const Drawing& words) {
  if (words.note.empty()) return;
  const double u = page.unit;
  const TextStyle style = page.style(12, false, page.colours.faint_ink);
  const std::vector<std::string> lines = wrapped(page, words.note, page.setting.size.x() - 2 * kMargin * u, style);
  const double step = 15 * u;
  Vec2 size(0.0, step * static_cast<double>(lines.size()));
  for (const std::string& line : lines) size.x() = std::max(size.x(), page.size_of(line, style).x());
  const Vec2 at(kMargin * u, 10 * u);
  page.paper({at - Vec2(4, 3) * u, at + size + Vec2(4, 0) * u}, kFaintPaper);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    page.text({at.x(), at.y() + size.y() - step * static_cast<double>(i + 1)}, lines[i], style);
  }
}

/// What stands in its place wherever the camera looks, and hides what is behind.
void add_covering(PageMaker& page, const Drawing& words) {
  if (page.setting.shown.panel != Panel::None) add_panel(page, words);
  if (page.setting.shown.legends) add_legends(page, words);
}

}  // namespace

std::vector<Zone> covered_zones(const Drawing& words, const PageSetting& setting) {
  PageMaker page(setting);
  add_covering(page, words);
  return page.page.taken;
}

Page lay_out(const Drawing& words, const PageSetting& setting) {
  PageMaker page(setting);
  // Text lies over every box, so the help has the page for itself.
  if (!setting.help.empty()) {
    add_help(page);
    return std::move(page.page);
  }
  add_covering(page, words);
  if (setting.shown.note && setting.place.index == 0) add_note(page, words);
  if (setting.shown.sides) add_sides(page, words);
  if (setting.shown.labels) add_labels(page, words);
  return std::move(page.page);
}

}  // namespace foramen::scene
