#include "sim/report/view_pictures.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <vector>

extern char** environ;

namespace foramen {

namespace fs = std::filesystem;

namespace {

std::string take_file(const fs::path& file) {
  std::string bytes;
  {
    std::ifstream stream(file, std::ios::binary);
    bytes.assign(std::istreambuf_iterator<char>(stream), {});
  }
  std::error_code ignored;
  fs::remove(file, ignored);
  return bytes;
}

}  // namespace

bool run_quietly(const std::vector<std::string>& words) {
  std::vector<char*> arguments;
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  pid_t child = 0;
  const int failed = posix_spawn(&child, words.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (failed != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

fs::path find_program(std::string_view name) {
  std::error_code ignored;
  const fs::path beside = fs::read_symlink("/proc/self/exe", ignored).parent_path() / name;
  if (access(beside.c_str(), X_OK) == 0) return beside;
  const char* path = std::getenv("PATH");
  std::string_view rest = path ? path : "";
  while (!rest.empty()) {
    const std::size_t colon = rest.find(':');
    const fs::path candidate = fs::path(rest.substr(0, colon)) / name;
    if (access(candidate.c_str(), X_OK) == 0) return candidate;
    rest = colon == std::string_view::npos ? std::string_view() : rest.substr(colon + 1);
  }
  return {};
}

fs::path find_viewer() {
  return find_program("foramen-view");
}

std::string view_picture(const fs::path& viewer, const PictureRequest& r, std::size_t number) {
  const fs::path file = fs::temp_directory_path() / fmt::format("foramen_picture_{}_{}.png", getpid(), number);
  std::vector<std::string> words{viewer.string(), r.scenario.string(),
                                 "--picture",     file.string(),
                                 "--time",        fmt::format("{}", r.time),
                                 "--view",        r.view,
                                 "--size",        fmt::format("{}x{}", r.width, r.height),
                                 "--threads",     "1"};
  if (r.disc_scale > 0) words.insert(words.end(), {"--disc-scale", fmt::format("{}", r.disc_scale)});
  if (r.root_scale > 0) words.insert(words.end(), {"--root-scale", fmt::format("{}", r.root_scale)});
  return run_quietly(words) ? take_file(file) : std::string();
}

}  // namespace foramen
