#include "sim/run/vtk_series.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <cstring>
#include <vector>

#include "sim/base/base64.h"
#include "sim/base/parallel.h"
#include "sim/base/units.h"
#include "sim/run/recorder.h"
#include "sim/tissue/disc_surface.h"
#include "sim/tissue/root_material.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

static_assert(std::endian::native == std::endian::little, "the files say little endian");

/// Coarser than on screen: every frame repeats the bones [m].
constexpr double kBoneSpacing = 0.004;

/// A PolyData file in the making (VTK's XML format, arrays in base64 behind their 64-bit length).
class PolyData {
 public:
  void add_point(const Vec3& p) {
    for (const double v : p) points_.push_back(static_cast<float>(v));
  }
  [[nodiscard]] std::int32_t points() const { return static_cast<std::int32_t>(points_.size() / 3); }
  void add_triangle(std::int32_t a, std::int32_t b, std::int32_t c) {
    for (const std::int32_t i : {a, b, c}) polys_.push_back(i);
    poly_ends_.push_back(static_cast<std::int32_t>(polys_.size()));
  }
  /// A line through points `first` … `last`.
  void add_line(std::int32_t first, std::int32_t last) {
    for (std::int32_t i = first; i <= last; ++i) lines_.push_back(i);
    line_ends_.push_back(static_cast<std::int32_t>(lines_.size()));
  }
  void add_mesh(const TriangleMesh& mesh, const Pose& pose = {}) {
    const std::int32_t first = points();
    for (const Vec3& vertex : mesh.vertices) add_point(pose * vertex);
    for (const auto& t : mesh.triangles) add_triangle(first + t[0], first + t[1], first + t[2]);
  }
  /// Value of the array `name` at the points added since its last value (or all of one value).
  void fill(const char* name, double value) {
    std::vector<float>& array = array_of(name);
    array.resize(static_cast<std::size_t>(points()), static_cast<float>(value));
  }
  void append(const char* name, double value) { array_of(name).push_back(static_cast<float>(value)); }

  [[nodiscard]] std::string text() const {
    std::string data;
    for (const auto& [name, values] : arrays_) data += array(name, "Float32", values);
    return fmt::format(
        "<?xml version=\"1.0\"?>\n<VTKFile type=\"PolyData\" version=\"1.0\" byte_order=\"LittleEndian\" "
        "header_type=\"UInt64\">\n<PolyData>\n<Piece NumberOfPoints=\"{}\" NumberOfLines=\"{}\" NumberOfPolys=\"{}\">\n"
        "<PointData>\n{}</PointData>\n<Points>\n{}</Points>\n<Lines>\n{}{}</Lines>\n<Polys>\n{}{}</Polys>\n</Piece>\n"
        "</PolyData>\n</VTKFile>\n",
        points(), line_ends_.size(), poly_ends_.size(), data, array("points_m", "Float32", points_, 3),
        array("connectivity", "Int32", lines_), array("offsets", "Int32", line_ends_),
        array("connectivity", "Int32", polys_), array("offsets", "Int32", poly_ends_));
  }

 private:
  std::vector<float>& array_of(const char* name) {
    for (auto& [known, values] : arrays_) {
      if (known == name) return values;
    }
    return arrays_.emplace_back(name, std::vector<float>()).second;
  }

  template <class Value>
  static std::string array(const std::string& name, const char* type, const std::vector<Value>& values,
                           int components = 1) {
    const std::uint64_t size = values.size() * sizeof(Value);
    std::vector<unsigned char> bytes(sizeof size + size);
    std::memcpy(bytes.data(), &size, sizeof size);
    if (size > 0) std::memcpy(bytes.data() + sizeof size, values.data(), size);
    return fmt::format("<DataArray type=\"{}\" Name=\"{}\" NumberOfComponents=\"{}\" format=\"binary\">{}</DataArray>\n",
                       type, name, components, base64(bytes));
  }

  std::vector<float> points_;
  std::vector<std::int32_t> lines_, line_ends_, polys_, poly_ends_;
  std::vector<std::pair<std::string, std::vector<float>>> arrays_;
};

std::string bones_of(const Frame& frame, const Subject& subject, const std::vector<TriangleMesh>& meshes) {
  PolyData data;
  for (const Vertebra v : kVertebrae) {
    data.add_mesh(meshes[static_cast<std::size_t>(index(v))], vertebra_pose(subject, frame.spine.poses, v));
    data.fill("vertebra_L1_is_1", index(v) + 1);
  }
  return data.text();
}

std::string discs_of(const Frame& frame, const Subject& subject) {
  PolyData data;
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const LevelState& state = frame.spine.levels[l];
    const auto body = [&](Vertebra v) { return frame.spine.poses[static_cast<std::size_t>(index(body_of(v)))]; };
    const DiscSurface disc = disc_surface(subject.levels[l], state.bulge_since_standing, herniation_bumps(subject, level),
                                          body(upper_vertebra(level)), body(lower_vertebra(level)));
    data.add_mesh(disc.mesh);
    data.fill("level_L1L2_is_1", index(level) + 1);
    data.fill("pressure_MPa", state.disc.nucleus_pressure / units::MPa);
    data.fill("compression_N", state.compression);
    for (const double share : disc.protrusion) data.append("protrusion_share_1", share);
  }
  return data.text();
}

std::string roots_of(const Frame& frame, const Subject& subject) {
  PolyData data;
  const double factor = subject.description.parameters.root_stiffness;
  for (const Root root : kRoots) {
    for (const Side side : kSides) {
      const RootState& state =
          frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
      if (state.nodes.size() < 2) continue;
      const std::int32_t first = data.points();
      for (const RootNode& node : state.nodes) {
        data.add_point(node.position_W);
        data.append("pressure_mmHg", node.pressure / units::mmHg);
        data.append("tension_N", node.tension);
        data.append("strain_percent", root_strain_at(node.tension, factor) / units::percent);
        data.append("radius_mm", node.radius / units::mm);
      }
      data.add_line(first, data.points() - 1);
      data.fill("root_L1_is_1", index(root) + 1);
      data.fill("side_right_is_1", index(side));
    }
  }
  return data.text();
}

}  // namespace

void write_vtk_series(const Result& result, const fs::path& folder, int threads) {
  fs::create_directories(folder);
  std::vector<TriangleMesh> meshes(kVertebraCount);
  parallel_for(kVertebraCount, 1, threads,
               [&](std::size_t i) { meshes[i] = polygonise(result.subject->bones[i], kBoneSpacing); });
  const auto file_name = [](const char* kind, std::size_t i) { return fmt::format("{}_{:05}.vtp", kind, i); };
  parallel_for(result.frames.size(), 1, threads, [&](std::size_t i) {
    const Frame& frame = result.frames[i];
    if (!frame.converged()) return;
    write_file(folder / file_name("bones", i), bones_of(frame, *result.subject, meshes));
    write_file(folder / file_name("discs", i), discs_of(frame, *result.subject));
    write_file(folder / file_name("roots", i), roots_of(frame, *result.subject));
  });
  for (const char* kind : {"bones", "discs", "roots"}) {
    std::string series = "<?xml version=\"1.0\"?>\n<VTKFile type=\"Collection\" version=\"1.0\">\n<Collection>\n";
    for (std::size_t i = 0; i < result.frames.size(); ++i) {
      if (!result.frames[i].converged()) continue;
      series += fmt::format("<DataSet timestep=\"{}\" part=\"0\" file=\"{}\"/>\n", result.frames[i].time,
                            file_name(kind, i));
    }
    write_file(folder / (std::string(kind) + ".pvd"), series + "</Collection>\n</VTKFile>\n");
  }
}

}  // namespace foramen
