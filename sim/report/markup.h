#pragma once

/// Text inside SVG and HTML.

#include <string>
#include <string_view>

namespace foramen {

/// With & < > " ' as entities, so that text from files shows as text, in content and in attributes.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace foramen
