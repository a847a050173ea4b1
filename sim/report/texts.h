#pragma once

/// The sentences of reports, one file per language in data/texts. A new language is a new file.

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace foramen {

class Texts {
 public:
  /// Reads data/texts/LANGUAGE.csv (key, text). Throws InputError for a language that is not there (with those that
  /// are) and for a key or a title given twice.
  Texts(const std::filesystem::path& data, const std::string& language);

  /// The sentence of a key. Throws InputError naming the file where it is missing.
  [[nodiscard]] const std::string& operator()(std::string_view key) const;
  /// The sentence of a key, or null where the file has none.
  [[nodiscard]] const std::string* find(std::string_view key) const;
  /// The same with {names} replaced, numbers as this language writes them. Throws std::invalid_argument for a name in
  /// the sentence that is not given.
  [[nodiscard]] std::string operator()(std::string_view key,
                                       const std::vector<std::pair<std::string_view, std::string>>& values) const;
  /// A number as this language writes it: its own decimal sign. Text that is no plain number stays as it is.
  [[nodiscard]] std::string number(std::string text) const;
  /// The title of a scenario that comes with the program, as data/titles/LANGUAGE.csv gives it; any other as it is.
  [[nodiscard]] const std::string& title(const std::string& title) const;
  [[nodiscard]] const std::string& language() const { return language_; }
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::string language_, file_;
  std::map<std::string, std::string, std::less<>> texts_, titles_;
};

/// Languages there are files for, sorted.
[[nodiscard]] std::vector<std::string> languages(const std::filesystem::path& data);

}  // namespace foramen
