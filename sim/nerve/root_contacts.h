#pragma once

/// The surfaces a root's nodes may touch at one instant: bones, disc walls and flava.

#include <optional>
#include <vector>

#include "sim/nerve/cable.h"
#include "sim/nerve/obstacles.h"

namespace foramen {

/// What a node may touch, in fixed order; the structure's name and level for the report.
struct ContactCandidate {
  enum class Kind { Bone, Growth, Disc, Flavum } kind;
  std::size_t which;

  /// Of bone, healthy or grown.
  [[nodiscard]] bool bony() const { return kind == Kind::Bone || kind == Kind::Growth; }
};

struct RootTouch {
  ContactCandidate what;
  double load = 0;  ///< [N/m]
  Vec3 normal = Vec3::Zero();
  double distance = 1;  ///< from the root's axis [m]
};

/// The surfaces around each node of a root's course in standing, from which none comes nearer than it moves.
class RootNeighbours {
 public:
  /// `course`: nodes where the root would lie freely; `guided`: first node that a channel guides; `radius` per node
  /// [m].
  RootNeighbours(const Surroundings& standing, Root root, const std::vector<Vec3>& course, std::size_t guided,
                 const std::vector<double>& radius);
  RootNeighbours() = default;

 private:
  friend class RootContacts;
  struct Neighbour {
    ContactCandidate what;
    Vec3 place;       ///< of the node, in the surface's frame
    double distance;  ///< no nearer than this it is there [m]
  };
  std::vector<Neighbour> all_;
  std::vector<std::size_t> first_;  ///< of each node, and the end
};

/// Contacts of one root at one instant. A surface far from a node is not measured again until the node has come near
/// enough to reach it.
class RootContacts {
 public:
  /// `growth` since standing; `radius` [m] and `tributary` length [m] per node, which must outlive this, as must
  /// `around`.
  RootContacts(const Surroundings& around, const WallGrowth& growth, const RootNeighbours& neighbours,
               const std::vector<double>& radius, const std::vector<double>& tributary);

  /// Share of the herniations' height that counts, 0…1.
  void set_inflation(double inflation) { inflation_ = inflation; }

  /// Whether a herniation reaches this root's `course`.
  [[nodiscard]] bool herniated(const std::vector<Vec3>& course) const;

  /// How far along the disc's wall the summit of the herniation under a node at `p` is [rad about the disc's axis]; no
  /// herniation there: nothing.
  [[nodiscard]] std::optional<double> to_summit(std::size_t i, const Vec3& p) const;
  /// A place turned by `angle` about the axis of the herniated disc near a node.
  [[nodiscard]] Vec3 along_wall(std::size_t i, const Vec3& p, double angle) const;

  /// See ContactField.
  bool operator()(std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum);

  /// Loads of all surfaces near a node at its final place, in the order of candidates.
  [[nodiscard]] std::vector<RootTouch> touches(std::size_t i, const Vec3& p) const;

 private:
  struct Near {
    ContactCandidate what;
    Vec3 start;       ///< where the node was when the surface was last measured …
    double distance;  ///< … and no nearer than this it was then [m]
  };
  struct Node {
    std::size_t first, end;        ///< its part of near_
    Vec3 clear_at = Vec3::Zero();  ///< nothing can be touched …
    double clear_within = -1;      ///< … so near to this place [m]
  };

  /// How much farther off a surface is than a node at `p` could reach, at least [m].
  [[nodiscard]] double spare(const Near& n, std::size_t i, const Vec3& p) const;
  /// Whether a node at `p` may touch a surface that it comes near enough to reach; measures what is new to it.
  bool reached(Near& n, std::size_t i, const Vec3& p);
  /// Adds the contact with a surface, which is measured; false if there is none.
  bool press(Near& n, std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum) const;
  /// Whether a surface is as near as it will come: at less than full inflation a herniation comes nearer yet.
  [[nodiscard]] bool whole(const ContactCandidate& what) const { return what.bony() || inflation_ >= 1; }
  /// The herniated disc near a node, if there is one.
  [[nodiscard]] const DiscWall* herniated_wall(std::size_t i) const;
  [[nodiscard]] double value(const ContactCandidate& c, const Vec3& p) const;
  [[nodiscard]] SurfaceDistance distance(const ContactCandidate& c, const Vec3& p, double inflation) const;

  const Surroundings& around_;
  const std::vector<double>& radius_;
  const std::vector<double>& tributary_;
  std::vector<Near> near_;
  std::vector<Node> nodes_;
  double inflation_ = 1;
};

}  // namespace foramen
