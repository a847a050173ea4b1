#pragma once

/// What to draw, without a word about how: the only thing that passes from the scene to the renderer.

#include <array>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/anatomy/implicit_vertebra.h"
#include "sim/base/names.h"
#include "sim/base/types.h"
#include "viz/scene/colour.h"

namespace foramen::scene {

/// What a shape is made of; decides its colour, gloss and translucency.
enum class Material {
  Bone,
  CutBone,
  GhostBone,
  Context,
  Disc,
  Root,
  Sac,
  Muscle,
  Ligament,
  Skin,
  Dermatome,
  Floor,
  Furniture,
  Load,
  Arrow,
  Outline
};
inline constexpr int kMaterialCount = 16;

/// How a material takes light. `opacity` 1 hides what is behind.
struct Finish {
  Colour colour;
  double opacity = 1;
  double ambient = 0, diffuse = 1, specular = 0, specular_power = 1;
  double rim = 0;          ///< opacity added where the surface turns away from the eye: thin walls look so
  double rim_power = 2.6;  ///< the larger, the narrower the rim: a narrow one is an outline
};
[[nodiscard]] const Finish& finish(Material material);

/// One surface in its place. A mesh that several drawings share (a bone) is one object, so a renderer can tell by the
/// pointer that only the place has changed.
struct Shape {
  std::string name;  ///< unique in a drawing: "bone L4", "root L5 left"
  Material material = Material::Bone;
  std::shared_ptr<const TriangleMesh> mesh = {};
  std::vector<Colour> colours = {};                 ///< one per vertex; empty: the material's
  Pose X_WM = {};                                   ///< places the mesh in the world
  std::vector<float> opacities = {};                ///< one per vertex, with `colours`; empty: the material's
  std::shared_ptr<const TriangleMesh> coarse = {};  ///< the same with few triangles, while things move; may be empty
  std::optional<Body> body = {};                    ///< what carries it, where one body does
  std::shared_ptr<const std::vector<Body>> bodies = {};  ///< per vertex, where several do
  bool open = false;  ///< can be seen from inside, as what a section leaves; all else is closed and faces outwards
};

/// A word beside a point of the world.
struct Label {
  std::string text;
  Vec3 anchor_W = Vec3::Zero();  ///< what it names [m]
  Vec3 beside_W = Vec3::Zero();  ///< the side it should stand on, with the distance that clears the thing named [m]
  double clear_across = 0;       ///< the distance that clears it across that direction [m]
  bool finding = false;          ///< a finding, with a line to its anchor, rather than a name
  std::string note = {};         ///< more about a finding, below it in lighter type
};

/// A colour scale beside the picture. Values are in `unit`, the reader's unit.
struct Legend {
  std::string title;
  std::string unit;
  double low = 0, high = 1;
  const ColourMap* colours = nullptr;
  std::vector<double> ticks;
  bool open_above = false;  ///< values above `high` take its colour
  /// A level that means something, drawn across the bar with its meaning.
  struct Mark {
    double value = 0;
    std::string meaning;
  };
  std::vector<Mark> marks = {};
  /// A colour that is no number.
  struct Key {
    Colour colour;
    std::string meaning;
  };
  std::vector<Key> keys = {};
};

/// One row of the text panel.
struct Row {
  std::string name;
  std::string value;
  bool chief = false;  ///< stays where there is room for few
};

/// One line of the help over a picture.
struct HelpLine {
  std::string key, does;
};

struct Drawing {
  std::vector<Shape> shapes;
  std::vector<Label> labels;
  std::vector<Legend> legends;
  std::string title;
  std::vector<Row> rows;
  std::string warning;                    ///< empty unless the numbers must not be trusted
  std::string note;                       ///< what the picture is not
  std::array<std::string, 6> side_words;  ///< front, back, head, feet, right, left; empty: sides are not named
  std::vector<Vec3> figure_W;             ///< places along the body that a finding should not hide [m]
  Mat3 axes_W = Mat3::Identity();         ///< of the spine: anterior, cranial, right as columns

  [[nodiscard]] const Shape* find(const std::string& name) const;
};

}  // namespace foramen::scene
