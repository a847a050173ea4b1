#include "sim/anatomy/subject.h"

#include "sim/anatomy/builder.h"

namespace foramen {

Subject build_subject(const AnatomyTables& tables, const SubjectDescription& description) {
  build::check_description(tables, description);
  Subject subject;
  subject.description = description;
  build::Build build{tables, subject};
  build::place_canal(build);
  build::shape_vertebrae(build);
  build::place_levels(build);
  build::place_bodies(build);
  build::route_muscles(build);
  build::route_roots(build);
  for (std::size_t v = 0; v < subject.bones.size(); ++v) subject.bones[v] = ImplicitVertebra(subject.vertebrae[v]);
  build::grow_bones(build);
  build::shift_conjoined(build);
  return subject;
}

std::array<Pose, kBodyCount> standing_poses(const std::array<Segment, kBodyCount>& segments) {
  std::array<Pose, kBodyCount> poses;
  for (std::size_t b = 1; b < segments.size(); ++b) {
    const Segment& s = segments[b];
    poses[b] = poses[static_cast<std::size_t>(index(s.parent))] * s.X_PJ * s.X_BJ.inverse();
  }
  return poses;
}

Pose vertebra_pose(const Subject& subject, const std::array<Pose, kBodyCount>& bodies, Vertebra vertebra) {
  const Pose& body = bodies[static_cast<std::size_t>(index(body_of(vertebra)))];
  return vertebra == Vertebra::S1 ? body * subject.X_pelvis_S1 : body;
}

Pose upper_in_lower(const MotionSegment& segment, const Vec6& q) {
  return segment.X_LD * Pose{rotation_from_vector(q.head<3>()), q.tail<3>()} * segment.X_UD.inverse();
}

namespace build {

std::string Build::by_sex(std::string_view item) const {
  return std::string(item) + (person().sex == Sex::Male ? " male" : " female");
}

double Build::scale(std::string_view table_stature) const {
  return person().stature / tables.scaling.at("all", table_stature);
}

double Build::bone_scale() const {
  return scale("stature_bones") * tables.scaling.at("all", "bone_size");
}

}  // namespace build
}  // namespace foramen
