#include "sim/run/tables.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/base/units.h"
#include "sim/run/quantities.h"

namespace foramen {

namespace {

const char* status(const Frame& frame) {
  if (!frame.converged()) return "not_converged";
  return frame.spine.strength_suffices ? "ok" : "strength_exceeded";
}

template <class Quantities>
std::string header(std::string keys, const Quantities& quantities, const Bands* bands, const std::string& tail) {
  for (const auto& quantity : quantities) keys += fmt::format(",{}", quantity.name);
  if (bands) {
    for (const auto& quantity : quantities) {
      for (const char* suffix : kBandSuffixes) keys += fmt::format(",{}{}", quantity.name, suffix);
    }
  }
  return keys + tail + "\n";
}

/// The cells of `count` bands of a frame from `place` on; nothing without bands.
std::string band_cells(const Bands* bands, std::size_t frame, std::size_t place, std::size_t count) {
  std::string text;
  if (!bands) return text;
  for (std::size_t k = place; k < place + count; ++k) {
    const Band& band = bands->frames[frame][k];
    for (const double value : {band.p05, band.p50, band.p95}) text += "," + number_text(value);
  }
  return text;
}

/// ",value" of a quantity, or "," when the frame's numbers are not to be trusted.
std::string cell(const Frame& frame, double value) {
  return "," + (frame.converged() ? number_text(value) : std::string());
}

/// Header of OpenSim's .mot and .sto files (format version 1).
std::string storage_header(const std::string& title, std::size_t rows, std::size_t columns, bool degrees) {
  return fmt::format("{}\nversion=1\nnRows={}\nnColumns={}\ninDegrees={}\nendheader\n", title, rows, columns,
                     degrees ? "yes" : "no");
}

}  // namespace

std::string number_text(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}

std::string csv_cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

std::string levels_csv(const Result& result, const Bands* bands) {
  std::string text = header("time_s,level", level_quantities(), bands, ",status");
  for (std::size_t i = 0; i < result.frames.size(); ++i) {
    const Frame& frame = result.frames[i];
    for (const Level level : kLevels) {
      text += fmt::format("{},{}", frame.time, name(level));
      for (const LevelQuantity& quantity : level_quantities()) text += cell(frame, quantity.value(frame, level));
      text += band_cells(bands, i, level_place(level), level_quantities().size());
      text += fmt::format(",{}\n", status(frame));
    }
  }
  return text;
}

std::string roots_csv(const Result& result, const Bands* bands) {
  std::string text = header("time_s,root,side", root_quantities(), bands, ",pressed_by,status");
  for (std::size_t i = 0; i < result.frames.size(); ++i) {
    const Frame& frame = result.frames[i];
    for (const Root root : kRoots) {
      for (const Side side : kSides) {
        text += fmt::format("{},{},{}", frame.time, name(root), name(side));
        for (const RootQuantity& quantity : root_quantities()) text += cell(frame, quantity.value(frame, root, side));
        text += band_cells(bands, i, root_place(root, side), root_quantities().size());
        const RootState& state =
            frame.nerve.roots[static_cast<std::size_t>(index(root))][static_cast<std::size_t>(index(side))];
        text += fmt::format(",{},{}\n", csv_cell(state.pressed_by.text()), status(frame));
      }
    }
  }
  return text;
}

std::string muscles_csv(const Result& result) {
  std::string text = "time_s,muscle,group,side,activation,force_N,status\n";
  for (const Frame& frame : result.frames) {
    for (std::size_t i = 0; i < result.subject->muscles.size(); ++i) {
      const MuscleFascicle& muscle = result.subject->muscles[i];
      text += fmt::format("{},{},{},{}", frame.time, csv_cell(muscle.name), muscle.group, name(muscle.side));
      text += cell(frame, frame.spine.activation.at(i)) + cell(frame, frame.spine.muscle_force.at(i));
      text += fmt::format(",{}\n", status(frame));
    }
  }
  return text;
}

std::string body_csv(const Result& result, const Bands* bands) {
  std::string text = header("time_s", body_quantities(), bands, ",status");
  for (std::size_t i = 0; i < result.frames.size(); ++i) {
    const Frame& frame = result.frames[i];
    text += fmt::format("{}", frame.time);
    for (const BodyQuantity& quantity : body_quantities()) text += cell(frame, quantity.value(frame));
    text += band_cells(bands, i, body_place(), body_quantities().size());
    text += fmt::format(",{}\n", status(frame));
  }
  return text;
}

std::string motion_mot(const Result& result) {
  std::string text = storage_header("foramen_motion", result.frames.size(), kPostureAngleCount + 1, true) + "time";
  for (const std::string_view angle : posture_angle_names()) text += fmt::format("\t{}", angle);
  text += "\n";
  for (const Frame& frame : result.frames) {
    text += fmt::format("{}", frame.time);
    for (const double angle : frame.instant.angles) text += fmt::format("\t{}", angle / units::deg);
    text += "\n";
  }
  return text;
}

std::string loads_sto(const Result& result) {
  std::string text =
      storage_header("foramen_net_level_loads", result.frames.size(), 6 * kLevelCount + 1, false) + "time";
  for (const Level level : kLevels) {
    for (const char* part : {"fx", "fy", "fz", "mx", "my", "mz"}) text += fmt::format("\t{}_{}", name(level), part);
  }
  text += "\n";
  for (const Frame& frame : result.frames) {
    text += fmt::format("{}", frame.time);
    for (const Wrench& wrench : frame.net) {
      for (const double v : wrench.force) text += fmt::format("\t{}", v);
      for (const double v : wrench.moment) text += fmt::format("\t{}", v);
    }
    text += "\n";
  }
  return text;
}

}  // namespace foramen
