#pragma once

/// Published figures and how the model stands beside them: reading the tables and judging.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace foramen {

/// One row of data/validation: a published figure and the interval the model is held to. The interval was written down
/// with its reason before the model was first run against it.
struct PublishedFigure {
  std::string id;     ///< of the reference collection; each figure once
  std::string model;  ///< name of the model's quantity, e.g. "segment.L4-L5.compression_mm.500"
  std::string quantity, condition;
  std::optional<double> value, lo, hi;  ///< lo…hi is the gated interval
  std::string unit, source, tier;
  bool gate = false;
  std::string reason;  ///< of the interval, or why there is no gate
};

/// Every table of `folder`, in name order. Throws InputError for a broken table, a repeated id, or a gate without
/// interval.
[[nodiscard]] std::vector<PublishedFigure> read_published(const std::filesystem::path& folder);

/// What the model says, by the names that PublishedFigure::model uses.
using ModelFigures = std::map<std::string, double, std::less<>>;

struct ValidationRow {
  PublishedFigure figure;
  std::optional<double> model;  ///< nothing: the model has no such quantity, or it did not converge
  std::optional<bool> pass;     ///< nothing where ungated; false for a gated row without model
};

[[nodiscard]] std::vector<ValidationRow> judge(const std::vector<PublishedFigure>& published,
                                               const ModelFigures& model);

}  // namespace foramen
