#pragma once

/// Random numbers by address: a pure function of seed, stream and index, so that run 4711 of a study has the same
/// numbers whichever thread, shard or restart draws them.

#include <cstdint>

namespace foramen {

/// Mixes all bits (the finaliser of SplitMix64: Steele, Lea and Flood 2014, OOPSLA).
[[nodiscard]] constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9E3779B97F4A7C15ull;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ull;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBull;
  return x ^ (x >> 31);
}

[[nodiscard]] constexpr std::uint64_t random_bits(std::uint64_t seed, std::uint64_t stream, std::uint64_t index) {
  return mixed(mixed(mixed(seed) ^ stream) ^ index);
}

/// Uniform in the open interval (0, 1): 52 bits and a half, so that no sum is rounded and 1 is never reached.
[[nodiscard]] constexpr double uniform_of(std::uint64_t bits) {
  return (static_cast<double>(bits >> 12) + 0.5) * 0x1p-52;
}

/// A permutation of 0 … n−1 by address: where `i` goes, without a table. A keyed Feistel network of four rounds over the
/// next power of four, walked until the image lies below n (Black and Rogaway 2002). `i` < `n`, n ≤ 2⁶².
[[nodiscard]] constexpr std::uint64_t permuted(std::uint64_t i, std::uint64_t n, std::uint64_t key) {
  int half = 1;
  while (half < 31 && (1ull << (2 * half)) < n) ++half;
  const std::uint64_t mask = (1ull << half) - 1;
  do {
    std::uint64_t left = i >> half, right = i & mask;
    for (std::uint64_t round = 0; round < 4; ++round) {
      const std::uint64_t next = left ^ (random_bits(key, round, right) & mask);
      left = right;
      right = next;
    }
    i = (left << half) | right;
  } while (i >= n);
  return i;
}

}  // namespace foramen
