#include "viz/vtk/stage.h"

#include <fmt/core.h>
#include <vtkActor.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkLight.h>
#include <vtkLightCollection.h>
#include <vtkLightKit.h>
#include <vtkMath.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>
#include <vtkShaderProperty.h>
#include <vtkTypeInt32Array.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <map>
#include <string>

#include "sim/base/units.h"
#include "viz/vtk/overlay.h"
#include "viz/vtk/render_passes.h"

namespace foramen::vtk {
namespace {

/// One shape on the renderer, with all its triangles and, if it has them, with few.
struct Drawn {
  vtkNew<vtkPolyData> data, coarse_data;
  vtkNew<vtkPolyDataMapper> mapper, coarse_mapper;
  vtkNew<vtkActor> actor;
  vtkNew<vtkMatrix4x4> place;
  std::shared_ptr<const TriangleMesh> mesh, coarse;
  scene::Material material = scene::Material::Bone;
  bool wanted = true;
};

unsigned char byte(float share) {
  return static_cast<unsigned char>(share * 255.0f + 0.5f);
}

vtkNew<vtkFloatArray> vectors(const std::vector<Vec3>& from) {
  vtkNew<vtkFloatArray> array;
  array->SetNumberOfComponents(3);
  array->SetNumberOfTuples(static_cast<vtkIdType>(from.size()));
  float* out = array->GetPointer(0);
  for (const Vec3& v : from) {
    for (int k = 0; k < 3; ++k) *out++ = static_cast<float>(v[k]);
  }
  return array;
}

void set_mesh(vtkPolyData& data, const TriangleMesh& mesh) {
  vtkNew<vtkPoints> points;
  points->SetData(vectors(mesh.vertices));
  vtkNew<vtkTypeInt32Array> corners;
  corners->SetNumberOfValues(static_cast<vtkIdType>(3 * mesh.triangles.size()));
  vtkTypeInt32* out = corners->GetPointer(0);
  for (const auto& triangle : mesh.triangles) out = std::copy(triangle.begin(), triangle.end(), out);
  vtkNew<vtkCellArray> cells;
  cells->SetData(3, corners);
  data.SetPoints(points);
  data.SetPolys(cells);
  data.GetPointData()->SetNormals(vectors(mesh.normals));
}

void set_colours(vtkPolyData& data, const scene::Shape& shape) {
  if (shape.colours.empty()) {
    data.GetPointData()->SetScalars(nullptr);
    return;
  }
  const bool translucent = shape.opacities.size() == shape.colours.size();
  vtkNew<vtkUnsignedCharArray> array;
  array->SetNumberOfComponents(translucent ? 4 : 3);
  array->SetNumberOfTuples(static_cast<vtkIdType>(shape.colours.size()));
  unsigned char* out = array->GetPointer(0);
  for (std::size_t i = 0; i < shape.colours.size(); ++i) {
    const scene::Colour& c = shape.colours[i];
    for (const float part : {c.r, c.g, c.b}) *out++ = byte(part);
    if (translucent) *out++ = byte(shape.opacities[i]);
  }
  data.GetPointData()->SetScalars(array);
}

/// Makes a surface less translucent where it turns away from the eye, as thin walls are.
void set_rim(vtkActor& actor, const scene::Finish& finish) {
  if (finish.rim <= 0.0) return;
  actor.GetShaderProperty()->AddFragmentShaderReplacement(
      "//VTK::Light::Impl", true,
      fmt::format("//VTK::Light::Impl\n  gl_FragData[0].a = min(1.0, gl_FragData[0].a + {:.3f} * "
                  "pow(1.0 - abs(normalVCVSOutput.z), {:.2f}));\n",
                  finish.rim, finish.rim_power),
      false);
}

void set_finish(vtkActor& actor, const scene::Finish& finish, bool own_opacities) {
  vtkProperty& property = *actor.GetProperty();
  property.SetInterpolationToPhong();
  property.SetColor(static_cast<double>(finish.colour.r), static_cast<double>(finish.colour.g),
                    static_cast<double>(finish.colour.b));
  property.SetOpacity(own_opacities ? 1.0 : finish.opacity);
  property.SetAmbient(finish.ambient);
  property.SetDiffuse(finish.diffuse);
  property.SetSpecular(finish.specular);
  property.SetSpecularPower(finish.specular_power);
  if (own_opacities) actor.ForceTranslucentOn();
  set_rim(actor, finish);
}

void set_matrix(vtkMatrix4x4& matrix, const Pose& X) {
  for (int r = 0; r < 3; ++r) {
    for (int c = 0; c < 3; ++c) matrix.SetElement(r, c, X.R(r, c));
    matrix.SetElement(r, 3, X.p[r]);
  }
}

void set_vector(void (vtkCamera::*setter)(double, double, double), vtkCamera& camera, const Vec3& v) {
  (camera.*setter)(v.x(), v.y(), v.z());
}

Vec3 vector_of(const double* v) {
  return {v[0], v[1], v[2]};
}

}  // namespace

struct Stage::Parts {
  vtkNew<vtkRenderer> renderer;
  vtkNew<vtkLightKit> lights;
  std::map<std::string, Drawn> shapes;
  RenderPasses passes;
  std::unique_ptr<Overlay> overlay;
  vtkNew<vtkCallbackCommand> before_render;

  bool refined = false;
  scene::Drawing drawing;  ///< what is shown, for picking

  [[nodiscard]] Vec3 unprojected(double x, double y, double depth) const {
    renderer->SetDisplayPoint(x, y, depth);
    renderer->DisplayToWorld();
    const double* p = renderer->GetWorldPoint();
    return Vec3(p[0], p[1], p[2]) / p[3];
  }

  void add(Drawn& drawn, const scene::Shape& shape) {
    drawn.mapper->SetInputData(drawn.data);
    drawn.coarse_mapper->SetInputData(drawn.coarse_data);
    drawn.actor->SetUserMatrix(drawn.place);
    drawn.material = shape.material;
    set_finish(*drawn.actor, scene::finish(shape.material), !shape.opacities.empty());
    renderer->AddActor(drawn.actor);
  }

  /// While things move, the lights that fill the shadows and part bone from ground rest: each costs as much as the key.
  void set_lights(bool all) {
    vtkLightCollection* collection = renderer->GetLights();
    collection->InitTraversal();
    for (int i = 0; vtkLight* light = collection->GetNextItem(); ++i) {
      const bool needed = light->LightTypeIsHeadlight() || i < 2;
      if (!needed) light->SetSwitch(all);
    }
  }

  /// Fine meshes and the thin line round what presses come when things are still.
  void choose_mapper(Drawn& drawn) const {
    drawn.actor->SetVisibility(refined || drawn.material != scene::Material::Outline);
    const bool few = !refined && drawn.coarse && drawn.coarse != drawn.mesh;
    drawn.actor->SetMapper(few ? drawn.coarse_mapper : drawn.mapper);
  }

  void draw_shape(const scene::Shape& shape) {
    auto [entry, is_new] = shapes.try_emplace(shape.name);
    Drawn& drawn = entry->second;
    drawn.wanted = true;
    if (is_new) add(drawn, shape);
    if (drawn.mesh != shape.mesh) {
      drawn.mesh = shape.mesh;
      set_mesh(*drawn.data, *shape.mesh);
    }
    if (drawn.coarse != shape.coarse) {
      drawn.coarse = shape.coarse;
      if (shape.coarse && shape.coarse != shape.mesh) set_mesh(*drawn.coarse_data, *shape.coarse);
    }
    if (!shape.colours.empty() || drawn.data->GetPointData()->GetScalars()) set_colours(*drawn.data, shape);
    // Of closed surfaces the eye sees one side; a translucent shell seen through itself is muddy besides.
    drawn.actor->GetProperty()->SetBackfaceCulling(!shape.open || scene::finish(shape.material).opacity < 1.0);
    choose_mapper(drawn);
    set_matrix(*drawn.place, shape.X_WM);
  }
};

Stage::Stage() : parts_(std::make_unique<Parts>()) {
  vtkRenderer* renderer = parts_->renderer;
  renderer->GradientBackgroundOn();
  renderer->SetTwoSidedLighting(true);
  renderer->AutomaticLightCreationOff();
  // Key light from above the viewer's shoulder, a third of it to fill, a little from behind to part bone from ground.
  parts_->lights->SetKeyLightIntensity(0.88);
  parts_->lights->SetKeyToFillRatio(2.6);
  parts_->lights->SetKeyToHeadRatio(3.4);
  parts_->lights->SetKeyToBackRatio(3.5);
  parts_->lights->SetKeyLightWarmth(0.54);
  parts_->lights->SetFillLightWarmth(0.46);
  parts_->lights->AddLightsToRenderer(renderer);
  parts_->set_lights(false);
  parts_->overlay = std::make_unique<Overlay>(renderer);
  set_theme(scene::Theme::Light);
  // Words follow the camera: they are laid out anew before each picture.
  parts_->before_render->SetClientData(parts_->overlay.get());
  parts_->before_render->SetCallback([](vtkObject* caller, unsigned long, void* overlay, void*) {
    RenderPasses::let_later_cover(vtkRenderer::SafeDownCast(caller));
    static_cast<Overlay*>(overlay)->lay_out();
  });
  renderer->AddObserver(vtkCommand::StartEvent, parts_->before_render);
}

Stage::~Stage() = default;

vtkRenderer* Stage::renderer() const {
  return parts_->renderer;
}

void Stage::show(const scene::Drawing& drawing) {
  for (auto& [name, drawn] : parts_->shapes) drawn.wanted = false;
  for (const scene::Shape& shape : drawing.shapes) parts_->draw_shape(shape);
  for (auto entry = parts_->shapes.begin(); entry != parts_->shapes.end();) {
    if (entry->second.wanted) {
      ++entry;
      continue;
    }
    parts_->renderer->RemoveActor(entry->second.actor);
    entry = parts_->shapes.erase(entry);
  }
  parts_->overlay->set(drawing);
  parts_->drawing = drawing;
  parts_->renderer->ResetCameraClippingRange();
}

void Stage::place_camera(const scene::Camera& camera, bool parallel) {
  vtkCamera& c = *parts_->renderer->GetActiveCamera();
  set_vector(&vtkCamera::SetPosition, c, camera.position);
  set_vector(&vtkCamera::SetFocalPoint, c, camera.focus);
  set_vector(&vtkCamera::SetViewUp, c, camera.up);
  c.SetViewAngle(scene::kViewAngle / units::deg);
  c.SetParallelScale(camera.half_height);
  c.SetWindowCenter(-camera.focus_at.x(), -camera.focus_at.y());
  parts_->passes.set_scale(camera.half_height);
  set_parallel(parallel);
}

void Stage::orbit(double right, double up, double zoom) {
  vtkCamera& c = *parts_->renderer->GetActiveCamera();
  c.Azimuth(right / units::deg);
  c.Elevation(up / units::deg);
  c.OrthogonalizeViewUp();
  c.Dolly(zoom);
  c.SetParallelScale(c.GetParallelScale() / zoom);
  parts_->renderer->ResetCameraClippingRange();
}

void Stage::carry_camera(const Pose& motion) {
  vtkCamera& c = *parts_->renderer->GetActiveCamera();
  const Vec3 position = motion * vector_of(c.GetPosition());
  const Vec3 focus = motion * vector_of(c.GetFocalPoint());
  const Vec3 up = motion.R * vector_of(c.GetViewUp());
  set_vector(&vtkCamera::SetPosition, c, position);
  set_vector(&vtkCamera::SetFocalPoint, c, focus);
  set_vector(&vtkCamera::SetViewUp, c, up);
  parts_->renderer->ResetCameraClippingRange();
}

void Stage::set_parallel(bool parallel) {
  parts_->renderer->GetActiveCamera()->SetParallelProjection(parallel);
  parts_->renderer->ResetCameraClippingRange();
}

void Stage::refine(bool on) {
  parts_->refined = on;
  for (auto& [name, drawn] : parts_->shapes) parts_->choose_mapper(drawn);
  // The passes draw into a picture of their own from its corner on: beside others there is no such corner.
  const double* place = parts_->renderer->GetViewport();
  const bool alone = place[0] <= 0.0 && place[2] >= 1.0;
  parts_->passes.apply(parts_->renderer, !on ? Care::Moving : alone ? Care::Still : Care::StillBeside);
  parts_->set_lights(on);
}

void Stage::show_help(std::vector<scene::HelpLine> lines) {
  parts_->overlay->show_help(std::move(lines));
}

void Stage::show_words(const scene::WordsShown& shown) {
  parts_->overlay->show_words(shown);
}

void Stage::set_theme(scene::Theme theme) {
  const scene::ThemeColours& colours = scene::theme_colours(theme);
  const auto value = [](float part) { return static_cast<double>(part); };
  parts_->renderer->SetBackground(value(colours.ground_low.r), value(colours.ground_low.g),
                                  value(colours.ground_low.b));
  parts_->renderer->SetBackground2(value(colours.ground_high.r), value(colours.ground_high.g),
                                   value(colours.ground_high.b));
  parts_->overlay->set_theme(theme);
}

void Stage::set_text_scale(double scale, bool printed) {
  parts_->overlay->set_text_scale(scale, printed);
}

void Stage::set_place(const scene::PagePlace& place) {
  parts_->overlay->set_place(place);
}

std::vector<scene::Zone> Stage::covered(const Vec2& size) const {
  return parts_->overlay->covered(size);
}

std::optional<scene::Picked> Stage::pick(double x_px, double y_px) const {
  const scene::Ray ray{parts_->unprojected(x_px, y_px, 0.0), parts_->unprojected(x_px, y_px, 1.0)};
  return scene::pick(parts_->drawing, {ray.from_W, (ray.along_W - ray.from_W).normalized()});
}

Vec3 Stage::point_at(double x_px, double y_px, const Vec3& like_W) const {
  parts_->renderer->SetWorldPoint(like_W.x(), like_W.y(), like_W.z(), 1.0);
  parts_->renderer->WorldToDisplay();
  return parts_->unprojected(x_px, y_px, parts_->renderer->GetDisplayPoint()[2]);
}

}  // namespace foramen::vtk
