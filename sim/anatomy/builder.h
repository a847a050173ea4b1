#pragma once

/// The steps of build_subject. Each fills its own fields of the subject from the tables and what earlier steps filled.

#include "sim/anatomy/subject.h"
#include "sim/anatomy/tables.h"

namespace foramen::build {

struct Build {
  const AnatomyTables& tables;
  Subject& subject;

  [[nodiscard]] const SubjectDescription& person() const { return subject.description; }
  /// Row of the tables that differ by sex: "thigh female".
  [[nodiscard]] std::string by_sex(std::string_view item) const;
  [[nodiscard]] double scale(std::string_view table_stature) const;  ///< stature over that of a table's man
  [[nodiscard]] double bone_scale() const;                           ///< of the measured bones
};

/// Throws InputError, all problems at once, where the description cannot be a body.
void check_description(const AnatomyTables& tables, const SubjectDescription& description);

void place_canal(Build& build);      ///< canal, with stenosis and facet growth; canal_depth of the levels
void shape_vertebrae(Build& build);  ///< vertebrae but their facets; X_pelvis_S1
void place_levels(Build& build);     ///< levels, facets of the vertebrae
void place_bodies(Build& build);     ///< segments
void route_muscles(Build& build);    ///< muscles, specific_tension
void route_roots(Build& build);      ///< roots, tracts, conus
void grow_bones(Build& build);       ///< growths, and the bones that have them
void shift_conjoined(Build& build);  ///< courses of roots that share a sleeve with the one above

/// Sets the height of the foramen below a vertebra to what was measured, by the lower edge of its pedicles. Throws
/// InputError where no pedicle can be so.
void fit_foramen_height(Build& build, Level level);
/// Heights of the disc, replaced by what was measured.
void fit_disc_height(const Build& build, Level level, DiscGeometry& disc);

/// From the disc below a lumbar vertebra towards the disc above (or the joint of the thorax), in the vertebra's frame:
/// the frame in which muscle points and slice masses are tabulated. `height`: distance of the two [m].
[[nodiscard]] Pose disc_to_disc(const Subject& subject, const AnatomyTables& tables, Vertebra vertebra, double* height);

}  // namespace foramen::build
