#pragma once

/// A screen for programs that need one: an X server without a monitor, gone with the test.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

extern char** environ;

namespace foramen::gui {

class Screen {
 public:
  Screen() {
    int ends[2] = {-1, -1};
    if (pipe(ends) != 0) return;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 3);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    if (ends[0] != 3) posix_spawn_file_actions_addclose(&actions, ends[0]);
    std::string words[] = {
        "Xvfb", "-displayfd", "3", "-screen", "0", "1600x1000x24", "-nolisten", "tcp",
        // Else the server starts over, and refuses callers meanwhile, whenever its last client leaves.
        "-noreset"};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(), words[3].data(), words[4].data(),
                         words[5].data(), words[6].data(), words[7].data(), words[8].data(), nullptr};
    if (posix_spawnp(&server_, "Xvfb", &actions, nullptr, arguments, environ) != 0) server_ = 0;
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    // The server writes the number of its display once it can be used.
    for (char c = 0; server_ != 0 && ::read(ends[0], &c, 1) == 1 && c != '\n';) display_ += c;
    close(ends[0]);
  }
  ~Screen() {
    if (server_ == 0) return;
    kill(server_, SIGTERM);
    waitpid(server_, nullptr, 0);
  }
  Screen(const Screen&) = delete;
  Screen& operator=(const Screen&) = delete;

  /// Empty where there is no Xvfb.
  [[nodiscard]] std::string display() const { return display_.empty() ? "" : ":" + display_; }

 private:
  pid_t server_ = 0;
  std::string display_;
};

}  // namespace foramen::gui
