#pragma once

/// Measured joint angles: OpenSim's .mot and .sto, and plain CSV.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/posture_angles.h"

namespace foramen {

/// What a column of a file is: angle = scale × value + offset.
struct CoordinateMapping {
  struct Row {
    std::string coordinate;
    std::optional<PostureAngle> angle;  ///< nothing: passed over
    double scale = 1;
    double offset = 0;  ///< [rad]
  };
  std::vector<Row> rows;
};

/// Reads a table like data/opensim_coordinates.csv. Throws InputError with file and line.
[[nodiscard]] CoordinateMapping load_coordinate_mapping(const std::filesystem::path& file);

/// The samples of one angle that a file holds; gaps (empty or NaN) are left out.
struct MeasuredAngle {
  PostureAngle angle = PostureAngle::LumbarFlexion;
  std::vector<double> times;   ///< strictly increasing [s]
  std::vector<double> values;  ///< [rad]
};

struct MeasuredMotion {
  std::vector<MeasuredAngle> angles;
  double start = 0, end = 0;          ///< first and last time of the file [s]
  std::vector<std::string> warnings;  ///< unknown columns, gaps: "walk.mot: …"
};

/// Reads a .csv (first column time_s, then keyframe keys in degrees; a key without side is for both), or a .mot/.sto
/// (header to `endheader`, inDegrees=yes|no, then a line of column names beginning with time; columns named as posture
/// angles are understood beside those of the mapping). Throws InputError with file and line for what cannot be read:
/// no header, no numbers, rows of another length, times that do not increase, an angle with fewer than two samples,
/// two columns for one angle, an unknown column of a .csv.
[[nodiscard]] MeasuredMotion read_motion_file(const std::filesystem::path& file, const CoordinateMapping& mapping);

}  // namespace foramen
