#include "viz/vtk/egl_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <dlfcn.h>

#include <stdexcept>
#include <string>

namespace foramen::vtk {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("cannot draw without a screen: " + what +
                           ". Install libegl1 and libgl1-mesa-dri, or run under xvfb-run");
}

}  // namespace

/// The few functions used, looked up by name: the program must start, and say this clearly, where libEGL is missing.
struct EglContext::Library {
  void* handle = nullptr;
  EGLDisplay display = EGL_NO_DISPLAY;
  EGLContext context = EGL_NO_CONTEXT;
  PFNEGLGETPROCADDRESSPROC address_of = nullptr;
  PFNEGLINITIALIZEPROC initialize = nullptr;
  PFNEGLBINDAPIPROC bind_api = nullptr;
  PFNEGLCHOOSECONFIGPROC choose_config = nullptr;
  PFNEGLCREATECONTEXTPROC create_context = nullptr;
  PFNEGLMAKECURRENTPROC make_current = nullptr;
  PFNEGLGETCURRENTCONTEXTPROC current_context = nullptr;
  PFNEGLDESTROYCONTEXTPROC destroy_context = nullptr;
  PFNEGLTERMINATEPROC terminate = nullptr;

  template <class Function>
  void load(Function& function, const char* name) const {
    function = reinterpret_cast<Function>(dlsym(handle, name));
    if (!function) fail(std::string("libEGL has no ") + name);
  }
};

EglContext::EglContext() : egl_(std::make_unique<Library>()) {
  Library& egl = *egl_;
  egl.handle = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
  if (!egl.handle) fail(std::string("libEGL cannot be loaded (") + dlerror() + ")");
  egl.load(egl.address_of, "eglGetProcAddress");
  egl.load(egl.initialize, "eglInitialize");
  egl.load(egl.bind_api, "eglBindAPI");
  egl.load(egl.choose_config, "eglChooseConfig");
  egl.load(egl.create_context, "eglCreateContext");
  egl.load(egl.make_current, "eglMakeCurrent");
  egl.load(egl.current_context, "eglGetCurrentContext");
  egl.load(egl.destroy_context, "eglDestroyContext");
  egl.load(egl.terminate, "eglTerminate");

  const auto get_display =
      reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(egl.address_of("eglGetPlatformDisplayEXT"));
  if (!get_display) fail("libEGL knows no platforms");
  egl.display = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
  if (egl.display == EGL_NO_DISPLAY || !egl.initialize(egl.display, nullptr, nullptr)) {
    fail("EGL has no surfaceless display (no Mesa driver?)");
  }
  constexpr EGLint kConfig[] = {EGL_SURFACE_TYPE, 0, EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_NONE};
  // The least that VTK's OpenGL2 renderer asks for.
  constexpr EGLint kContext[] = {
      EGL_CONTEXT_MAJOR_VERSION,           3,       EGL_CONTEXT_MINOR_VERSION, 2, EGL_CONTEXT_OPENGL_PROFILE_MASK,
      EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
  EGLConfig config = nullptr;
  EGLint count = 0;
  if (!egl.bind_api(EGL_OPENGL_API) || !egl.choose_config(egl.display, kConfig, &config, 1, &count) || count < 1) {
    fail("EGL offers no desktop OpenGL");
  }
  egl.context = egl.create_context(egl.display, config, EGL_NO_CONTEXT, kContext);
  if (egl.context == EGL_NO_CONTEXT) fail("EGL gives no OpenGL 3.2 context");
  make_current();
  if (!is_current()) fail("the OpenGL context cannot be used");
}

EglContext::~EglContext() {
  // libEGL stays loaded: drivers do not like to be unloaded while their threads end.
  egl_->make_current(egl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
  egl_->destroy_context(egl_->display, egl_->context);
  egl_->terminate(egl_->display);
}

void EglContext::make_current() const {
  egl_->make_current(egl_->display, EGL_NO_SURFACE, EGL_NO_SURFACE, egl_->context);
}

bool EglContext::is_current() const {
  return egl_->current_context() == egl_->context;
}

}  // namespace foramen::vtk
