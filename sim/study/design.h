#pragma once

/// The design of a study: which values every run has. A pure function of the study and the run's number.

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/scenario/study.h"

namespace foramen {

/// Value of a distribution at probability `u` in (0, 1).
[[nodiscard]] FactorValue quantile(const Distribution& distribution, double u);

/// What the rows are for: a sample of the population, or Saltelli's arrangement for sensitivity indices.
enum class DesignKind { Sample, Saltelli };

class Design {
 public:
  /// Throws InputError where the correlation matrix is not positive definite, or where sensitivity is asked of a study
  /// that cannot have it (a full design, correlated factors, several bases, replicates).
  explicit Design(const StudyDescription& study, DesignKind kind = DesignKind::Sample);
  ~Design();
  Design(Design&&) noexcept;

  /// Number of runs; they are numbered from 1. The bases of one sampled person follow each other.
  [[nodiscard]] std::uint64_t runs() const;

  struct Row {
    std::uint64_t run = 0;        ///< from 1
    std::uint64_t replicate = 0;  ///< from 1
    std::size_t base = 0;         ///< index into StudyDescription::bases
    std::vector<FactorValue> values;  ///< in the order of StudyDescription::factors
  };
  /// Throws std::out_of_range for a number that is none.
  [[nodiscard]] Row row(std::uint64_t run) const;

 private:
  struct Content;
  std::unique_ptr<const Content> content_;
};

}  // namespace foramen
