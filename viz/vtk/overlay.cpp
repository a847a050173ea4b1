#include "viz/vtk/overlay.h"

#include <vtkCamera.h>
#include <vtkRenderer.h>

#include <Eigen/Geometry>
#include <utility>
#include <variant>

#include "viz/vtk/canvas.h"

namespace foramen::vtk {
namespace {

Vec3 vector_of(const double* v) {
  return {v[0], v[1], v[2]};
}

}  // namespace

struct Overlay::Parts {
  vtkRenderer* renderer = nullptr;
  Canvas canvas;
  scene::Drawing words;
  scene::PageSetting setting;

  explicit Parts(vtkRenderer* r) : renderer(r), canvas(r) {
    setting.size_of = Canvas::size_of;
    setting.pixel_of = [this](const Vec3& point_W) {
      double x = point_W.x(), y = point_W.y(), z = point_W.z();
      renderer->WorldToView(x, y, z);
      renderer->ViewToNormalizedViewport(x, y, z);
      return Vec2(x * setting.size.x(), y * setting.size.y());
    };
  }
};

Overlay::Overlay(vtkRenderer* renderer) : parts_(std::make_unique<Parts>(renderer)) {}
Overlay::~Overlay() = default;

void Overlay::set(const scene::Drawing& drawing) {
  scene::Drawing words = drawing;
  words.shapes.clear();
  parts_->words = std::move(words);
}

void Overlay::set_theme(scene::Theme theme) {
  parts_->setting.theme = theme;
}

void Overlay::set_text_scale(double scale, bool printed) {
  parts_->setting.text_scale = scale;
  parts_->setting.printed = printed;
}

void Overlay::set_place(const scene::PagePlace& place) {
  parts_->setting.place = place;
}

void Overlay::show_words(const scene::WordsShown& shown) {
  parts_->setting.shown = shown;
}

void Overlay::show_help(std::vector<scene::HelpLine> lines) {
  parts_->setting.help = std::move(lines);
}

std::vector<scene::Zone> Overlay::covered(const Vec2& size) const {
  scene::PageSetting setting = parts_->setting;
  setting.size = size;
  return scene::covered_zones(parts_->words, setting);
}

void Overlay::lay_out() {
  Parts& p = *parts_;
  const int* size = p.renderer->GetSize();
  p.setting.size = Vec2(size[0], size[1]);
  vtkCamera& camera = *p.renderer->GetActiveCamera();
  p.setting.up_W = vector_of(camera.GetViewUp());
  p.setting.right_W = vector_of(camera.GetDirectionOfProjection()).cross(p.setting.up_W).normalized();
  const scene::Page page = scene::lay_out(p.words, p.setting);
  p.canvas.clear();
  for (const auto& mark : page.marks) {
    if (const auto* box = std::get_if<scene::Page::Box>(&mark)) {
      p.canvas.box(box->zone.low, box->zone.high, box->colour, box->opacity);
    } else if (const auto* line = std::get_if<scene::Page::Line>(&mark)) {
      p.canvas.line(line->from, line->to, line->width, line->colour);
    }
  }
  for (const scene::Page::Text& text : page.texts) p.canvas.text(text.at, text.text, text.style);
  p.canvas.finish();
}

}  // namespace foramen::vtk
