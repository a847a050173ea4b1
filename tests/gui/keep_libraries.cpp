// For the address sanitizer only: libraries stay loaded, so that a leak report at the end of the program can name the
// one that leaked and tests/gui/leaks.txt can tell a driver's from ours.

extern "C" int dlclose(void* /*library*/) noexcept;
extern "C" int dlclose(void* /*library*/) noexcept {
  return 0;
}
