#pragma once

/// Sentences of data/texts as Qt's strings.

#include <QString>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/report/texts.h"

namespace foramen::qt {

[[nodiscard]] inline QString text(const std::string& words) {
  return QString::fromStdString(words);
}
[[nodiscard]] inline QString text(const Texts& texts, std::string_view key) {
  return QString::fromStdString(texts(key));
}
[[nodiscard]] inline QString text(const Texts& texts, std::string_view key,
                                  const std::vector<std::pair<std::string_view, std::string>>& values) {
  return QString::fromStdString(texts(key, values));
}

}  // namespace foramen::qt
