#include "sim/run/stored_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "sim/run/digest.h"
#include "sim/run/frame_bytes.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// The first line: what the frames were solved by and from. Frames of another byte order have another.
std::string heading(const Scenario& scenario, const std::string& data_digest) {
  constexpr std::uint16_t kOne = 1;
  const bool little = *reinterpret_cast<const unsigned char*>(&kOne) == 1;
  return fmt::format("frames of foramen {} {} scenario {} data {}\n", FORAMEN_VERSION, little ? "little" : "big",
                     digest_of(write_scenario(scenario)), data_digest);
}

std::string content_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary | std::ios::ate);
  if (!stream) return {};
  std::string bytes(static_cast<std::size_t>(stream.tellg()), '\0');
  stream.seekg(0);
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return stream ? bytes : std::string();
}

double highest_pressure(const Frame& frame) {
  double highest = 0;
  for (const auto& sides : frame.nerve.roots) {
    for (const RootState& root : sides) highest = std::max(highest, root.pressure);
  }
  return highest;
}

/// Nothing where the bytes are not whole frames at the motion's instants.
std::vector<Frame> frames_of(std::string_view bytes, const std::vector<double>& times) {
  std::vector<Frame> frames;
  frames.reserve(times.size());
  try {
    while (!bytes.empty()) {
      frames.push_back(take_frame(bytes));
      if (frames.size() > times.size() || frames.back().time != times[frames.size() - 1]) return {};
    }
  } catch (const std::runtime_error&) {
    return {};
  }
  if (frames.size() != times.size()) return {};
  return frames;
}

}  // namespace

void write_stored_frames(const Result& result, const fs::path& file) {
  std::ofstream stream(file, std::ios::binary);
  stream << heading(result.scenario, result.data_digest);
  for (const Frame& frame : result.frames) stream << bytes_of(frame);
  stream.close();
  if (!stream) throw std::runtime_error(fmt::format("{}: could not be written (is the disk full?)", file.string()));
}

std::optional<Result> read_stored_frames(const fs::path& directory, const Scenario& scenario, const Library& library) {
  if (scenario.motion.file) return std::nullopt;
  const std::string bytes = content_of(directory / "frames.bin");
  const std::string expected = heading(scenario, library.digest);
  if (!bytes.starts_with(expected)) return std::nullopt;
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);
  std::vector<Frame> frames = frames_of(std::string_view(bytes).substr(expected.size()), times);
  if (frames.empty()) return std::nullopt;
  const Frame& hardest = *std::max_element(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) {
    return highest_pressure(a) < highest_pressure(b);
  });
  if (bytes_of(solve_frame(person, motion, hardest.time)) != bytes_of(hardest)) return std::nullopt;
  return Result{scenario, library.digest, person.subject, std::move(frames), false, motion.warnings()};
}

}  // namespace foramen
