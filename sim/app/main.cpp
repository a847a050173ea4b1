#include <fmt/core.h>

int main() { fmt::print("foramen {}\n", FORAMEN_VERSION); }
