#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>
#include <numeric>
#include <span>

#include "sim/base/error.h"
#include "sim/scenario/field_values.h"
#include "sim/scenario/study.h"

namespace foramen {

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::array<std::string_view, 4> kSamplingNames{"full", "random", "latin", "sobol"};
constexpr std::array<std::string_view, 9> kStudyKeys{"title", "base", "sampling", "runs",  "replicates",
                                                     "seed",  "keep", "frames",   "factor"};
constexpr std::array<std::string_view, 7> kFactorKeys{"key",     "values", "choice",   "range",
                                                      "uniform", "normal", "lognormal"};
/// A full design beyond this is a mistake: 10⁸ runs of 5 ms take six days.
constexpr double kMostRuns = 1e8;

class StudyReader {
 public:
  StudyReader(const std::string& file, std::filesystem::path folder) : folder_(std::move(folder)), problems_(file) {
    study_.file = file;
  }

  StudyDescription read(const toml::table& root) {
    for (auto&& [key, node] : root) {
      if (key.str() != "study")
        problems_.report(key, node, std::string(key.str()), "is not a key here; the nearest is \"study\"");
    }
    const toml::table* study = root["study"].as_table();
    if (!study) {
      problems_.report(nullptr, "study", "is missing: a study file starts with [study]");
      problems_.throw_if_any();
    }
    read_study_table(*study);
    read_factors(*study);
    read_correlation(*study);
    check_whole();
    problems_.throw_if_any();
    return std::move(study_);
  }

 private:
  void check_keys(const toml::table& table, std::span<const std::string_view> allowed, const std::string& path) {
    for (auto&& [key, node] : table) {
      if (find_name(allowed, key.str())) continue;
      problems_.report(key, node, path + "." + std::string(key.str()),
                       fmt::format("is not a key here; the nearest is \"{}\"", nearest_name(allowed, key.str())));
    }
  }

  void read_count(const toml::table& table, const char* key, std::uint64_t least, std::uint64_t& target) {
    const toml::node* node = table.get(key);
    if (!node) return;
    const auto value = node->value_exact<std::int64_t>();
    if (!value || *value < static_cast<std::int64_t>(least) || static_cast<double>(*value) > kMostRuns)
      return problems_.report(node, std::string("study.") + key,
                              fmt::format("must be a whole number from {} to 10⁸", least));
    target = static_cast<std::uint64_t>(*value);
  }

  void read_study_table(const toml::table& study) {
    std::vector<std::string_view> keys(kStudyKeys.begin(), kStudyKeys.end());
    keys.push_back("correlation");
    check_keys(study, keys, "study");
    if (const toml::node* title = study.get("title")) {
      if (!title->is_string()) problems_.report(title, "study.title", "must be a text in quotes");
      study_.title = title->value_or(std::string());
    }
    if (const toml::node* base = study.get("base")) add_base(*base, "study.base");
    if (const toml::node* sampling = study.get("sampling")) {
      const auto name = sampling->value<std::string>();
      const auto found = name ? find_name(kSamplingNames, *name) : std::nullopt;
      if (!found) {
        problems_.report(
            sampling, "study.sampling",
            fmt::format("must be one of full, random, latin, sobol{}",
                        name ? fmt::format("; the nearest is \"{}\"", nearest_name(kSamplingNames, *name)) : ""));
      } else {
        study_.sampling = static_cast<Sampling>(*found);
      }
    }
    read_count(study, "runs", 1, study_.runs);
    read_count(study, "replicates", 1, study_.replicates);
    read_count(study, "seed", 0, study_.seed);
    if (const toml::node* frames = study.get("frames")) {
      if (!frames->is_boolean()) problems_.report(frames, "study.frames", "must be true or false");
      study_.frames = frames->value_or(false);
    }
    if (const toml::node* keep = study.get("keep")) read_texts(*keep, "study.keep", study_.keep);
    runs_given_ = study.contains("runs");
  }

  void read_texts(const toml::node& node, const std::string& path, std::vector<std::string>& texts) {
    const toml::array* array = node.as_array();
    if (!array || array->empty()) return problems_.report(&node, path, "must be a list of texts in quotes");
    for (const toml::node& element : *array) {
      if (const auto text = element.value_exact<std::string>()) {
        texts.push_back(*text);
      } else {
        problems_.report(&element, path, "must be a list of texts in quotes");
      }
    }
  }

  void add_base(const toml::node& node, const std::string& path) {
    const auto name = node.value_exact<std::string>();
    if (!name) return problems_.report(&node, path, "must be the name of a scenario file, in quotes");
    const std::filesystem::path file = folder_ / *name;
    if (!std::filesystem::is_regular_file(file))
      problems_.report(&node, path, fmt::format("there is no file \"{}\"", file.string()));
    study_.bases.push_back(file);
  }

  void read_factors(const toml::table& study) {
    const toml::node* node = study.get("factor");
    if (!node) return problems_.report(nullptr, "study.factor", "at least one [[study.factor]] is needed");
    const toml::array* array = node->as_array();
    if (!array || !array->is_array_of_tables())
      return problems_.report(node, "study.factor", "must be an array of tables: [[study.factor]]");
    for (std::size_t i = 0; i < array->size(); ++i)
      read_factor(*array->get(i)->as_table(), fmt::format("study.factor.{}", i));
  }

  void read_factor(const toml::table& table, const std::string& path) {
    check_keys(table, kFactorKeys, path);
    const auto key = table["key"].value_exact<std::string>();
    if (!key) return problems_.report(&table, path + ".key", "is missing: a scenario key such as \"subject.mass_kg\"");
    if (*key == "base") return read_bases(table, path);
    const auto at = table.get("key")->source().begin;
    Factor factor{*key, {}, static_cast<int>(at.line), static_cast<int>(at.column)};
    int given = 0;
    for (const std::string_view kind : std::span(kFactorKeys).subspan(1)) {
      const toml::node* node = table.get(kind);
      if (!node) continue;
      ++given;
      read_distribution(kind, *node, path + "." + std::string(kind), factor.distribution);
    }
    if (given != 1) {
      problems_.report(&table, path, "needs one of values, choice, range, uniform, normal, lognormal");
      return;
    }
    for (const Factor& other : study_.factors) {
      if (other.key == *key)
        problems_.report(table.get("key"), path + ".key", fmt::format("\"{}\" is a factor already", *key));
    }
    study_.factors.push_back(std::move(factor));
  }

  void read_bases(const toml::table& table, const std::string& path) {
    std::vector<std::string> names;
    const toml::node* values = table.get("values");
    if (!values) return problems_.report(&table, path, "needs values: the names of scenario files");
    read_texts(*values, path + ".values", names);
    study_.bases.clear();  // a factor varies what the study says, here as with any other key
    for (const toml::node& element : *values->as_array()) add_base(element, path + ".values");
  }

  void read_distribution(std::string_view kind, const toml::node& node, const std::string& path, Distribution& d) {
    if (kind == "values") return read_values(node, path, d);
    const toml::table* terms = node.as_table();
    if (kind == "choice") {
      if (!terms || !terms->contains("values") || !terms->contains("weights"))
        return problems_.report(&node, path, "must read { values = [..], weights = [..] }");
      read_values(*terms->get("values"), path + ".values", d);
      return read_weights(*terms->get("weights"), path + ".weights", d);
    }
    if (!terms) return problems_.report(&node, path, "must be a table such as { mean = 75, sd = 12 }");
    if (kind == "range") return read_range(*terms, path, d);
    const bool uniform = kind == "uniform";
    d.kind = uniform            ? Distribution::Kind::Uniform
             : kind == "normal" ? Distribution::Kind::Normal
                                : Distribution::Kind::Lognormal;
    d.min = kind == "lognormal" ? 0 : -kInfinity;
    d.max = kInfinity;
    static constexpr std::array<std::string_view, 4> kTerms{"min", "max", "mean", "sd"};
    check_keys(*terms, uniform ? std::span(kTerms).first(2) : std::span(kTerms), path);
    for (const std::string_view needed : uniform ? std::array{"min", "max"} : std::array{"mean", "sd"}) {
      if (!terms->contains(needed)) problems_.report(terms, path + "." + std::string(needed), "is missing");
    }
    for (const auto& [term, target] : {std::pair{"min", &d.min}, {"max", &d.max}, {"mean", &d.mean}, {"sd", &d.sd}}) {
      if (const toml::node* value = terms->get(term))
        *target = finite_number(*value, path + "." + term, problems_).value_or(1);
    }
    if (!(d.min < d.max)) problems_.report(terms, path, fmt::format("min {} is not below max {}", d.min, d.max));
    if (!uniform && !(d.sd > 0)) problems_.report(terms, path + ".sd", "must be above 0");
    if (kind == "lognormal" && (!(d.mean > 0) || d.min < 0))
      problems_.report(terms, path, "a lognormal variable is positive: mean must be above 0, min not below");
  }

  void read_values(const toml::node& node, const std::string& path, Distribution& d) {
    const toml::array* array = node.as_array();
    if (!array || array->empty())
      return problems_.report(&node, path, "must be a list of numbers or of texts in quotes");
    for (const toml::node& element : *array) {
      if (const auto text = element.value_exact<std::string>()) {
        d.values.emplace_back(*text);
      } else if (const auto value = finite_number(element, path, problems_)) {
        d.values.emplace_back(*value);
      }
    }
    d.weights.assign(d.values.size(), 1.0 / static_cast<double>(std::max<std::size_t>(1, d.values.size())));
  }

  void read_weights(const toml::node& node, const std::string& path, Distribution& d) {
    const toml::array* array = node.as_array();
    if (!array || array->size() != d.values.size())
      return problems_.report(&node, path, fmt::format("must be {} numbers, one for each value", d.values.size()));
    for (std::size_t i = 0; i < array->size(); ++i) {
      d.weights[i] = finite_number(*array->get(i), path, problems_).value_or(0);
      if (d.weights[i] < 0) problems_.report(array->get(i), path, "must not be negative");
    }
    const double sum = std::accumulate(d.weights.begin(), d.weights.end(), 0.0);
    if (!(sum > 0)) return problems_.report(&node, path, "must not all be 0");
    for (double& weight : d.weights) weight /= sum;
  }

  void read_range(const toml::table& terms, const std::string& path, Distribution& d) {
    static constexpr std::array<std::string_view, 3> kTerms{"from", "to", "step"};
    check_keys(terms, kTerms, path);
    std::array<double, 3> v{0, 0, 0};
    for (std::size_t i = 0; i < 3; ++i) {
      const toml::node* node = terms.get(kTerms[i]);
      if (!node) return problems_.report(&terms, path + "." + std::string(kTerms[i]), "is missing");
      const auto value = finite_number(*node, path + "." + std::string(kTerms[i]), problems_);
      if (!value) return;
      v[i] = *value;
    }
    if (!(v[2] > 0) || !(v[1] >= v[0]) || (v[1] - v[0]) / v[2] > 1e6)
      return problems_.report(&terms, path, "needs from ≤ to and a step above 0 that makes at most a million values");
    const auto steps = static_cast<std::size_t>(std::floor((v[1] - v[0]) / v[2] + 1e-9));
    // Rounded to what was written: 0.1 + 0.2 should be 0.3.
    for (std::size_t i = 0; i <= steps; ++i)
      d.values.emplace_back(std::stod(fmt::format("{:.12g}", v[0] + static_cast<double>(i) * v[2])));
    d.weights.assign(d.values.size(), 1.0 / static_cast<double>(d.values.size()));
  }

  void read_correlation(const toml::table& study) {
    const toml::node* node = study.get("correlation");
    if (!node) return;
    const toml::table* table = node->as_table();
    if (!table || !table->contains("keys") || !table->contains("matrix"))
      return problems_.report(node, "study.correlation", "needs keys = [..] and matrix = [[..], ..]");
    Correlation& c = study_.correlation;
    read_texts(*table->get("keys"), "study.correlation.keys", c.keys);
    for (const std::string& key : c.keys) {
      const auto is_it = [&](const Factor& f) { return f.key == key; };
      const auto factor = std::find_if(study_.factors.begin(), study_.factors.end(), is_it);
      if (factor == study_.factors.end())
        problems_.report(table->get("keys"), "study.correlation.keys",
                         fmt::format("\"{}\" is no factor of this study", key));
    }
    const toml::array* rows = table->get("matrix")->as_array();
    const std::size_t n = c.keys.size();
    bool square = rows && rows->size() == n;
    for (std::size_t i = 0; square && i < n; ++i) {
      const toml::array* row = rows->get(i)->as_array();
      square = row && row->size() == n;
      c.matrix.emplace_back();
      for (std::size_t j = 0; square && j < n; ++j)
        c.matrix[i].push_back(finite_number(*row->get(j), "study.correlation.matrix", problems_).value_or(0));
    }
    if (!square)
      return problems_.report(table->get("matrix"), "study.correlation.matrix",
                              fmt::format("must be {0} rows of {0}", n));
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        if (c.matrix[i][j] == c.matrix[j][i] && (i != j || c.matrix[i][j] == 1)) continue;
        return problems_.report(table->get("matrix"), "study.correlation.matrix",
                                "must be symmetric with ones on its diagonal");
      }
    }
  }

  void check_whole() {
    if (study_.bases.empty() && problems_.none())
      problems_.report(nullptr, "study.base", "is missing: the scenario file the factors act on");
    if (study_.sampling != Sampling::Full) return;
    double product = 1;
    for (const Factor& factor : study_.factors) {
      if (factor.distribution.kind == Distribution::Kind::Values) {
        product *= static_cast<double>(factor.distribution.values.size());
        continue;
      }
      problems_.report({.file = study_.file,
                        .line = factor.line,
                        .column = factor.column,
                        .key = factor.key,
                        .message = "a full design needs values, choice or range for every factor"});
    }
    if (study_.replicates > 1)
      problems_.report(nullptr, "study.replicates", "a full design has nothing random to repeat");
    if (runs_given_) problems_.report(nullptr, "study.runs", "follows from the values in a full design: leave it out");
    if (product > kMostRuns)
      problems_.report(nullptr, "study.factor", fmt::format("make {:.3g} runs: more than 10⁸", product));
    study_.runs = static_cast<std::uint64_t>(product);
  }

  std::filesystem::path folder_;
  StudyDescription study_;
  bool runs_given_ = false;
  ProblemList problems_;
};

}  // namespace

StudyDescription parse_study(const std::string& text, const std::string& name, const std::filesystem::path& folder) {
  toml::table root;
  try {
    root = toml::parse(text, name);
  } catch (const toml::parse_error& error) {
    const auto at = error.source().begin;
    throw InputError(InputProblem{.file = name,
                                  .line = static_cast<int>(at.line),
                                  .column = static_cast<int>(at.column),
                                  .message = std::string(error.description())});
  }
  StudyDescription study = StudyReader(name, folder).read(root);
  study.text = text;
  return study;
}

StudyDescription read_study(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream || std::filesystem::is_directory(file))
    throw InputError(InputProblem{.file = file.string(), .message = "cannot be opened"});
  const std::string text{std::istreambuf_iterator<char>(stream), {}};
  return parse_study(text, file.string(), file.parent_path());
}

std::string toml_text(const FactorValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  std::string out = "\"";
  for (const char c : std::get<std::string>(value)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace foramen
