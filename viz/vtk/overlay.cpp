#include "viz/vtk/overlay.h"

#include <fmt/core.h>
#include <vtkCamera.h>
#include <vtkRenderer.h>

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <utility>

#include "viz/scene/commands.h"
#include "viz/scene/views.h"
#include "viz/vtk/canvas.h"

namespace foramen::vtk {
namespace {

const scene::Colour kInk{0.11f, 0.13f, 0.15f};
const scene::Colour kFaintInk{0.30f, 0.33f, 0.36f};
const scene::Colour kPaper{0.97f, 0.97f, 0.96f};
const scene::Colour kWarning{0.70f, 0.10f, 0.08f};
constexpr double kPaperOpacity = 0.72;
constexpr double kDesignHeight = 800.0;  ///< sizes are pixels of a picture this high
constexpr double kLegendWidth = 190.0, kLegendFrame = 56.0;
constexpr double kBarHeight = 190.0, kShortBarHeight = 120.0;  ///< beside and below the picture
constexpr double kNarrow = 900.0;                              ///< below this width legends go to the bottom

Vec3 vector_of(const double* v) {
  return {v[0], v[1], v[2]};
}

/// Wraps words to lines no wider than `width`.
std::vector<std::string> wrapped(const std::string& text, double width, const TextStyle& style) {
  std::vector<std::string> lines;
  std::string line;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    const std::string word = text.substr(at, end - at);
    const std::string longer = line.empty() ? word : line + " " + word;
    if (!line.empty() && Canvas::size_of(longer, style).x() > width) {
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

}  // namespace

struct Overlay::Parts {
  vtkRenderer* renderer = nullptr;
  Canvas canvas;
  scene::Drawing words;
  bool help = false;
  double unit = 1.0;  ///< design pixel [px]
  Vec2 size = Vec2::Zero();

  explicit Parts(vtkRenderer* r) : renderer(r), canvas(r) {}

  [[nodiscard]] TextStyle style(double size_px, bool bold = false, const scene::Colour& colour = kInk,
                                Align align = Align::Left) const {
    return {static_cast<int>(std::lround(size_px * unit)), colour, bold, align};
  }

  [[nodiscard]] Vec2 pixel_of(const Vec3& point_W) const {
    double x = point_W.x(), y = point_W.y(), z = point_W.z();
    renderer->WorldToView(x, y, z);
    renderer->ViewToNormalizedViewport(x, y, z);
    return {x * size.x(), y * size.y()};
  }

  [[nodiscard]] bool narrow() const { return size.x() < kNarrow * unit; }
  [[nodiscard]] double bar_height() const { return (narrow() ? kShortBarHeight : kBarHeight) * unit; }
  [[nodiscard]] double legend_height() const { return bar_height() + kLegendFrame * unit; }
  void panel();
  void legend(const scene::Legend& legend, const Vec2& top_right);
  void legends();
  void label(const scene::Label& label);
  void directions();
  void help_list();
};

void Overlay::Parts::panel() {
  const double margin = 16 * unit, pad = 12 * unit;
  const TextStyle title = style(19, true), row = style(15), value = style(15, true);
  const double width = std::min(372 * unit, size.x() - 2 * margin);
  std::vector<std::string> lines = wrapped(words.title, width - 2 * pad, title);
  const double title_step = 25 * unit, step = 21 * unit;
  const double height = 2 * pad + title_step * static_cast<double>(lines.size()) +
                        step * static_cast<double>(words.rows.size() + (words.warning.empty() ? 0 : 1));
  const Vec2 corner(margin, size.y() - margin);
  canvas.box({corner.x(), corner.y() - height}, {corner.x() + width, corner.y()}, kPaper, kPaperOpacity);
  double y = corner.y() - pad;
  for (const std::string& line : lines) canvas.text({corner.x() + pad, y -= title_step}, line, title);
  for (const scene::Row& one : words.rows) {
    y -= step;
    canvas.text({corner.x() + pad, y}, one.name, row);
    canvas.text({corner.x() + pad + 172 * unit, y}, one.value, value);
  }
  if (!words.warning.empty()) canvas.text({corner.x() + pad, y - step}, words.warning, style(14, true, kWarning));
  canvas.text({margin, 10 * unit}, "Result of a model, not a diagnosis.", style(12, false, kFaintInk));
}

void Overlay::Parts::legend(const scene::Legend& legend, const Vec2& top_right) {
  const double pad = 12 * unit, bar_width = 18 * unit, bar_length = bar_height();
  const double width = kLegendWidth * unit, head = 24 * unit, top = top_right.y();
  const Vec2 low(top_right.x() - width, top - legend_height());
  canvas.box(low, {low.x() + width, top}, kPaper, kPaperOpacity);
  canvas.text({low.x() + pad, top - pad - 14 * unit}, legend.title, style(14, true));
  canvas.text({low.x() + pad + bar_width + 10 * unit, top - pad - head - 8 * unit}, legend.unit,
              style(12, false, kFaintInk));
  const double x = low.x() + pad, y = low.y() + pad;
  constexpr int kSlices = 64;
  const double full = bar_length - 12 * unit;
  for (int i = 0; i < kSlices; ++i) {
    canvas.box({x, y + full * i / kSlices}, {x + bar_width, y + full * (i + 1) / kSlices},
               legend.colours->at((i + 0.5) / kSlices));
  }
  const auto height_of = [&](double value) { return y + full * (value - legend.low) / (legend.high - legend.low); };
  const auto entry = [&](double at, const std::string& text, bool strong) {
    canvas.line({x + (strong ? 0.0 : bar_width), at}, {x + bar_width + 6 * unit, at}, (strong ? 1.6 : 1.0) * unit,
                kInk);
    canvas.text({x + bar_width + 10 * unit, at - 6 * unit}, text, style(12, strong));
  };
  for (const double tick : legend.ticks) {
    const bool taken = std::any_of(legend.marks.begin(), legend.marks.end(), [&](const scene::Legend::Mark& mark) {
      return std::abs(height_of(mark.value) - height_of(tick)) < 13 * unit;
    });
    if (!taken)
      entry(height_of(tick), fmt::format("{:g}{}", tick, legend.open_above && tick == legend.high ? "+" : ""), false);
  }
  for (const scene::Legend::Mark& mark : legend.marks) {
    entry(height_of(mark.value), fmt::format("{:g}  {}", mark.value, mark.meaning), true);
  }
  double row = top - pad - head - 8 * unit;
  for (const scene::Legend::Key& key : legend.keys) {
    const double at = low.x() + width - 92 * unit;
    canvas.box({at, row}, {at + 10 * unit, row + 10 * unit}, key.colour);
    canvas.text({at + 15 * unit, row}, key.meaning, style(12));
    row -= 18 * unit;
  }
}

/// Down the right side; in a narrow picture along the bottom, where a spine leaves room, above the time slider.
void Overlay::Parts::legends() {
  const double margin = 16 * unit, gap = 10 * unit;
  Vec2 corner(size.x() - margin, narrow() ? margin + 62 * unit + legend_height() : size.y() - margin);
  for (const scene::Legend& one : words.legends) {
    legend(one, corner);
    corner -= narrow() ? Vec2((kLegendWidth * unit + gap), 0.0) : Vec2(0.0, legend_height() + gap);
  }
}

void Overlay::Parts::label(const scene::Label& label) {
  vtkCamera& camera = *renderer->GetActiveCamera();
  const Vec3 up = vector_of(camera.GetViewUp());
  const Vec3 right = vector_of(camera.GetDirectionOfProjection()).cross(up).normalized();
  const auto in_picture = [&](const Vec3& v) { return Vec2(right.dot(v), up.dot(v)); };
  // The wished side as it appears in the picture, square to the spine there; seen end on it gives only left or right.
  constexpr double kEndOn = 0.35;
  const double wished = label.beside_W.norm();
  Vec2 direction = in_picture(label.beside_W) / wished;
  if (const Vec2 spine = in_picture(words.axes_W.col(1)); spine.norm() > kEndOn) {
    direction -= spine * spine.dot(direction) / spine.squaredNorm();
  }
  const double along = std::min(1.0, direction.norm());
  direction = along > kEndOn ? Vec2(direction.normalized()) : Vec2(direction.x() < 0.0 ? -1.0 : 1.0, 0.0);
  const double clear = along * wished + std::sqrt(1.0 - along * along) * label.clear_across;

  const TextStyle text = label.finding ? style(15, true) : style(17, true, kInk, Align::Centre);
  const Vec2 half = 0.5 * Canvas::size_of(label.text, text);
  const Vec2 anchor = pixel_of(label.anchor_W);
  if (!label.finding) {
    const Vec2 edge = pixel_of(label.anchor_W + clear * (direction.x() * right + direction.y() * up));
    const Vec2 middle = edge + direction.cwiseProduct(half);
    canvas.text({middle.x(), middle.y() - half.y()}, label.text, text);
    return;
  }
  // Far enough from its anchor to leave that free, within the picture and short of the legends on the right.
  const double pad = 7 * unit, reach = (narrow() ? 40 : 120) * unit, margin = 20 * unit;
  const Vec2 low = half + Vec2(margin, margin);
  const Vec2 high = size - half - Vec2((narrow() ? 20 : kLegendWidth + 25) * unit, margin);
  const Vec2 middle = (anchor + direction * reach + direction.cwiseProduct(half)).cwiseMin(high).cwiseMax(low);
  canvas.line(anchor, middle, 1.6 * unit, kInk);
  canvas.box(middle - half - Vec2(pad, pad), middle + half + Vec2(pad, pad), kPaper, 0.9);
  canvas.text(middle - half, label.text, text);
}

void Overlay::Parts::directions() {
  vtkCamera& camera = *renderer->GetActiveCamera();
  const Vec3 up = vector_of(camera.GetViewUp());
  const Vec3 right = vector_of(camera.GetDirectionOfProjection()).cross(up);
  const double y = 0.5 * size.y();
  const auto letters = [&](double sign) { return scene::anatomical_direction(sign * right, words.axes_W); };
  canvas.text({16 * unit, y}, letters(-1.0), style(26, true, kFaintInk));
  canvas.text({size.x() - 16 * unit, y}, letters(1.0), style(26, true, kFaintInk, Align::Right));
}

void Overlay::Parts::help_list() {
  const double step = 21 * unit, pad = 18 * unit, width = 520 * unit;
  std::vector<scene::Command> bound;
  for (const scene::Command& command : scene::commands()) {
    if (!command.key.empty()) bound.push_back(command);
  }
  const double height = step * static_cast<double>(bound.size() + 2) + 2 * pad;
  const Vec2 low = 0.5 * (size - Vec2(width, height));
  canvas.box(low, low + Vec2(width, height), kPaper, 0.93);
  double y = low.y() + height - pad;
  const auto row = [&](std::string_view key, std::string_view does) {
    y -= step;
    canvas.text({low.x() + pad, y}, std::string(key), style(14, true));
    canvas.text({low.x() + pad + 130 * unit, y}, std::string(does), style(14));
  };
  row("Left drag", "turn; middle or Shift+left drag: move; wheel: closer");
  for (const scene::Command& command : bound) row(command.key_text, command.does);
}

Overlay::Overlay(vtkRenderer* renderer) : parts_(std::make_unique<Parts>(renderer)) {}
Overlay::~Overlay() = default;

void Overlay::set(const scene::Drawing& drawing) {
  parts_->words = {.shapes = {},
                   .labels = drawing.labels,
                   .legends = drawing.legends,
                   .title = drawing.title,
                   .rows = drawing.rows,
                   .warning = drawing.warning,
                   .axes_W = drawing.axes_W};
}

void Overlay::show_help(bool on) {
  parts_->help = on;
}

void Overlay::lay_out() {
  Parts& p = *parts_;
  const int* size = p.renderer->GetSize();
  p.size = Vec2(size[0], size[1]);
  p.unit = std::max(0.5, std::min(p.size.y() / kDesignHeight, p.size.x() / 640.0));
  p.canvas.clear();
  // Text lies over every box of the canvas, so names make room for the help.
  if (!p.help) {
    for (const scene::Label& label : p.words.labels) p.label(label);
  }
  p.directions();
  p.legends();
  p.panel();
  if (p.help) p.help_list();
  p.canvas.finish();
}

}  // namespace foramen::vtk
