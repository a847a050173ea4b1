#include "sim/nerve/root_report.h"

#include <algorithm>

#include "sim/tissue/root_material.h"

namespace foramen {

namespace {

/// Length over which contact pressure is averaged [m].
constexpr double kWindow = 5e-3;
/// Height of a protrusion from which contact there is the herniation's, not the disc's [m].
constexpr double kOnBump = 0.5e-3;
/// Less than this is no contact [Pa].
constexpr double kNoContact = 1.0;

/// Part of a vertebra that is nearest to a point, and the level it borders there.
PressedBy bone_name(const Surroundings& around, const ContactCandidate& who, Root root, Side side, const Vec3& p_W) {
  const std::size_t vertebra = who.which;
  const bool growth = who.kind == ContactCandidate::Kind::Growth;
  const Vec3 p = around.bones[vertebra].inverse() * p_W;
  const ImplicitVertebra& bone = around.subject->bones[vertebra];
  struct Choice {
    VertebraPart part;
    Structure structure;
  };
  constexpr std::array choices{Choice{VertebraPart::Body, Structure::VertebralBody},
                               Choice{VertebraPart::Pedicle, Structure::Pedicle},
                               Choice{VertebraPart::Lamina, Structure::Lamina},
                               Choice{VertebraPart::SuperiorArticular, Structure::SuperiorArticular},
                               Choice{VertebraPart::InferiorArticular, Structure::Facet},
                               Choice{VertebraPart::Osteophyte, Structure::Osteophyte}};
  PressedBy result;
  double best = 1;
  for (const Choice& choice : choices) {
    if (vertebra == static_cast<std::size_t>(index(Vertebra::S1)) && choice.part == VertebraPart::InferiorArticular)
      continue;
    const bool may_grow = choice.structure == Structure::Osteophyte || choice.structure == Structure::SuperiorArticular;
    if (growth ? !may_grow : choice.structure == Structure::Osteophyte) continue;
    const double d = bone.distance(choice.part, side, p);
    if (d < best) {
      best = d;
      result.structure = choice.structure;
    }
  }
  const int v = static_cast<int>(vertebra);
  const bool above = result.structure == Structure::SuperiorArticular, below = result.structure == Structure::Facet;
  // Articular processes belong to the joint they make, other parts to the side of the bone the root passes.
  const int level = above              ? v - 1
                    : below            ? v
                    : v < index(root)  ? v
                    : v == index(root) ? (p.y() > 0 ? v - 1 : v)
                                       : v - 1;
  result.level = static_cast<Level>(std::clamp(level, 0, kLevelCount - 1));
  return result;
}

/// Contact over a window of the root: the strongest structure's force, and the sum of all as vectors.
struct Window {
  double area = 0;
  Vec3 net = Vec3::Zero();
  ContactCandidate strongest{ContactCandidate::Kind::Bone, 0};
  double force = 0;  ///< of the strongest [N]
};

/// The window of kWindow that begins at node `first`; no area where the root ends before. `force`: room for those of
/// its structures.
Window window_from(std::size_t first, const RestingRoot& root, const std::vector<std::vector<RootTouch>>& touches,
                   std::vector<std::pair<ContactCandidate, double>>& force) {
  Window window;
  double span = 0;
  force.clear();
  for (std::size_t k = first; k < root.position.size() && span < kWindow; ++k) {
    const double length = std::min(root.tributary[k], kWindow - span);
    span += length;
    window.area += 2 * root.radius[k] * length;
    for (const RootTouch& touch : touches[k]) {
      window.net += touch.load * length * touch.normal;
      const auto same = std::find_if(force.begin(), force.end(), [&](const auto& e) {
        return e.first.kind == touch.what.kind && e.first.which == touch.what.which;
      });
      if (same == force.end()) {
        force.emplace_back(touch.what, touch.load * length);
      } else {
        same->second += touch.load * length;
      }
    }
  }
  if (span < 0.99 * kWindow || force.empty()) return {};
  const auto strongest =
      std::max_element(force.begin(), force.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  window.strongest = strongest->first;
  window.force = strongest->second;
  return window;
}

/// The most loaded node of a window.
std::size_t most_loaded(std::size_t first, const RestingRoot& root,
                        const std::vector<std::vector<RootTouch>>& touches) {
  std::size_t at = first;
  double most = -1;
  for (std::size_t k = first; k < root.position.size() && (root.position[k] - root.position[first]).norm() < kWindow;
       ++k) {
    double load = 0;
    for (const RootTouch& t : touches[k]) load = std::max(load, t.load);
    if (load > most) {
      most = load;
      at = k;
    }
  }
  return at;
}

PressedBy pressed_by(const Surroundings& around, const ContactCandidate& who, const RestingRoot& root, const Vec3& at) {
  if (who.bony()) return bone_name(around, who, root.root, root.side, at);
  if (who.kind == ContactCandidate::Kind::Flavum) return {Structure::Flavum, static_cast<Level>(who.which)};
  const bool on_bump = around.discs[who.which].protrusion_at(at) > kOnBump;
  return {on_bump ? Structure::Herniation : Structure::Disc, static_cast<Level>(who.which)};
}

}  // namespace

std::vector<double> report_contact(const Surroundings& around, const RootContacts& contacts, const RestingRoot& root,
                                   RootState& result) {
  const std::size_t nodes = root.position.size();
  std::vector<std::vector<RootTouch>> touches(nodes);
  result.clearance = 1;
  for (std::size_t i = 0; i < nodes; ++i) {
    double loss = 0;
    touches[i] = contacts.touches(i, root.position[i]);
    for (const RootTouch& t : touches[i]) {
      result.clearance = std::min(result.clearance, t.distance - root.radius[i]);
      loss += root_section_loss(t.distance, root.radius[i]);
    }
    result.section_loss = std::max(result.section_loss, std::min(1.0, loss));
  }
  std::vector<double> node_pressure(nodes, 0.0);
  std::vector<std::pair<ContactCandidate, double>> force;
  Window most;
  std::size_t most_from = 0;
  for (std::size_t i = 0; i < nodes; ++i) {
    const Window window = window_from(i, root, touches, force);
    if (window.area <= 0) continue;
    const double pressure = window.force / window.area;
    for (std::size_t k = i; k < nodes && (root.position[k] - root.position[i]).norm() < kWindow; ++k)
      node_pressure[k] = std::max(node_pressure[k], pressure);
    if (pressure <= result.pressure) continue;
    result.pressure = pressure;
    most = window;
    most_from = i;
  }
  if (most.area > 0) {
    const double unbalanced = std::min(1.0, most.net.norm() / most.force);
    result.tension_pressure = unbalanced * result.pressure;
    result.pinch_pressure = result.pressure - result.tension_pressure;
    result.pressed_at_W = root.position[most_loaded(most_from, root, touches)];
    if (result.pressure >= kNoContact)
      result.pressed_by = pressed_by(around, most.strongest, root, result.pressed_at_W);
  }
  return node_pressure;
}

}  // namespace foramen
