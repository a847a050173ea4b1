#include "sim/study/sensitivity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "sim/base/error.h"
#include "sim/base/random.h"

namespace foramen {

namespace {

struct Estimate {
  double first = 0, total = 0;
};

/// Of all factors, over the blocks picked (with repetition).
template <class Pick>
std::vector<Estimate> estimate(const std::vector<SaltelliBlock>& blocks, Pick pick) {
  const std::size_t factors = blocks.front().size() - 2;
  const auto n = static_cast<double>(blocks.size());
  double mean = 0;
  for (std::size_t k = 0; k < blocks.size(); ++k) mean += blocks[pick(k)][0] + blocks[pick(k)][1];
  mean /= 2 * n;
  double variance = 0;
  std::vector<Estimate> sums(factors);
  for (std::size_t k = 0; k < blocks.size(); ++k) {
    const SaltelliBlock& f = blocks[pick(k)];
    const double a = f[0] - mean, b = f[1] - mean;
    variance += a * a + b * b;
    for (std::size_t i = 0; i < factors; ++i) {
      const double mixed = f[2 + i] - mean;
      sums[i].first += b * (mixed - a);
      sums[i].total += 0.5 * (a - mixed) * (a - mixed);
    }
  }
  variance /= 2 * n;
  for (Estimate& s : sums) s = variance > 0 ? Estimate{s.first / n / variance, s.total / n / variance} : Estimate{};
  return sums;
}

Interval interval(double value, std::vector<double> resampled) {
  std::sort(resampled.begin(), resampled.end());
  const auto at = [&](double share) {
    return resampled[static_cast<std::size_t>(share * static_cast<double>(resampled.size() - 1) + 0.5)];
  };
  return {value, at(0.025), at(0.975)};
}

}  // namespace

std::vector<SobolIndex> sobol_indices(const std::vector<SaltelliBlock>& blocks, std::uint64_t seed, int resamples) {
  if (blocks.empty() || resamples < 1) throw std::invalid_argument("no blocks or no resamples");
  for (const SaltelliBlock& block : blocks) {
    if (block.size() != blocks.front().size() || block.size() < 3)
      throw std::invalid_argument(fmt::format("a block of {} values", block.size()));
    for (const double f : block) {
      if (!std::isfinite(f)) throw std::invalid_argument("a block with a value that is not finite");
    }
  }
  const std::vector<Estimate> values = estimate(blocks, [](std::size_t k) { return k; });
  std::vector<std::vector<double>> first(values.size()), total(values.size());
  for (int r = 0; r < resamples; ++r) {
    const auto drawn = [&](std::size_t k) {
      return static_cast<std::size_t>(random_bits(seed, static_cast<std::uint64_t>(r), k) % blocks.size());
    };
    const std::vector<Estimate> resampled = estimate(blocks, drawn);
    for (std::size_t i = 0; i < values.size(); ++i) {
      first[i].push_back(resampled[i].first);
      total[i].push_back(resampled[i].total);
    }
  }
  std::vector<SobolIndex> indices;
  for (std::size_t i = 0; i < values.size(); ++i)
    indices.push_back({i, interval(values[i].first, first[i]), interval(values[i].total, total[i])});
  return indices;
}

Sensitivity sensitivity_of(const StudyStore& store) {
  const StudyPlan& plan = store.plan();
  if (plan.facts.at("design") != "sensitivity") {
    throw InputError(InputProblem{.message = "the study was not run with --sensitivity: its rows have no indices"});
  }
  Sensitivity sensitivity{plan.factors, {}};
  const std::size_t arms = plan.factors.size() + 2;
  // Outputs by quantity, block and arm; NaN where a run is missing or gave no number.
  std::vector<std::vector<SaltelliBlock>> blocks(
      plan.quantities.size(), std::vector<SaltelliBlock>(plan.runs / arms, SaltelliBlock(arms, std::nan(""))));
  store.each([&](const StudyRun& run) {
    for (std::size_t q = 0; q < plan.quantities.size(); ++q)
      blocks[q][(run.run - 1) / arms][(run.run - 1) % arms] = run.quantities[q];
  });
  for (std::size_t q = 0; q < plan.quantities.size(); ++q) {
    Sensitivity::Output output{plan.quantities[q].first, plan.quantities[q].second, 0, 0, {}, 0, 0};
    std::vector<SaltelliBlock>& all = blocks[q];
    const std::size_t planned = all.size();
    std::erase_if(all, [](const SaltelliBlock& b) {
      return std::any_of(b.begin(), b.end(), [](double f) { return !std::isfinite(f); });
    });
    output.blocks = all.size();
    output.left_out = planned - all.size();
    double sum = 0, squares = 0;
    for (const SaltelliBlock& block : all) {
      sum += block[0] + block[1];
      squares += block[0] * block[0] + block[1] * block[1];
    }
    const double n = 2.0 * static_cast<double>(all.size());
    output.mean = n > 0 ? sum / n : std::nan("");
    output.sd = n > 0 ? std::sqrt(std::max(0.0, squares / n - output.mean * output.mean)) : std::nan("");
    // Spread within the solver's own tolerance is not worth explaining.
    if (output.sd > 1e-6 * std::max(1e-6, std::abs(output.mean))) output.indices = sobol_indices(all, std::stoull(plan.facts.at("seed")));
    sensitivity.outputs.push_back(std::move(output));
  }
  return sensitivity;
}

std::string sensitivity_json(const Sensitivity& sensitivity) {
  const auto interval_json = [](const Interval& v) {
    return nlohmann::ordered_json{{"value", v.value}, {"lo", v.lo}, {"hi", v.hi}};
  };
  nlohmann::ordered_json json;
  json["program"] = "foramen";
  json["version"] = FORAMEN_VERSION;
  json["factors"] = sensitivity.factors;
  json["outputs"] = nlohmann::ordered_json::array();
  for (const Sensitivity::Output& output : sensitivity.outputs) {
    nlohmann::ordered_json entry{{"quantity", output.quantity}, {"unit", output.unit}, {"blocks", output.blocks},
                                 {"blocks_left_out", output.left_out}};
    entry["mean"] = std::isfinite(output.mean) ? nlohmann::ordered_json(output.mean) : nullptr;
    entry["sd"] = std::isfinite(output.sd) ? nlohmann::ordered_json(output.sd) : nullptr;
    entry["indices"] = nlohmann::ordered_json::array();
    for (const SobolIndex& index : output.indices) {
      entry["indices"].push_back({{"factor", sensitivity.factors[index.factor]},
                                  {"first", interval_json(index.first)},
                                  {"total", interval_json(index.total)}});
    }
    json["outputs"].push_back(std::move(entry));
  }
  return json.dump(2) + "\n";
}

std::string sensitivity_text(const Sensitivity& sensitivity) {
  std::size_t width = 6;
  for (const std::string& factor : sensitivity.factors) width = std::max(width, factor.size());
  std::string text;
  for (const Sensitivity::Output& output : sensitivity.outputs) {
    text += fmt::format("{}: {:.4g} ± {:.2g} {}\n", output.quantity, output.mean, output.sd, output.unit);
    if (output.left_out > 0)
      text += fmt::format("  {} of {} blocks left out: a run gave no number\n", output.left_out,
                          output.blocks + output.left_out);
    if (output.indices.empty()) {
      text += "  does not vary\n";
      continue;
    }
    text += fmt::format("  {:{}}  first order (95 %)       total (95 %)\n", "factor", width);
    std::vector<SobolIndex> sorted = output.indices;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const SobolIndex& a, const SobolIndex& b) { return a.total.value > b.total.value; });
    for (const SobolIndex& index : sorted) {
      const auto part = [](const Interval& v) { return fmt::format("{:6.3f} ({:6.3f} … {:6.3f})", v.value, v.lo, v.hi); };
      text += fmt::format("  {:{}}  {}  {}\n", sensitivity.factors[index.factor], width, part(index.first),
                          part(index.total));
    }
  }
  return text;
}

}  // namespace foramen
