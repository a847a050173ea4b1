#pragma once

/// An OpenGL context without any screen: EGL on Mesa's surfaceless platform.

#include <memory>

namespace foramen::vtk {

class EglContext {
 public:
  /// Loads libEGL when it is first needed. Throws std::runtime_error that says what is missing and how to get it.
  EglContext();
  ~EglContext();
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;

  void make_current() const;
  [[nodiscard]] bool is_current() const;

 private:
  struct Library;
  std::unique_ptr<Library> egl_;
};

}  // namespace foramen::vtk
