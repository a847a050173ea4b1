#pragma once

/// The distance to a bone as roots feel it: sampled on a lattice and smoothed between, so that it has two continuous
/// derivatives everywhere and costs the same however many solids the bone is made of.

#include <array>
#include <atomic>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>

#include "sim/base/types.h"
#include "sim/nerve/surface_distance.h"

namespace foramen {

/// Cubic B-spline through samples of a distance. Samples are taken when first needed, by whichever thread needs them:
/// they depend on the place alone, so results do not depend on who came first.
class BoneField {
 public:
  using Distance = std::function<double(const Vec3&, Vec3* gradient)>;
  /// Of the surface with this signed distance [m] (exact near it, perhaps short farther off), within a box. `mirrored`:
  /// it is the same on both sides of z = 0.
  BoneField(Distance distance, const Vec3& lower, const Vec3& upper, bool mirrored);

  /// How fast the bone's own measure changes along a way, at most: 1 for a true distance, more where it is scaled.
  static constexpr double kLipschitz = 2;
  /// The bone's own measure [m], below which the distance hardly falls.
  [[nodiscard]] double measure(const Vec3& p) const { return distance_(p, nullptr); }
  /// What that measure does not fall below, as known from the nearest point of the lattice.
  [[nodiscard]] double bound(const Vec3& p) const;
  /// Signed distance [m] at a place in the bone's frame; outside the box as good as out of reach.
  [[nodiscard]] double value(const Vec3& p) const;
  /// With its exact derivatives.
  [[nodiscard]] SurfaceDistance jet(const Vec3& p) const;

 private:
  struct Cell {
    std::array<int, 3> corner;
    Vec3 within;  ///< 0…1 along each edge
    bool left;    ///< mirrored from the other side
  };
  /// Numbers of which most are never asked for: not a number until stored, and memory only where something is.
  class Lattice {
   public:
    /// Throws std::bad_alloc.
    void resize(std::size_t count);
    [[nodiscard]] float operator[](std::size_t i) const {
      return std::bit_cast<float>(std::atomic_ref(bits_.get()[i]).load(std::memory_order_relaxed) ^ kNotANumber);
    }
    void store(std::size_t i, float value) {
      std::atomic_ref(bits_.get()[i])
          .store(std::bit_cast<std::uint32_t>(value) ^ kNotANumber, std::memory_order_relaxed);
    }

   private:
    static constexpr std::uint32_t kNotANumber = 0x7fc00000;  ///< stored as 0, as fresh memory is
    struct Free {
      void operator()(std::uint32_t* bits) const { std::free(bits); }
    };
    std::unique_ptr<std::uint32_t, Free> bits_;
  };
  [[nodiscard]] bool find(const Vec3& p, Cell& cell) const;
  [[nodiscard]] std::size_t at(int i, int j, int k) const {
    return (static_cast<std::size_t>(i) * static_cast<std::size_t>(count_[1]) + static_cast<std::size_t>(j)) *
               static_cast<std::size_t>(count_[2]) +
           static_cast<std::size_t>(k);
  }
  /// Fills in what is missing of a cell's 4³ coefficients.
  void fill(const Cell& cell) const;
  [[nodiscard]] float coefficient(int i, int j, int k) const;
  [[nodiscard]] float sample(int i, int j, int k) const;

  Distance distance_;
  bool mirrored_;
  std::array<int, 3> first_{}, count_{};  ///< of the lattice, in spacings
  mutable Lattice samples_, coefficients_;
  mutable Lattice measures_;  ///< the bone's own, for bounds
};

}  // namespace foramen
