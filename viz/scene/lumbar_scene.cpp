#include "viz/scene/lumbar_scene.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "sim/base/csv.h"
#include "sim/tissue/disc_surface.h"
#include "viz/scene/bone_meshes.h"
#include "viz/scene/dermatome.h"
#include "viz/scene/disc_shapes.h"
#include "viz/scene/legends.h"
#include "viz/scene/mesh_tools.h"
#include "viz/scene/nerve_shapes.h"
#include "viz/scene/section.h"
#include "viz/scene/skin.h"
#include "viz/scene/soft_shapes.h"
#include "viz/scene/surroundings.h"
#include "viz/scene/views.h"

namespace foramen::scene {
namespace {

constexpr double kSliceThickness = 0.032;    ///< of the axial section: one vertebral body [m]
constexpr double kCanalDepth = 0.060;        ///< of what the view into the canal shows: two levels [m]
constexpr double kArchDepth = 0.045;         ///< from a root to where it hides nothing of the cut arch [m]
constexpr double kOutlineDistance = 0.0007;  ///< of the line round a disc [m]

/// The part of a disc's surface that has left the disc, a little outside it.
TriangleMesh protrusion_shell(const Subject& subject, const Frame& frame, Level level) {
  constexpr double kLeft = 0.04;  // share of the bump's height
  const MotionSegment& segment = subject.levels[static_cast<std::size_t>(index(level))];
  const auto pose = [&](Vertebra v) { return frame.spine.poses[static_cast<std::size_t>(index(body_of(v)))]; };
  const DiscSurface surface =
      disc_surface(segment, frame.spine.levels[static_cast<std::size_t>(index(level))].bulge_since_standing,
                   herniation_bumps(subject, level), pose(upper_vertebra(level)), pose(lower_vertebra(level)));
  TriangleMesh shell = inflated(surface.mesh, kOutlineDistance);
  std::erase_if(shell.triangles, [&](const std::array<int, 3>& triangle) {
    return std::all_of(triangle.begin(), triangle.end(),
                       [&](int v) { return surface.protrusion[static_cast<std::size_t>(v)] < kLeft; });
  });
  return shell;
}

/// The bone of a level that a place touches.
Vertebra touched_bone(const Subject& subject, const Frame& frame, Level level, const Vec3& place_W) {
  const auto distance = [&](Vertebra v) {
    const Vec3 place_V = vertebra_pose(subject, frame.spine.poses, v).inverse() * place_W;
    return subject.bones[static_cast<std::size_t>(index(v))].distance(place_V);
  };
  const Vertebra upper = upper_vertebra(level), lower = lower_vertebra(level);
  return distance(upper) < distance(lower) ? upper : lower;
}

/// A dark line round what presses the most loaded root.
void add_outline(Drawing& drawing, const Subject& subject, const BoneMeshes& bones, const Frame& frame) {
  const RootPeak peak = pointed_root(frame);
  if (peak.pressure < kFindingFrom) return;
  const RootState& root =
      frame.nerve.roots[static_cast<std::size_t>(index(peak.root))][static_cast<std::size_t>(index(peak.side))];
  const Level level = root.pressed_by.level;
  switch (root.pressed_by.structure) {
    case Structure::Herniation:
      drawing.shapes.push_back(
          {"outline", Material::Outline, shared(protrusion_shell(subject, frame, level)), {}, Pose{}});
      return;
    case Structure::Disc:
      if (const Shape* disc = drawing.find(fmt::format("disc {}", name(level)))) {
        drawing.shapes.push_back(
            {"outline", Material::Outline, shared(inflated(*disc->mesh, kOutlineDistance)), {}, disc->X_WM});
      }
      return;
    case Structure::Flavum:
    case Structure::ForaminalLigament:
      if (const Shape* ligaments = drawing.find(fmt::format("ligaments {}", name(level)))) {
        drawing.shapes.push_back(
            {"outline", Material::Outline, shared(inflated(*ligaments->mesh, kOutlineDistance)), {}, Pose{}});
      }
      return;
    case Structure::None:
      return;
    default: {
      const Vertebra bone = touched_bone(subject, frame, level, root.pressed_at_W);
      drawing.shapes.push_back({"outline",
                                Material::Outline,
                                bones.vertebrae[static_cast<std::size_t>(index(bone))].shell,
                                {},
                                vertebra_pose(subject, frame.spine.poses, bone)});
    }
  }
}

/// The skin with, on its leg, where the most loaded root is felt.
void add_body(Drawing& drawing, const Subject& subject, const Skin& skin,
              const std::shared_ptr<const std::vector<Body>>& carriers, const Frame& frame, const ColourRanges& ranges,
              bool with_dermatome) {
  if (skin.rest.vertices.empty()) return;
  auto posed = std::make_shared<TriangleMesh>(pose_skin(skin, frame.spine.poses));
  const RootPeak peak = pointed_root(frame);
  if (with_dermatome && peak.pressure >= kFindingFrom) {
    Shape area = dermatome_shape(subject, skin, *posed, peak.root, peak.side,
                                 root_colours().at(peak.pressure / ranges.root_pressure));
    if (!area.mesh->triangles.empty()) drawing.shapes.push_back(std::move(area));
  }
  drawing.shapes.push_back({"body", Material::Skin, std::move(posed), {}, Pose{}});
  drawing.shapes.back().bodies = carriers;
}

/// Places along trunk, head and limbs.
std::vector<Vec3> figure(const BodyPoses& poses) {
  constexpr int kPieces = 4;  // of a limb
  std::vector<Vec3> places;
  const auto along = [&](Body from, Body to) {
    const Vec3 &start = poses[static_cast<std::size_t>(index(from))].p,
               &end = poses[static_cast<std::size_t>(index(to))].p;
    for (int i = 0; i <= kPieces; ++i) places.push_back(start + (end - start) * i / kPieces);
  };
  along(Body::Pelvis, Body::Thorax);
  along(Body::Thorax, Body::Head);
  for (const Side side : kSides) {
    along(on_side(Body::UpperArmLeft, side), on_side(Body::ForearmLeft, side));
    along(on_side(Body::ForearmLeft, side), on_side(Body::HandLeft, side));
    along(on_side(Body::ThighLeft, side), on_side(Body::ShankLeft, side));
    along(on_side(Body::ShankLeft, side), on_side(Body::FootLeft, side));
  }
  return places;
}

void add_discs(Drawing& drawing, const Subject& subject, const Frame& frame, const ColourRanges& ranges,
               const SceneOptions& options) {
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const LevelState& state = frame.spine.levels[l];
    const double share = options.disc_compression ? state.compression / ranges.compression
                                                  : state.disc.nucleus_pressure / ranges.disc_pressure;
    const Colour colour = disc_colours().at(share);
    drawing.shapes.push_back(disc_shape(subject, frame, level, colour, options.cut()));
    if (!options.cut()) continue;
    Shape nucleus = nucleus_shape(subject, frame, level, colour);
    if (nucleus.mesh) drawing.shapes.push_back(std::move(nucleus));
  }
}

}  // namespace

struct LumbarScene::Parts {
  std::shared_ptr<const Subject> subject;
  Setting setting;
  ColourRanges ranges;
  MeshDetail detail;
  BoneMeshes bones;
  std::shared_ptr<const Skin> skin;
  std::shared_ptr<const std::vector<Body>> skin_bodies;
};

LumbarScene::LumbarScene(std::shared_ptr<const Subject> subject, Setting setting, const ColourRanges& ranges,
                         int threads, const MeshDetail& detail) {
  if (!subject) throw std::invalid_argument("a scene needs a subject");
  Parts parts{subject, std::move(setting), ranges, detail, {}, {}, {}};
  if (!parts.setting.texts) parts.setting.texts = std::make_shared<const Texts>(data_directory(), "en");
  parts.bones = make_bone_meshes(*subject, threads, detail);
  parts.skin = std::make_shared<const Skin>(make_skin(*subject));
  auto bodies = std::make_shared<std::vector<Body>>();
  for (std::size_t i = 0; i < parts.skin->carriers.size(); ++i) bodies->push_back(parts.skin->body_of_vertex(i));
  parts.skin_bodies = std::move(bodies);
  parts_ = std::make_unique<const Parts>(std::move(parts));
}
LumbarScene::LumbarScene(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
LumbarScene::~LumbarScene() = default;
LumbarScene::LumbarScene(LumbarScene&&) noexcept = default;
LumbarScene& LumbarScene::operator=(LumbarScene&&) noexcept = default;

LumbarScene LumbarScene::for_subject(std::shared_ptr<const Subject> subject, Setting setting, int threads) const {
  if (!subject) throw std::invalid_argument("a scene needs a subject");
  const SubjectDescription& now = subject->description;
  const SubjectDescription& before = parts_->subject->description;
  if (now.stature != before.stature || now.mass != before.mass || now.sex != before.sex) {
    return LumbarScene(std::move(subject), std::move(setting), parts_->ranges, threads, parts_->detail);
  }
  Parts parts{subject, std::move(setting), parts_->ranges, parts_->detail, {}, parts_->skin, parts_->skin_bodies};
  if (!parts.setting.texts) parts.setting.texts = parts_->setting.texts;
  parts.bones = make_bone_meshes(*subject, threads, parts_->detail, &parts_->bones);
  return LumbarScene(std::make_unique<const Parts>(std::move(parts)));
}

LumbarScene LumbarScene::in_these_bones(std::shared_ptr<const Subject> subject, Setting setting) const {
  if (!subject) throw std::invalid_argument("a scene needs a subject");
  Parts parts = *parts_;
  parts.subject = std::move(subject);
  if (!setting.texts) setting.texts = parts.setting.texts;
  parts.setting = std::move(setting);
  return LumbarScene(std::make_unique<const Parts>(std::move(parts)));
}

LumbarScene LumbarScene::with_texts(std::shared_ptr<const Texts> texts) const {
  Parts parts = *parts_;
  parts.setting.texts = std::move(texts);
  return LumbarScene(std::make_unique<const Parts>(std::move(parts)));
}

LumbarScene LumbarScene::with_ranges(const ColourRanges& ranges) const {
  Parts parts = *parts_;
  parts.ranges = ranges;
  return LumbarScene(std::make_unique<const Parts>(std::move(parts)));
}

Drawing LumbarScene::draw(const Frame& frame, const SceneOptions& options) const {
  const Subject& subject = *parts_->subject;
  const bool whole = !options.cut() && !options.ghost_arches;
  Drawing drawing;
  drawing.title = parts_->setting.texts->title(parts_->setting.title);
  add_vertebrae(drawing, parts_->bones, subject, frame.spine.poses, options.ghost_arches && !options.cut());
  if (options.context && whole) add_context(drawing, parts_->bones, frame.spine.poses);
  add_discs(drawing, subject, frame, parts_->ranges, options);
  if (options.ligaments) add_ligaments(drawing, subject, frame, parts_->ranges.ligament_tension);
  if (options.muscles) add_muscles(drawing, subject, frame);
  if (options.sac) add_sac(drawing, subject, frame, parts_->ranges, options.canal_section);
  if (options.tract && !options.cut()) add_tracts(drawing, subject, frame, parts_->ranges, options.root_colouring);
  add_roots(drawing, frame, parts_->ranges, options.root_colouring);
  if (options.outline && !options.cut()) add_outline(drawing, subject, parts_->bones, frame);
  if (options.surroundings && whole) {
    add_supports(drawing, frame, parts_->setting.course);
    add_loads(drawing, frame, parts_->setting.loads, parts_->setting.course);
  }
  const Texts& texts = *parts_->setting.texts;
  drawing.labels = labels(subject, frame, texts);
  if (options.forces && whole) add_forces(drawing, frame);
  if (options.body && whole) {
    add_body(drawing, subject, *parts_->skin, parts_->skin_bodies, frame, parts_->ranges, options.dermatome);
    drawing.figure_W = figure(frame.spine.poses);
  }
  drawing.legends = legends(subject, parts_->ranges, options, texts);
  drawing.rows = panel_rows(frame, texts);
  drawing.warning = warning_of(frame, texts);
  drawing.note = texts("model_note");
  if (!options.body) drawing.side_words = side_words(texts);
  drawing.axes_W = spine_axes(frame);
  if (!options.cut()) return drawing;
  const Plane plane = options.axial_section ? axial_plane(frame) : canal_plane(frame);
  drawing.rows.insert(drawing.rows.begin() + 1, {texts("view_section"), section_name(subject, frame, plane)});
  std::erase_if(drawing.labels, [](const Label& label) { return !label.finding; });
  for (Label& finding : drawing.labels) finding.clear_across = kArchDepth;
  return options.axial_section ? section(drawing, plane.point_W, plane.normal_W, kSliceThickness)
                               : section(drawing, plane.point_W, -plane.normal_W, kCanalDepth);
}

}  // namespace foramen::scene
