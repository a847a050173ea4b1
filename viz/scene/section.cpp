#include "viz/scene/section.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <utility>

#include "viz/scene/cut_mesh.h"

namespace foramen::scene {
namespace {

/// A mesh with every vertex and normal moved by `X`.
TriangleMesh moved(const TriangleMesh& mesh, const Pose& X) {
  TriangleMesh result = mesh;
  for (Vec3& vertex : result.vertices) vertex = X * vertex;
  for (Vec3& normal : result.normals) normal = X.R * normal;
  return result;
}

std::vector<Colour> picked(const std::vector<Colour>& colours, const std::vector<int>& sources) {
  std::vector<Colour> result;
  if (colours.empty()) return result;
  result.reserve(sources.size());
  for (const int source : sources) result.push_back(colours[static_cast<std::size_t>(source)]);
  return result;
}

}  // namespace

Drawing section(const Drawing& drawing, const Vec3& point_W, const Vec3& keep_W, double thickness) {
  // Frame C of the cut: x along `keep_W`, origin in the plane.
  const Vec3 y = keep_W.unitOrthogonal();
  Pose X_WC;
  X_WC.R << keep_W, y, keep_W.cross(y);
  X_WC.p = point_W;
  const Pose X_CW = X_WC.inverse();

  Drawing cut = drawing;
  cut.shapes.clear();
  int order = 0;
  for (const Shape& shape : drawing.shapes) {
    CutMesh parts = cut_mesh(moved(*shape.mesh, X_CW * shape.X_WM), 0.0);
    CutMesh far = cut_mesh(parts.front, thickness);
    if (far.back.triangles.empty()) continue;
    std::vector<int> sources;
    sources.reserve(far.back_source.size());
    for (const int vertex : far.back_source) sources.push_back(parts.front_source[static_cast<std::size_t>(vertex)]);
    cut.shapes.push_back({shape.name, shape.material, std::make_shared<const TriangleMesh>(std::move(far.back)),
                          picked(shape.colours, sources), X_WC});
    cut.shapes.back().open = true;
    if (parts.caps.triangles.empty()) continue;
    const Material face = shape.material == Material::Bone ? Material::CutBone : shape.material;
    // Things that touch or lie in one another are cut at one height: later ones lie over earlier ones.
    constexpr double kStep = 2e-5;  // [m]
    for (Vec3& vertex : parts.caps.vertices) vertex.x() -= kStep * order;
    ++order;
    cut.shapes.push_back({shape.name + " section", face, std::make_shared<const TriangleMesh>(std::move(parts.caps)),
                          picked(shape.colours, parts.caps_source), X_WC});
    cut.shapes.back().open = true;
  }
  std::erase_if(cut.labels, [&](const Label& label) {
    const double above = (X_CW * label.anchor_W).x();
    return !label.finding && (above < 0.0 || above > thickness);
  });
  return cut;
}

}  // namespace foramen::scene
