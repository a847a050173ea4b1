#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "sim/app/commands.h"
#include "sim/base/error.h"

namespace foramen {

void add_view(CLI::App& app, Command& chosen) {
  auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* sub = app.add_subcommand("view", "Open foramen-view");
  sub->add_option("SCENARIO", *files, "Scenario files");
  sub->callback([files, &chosen] {
    chosen = [files] {
      const auto beside = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "foramen-view";
      const std::string program = std::filesystem::exists(beside) ? beside.string() : "foramen-view";
      std::vector<char*> arguments{const_cast<char*>(program.c_str())};
      for (std::string& file : *files) arguments.push_back(file.data());
      arguments.push_back(nullptr);
      execvp(program.c_str(), arguments.data());
      throw InputError(InputProblem{.file = "foramen-view",
                                    .message = "was not found beside foramen or on PATH (was it built? it needs VTK)"});
      return static_cast<int>(kFailed);
    };
  });
}

}  // namespace foramen
