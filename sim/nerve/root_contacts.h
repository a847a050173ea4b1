#pragma once

/// The surfaces a root's nodes may touch at one instant: bones, disc walls and flava.

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

/// Contacts of one root at one instant. A surface far from a node is not measured again until the node has come near
/// enough to reach it.
class RootContacts {
 public:
  /// `course`: nodes where the root would lie freely; `guided`: first node that a channel guides; `radius` [m] and
  /// `tributary` length [m] per node, which must outlive this.
  RootContacts(const Surroundings& around, Root root, const std::vector<Vec3>& course, std::size_t guided,
               const std::vector<double>& radius, const std::vector<double>& tributary);

  /// Share of the herniations' height that counts, 0…1.
  void set_inflation(double inflation) { inflation_ = inflation; }

  /// Whether a herniation reaches this root's course.
  [[nodiscard]] bool herniated() const;

  /// See ContactField.
  void operator()(std::size_t i, const Vec3& p, bool derivatives, NodeContact& sum);

  /// Loads of all surfaces near a node at its final place, in the order of candidates.
  [[nodiscard]] std::vector<RootTouch> touches(std::size_t i, const Vec3& p) const;

 private:
  struct Near {
    ContactCandidate what;
    Vec3 start;       ///< where the node was when the surface was last measured …
    double distance;  ///< … and no nearer than this it was then [m]
  };

  /// Notes the nodes below `end` that a surface might touch. Distances change no faster than one walks, so most nodes
  /// need no evaluation.
  void find_near(const ContactCandidate& what, const std::vector<Vec3>& course, std::size_t end);
  [[nodiscard]] bool out_of_reach(const Near& n, std::size_t i, const Vec3& p) const;
  [[nodiscard]] const BoneField& field(const ContactCandidate& c) const;
  /// What the distance hardly falls below: cheap for bones, which it asks for no lattice.
  [[nodiscard]] double least_distance(const ContactCandidate& c, const Vec3& p) const;
  [[nodiscard]] double value(const ContactCandidate& c, const Vec3& p) const;
  [[nodiscard]] SurfaceDistance distance(const ContactCandidate& c, const Vec3& p, double inflation) const;

  const Surroundings& around_;
  const std::vector<double>& radius_;
  const std::vector<double>& tributary_;
  std::vector<std::vector<Near>> near_;
  double inflation_ = 1;
};

}  // namespace foramen
