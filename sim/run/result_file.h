#pragma once

/// result.h5: every frame of a run as arrays (HDF5), with units and descriptions as attributes.
///
///   /                attributes: program, version, schema, title, note, scenario (TOML), scenario_digest, data_digest
///   /time_s          frame
///   /status          frame: 0 ok, 1 strength exceeded, 2 not converged (its numbers are NaN)
///   /levels/Q        frame × level, for every quantity Q of a level
///   /roots/Q         frame × root × side
///   /roots/node_…    frame × root × side × node (× axis): the cables themselves
///   /body/Q          frame
///   /muscles/…       frame × fascicle; name, group and side per fascicle
///   /posture/angle_deg  frame × angle
///   /net/…           frame × level × axis: what the levels must carry
///   …/Q_p05, _p50, _p95  the same of an ensemble, where there is one
///   /bones/…         frame × vertebra × axis (× axis): where the bones are

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "sim/run/bands.h"
#include "sim/run/simulate.h"

namespace foramen {

/// Throws std::runtime_error with the file when the disk does not take it. Safe to call from several threads.
void write_result_file(const Result& result, const std::filesystem::path& file, const Bands* bands = nullptr);

/// Copies whole result files into groups of one file; what `target` holds under other names stays. Written whole or not
/// at all.
void join_result_files(const std::vector<std::pair<std::string, std::filesystem::path>>& groups,
                       const std::filesystem::path& target);

/// Names of the groups at the root of a file.
[[nodiscard]] std::vector<std::string> groups_of(const std::filesystem::path& file);

}  // namespace foramen
