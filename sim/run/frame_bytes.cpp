#include "sim/run/frame_bytes.h"

#include <concepts>
#include <cstdint>
#include <cstring>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace foramen {

namespace {

/// T, or T that must not be changed: one list of members serves writing and reading.
template <class T, class Of>
concept Is = std::same_as<std::remove_const_t<T>, Of>;

// A member that is added to one of these structs without being named here stops the build.

template <class Archive, Is<Convergence> T>
void members(Archive& archive, T& value) {
  auto& [converged, iterations, residual, reason] = value;
  archive(converged, iterations, residual, reason);
}

template <class Archive, Is<Pose> T>
void members(Archive& archive, T& value) {
  auto& [R, p] = value;
  archive(R, p);
}

template <class Archive, Is<Wrench> T>
void members(Archive& archive, T& value) {
  auto& [force, moment] = value;
  archive(force, moment);
}

template <class Archive, Is<JointMotion> T>
void members(Archive& archive, T& value) {
  auto& [angle, rate, acceleration] = value;
  archive(angle, rate, acceleration);
}

template <class Archive, Is<TreeMotion> T>
void members(Archive& archive, T& value) {
  auto& [joints, position, velocity, acceleration] = value;
  archive(joints, position, velocity, acceleration);
}

template <class Archive, Is<SupportReaction> T>
void members(Archive& archive, T& value) {
  auto& [place, body, point, force] = value;
  archive(place, body, point, force);
}

template <class Archive, Is<ExternalForce> T>
void members(Archive& archive, T& value) {
  auto& [body, point, force, moment] = value;
  archive(body, point, force, moment);
}

template <class Archive, Is<Instant> T>
void members(Archive& archive, T& value) {
  auto& [time, angles, tree, poses, supports, external, residual, offset, centre, load, pressure, rest, activity,
         support] = value;
  archive(time, angles, tree, poses, supports, external, residual, offset, centre, load, pressure, rest, activity,
          support);
}

template <class Archive, Is<DiscState> T>
void members(Archive& archive, T& value) {
  auto& [energy, gradient, hessian, pressure, bulge, posterior, height, share, convergence] = value;
  archive(energy, gradient, hessian, pressure, bulge, posterior, height, share, convergence);
}

template <class Archive, Is<LevelState> T>
void members(Archive& archive, T& value) {
  auto& [q, deviation, compression, anterior, right, flexion, bend, twist, disc, bulge, facets, ligaments, flavum,
         muscle, net] = value;
  archive(q, deviation, compression, anterior, right, flexion, bend, twist, disc, bulge, facets, ligaments, flavum,
          muscle, net);
}

template <class Archive, Is<SpineState> T>
void members(Archive& archive, T& value) {
  auto& [levels, activation, force, transversus, pressure, unmet, suffices, used, departure, residual, poses,
         convergence] = value;
  archive(levels, activation, force, transversus, pressure, unmet, suffices, used, departure, residual, poses,
          convergence);
}

template <class Archive, Is<PressedBy> T>
void members(Archive& archive, T& value) {
  auto& [structure, level] = value;
  archive(structure, level);
}

template <class Archive, Is<RootNode> T>
void members(Archive& archive, T& value) {
  auto& [position, radius, pressure, tension] = value;
  archive(position, radius, pressure, tension);
}

template <class Archive, Is<RootState> T>
void members(Archive& archive, T& value) {
  auto& [pressure, pinch, by_tension, by, at, tension, intradural, strain, excursion, sleeve, clearance, loss, nodes,
         convergence] = value;
  archive(pressure, pinch, by_tension, by, at, tension, intradural, strain, excursion, sleeve, clearance, loss, nodes,
          convergence);
}

template <class Archive, Is<LevelSpaces> T>
void members(Archive& archive, T& value) {
  auto& [area, height, width, recess, canal_area, canal_depth, sac] = value;
  archive(area, height, width, recess, canal_area, canal_depth, sac);
}

template <class Archive, Is<NerveState> T>
void members(Archive& archive, T& value) {
  auto& [roots, spaces] = value;
  archive(roots, spaces);
}

template <class Archive, Is<Frame> T>
void members(Archive& archive, T& value) {
  auto& [time, instant, net, spine, nerve] = value;
  archive(time, instant, net, spine, nerve);
}

/// Numbers, enumerations and flags, whose bytes are all there is to them.
template <class T>
concept Plain = std::is_arithmetic_v<T> || std::is_enum_v<T>;

class Writer {
 public:
  template <class... T>
  void operator()(const T&... values) {
    (put(values), ...);
  }
  [[nodiscard]] std::string take() { return std::move(bytes_); }

 private:
  void raw(const void* from, std::size_t size) { bytes_.append(static_cast<const char*>(from), size); }
  template <Plain T>
  void put(const T& value) {
    raw(&value, sizeof value);
  }
  template <class S, int R, int C>
  void put(const Eigen::Matrix<S, R, C>& value) {
    raw(value.data(), static_cast<std::size_t>(value.size()) * sizeof(S));
  }
  void put(const std::string& text) {
    put(std::uint64_t{text.size()});
    raw(text.data(), text.size());
  }
  template <class T, std::size_t n>
  void put(const std::array<T, n>& values) {
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(std::uint64_t{values.size()});
    for (const T& value : values) put(value);
  }
  template <class T>
  void put(const T& value) {
    members(*this, value);
  }

  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view& bytes) : bytes_(bytes) {}
  template <class... T>
  void operator()(T&... values) {
    (get(values), ...);
  }

 private:
  void raw(void* to, std::size_t size) {
    if (size > bytes_.size()) throw std::runtime_error("a frame is cut off");
    std::memcpy(to, bytes_.data(), size);
    bytes_.remove_prefix(size);
  }
  /// How many entries follow; each takes a byte at least.
  [[nodiscard]] std::size_t count() {
    std::uint64_t size = 0;
    raw(&size, sizeof size);
    if (size > bytes_.size()) throw std::runtime_error("a frame is cut off");
    return size;
  }
  template <Plain T>
  void get(T& value) {
    raw(&value, sizeof value);
  }
  template <class S, int R, int C>
  void get(Eigen::Matrix<S, R, C>& value) {
    raw(value.data(), static_cast<std::size_t>(value.size()) * sizeof(S));
  }
  void get(std::string& text) {
    text.resize(count());
    raw(text.data(), text.size());
  }
  template <class T, std::size_t n>
  void get(std::array<T, n>& values) {
    for (T& value : values) get(value);
  }
  template <class T>
  void get(std::vector<T>& values) {
    values.resize(count());
    for (T& value : values) get(value);
  }
  template <class T>
  void get(T& value) {
    members(*this, value);
  }

  std::string_view& bytes_;
};

}  // namespace

std::string bytes_of(const Frame& frame) {
  Writer writer;
  writer(frame);
  return writer.take();
}

Frame take_frame(std::string_view& bytes) {
  Frame frame;
  Reader reader(bytes);
  reader(frame);
  return frame;
}

}  // namespace foramen
