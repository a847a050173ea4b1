#pragma once

/// A study: factors over the keys of one or several scenario files, how they are sampled, and what is kept of each run.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "sim/scenario/scenario.h"

namespace foramen {

/// What a factor can be: a number or a text, as it stands in a file.
using FactorValue = std::variant<double, std::string>;

/// How a factor is distributed. Numbers are in the unit of the factor's key.
struct Distribution {
  enum class Kind { Values, Uniform, Normal, Lognormal };
  Kind kind = Kind::Values;
  std::vector<FactorValue> values;  ///< of Values
  std::vector<double> weights;      ///< of Values, one each, summing to 1
  double mean = 0, sd = 0;          ///< of Normal and Lognormal: of the variable itself, before truncation
  double min = 0, max = 0;          ///< of Uniform; truncation of the others, may be infinite
};

struct Factor {
  std::string key;  ///< dotted scenario key, "subject.mass_kg"
  Distribution distribution;
  int line = 0, column = 0;  ///< where it stands, for messages
};

enum class Sampling { Full, Random, Latin, Sobol };

/// Rank correlation of some factors by a Gaussian copula.
struct Correlation {
  std::vector<std::string> keys;
  std::vector<std::vector<double>> matrix;  ///< of the normal scores; unit diagonal, symmetric, positive definite
};

struct StudyDescription {
  std::string title;
  std::vector<std::filesystem::path> bases;  ///< scenario files; several: each sampled person does each of them
  Sampling sampling = Sampling::Latin;
  std::uint64_t runs = 100;     ///< sampled rows (of Full: the product of its values)
  std::uint64_t replicates = 1; ///< independent repetitions of the sampling
  std::uint64_t seed = 1;
  std::vector<std::string> keep;  ///< summary paths, '*' for one part; empty: every peak
  bool frames = false;            ///< keep every frame in frames.h5
  std::vector<Factor> factors;    ///< but "base"
  Correlation correlation;
  std::string file;  ///< as the user named it, for messages
  std::string text;  ///< of the file, for the record
};

/// Reads and checks a study file; whether its keys exist in the base files is checked when the first run is made.
/// Throws InputError with every problem of the file.
[[nodiscard]] StudyDescription read_study(const std::filesystem::path& file);

/// The same from text; bases are relative to `folder`.
[[nodiscard]] StudyDescription parse_study(const std::string& text, const std::string& name,
                                           const std::filesystem::path& folder);

/// The value as TOML, for an Override.
[[nodiscard]] std::string toml_text(const FactorValue& value);

}  // namespace foramen
