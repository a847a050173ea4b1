#include "sim/spine/muscle_paths.h"

namespace foramen {

bool is_above(Body body, Level level) {
  if (body == Body::Pelvis || body >= Body::ThighLeft) return false;
  return index(body) >= index(body_of(upper_vertebra(level)));
}

std::vector<MusclePath> muscle_paths(const Subject& subject, const BodyPoses& poses) {
  std::array<Pose, kLevelCount> discs;
  for (std::size_t l = 0; l < kLevelCount; ++l) {
    const Body lower = body_of(lower_vertebra(static_cast<Level>(l)));
    discs[l] = poses[static_cast<std::size_t>(index(lower))] * subject.levels[l].X_LD;
  }
  std::vector<MusclePath> paths(subject.muscles.size());
  std::vector<Vec3> points;
  for (std::size_t m = 0; m < paths.size(); ++m) {
    const auto& path = subject.muscles[m].path;
    points.clear();
    for (const PathPoint& point : path) {
      Vec3 x = Vec3::Zero();
      for (int c = 0; c < point.carrier_count; ++c) {
        const auto& carrier = point.carriers[static_cast<std::size_t>(c)];
        x += carrier.weight * (poses[static_cast<std::size_t>(index(carrier.body))] * carrier.point_B);
      }
      points.push_back(x);
    }
    std::vector<Vec3> force(points.size(), Vec3::Zero());
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const Vec3 d = points[i + 1] - points[i];
      const double length = d.norm();
      paths[m].length += length;
      force[i] += d / length;
      force[i + 1] -= d / length;
    }
    for (std::size_t l = 0; l < kLevelCount; ++l) {
      Wrench above;
      for (std::size_t i = 0; i < points.size(); ++i) {
        double share = 0;
        for (int c = 0; c < path[i].carrier_count; ++c) {
          const auto& carrier = path[i].carriers[static_cast<std::size_t>(c)];
          if (is_above(carrier.body, static_cast<Level>(l))) share += carrier.weight;
        }
        if (share == 0) continue;
        above.force += share * force[i];
        above.moment += share * (points[i] - discs[l].p).cross(force[i]);
      }
      paths[m].unit_D[l] = {-(discs[l].R.transpose() * above.force), -(discs[l].R.transpose() * above.moment)};
    }
  }
  return paths;
}

}  // namespace foramen
