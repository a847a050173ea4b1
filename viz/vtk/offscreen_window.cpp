#include "viz/vtk/offscreen_window.h"

#include <fmt/core.h>
#include <vtkCallbackCommand.h>
#include <vtkObject.h>

#include <string>

namespace foramen::vtk {

OffscreenWindow::OffscreenWindow(const PictureSize& size) {
  const auto on = [this](unsigned long event, void (*answer)(vtkObject*, unsigned long, void*, void*)) {
    vtkNew<vtkCallbackCommand> command;
    command->SetClientData(&context_);
    command->SetCallback(answer);
    window_->AddObserver(event, command);
  };
  on(vtkCommand::WindowMakeCurrentEvent,
     [](vtkObject*, unsigned long, void* context, void*) { static_cast<EglContext*>(context)->make_current(); });
  on(vtkCommand::WindowIsCurrentEvent, [](vtkObject*, unsigned long, void* context, void* answer) {
    *static_cast<bool*>(answer) = static_cast<EglContext*>(context)->is_current();
  });
  // GLEW asks for an X display when it starts and complains that there is none; VTK's other words still reach people.
  vtkNew<vtkCallbackCommand> complaint;
  complaint->SetCallback([](vtkObject*, unsigned long, void*, void* text) {
    const std::string words = static_cast<const char*>(text);
    if (words.find("GLEW") == std::string::npos) fmt::print(stderr, "{}\n", words);
  });
  window_->AddObserver(vtkCommand::ErrorEvent, complaint);
  window_->SetOwnContext(0);
  window_->SetMapped(1);
  window_->SetReadyForRendering(true);
  window_->SetSize(size.width, size.height);
  window_->SetMultiSamples(0);
  window_->SetFrameBlitModeToNoBlit();
  window_->SwapBuffersOff();
  window_->SetDPI(72);
  window_->OpenGLInit();
}

}  // namespace foramen::vtk
