/// Vertebrae, discs, facets and ligaments: the measured column, scaled.

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/anatomy/builder.h"
#include "sim/base/units.h"

namespace foramen::build {
namespace {

std::size_t at(Vertebra v) {
  return static_cast<std::size_t>(index(v));
}
std::size_t at(Level l) {
  return static_cast<std::size_t>(index(l));
}

Mat3 tilted(double angle) {
  Mat3 R = Mat3::Identity();
  R(0, 0) = R(1, 1) = std::cos(angle);
  R(1, 0) = std::sin(angle);
  R(0, 1) = -R(1, 0);
  return R;
}

double healthy_height_factor(const Build& b, Level level) {
  return b.person().sex == Sex::Female ? b.tables.scaling.at(name(level), "disc_height_female") : 1.0;
}

DiscGeometry disc_of(const Build& b, Level level) {
  const auto fact = [&](const char* quantity) { return b.tables.levels.at(name(level), quantity); };
  const double s = b.bone_scale(), h = s * healthy_height_factor(b, level);
  DiscGeometry disc;
  for (const DiscCondition& c : b.person().discs) {
    if (c.level != level) continue;
    disc.pfirrmann = c.pfirrmann;
    disc.height_loss = c.height_loss;
  }
  disc.width = s * fact("width");
  disc.depth = s * fact("depth");
  disc.stiffness = b.person().parameters.disc_stiffness;
  disc.height_anterior = h * fact("height_anterior") * (1 - disc.height_loss);
  disc.height_posterior = h * fact("height_posterior") * (1 - disc.height_loss);
  fit_disc_height(b, level, disc);
  disc.area = s * s * fact("area");
  disc.wall_anterior = s * fact("wall_anterior");
  disc.wall_lateral = s * fact("wall_lateral");
  disc.wall_posterior = s * fact("wall_posterior");
  if (const auto& measured = b.person().measured[static_cast<std::size_t>(index(level))].disc_area) {
    const double larger = std::sqrt(*measured / disc.area);
    for (double* length : {&disc.width, &disc.depth, &disc.wall_anterior, &disc.wall_lateral, &disc.wall_posterior})
      *length *= larger;
    disc.area = *measured;
  }
  return disc;
}

/// Where the disc frame sits on one of its vertebrae: half the disc height off the endplate, along the disc's axis.
Pose disc_in(const Build& b, Level level, const std::string& which, double half_height) {
  const auto fact = [&](const std::string& quantity) { return b.tables.levels.at(name(level), which + quantity); };
  Pose X;
  X.R = tilted(fact("_tilt"));
  X.p = b.bone_scale() * Vec3(fact("_endplate_x"), fact("_endplate_y"), 0) + half_height * X.R.col(1);
  return X;
}

/// A size of the canal at a level, the mean of its two vertebrae, over that of men.
double canal_ratio(const Build& b, Level level, const char* quantity) {
  const auto both = [&](const auto& item_of) {
    return b.tables.canal.at(item_of(upper_vertebra(level)), quantity) +
           b.tables.canal.at(item_of(lower_vertebra(level)), quantity);
  };
  return both([&](Vertebra v) { return b.by_sex(name(v)); }) /
         both([](Vertebra v) { return std::string(name(v)) + " male"; });
}

/// Middle of the right joint. The tables' man was tall; bones grow with stature, but the canal hardly does (Griffith
/// 2016 QIMS 6:671): to the side and behind the disc a joint stands as far as the canal is wide and deep, as in an
/// average man.
Vec3 facet_centre(const Build& b, Level level) {
  constexpr double kAverageMan = 1.75;  // [m]
  const double average = kAverageMan / b.person().stature, s = b.bone_scale();
  const Vec3 measured = s * b.tables.facets.vector(name(level), "centre");
  const double back = -0.5 * s * b.tables.levels.at(name(level), "depth");
  return {back + canal_ratio(b, level, "depth") * average * (measured.x() - back), measured.y(),
          canal_ratio(b, level, "width") * average * measured.z()};
}

FacetGeometry right_facet(const Build& b, Level level) {
  const FactTable& t = b.tables.facets;
  const auto item = name(level);
  FacetGeometry f;
  f.centre_D = facet_centre(b, level);
  const double angle = t.at(item, "angle_from_sagittal"), tilt = t.at(item, "forward_tilt");
  f.normal_D = Vec3(-std::cos(tilt) * std::sin(angle), std::sin(tilt), -std::cos(tilt) * std::cos(angle));
  f.width = b.scale("stature_muscle") * t.at(item, "width");
  f.height = b.scale("stature_muscle") * t.at(item, "height");
  f.gap = t.at(item, "gap");
  return f;
}

/// A fibre between endplates that are `narrowed` closer than in the tables, and `lost` closer than when its rest length
/// formed: the rest length stays, so a lost disc height slackens it.
LigamentFibre scaled(LigamentFibre fibre, double scale, double narrowed, double lost, double slip) {
  fibre.upper_D *= scale;
  fibre.lower_D *= scale;
  const Vec3 born = fibre.upper_D - fibre.lower_D - Vec3(0, narrowed - lost, 0);
  fibre.upper_D += Vec3(slip, -0.5 * narrowed, 0);
  fibre.lower_D += Vec3(0, 0.5 * narrowed, 0);
  const double length = (fibre.upper_D - fibre.lower_D - Vec3(slip, 0, 0)).norm();
  fibre.reference_strain = born.norm() * (1 + fibre.reference_strain) / length - 1;
  fibre.stiffness *= scale * scale;
  return fibre;
}

void add_ligaments(const Build& b, Level level, MotionSegment& segment) {
  const double measured =
      0.5 * b.bone_scale() *
      (b.tables.levels.at(name(level), "height_anterior") + b.tables.levels.at(name(level), "height_posterior"));
  const MeasuredLevel& found = b.person().measured[at(level)];
  // A height that was measured is this person's own; only what is said to be lost of it slackens ligaments.
  const bool own = found.disc_height || found.disc_height_posterior;
  const double healthy =
      own ? segment.disc.height_mean() / (1 - segment.disc.height_loss) : measured * healthy_height_factor(b, level);
  for (const LigamentRow& row : b.tables.ligaments) {
    if (row.level != level) continue;
    const double narrowed = measured - segment.disc.height_mean(), lost = healthy - segment.disc.height_mean();
    LigamentFibre fibre = scaled(row.fibre, b.bone_scale(), narrowed, lost, segment.slip);
    fibre.stiffness *= b.person().parameters.ligament_stiffness;
    fibre.stiffness *= b.tables.parameters.at("ligament", kLigamentNames[static_cast<std::size_t>(row.fibre.ligament)]);
    segment.ligaments.push_back(fibre);
    if (!row.mirrored) continue;
    fibre.upper_D = mirrored(fibre.upper_D);
    fibre.lower_D = mirrored(fibre.lower_D);
    segment.ligaments.push_back(fibre);
  }
}

/// Share of its stiffness that the wall has lost where nucleus has herniated through it (estimate: a tear through most
/// of the lamellae).
constexpr double kTearSeverity = 0.6;

void add_conditions(const Build& b, Level level, MotionSegment& segment) {
  for (const Slip& slip : b.person().slips) {
    if (slip.level == level) segment.slip += slip.anterior;
  }
  const double healthy_flavum = segment.flavum_thickness;
  segment.flavum_thickness = b.person().measured[at(level)].flavum.value_or(healthy_flavum);
  for (const FlavumCondition& flavum : b.person().flava) {
    if (flavum.level == level) segment.flavum_thickness += flavum.thickening;
  }
  segment.flavum_growth = segment.flavum_thickness - healthy_flavum;
  for (const Herniation& herniation : b.person().herniations) {
    if (herniation.level != level) continue;
    segment.herniations.push_back(herniation);
    const VertebraDimensions& above = b.subject.vertebrae[at(upper_vertebra(level))];
    segment.tears.push_back({herniation_angle(herniation, segment.disc, above), 0.5 * herniation.width, kTearSeverity});
  }
}

/// Wear of a facet joint by grade 0…3: share of the gap left, and stiffening of the contact (estimates: cartilage thins
/// and bone hardens; Weishaupt 1999 grades 1 narrowing, 2 moderate, 3 severe).
constexpr std::array<double, 4> kGapLeft{1, 0.7, 0.4, 0.1};
constexpr std::array<double, 4> kArthroticStiffness{1, 1.3, 1.8, 2.5};

void wear_facets(const Build& b, Level level, MotionSegment& segment) {
  for (FacetGeometry& facet : segment.facets) facet.stiffening *= b.person().parameters.facet_stiffness;
  for (const FacetCondition& c : b.person().facets) {
    if (c.level != level) continue;
    for (const Side side : kSides) {
      if (c.side && *c.side != side) continue;
      FacetGeometry& facet = segment.facets[static_cast<std::size_t>(index(side))];
      facet.gap *= kGapLeft[static_cast<std::size_t>(c.arthrosis)];
      facet.stiffening *= kArthroticStiffness[static_cast<std::size_t>(c.arthrosis)];
      // Towards the coronal plane: the right joint's normal turns about the vertical, the left one's the other way.
      const double turn = side == Side::Right ? -c.tropism : c.tropism;
      facet.normal_D = rotation_from_vector(turn * Vec3::UnitY()) * facet.normal_D;
    }
  }
  for (const Spondylolysis& defect : b.person().pars_defects) {
    if (defect.level != level) continue;
    for (const Side side : kSides) {
      if (!defect.side || *defect.side == side) segment.facets[static_cast<std::size_t>(index(side))].carries = false;
    }
  }
}

/// Capsule and flavum in front of the medial margin of a facet joint [m] (estimate).
constexpr double kCapsule = 2 * units::mm;
/// Of the roof's sides, against the frontal plane: beyond, the lamina bounds the canal.
constexpr double kSteepestRoof = 1.5;

/// Medial margin of an articular surface, which is its foremost, as if on the right.
Vec3 medial_margin(FacetGeometry facet, Side side) {
  if (side == Side::Left) {
    facet.centre_D = mirrored(facet.centre_D);
    facet.normal_D = mirrored(facet.normal_D);
  }
  return facet.centre_D + 0.5 * facet.width * facet.normal_D.cross(Vec3::UnitY()).normalized();
}

/// The flavum covers the laminae and, at the medial margins of the joints, their capsules.
CanalRoof roof_of(const MotionSegment& segment) {
  Vec3 margin = Vec3::Zero();
  for (const Side side : kSides)
    margin += 0.5 * medial_margin(segment.facets[static_cast<std::size_t>(index(side))], side);
  const FacetGeometry& joint = segment.facets[0];
  CanalRoof roof;
  roof.half_width = std::max(3 * units::mm, margin.z());
  roof.top = joint.centre_D.y() + 0.5 * joint.height + kCapsule;
  // An articular surface is an ellipse: its margin falls back towards its top.
  roof.top_aside = joint.centre_D.y() + 0.25 * joint.height;
  const double depth = -0.5 * segment.disc.depth - (margin.x() + kCapsule);
  roof.slope = 1;
  roof.slope = std::clamp((segment.canal_depth - depth) / roof.rise(roof.half_width), 0.0, kSteepestRoof);
  return roof;
}

/// Share of the nucleus that is left when its free part is taken through the tear, and the opening that stays: half
/// width [m] and loss of stiffness (estimates; a discectomy removes 1–3 g of some 6–8 g of nucleus).
constexpr double kNucleusLeft = 0.8, kOpening = 4 * units::mm, kOpeningSeverity = 0.8;
/// What a laminectomy leaves of the facets' width when it undercuts their medial third.
constexpr double kUndercut = 2.0 / 3;
/// A film where the flavum was, so that surfaces that need one have it [m].
constexpr double kNoFlavum = 0.1 * units::mm;

void operate(const Build& b, Level level, MotionSegment& segment) {
  for (const Surgery& surgery : b.person().surgeries) {
    if (surgery.level != level) continue;
    if (surgery.kind == SurgeryKind::Fusion) segment.fused = true;
    if (surgery.kind == SurgeryKind::Discectomy) {
      segment.nucleus_share *= kNucleusLeft;
      for (DiscTear& tear : segment.tears) tear = {tear.phi, std::max(tear.half_width, kOpening), kOpeningSeverity};
      segment.herniations.clear();
    }
    if (surgery.kind == SurgeryKind::Laminectomy) {
      std::erase_if(segment.ligaments, [](const LigamentFibre& f) {
        return f.ligament == Ligament::LF || f.ligament == Ligament::ISL || f.ligament == Ligament::SSL;
      });
      segment.flavum_growth += kNoFlavum - segment.flavum_thickness;
      segment.flavum_thickness = kNoFlavum;
      for (FacetGeometry& facet : segment.facets) facet.width *= kUndercut;
    }
  }
}

/// Lets the articular processes of both bones meet with the joint's gap between them.
void shape_facets(Build& b, Level level) {
  const MotionSegment& segment = b.subject.levels[at(level)];
  const FacetGeometry& f = segment.facets[1];
  VertebraDimensions& upper = b.subject.vertebrae[at(upper_vertebra(level))];
  VertebraDimensions& lower = b.subject.vertebrae[at(lower_vertebra(level))];
  const Pose X_VD =
      lower_vertebra(level) == Vertebra::S1 ? b.subject.X_pelvis_S1.inverse() * segment.X_LD : segment.X_LD;
  lower.superior_facet_centre = X_VD * Vec3(f.centre_D - 0.5 * f.gap * f.normal_D);
  lower.superior_facet_normal = X_VD.R * f.normal_D;
  upper.inferior_facet_centre = segment.X_UD * Vec3(f.centre_D + 0.5 * f.gap * f.normal_D);
  upper.inferior_facet_normal = -(segment.X_UD.R * f.normal_D);
  lower.facet_width = f.width;
  lower.facet_height = f.height;
  if (lower_vertebra(level) == Vertebra::S1)
    lower.superior_articular_tip = lower.superior_facet_centre + Vec3(0, 0.5 * f.height, 0);
}

VertebraDimensions vertebra_of(const Build& b, Vertebra v) {
  const FactTable& t = b.tables.vertebrae;
  const auto item = name(v);
  const double s = b.bone_scale(), p = b.scale("stature_pedicle");
  const CanalGeometry& canal = b.subject.canal[at(v)];
  VertebraDimensions d;
  d.vertebra = v;
  d.endplate_width_upper = s * t.at(item, "endplate_width_upper");
  d.endplate_depth_upper = s * t.at(item, "endplate_depth_upper");
  d.pedicle_width = p * t.at(item, "pedicle_width");
  d.pedicle_height = p * t.at(item, "pedicle_height");
  d.canal_width = b.tables.canal.at(b.by_sex(item), "width");
  d.canal_depth = b.person().parameters.canal_size * b.tables.canal.at(b.by_sex(item), "depth");
  d.pedicle_centre = {s * t.at(item, "pedicle_x"), s * t.at(item, "pedicle_superior_y") - 0.5 * d.pedicle_height,
                      0.5 * (canal.width + d.pedicle_width)};
  if (v == Vertebra::S1) return d;
  d.endplate_width_lower = s * t.at(item, "endplate_width_lower");
  d.endplate_depth_lower = s * t.at(item, "endplate_depth_lower");
  d.height_anterior = s * t.at(item, "height_anterior");
  d.height_posterior = s * t.at(item, "height_posterior");
  d.transverse_width = s * t.at(item, "transverse_width");
  d.transverse_tip = s * t.vector(item, "transverse_tip");
  d.spinous_tip = s * Vec3(t.at(item, "spinous_tip_x"), t.at(item, "spinous_tip_y"), 0);
  d.spinous_height = s * t.at(item, "spinous_height");
  d.superior_articular_tip = s * t.vector(item, "superior_articular_tip");
  d.inferior_articular_tip = s * t.vector(item, "inferior_articular_tip");
  return d;
}

}  // namespace

void shape_vertebrae(Build& b) {
  for (const Vertebra v : kVertebrae) b.subject.vertebrae[at(v)] = vertebra_of(b, v);
  b.subject.X_pelvis_S1.R = tilted(b.tables.vertebrae.at("S1", "tilt"));
}

void place_levels(Build& b) {
  for (const Level level : kLevels) {
    MotionSegment& segment = b.subject.levels[at(level)];
    segment.disc = disc_of(b, level);
    segment.flavum_thickness = b.tables.levels.at(name(level), "flavum_thickness");
    add_conditions(b, level, segment);
    const double half = 0.5 * segment.disc.height_mean();
    segment.X_LD = disc_in(b, level, "lower", half);
    if (lower_vertebra(level) == Vertebra::S1) segment.X_LD = b.subject.X_pelvis_S1 * segment.X_LD;
    segment.X_UD = disc_in(b, level, "upper", -half);
    segment.X_UD.p -= segment.slip * segment.X_UD.R.col(0);
    const FacetGeometry right = right_facet(b, level);
    FacetGeometry left = right;
    left.centre_D = mirrored(right.centre_D);
    left.normal_D = mirrored(right.normal_D);
    segment.facets = {left, right};
    fit_foramen_height(b, level);
    add_ligaments(b, level, segment);
    shape_facets(b, level);
    wear_facets(b, level, segment);
    operate(b, level, segment);
    segment.roof = roof_of(segment);
  }
}

Pose disc_to_disc(const Subject& subject, const AnatomyTables& tables, Vertebra vertebra, double* height) {
  const Vec3 from = subject.levels[static_cast<std::size_t>(index(vertebra))].X_UD.p;
  Vec3 to;
  if (vertebra == Vertebra::L1) {
    const double s =
        subject.description.stature / tables.scaling.at("all", "stature_bones") * tables.scaling.at("all", "bone_size");
    to = s * Vec3(tables.vertebrae.at("L1", "thorax_joint_x"), tables.vertebrae.at("L1", "thorax_joint_y"), 0);
  } else {
    to = subject.levels[static_cast<std::size_t>(index(vertebra)) - 1].X_LD.p;
  }
  const Vec3 up = to - from;
  const double length = up.norm();
  if (height) *height = length;
  Pose X{Mat3::Identity(), from};
  X.R.col(1) = up / length;
  X.R.col(0) = Vec3(X.R(1, 1), -X.R(0, 1), 0);
  return X;
}

}  // namespace foramen::build
