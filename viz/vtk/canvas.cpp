#include "viz/vtk/canvas.h"

#include <vtkActor2D.h>
#include <vtkCellArray.h>
#include <vtkCellData.h>
#include <vtkNew.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper2D.h>
#include <vtkProperty2D.h>
#include <vtkRenderer.h>
#include <vtkTextActor.h>
#include <vtkTextProperty.h>
#include <vtkTextRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>
#include <vector>

namespace foramen::vtk {
namespace {

constexpr int kDpi = 72;  ///< a font's points are pixels

void set(vtkTextProperty& property, const TextStyle& style) {
  property.SetFontFamilyToArial();
  property.SetFontSize(style.size);
  property.SetBold(style.bold);
  property.SetColor(static_cast<double>(style.colour.r), static_cast<double>(style.colour.g),
                    static_cast<double>(style.colour.b));
  property.SetJustification(style.align == Align::Left     ? VTK_TEXT_LEFT
                            : style.align == Align::Centre ? VTK_TEXT_CENTERED
                                                           : VTK_TEXT_RIGHT);
  property.SetVerticalJustificationToBottom();
  property.SetLineSpacing(1.2);
}

unsigned char byte(double share) {
  return static_cast<unsigned char>(std::clamp(share * 255.0 + 0.5, 0.0, 255.0));
}

}  // namespace

struct Canvas::Parts {
  vtkRenderer* renderer = nullptr;
  vtkNew<vtkPolyData> boxes;
  vtkNew<vtkActor2D> box_actor;
  vtkNew<vtkPoints> points;
  vtkNew<vtkCellArray> cells;
  vtkNew<vtkUnsignedCharArray> colours;
  std::vector<vtkNew<vtkTextActor>> texts;  ///< kept, so that unchanged text is not set again
  std::size_t used = 0;

  void quad(const std::array<Vec2, 4>& corners, const scene::Colour& colour, double opacity) {
    cells->InsertNextCell(4);
    for (const Vec2& corner : corners) cells->InsertCellPoint(points->InsertNextPoint(corner.x(), corner.y(), 0.0));
    for (const float part : {colour.r, colour.g, colour.b}) colours->InsertNextValue(byte(static_cast<double>(part)));
    colours->InsertNextValue(byte(opacity));
  }
};

Canvas::Canvas(vtkRenderer* renderer) : parts_(std::make_unique<Parts>()) {
  parts_->renderer = renderer;
  parts_->colours->SetNumberOfComponents(4);
  parts_->boxes->SetPoints(parts_->points);
  parts_->boxes->SetPolys(parts_->cells);
  parts_->boxes->GetCellData()->SetScalars(parts_->colours);
  vtkNew<vtkPolyDataMapper2D> mapper;
  mapper->SetInputData(parts_->boxes);
  parts_->box_actor->SetMapper(mapper);
  renderer->AddActor2D(parts_->box_actor);
}

Canvas::~Canvas() = default;

void Canvas::clear() {
  parts_->points->Reset();
  parts_->cells->Reset();
  parts_->colours->Reset();
  parts_->used = 0;
}

void Canvas::box(const Vec2& low, const Vec2& high, const scene::Colour& colour, double opacity) {
  parts_->quad({low, Vec2(high.x(), low.y()), high, Vec2(low.x(), high.y())}, colour, opacity);
}

void Canvas::line(const Vec2& from, const Vec2& to, double width, const scene::Colour& colour) {
  const Vec2 along = (to - from).normalized() * 0.5 * width;
  const Vec2 across(-along.y(), along.x());
  parts_->quad({from - across, to - across, to + across, from + across}, colour, 1.0);
}

void Canvas::text(const Vec2& at, const std::string& text, const TextStyle& style) {
  if (parts_->used == parts_->texts.size()) {
    parts_->texts.emplace_back();
    parts_->renderer->AddActor2D(parts_->texts.back());
  }
  vtkTextActor* actor = parts_->texts[parts_->used++];
  set(*actor->GetTextProperty(), style);
  actor->SetInput(text.c_str());
  actor->SetPosition(at.x(), at.y());
  actor->VisibilityOn();
}

void Canvas::finish() {
  for (std::size_t i = parts_->used; i < parts_->texts.size(); ++i) parts_->texts[i]->VisibilityOff();
  parts_->points->Modified();
  parts_->cells->Modified();
  parts_->colours->Modified();
  parts_->boxes->Modified();
}

Vec2 Canvas::size_of(const std::string& text, const TextStyle& style) {
  // Asked for every picture, mostly for the words of the one before. All drawing is on one thread.
  static std::map<std::tuple<std::string, int, bool>, Vec2> known;
  constexpr std::size_t kMost = 4096;
  if (known.size() > kMost) known.clear();
  const auto [entry, is_new] = known.try_emplace({text, style.size, style.bold}, Vec2::Zero());
  if (is_new) {
    vtkNew<vtkTextProperty> property;
    set(*property, style);
    int box[4] = {0, 0, 0, 0};
    vtkTextRenderer::GetInstance()->GetBoundingBox(property, text, box, kDpi);
    entry->second = {box[1] - box[0] + 1, box[3] - box[2] + 1};
  }
  return entry->second;
}

}  // namespace foramen::vtk
