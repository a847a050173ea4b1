#include "sim/run/stored_frames.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string_view>

#include "sim/run/digest.h"
#include "sim/run/frame_bytes.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// What the frames were solved by and from, at the start of the first line. Frames of another byte order have another.
std::string heading(const Scenario& scenario, const std::string& data_digest) {
  constexpr bool kLittle = std::endian::native == std::endian::little;
  return fmt::format("frames of foramen {} {} scenario {} data {}", FORAMEN_VERSION, kLittle ? "little" : "big",
                     digest_of(write_scenario(scenario)), data_digest);
}

/// The rest of that line: the size of the frames that follow and their fingerprint.
std::string seal(std::string_view frames) {
  return fmt::format(" frames {} {}\n", frames.size(), digest_of(frames));
}

/// The frames of a file as they were written, after `expected`; empty where they are not.
std::string sealed_content(const fs::path& file, const std::string& expected, StoredFault& fault) {
  std::ifstream stream(file, std::ios::binary);
  fault = stream ? StoredFault::OtherRun : StoredFault::Missing;
  std::string first(expected.size(), '\0'), sealed;
  // Nothing is read of a file that is not for this run, however long it is.
  if (!stream.read(first.data(), static_cast<std::streamsize>(first.size())) || first != expected) return {};
  fault = StoredFault::Damaged;
  std::getline(stream, sealed);
  std::string frames{std::istreambuf_iterator<char>(stream), {}};
  return sealed + '\n' == seal(frames) ? frames : std::string();
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
  std::string frames;
  for (const Frame& frame : result.frames) frames += bytes_of(frame);
  std::ofstream stream(file, std::ios::binary);
  stream << heading(result.scenario, result.data_digest) << seal(frames) << frames;
  stream.close();
  if (!stream) throw std::runtime_error(fmt::format("{}: could not be written (is the disk full?)", file.string()));
}

std::optional<Result> read_stored_frames(const fs::path& directory, const Scenario& scenario, const Library& library,
                                         StoredFault* fault) {
  StoredFault ignored = StoredFault::None;
  StoredFault& why = fault ? *fault : ignored;
  why = StoredFault::MeasuredMotion;
  if (scenario.motion.file) return std::nullopt;
  const std::string bytes = sealed_content(directory / "frames.bin", heading(scenario, library.digest), why);
  if (bytes.empty()) return std::nullopt;
  const Person person = make_person(scenario, library);
  const Motion motion(person.subject, library.postures, scenario);
  const std::vector<double> times = frame_times(motion.start(), motion.end(), scenario.solver.rate_hz);
  std::vector<Frame> frames = frames_of(bytes, times);
  if (frames.empty()) return std::nullopt;
  const Frame& hardest = *std::max_element(frames.begin(), frames.end(), [](const Frame& a, const Frame& b) {
    return highest_pressure(a) < highest_pressure(b);
  });
  why = StoredFault::OtherBits;
  // The first and the last tell a build that solves other frames otherwise.
  for (const Frame* frame : std::array<const Frame*, 3>{&hardest, &frames.front(), &frames.back()})
    if (bytes_of(solve_frame(person, motion, frame->time)) != bytes_of(*frame)) return std::nullopt;
  why = StoredFault::None;
  return Result{scenario, library.digest, person.subject, std::move(frames), false, motion.warnings()};
}

}  // namespace foramen
