/// What the description adds to a healthy body, and what it may not.

#include <fmt/format.h>

#include <cmath>

#include "sim/anatomy/builder.h"
#include "sim/base/error.h"
#include "sim/base/units.h"

namespace foramen::build {
namespace {

using units::mm;

/// Width of a healthy foramen in its upper half, which a growing articular process fills [m]: 8–10 mm (Jenis & An
/// 2000).
constexpr double kForamenWidth = 9 * mm;
/// What a laminectomy opens behind the sac: the thickness of a lumbar lamina, 5–7 mm (Xu 1999 Spine 24:107).
constexpr double kLaminaThickness = 6 * mm;
/// What of a space may be taken at most: the model keeps a slit.
constexpr double kMostNarrowing = 0.9;
/// A slip beyond half of the disc leaves too little of it to carry load (Meyerding grade III and above).
constexpr double kMostSlip = 0.5;

class Problems {
 public:
  void require(bool good, std::string key, std::string message) {
    if (!good) found_.push_back({.key = "subject." + std::move(key), .message = std::move(message)});
  }
  void finish() {
    if (!found_.empty()) throw InputError(std::move(found_));
  }

 private:
  std::vector<InputProblem> found_;
};

void check_person(const SubjectDescription& d, Problems& problems) {
  const auto within = [&](const char* key, double value, double low, double high, const char* unit) {
    problems.require(value >= low && value <= high, key,
                     fmt::format("{} {} is not between {} and {}", value, unit, low, high));
  };
  // The tables are those of adults; beyond these limits scaling them says nothing.
  within("stature_m", d.stature, 1.3, 2.2, "m");
  within("mass_kg", d.mass, 30, 250, "kg");
  within("age_years", d.age_years, 15, 110, "years");
  within("strength", d.strength, 0.05, 5, "");
}

template <class Condition, class Check>
void check_each(const std::vector<Condition>& conditions, Check&& check) {
  for (std::size_t i = 0; i < conditions.size(); ++i) check(conditions[i], std::to_string(i));
}

void check_conditions(const AnatomyTables& t, const SubjectDescription& d, Problems& problems) {
  const double scale = d.stature / t.scaling.at("all", "stature_bones") * t.scaling.at("all", "bone_size");
  const auto disc_size = [&](Level level, const char* quantity) { return scale * t.levels.at(name(level), quantity); };
  check_each(d.discs, [&](const DiscCondition& c, const std::string& i) {
    problems.require(c.pfirrmann >= 1 && c.pfirrmann <= 5, "disc." + i + ".pfirrmann",
                     fmt::format("{} is not a grade from 1 to 5", c.pfirrmann));
    problems.require(c.height_loss >= 0 && c.height_loss <= kMostNarrowing, "disc." + i + ".height_loss_percent",
                     fmt::format("{} % is not between 0 and 90", c.height_loss / units::percent));
    for (const DiscCondition& other : d.discs) {
      problems.require(&other >= &c || other.level != c.level, "disc." + i + ".level",
                       fmt::format("{} is described twice", name(c.level)));
    }
  });
  check_each(d.herniations, [&](const Herniation& h, const std::string& i) {
    const double most = 0.5 * disc_size(h.level, "depth");
    problems.require(
        h.protrusion >= 0 && h.protrusion <= most, "herniation." + i + ".protrusion_mm",
        fmt::format("{} mm is not between 0 and {:.0f}, half the depth of the disc", h.protrusion / mm, most / mm));
    const double widest = disc_size(h.level, "width");
    problems.require(
        h.width > 0 && h.width <= widest, "herniation." + i + ".width_mm",
        fmt::format("{} mm is not between 0 and {:.0f}, the width of the disc", h.width / mm, widest / mm));
    problems.require((h.side == HerniationSide::Central) == (h.zone == HerniationZone::Central),
                     "herniation." + i + ".side", "the side \"central\" and the zone \"central\" go together");
  });
  check_each(d.stenoses, [&](const Stenosis& s, const std::string& i) {
    problems.require(s.narrowing >= 0 && s.narrowing <= kMostNarrowing, "stenosis." + i + ".narrowing_percent",
                     fmt::format("{} % is not between 0 and 90", s.narrowing / units::percent));
  });
  check_each(d.facets, [&](const FacetCondition& f, const std::string& i) {
    problems.require(
        f.hypertrophy >= 0 && f.hypertrophy <= kMostNarrowing * kForamenWidth, "facet." + i + ".hypertrophy_mm",
        fmt::format("{} mm is not between 0 and {:.1f}", f.hypertrophy / mm, kMostNarrowing * kForamenWidth / mm));
  });
  check_each(d.flava, [&](const FlavumCondition& f, const std::string& i) {
    problems.require(f.thickening >= 0 && f.thickening <= 10 * mm, "flavum." + i + ".thickening_mm",
                     fmt::format("{} mm is not between 0 and 10", f.thickening / mm));
  });
  check_each(d.osteophytes, [&](const Osteophyte& o, const std::string& i) {
    problems.require(o.size >= 0 && o.size <= 10 * mm, "osteophyte." + i + ".size_mm",
                     fmt::format("{} mm is not between 0 and 10", o.size / mm));
  });
  check_each(d.piriformis, [&](const PiriformisCondition& p, const std::string& i) {
    problems.require(p.thickening >= 0 && p.thickening <= 10 * mm, "piriformis." + i + ".thickening_mm",
                     fmt::format("{} mm is not between 0 and 10", p.thickening / mm));
  });
  check_each(d.root_conditions, [&](const RootCondition& r, const std::string& i) {
    problems.require(r.kind != RootKind::Conjoined || r.root != Root::L1, "root." + i + ".root",
                     "L1 has no root above it in the model to be conjoined with");
    const int apart = r.level ? index(*r.level) - index(r.root) : -1;
    problems.require(r.kind != RootKind::Tethered || (apart >= -1 && apart <= 0 && index(r.root) + apart >= 0),
                     "root." + i + ".level", fmt::format("the disc does not lie beside the {} root", name(r.root)));
  });
  check_each(d.slips, [&](const Slip& s, const std::string& i) {
    const double most = kMostSlip * disc_size(s.level, "depth");
    problems.require(std::abs(s.anterior) <= most, "slip." + i + ".anterior_mm",
                     fmt::format("{} mm is more than {:.0f}, half the depth of the disc", s.anterior / mm, most / mm));
  });
}

void narrow(double& space, double fraction) {
  space *= 1 - fraction;
}

template <class Apply>
void for_sides(const std::optional<Side>& side, Apply&& apply) {
  for (const Side s : kSides) {
    if (!side || *side == s) apply(static_cast<std::size_t>(index(s)));
  }
}

}  // namespace

void check_description(const AnatomyTables& tables, const SubjectDescription& description) {
  Problems problems;
  check_person(description, problems);
  check_conditions(tables, description, problems);
  problems.finish();
}

void place_canal(Build& b) {
  auto& canals = b.subject.canal;
  for (const Vertebra v : kVertebrae) {
    const std::string item = b.by_sex(name(v));
    const double size = b.person().parameters.canal_size;
    const double recess = size * b.tables.canal.at(item, "recess_depth");
    canals[static_cast<std::size_t>(index(v))] = {.width = b.tables.canal.at(item, "width"),
                                                  .depth = size * b.tables.canal.at(item, "depth"),
                                                  .recess_depth = {recess, recess},
                                                  .foramen_narrowing = {0, 0}};
  }
  for (const Level level : kLevels) {
    const auto l = static_cast<std::size_t>(index(level));
    const MeasuredLevel& measured = b.person().measured[l];
    // The tables give the bony canal at the pedicles; at the disc the flavum lines the lamina.
    const double flavum = b.tables.levels.at(name(level), "flavum_thickness");
    b.subject.levels[l].canal_depth =
        measured.canal_depth.value_or(0.5 * (canals[l].depth + canals[l + 1].depth) - flavum);
    for (std::size_t side = 0; side < 2; ++side) {
      double& recess = canals[l + 1].recess_depth[side];
      recess = measured.recess_depth[side].value_or(recess);
    }
  }
  const auto upper = [&](Level l) -> CanalGeometry& { return canals[static_cast<std::size_t>(index(l))]; };
  const auto lower = [&](Level l) -> CanalGeometry& { return canals[static_cast<std::size_t>(index(l)) + 1]; };
  for (const Stenosis& s : b.person().stenoses) {
    if (s.zone == StenosisZone::Canal) {
      narrow(lower(s.level).depth, s.narrowing);
      narrow(b.subject.levels[static_cast<std::size_t>(index(s.level))].canal_depth, s.narrowing);
    }
    for_sides(s.side, [&](std::size_t side) {
      if (s.zone == StenosisZone::Recess) narrow(lower(s.level).recess_depth[side], s.narrowing);
      double& taken = upper(s.level).foramen_narrowing[side];
      if (s.zone == StenosisZone::Foramen) taken = 1 - (1 - taken) * (1 - s.narrowing);
    });
  }
  for (const Surgery& s : b.person().surgeries) {
    if (s.kind != SurgeryKind::Laminectomy) continue;
    lower(s.level).depth += kLaminaThickness;
    b.subject.levels[static_cast<std::size_t>(index(s.level))].canal_depth += kLaminaThickness;
  }
  for (const FacetCondition& f : b.person().facets) {
    for_sides(f.side, [&](std::size_t side) {
      double& recess = lower(f.level).recess_depth[side];
      recess = std::max(recess - f.hypertrophy, (1 - kMostNarrowing) * recess);
      double& taken = upper(f.level).foramen_narrowing[side];
      taken = std::min(taken + f.hypertrophy / kForamenWidth, kMostNarrowing);
    });
  }
}

void shift_conjoined(Build& b) {
  // The common sleeve leaves the sac between the usual origin and the recess (estimate: half way).
  constexpr double kFartherOut = 0.5;
  for (const RootCondition& c : b.person().root_conditions) {
    if (c.kind != RootKind::Conjoined) continue;
    for_sides(c.side, [&](std::size_t side) {
      auto& way = b.subject.roots[static_cast<std::size_t>(index(c.root))][side].waypoints;
      for (const std::size_t i : {0U, 1U})
        way[i].point_V.z() += kFartherOut * (way[2].point_V.z() - way[i].point_V.z());
    });
  }
}

void fit_disc_height(const Build& b, Level level, DiscGeometry& disc) {
  const MeasuredLevel& measured = b.person().measured[static_cast<std::size_t>(index(level))];
  if (!measured.disc_height && !measured.disc_height_posterior) return;
  const double before = disc.height_mean(), wedge = disc.height_anterior - disc.height_posterior;
  if (measured.disc_height && measured.disc_height_posterior) {
    disc.height_posterior = *measured.disc_height_posterior;
    disc.height_anterior = 2 * *measured.disc_height - disc.height_posterior;
    const std::string key = fmt::format("subject.measured.{}.disc_height_posterior_mm", name(level));
    if (disc.height_anterior < disc.height_posterior / 3)
      throw InputError(InputProblem{.key = key,
                                    .message = fmt::format("{} mm is too much of a mean height of {} mm",
                                                           disc.height_posterior / mm, *measured.disc_height / mm)});
    return;
  }
  // The wedge keeps its proportion.
  const double share =
      measured.disc_height ? *measured.disc_height / before : *measured.disc_height_posterior / (before - 0.5 * wedge);
  disc.height_anterior *= share;
  disc.height_posterior *= share;
}

void fit_foramen_height(Build& b, Level level) {
  const auto l = static_cast<std::size_t>(index(level));
  const auto& measured = b.person().measured[l].foramen_height;
  if (!measured[0] && !measured[1]) return;
  const double wanted = 0.5 * (measured[0].value_or(*measured[measured[0] ? 0 : 1]) +
                               measured[1].value_or(*measured[measured[1] ? 1 : 0]));
  const MotionSegment& segment = b.subject.levels[l];
  VertebraDimensions& above = b.subject.vertebrae[l];
  const VertebraDimensions& below = b.subject.vertebrae[l + 1];
  const Pose X_LD =
      lower_vertebra(level) == Vertebra::S1 ? b.subject.X_pelvis_S1.inverse() * segment.X_LD : segment.X_LD;
  const Pose X_LU = X_LD * segment.X_UD.inverse();
  const Vec3 bottom = below.pedicle_centre + Vec3(0, 0.5 * below.pedicle_height, 0);
  const Vec3 down = -X_LU.R.col(1);
  const Vec3 edge = X_LU * Vec3(above.pedicle_centre - Vec3(0, 0.5 * above.pedicle_height, 0));
  // Along the pedicle's own vertical until the edges are as far apart as was measured.
  const Vec3 apart = edge - bottom;
  const double along = apart.dot(down), across = (apart - along * down).norm();
  const double moved = -along - std::sqrt(std::max(0.0, wanted * wanted - across * across));
  const double height = above.pedicle_height + moved;
  constexpr double kLeast = 4 * mm, kMost = 25 * mm;
  if (wanted <= across || height < kLeast || height > kMost) {
    throw InputError(InputProblem{
        .key = fmt::format("subject.measured.{}.foramen_height_mm", name(level)),
        .message = fmt::format("{:.1f} mm would need a pedicle {:.1f} mm high above it; between {:.0f} and {:.0f} is "
                               "possible (does the disc height fit?)",
                               wanted / mm, height / mm, kLeast / mm, kMost / mm)});
  }
  above.pedicle_height = height;
  above.pedicle_centre.y() -= 0.5 * moved;
}

}  // namespace foramen::build
