/// Muscle paths: the tabulated points on this person's bones.

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/anatomy/builder.h"

namespace foramen::build {
namespace {

/// Maps tabulated points, all of the right side, onto the bodies of the subject.
class PathMapper {
 public:
  explicit PathMapper(const Build& b) : scale_(b.scale("stature_muscle")), poses_(standing_poses(b.subject.segments)) {
    pelvis_origin_ = b.subject.levels.back().X_LD.p;
    for (std::size_t v = 0; v < 5; ++v) {
      const auto vertebra = static_cast<Vertebra>(v);
      double height = 0;
      discs_[v] = disc_to_disc(b.subject, b.tables, vertebra, &height);
      lift_[v] = height / b.tables.scaling.at(name(vertebra), "muscle_frame_height");
    }
    // The abdominal wall stretches between pelvis and thorax with the lumbar column behind it.
    const Vec3 thorax = poses_[static_cast<std::size_t>(index(Body::Thorax))].p - pelvis_origin_;
    const double table_x = b.tables.scaling.at("all", "muscle_trunk_x"),
                 table_y = b.tables.scaling.at("all", "muscle_trunk_y");
    wall_lift_ = thorax.y() / table_y;
    wall_lean_ = (thorax.x() - scale_ * table_x) / table_y;
  }

  [[nodiscard]] PathPoint point(const MuscleRow::Point& row) const {
    PathPoint out;
    out.carriers[0].weight = 1;
    const auto carrier = row.carrier;
    if (carrier == MuscleCarrier::Abdomen) {
      on_wall(row, out);
    } else if (carrier == MuscleCarrier::Pelvis) {
      out.carriers[0].point_B = pelvis_origin_ + scale_ * row.point;
    } else if (carrier == MuscleCarrier::Thorax || carrier == MuscleCarrier::UpperArm) {
      out.carriers[0].body = carrier == MuscleCarrier::Thorax ? Body::Thorax : Body::UpperArmRight;
      out.carriers[0].point_B = scale_ * row.point;
    } else {
      const std::size_t v = 5 - static_cast<std::size_t>(carrier);  // MuscleCarrier::L5 is 1, Vertebra::L5 is 4
      out.carriers[0].body = body_of(static_cast<Vertebra>(v));
      out.carriers[0].point_B =
          discs_[v] * Vec3(scale_ * row.point.x(), lift_[v] * row.point.y(), scale_ * row.point.z());
    }
    return out;
  }

  /// Length of a path at standing [m].
  [[nodiscard]] double length(const std::vector<PathPoint>& path) const {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) sum += (place(path[i + 1]) - place(path[i])).norm();
    return sum;
  }

  [[nodiscard]] double scale() const { return scale_; }

 private:
  void on_wall(const MuscleRow::Point& row, PathPoint& out) const {
    const Vec3 p = pelvis_origin_ + Vec3(scale_ * row.point.x() + wall_lean_ * row.point.y(),
                                         wall_lift_ * row.point.y(), scale_ * row.point.z());
    const Pose& thorax = poses_[static_cast<std::size_t>(index(Body::Thorax))];
    const double w = row.thorax_share;
    out.carriers = {{{Body::Pelvis, p, 1 - w}, {Body::Thorax, thorax.inverse() * p, w}}};
    out.carrier_count = 2;
    if (w == 0) out.carrier_count = 1;
    if (w == 1) {
      std::swap(out.carriers[0], out.carriers[1]);
      out.carrier_count = 1;
    }
  }

  [[nodiscard]] Vec3 place(const PathPoint& point) const {
    const auto& c = point.carriers[0];  // the carriers agree at standing
    return poses_[static_cast<std::size_t>(index(c.body))] * c.point_B;
  }

  double scale_ = 1, wall_lift_ = 1, wall_lean_ = 0;
  std::array<Pose, kBodyCount> poses_;
  Vec3 pelvis_origin_ = Vec3::Zero();
  std::array<Pose, 5> discs_;
  std::array<double, 5> lift_{};
};

MuscleFascicle mirror(MuscleFascicle fascicle) {
  fascicle.side = Side::Left;
  for (PathPoint& point : fascicle.path) {
    for (auto& carrier : point.carriers) {
      carrier.point_B = mirrored(carrier.point_B);
      if (carrier.body == Body::UpperArmRight) carrier.body = Body::UpperArmLeft;
    }
  }
  return fascicle;
}

/// Sets the tendon so that fibres have the tabulated length over optimum at standing, kept within the given range.
void fit_tendon(MuscleFascicle& fascicle, const MuscleRow& row, double length, const PathMapper& mapper,
                const FactTable& parameters) {
  fascicle.optimal_length = mapper.scale() * row.optimal_length;
  const double cosine = std::cos(row.pennation);
  const double ratio = std::clamp((length - mapper.scale() * row.tendon_slack) / (fascicle.optimal_length * cosine),
                                  parameters.at("muscle", "neutral_fibre_ratio_min"),
                                  parameters.at("muscle", "neutral_fibre_ratio_max"));
  fascicle.tendon_slack = length - ratio * fascicle.optimal_length * cosine;
  if (fascicle.tendon_slack < 0) {  // a short fascicle is all fibre
    fascicle.tendon_slack = 0;
    fascicle.optimal_length = length / (ratio * cosine);
  }
}

/// Strength of a person beside a man of 30 years of the same stature.
double sex_and_age_factor(const Build& b) {
  const FactTable& parameters = b.tables.parameters;
  const double sex = b.person().sex == Sex::Female ? parameters.at("muscle", "strength_female") : 1.0;
  const double full = parameters.at("muscle", "strength_full_until"),
               half = parameters.at("muscle", "strength_half_at");
  const double decline = 0.5 * std::max(0.0, b.person().age_years - full) / (half - full);
  return sex * std::max(parameters.at("muscle", "strength_least"), 1 - decline);
}

AbdominalWall abdominal_wall(const Build& b) {
  const FactTable& parameters = b.tables.parameters;
  const double girth = parameters.at("abdominal_wall", "girth_over_stature") * b.person().stature;
  const Vec3 thorax = standing_poses(b.subject.segments)[static_cast<std::size_t>(index(Body::Thorax))].p;
  const double scale = b.scale("stature_muscle");
  return {girth / (2 * std::numbers::pi) - parameters.at("abdominal_wall", "thickness"),
          thorax.y() - b.subject.levels.back().X_LD.p.y(),
          scale * scale * parameters.at("abdominal_wall", "transversus_pcsa")};
}

double psoas_per_hip_moment(const Build& b) {
  const FactTable& parameters = b.tables.parameters;
  return parameters.at("hip", "psoas_share") / (b.scale("stature_muscle") * parameters.at("hip", "psoas_arm"));
}

}  // namespace

void route_muscles(Build& b) {
  const PathMapper mapper(b);
  const FactTable& parameters = b.tables.parameters;
  for (const MuscleRow& row : b.tables.muscles) {
    MuscleFascicle fascicle;
    fascicle.group = row.group;
    fascicle.side = Side::Right;
    fascicle.pcsa = row.pcsa * mapper.scale() * mapper.scale();
    fascicle.pennation = row.pennation;
    for (const MuscleRow::Point& point : row.points) fascicle.path.push_back(mapper.point(point));
    fit_tendon(fascicle, row, mapper.length(fascicle.path), mapper, parameters);
    MuscleFascicle left = mirror(fascicle);
    left.name = row.name + " left";
    fascicle.name = row.name + " right";
    b.subject.muscles.push_back(std::move(left));
    b.subject.muscles.push_back(std::move(fascicle));
  }
  b.subject.specific_tension = parameters.at("muscle", "specific_tension") * b.person().strength *
                               sex_and_age_factor(b) * b.person().parameters.muscle_stress;
  b.subject.passive_stress = parameters.at("muscle", "passive_stress");
  b.subject.wall = abdominal_wall(b);
  b.subject.psoas_per_hip_moment = psoas_per_hip_moment(b);
}

}  // namespace foramen::build
