#include <cstdio>

#include "sim/run/simulate.h"

int main(int, char** arguments) {
  const auto result = foramen::simulate(foramen::read_scenario(arguments[1]), {});
  std::printf("%zu frame, %.0f N\n", result.frames.size(), result.frames[0].spine.levels[4].compression);
  return result.frames[0].converged() ? 0 : 1;
}
