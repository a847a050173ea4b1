#include "sim/report/texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "sim/base/csv.h"
#include "sim/base/error.h"

namespace foramen {

namespace fs = std::filesystem;

namespace {

/// A table's texts by their keys.
std::map<std::string, std::string, std::less<>> pairs_of(const fs::path& file, const char* key, const char* text) {
  std::map<std::string, std::string, std::less<>> pairs;
  const CsvTable table(file);
  const std::size_t from = table.column(key), to = table.column(text);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    if (!pairs.emplace(table.text(row, from), table.text(row, to)).second) table.fail(row, from, "is given twice");
  }
  return pairs;
}

}  // namespace

std::vector<std::string> languages(const fs::path& data) {
  std::vector<std::string> found;
  for (const auto& entry : fs::directory_iterator(data / "texts")) {
    if (entry.path().extension() == ".csv") found.push_back(entry.path().stem().string());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Texts::Texts(const fs::path& data, const std::string& language) : language_(language) {
  const std::vector<std::string> there = languages(data);
  if (std::find(there.begin(), there.end(), language) == there.end()) {
    std::string list;
    for (const std::string& one : there) list += (list.empty() ? "" : ", ") + one;
    throw InputError(
        InputProblem{.key = language, .message = "there are no texts in this language; there are " + list});
  }
  const fs::path file = data / "texts" / (language + ".csv");
  file_ = file.string();
  texts_ = pairs_of(file, "key", "text");
  const fs::path titles = data / "titles" / (language + ".csv");
  if (fs::exists(titles)) titles_ = pairs_of(titles, "title", "translation");
}

const std::string* Texts::find(std::string_view key) const {
  const auto found = texts_.find(key);
  return found == texts_.end() ? nullptr : &found->second;
}

const std::string& Texts::operator()(std::string_view key) const {
  const std::string* found = find(key);
  if (found == nullptr) throw InputError(InputProblem{.file = file_, .key = std::string(key), .message = "is missing"});
  return *found;
}

std::string Texts::operator()(std::string_view key,
                              const std::vector<std::pair<std::string_view, std::string>>& values) const {
  std::string out;
  std::string_view rest = (*this)(key);
  while (true) {
    const std::size_t open = rest.find('{');
    out += rest.substr(0, open);
    if (open == std::string_view::npos) return out;
    const std::size_t close = rest.find('}', open);
    const std::string_view name = rest.substr(open + 1, close - open - 1);
    const auto value = std::find_if(values.begin(), values.end(), [&](const auto& v) { return v.first == name; });
    if (close == std::string_view::npos || value == values.end())
      throw std::invalid_argument(fmt::format("text {}: no value for {{{}}}", key, name));
    out += number(value->second);
    rest.remove_prefix(close + 1);
  }
}

std::string Texts::number(std::string text) const {
  const std::size_t point = text.find('.');
  const bool plain = point != std::string::npos && point + 1 < text.size() &&
                     text.find('.', point + 1) == std::string::npos &&
                     text.find_first_not_of("+-0123456789.") == std::string::npos;
  if (plain) text.replace(point, 1, (*this)("decimal_sign"));
  return text;
}

const std::string& Texts::title(const std::string& title) const {
  const auto found = titles_.find(title);
  return found == titles_.end() ? title : found->second;
}

std::vector<std::string> Texts::keys() const {
  std::vector<std::string> keys;
  for (const auto& [key, text] : texts_) keys.push_back(key);
  return keys;
}

}  // namespace foramen
