#include "viz/vtk/display.h"

#include <dlfcn.h>

#include <cstdlib>

namespace foramen::vtk {

std::string why_no_display() {
  const char* display = std::getenv("DISPLAY");
  if (!display || !*display) return "there is no display (DISPLAY is not set)";
  void* library = dlopen("libX11.so.6", RTLD_NOW | RTLD_LOCAL);
  if (!library) return "libX11 is not installed";
  using OpenDisplay = void* (*)(const char*);
  using CloseDisplay = int (*)(void*);
  const auto open = reinterpret_cast<OpenDisplay>(dlsym(library, "XOpenDisplay"));
  const auto close = reinterpret_cast<CloseDisplay>(dlsym(library, "XCloseDisplay"));
  void* connection = open && close ? open(nullptr) : nullptr;
  if (!connection) return std::string("the display ") + display + " does not answer";
  close(connection);
  return {};
}

}  // namespace foramen::vtk
