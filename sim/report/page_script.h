#pragma once

/// The bundled script of the rotatable view.

#include <string>

namespace foramen {

/// Its text, safe inside a <script> element; empty where it was not built. Looked for in page/ beside the program's
/// folder (a build tree) and in share/foramen/page of an installation.
[[nodiscard]] std::string page_script();

}  // namespace foramen
