#pragma once

/// Accepted limits of load, and what pressure does to nerve roots in animals: the tables of data/limits.

#include <filesystem>
#include <string>
#include <vector>

#include "sim/scenario/scenario.h"

namespace foramen {

/// A limit that applies to one person.
struct Limit {
  std::string id;  ///< "niosh_action", "dortmund"
  double value = 0;  ///< [N]
  std::string source;
};

/// Cumulative load of a shift (Mainz-Dortmund dose model).
struct DoseLimit {
  double threshold = 0;  ///< compression that begins to count [N]
  double shift = 0;      ///< [N·h]
  std::string source;
};

/// What a root suffers from a threshold on, perhaps only after a while.
struct RootEffect {
  enum class Kind { Pressure, Strain };
  std::string id;
  Kind kind = Kind::Pressure;
  double threshold = 0;  ///< [Pa], or strain
  double after = 0;      ///< [s], for a slow onset; 0: at once
  double rapid = 0;      ///< [s], for an onset within 0.1 s; 0: the same
  std::string animal, source;
};

class LimitTables {
 public:
  /// Reads data/limits. Throws InputError for a missing or broken table or a row without a source.
  explicit LimitTables(const std::filesystem::path& data);

  /// Of compression, for a person; the Dortmund recommendation linear between its ages.
  [[nodiscard]] std::vector<Limit> compression(Sex sex, double age_years) const;
  /// Of shear, for a number of loadings a day: the first row that allows so many, the last beyond.
  [[nodiscard]] Limit shear(double per_day) const;
  [[nodiscard]] const DoseLimit& dose(Sex sex) const;
  [[nodiscard]] const std::vector<RootEffect>& root_effects() const { return effects_; }

 private:
  struct CompressionRow {
    Limit limit;
    std::string sex;
    double age = -1;  ///< none
  };
  struct ShearRow {
    Limit limit;
    double per_day = 0;
  };
  std::vector<CompressionRow> compression_;
  std::vector<ShearRow> shear_;
  DoseLimit male_, female_;
  std::vector<RootEffect> effects_;
};

}  // namespace foramen
