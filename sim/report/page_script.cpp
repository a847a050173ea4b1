#include "sim/report/page_script.h"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace foramen {

namespace fs = std::filesystem;

std::string page_script() {
  std::error_code ignored;
  const fs::path base = fs::read_symlink("/proc/self/exe", ignored).parent_path().parent_path();
  std::string script;
  for (const fs::path& place : {base / "page" / "view.js", base / "share" / "foramen" / "page" / "view.js"}) {
    std::ifstream stream(place, std::ios::binary);
    if (!stream) continue;
    script.assign(std::istreambuf_iterator<char>(stream), {});
    break;
  }
  // A closing tag inside a string would end the element.
  for (std::size_t at = script.find("</script"); at != std::string::npos; at = script.find("</script", at + 3))
    script.insert(at + 1, "\\");
  return script;
}

}  // namespace foramen
