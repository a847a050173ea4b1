#pragma once

/// The words of one command, read one after the other with plain complaints.

#include <span>
#include <sstream>
#include <string>
#include <string_view>

namespace foramen::session {

class Words {
 public:
  explicit Words(std::string command) : command_(std::move(command)), words_(command_) {}

  [[nodiscard]] const std::string& command() const { return command_; }
  /// The next word, empty at the end.
  [[nodiscard]] std::string word();
  /// The rest of the line, empty at the end; a file's name may hold spaces.
  [[nodiscard]] std::string rest();
  /// As rest(), which must be there.
  [[nodiscard]] std::string file();
  [[nodiscard]] double number();
  [[nodiscard]] double number(double lo, double hi);
  /// Place of the next word among `names`.
  [[nodiscard]] int choice(std::span<const std::string_view> names);
  /// Throws where words are left over.
  void end();
  [[noreturn]] void fail(const std::string& message) const;

 private:
  std::string command_;
  std::istringstream words_;
};

}  // namespace foramen::session
