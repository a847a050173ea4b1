#include <fmt/core.h>
#include <vtkCallbackCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkObject.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <stdexcept>
#include <string>

#include "viz/vtk/egl_context.h"
#include "viz/vtk/image_file.h"
#include "viz/vtk/show.h"
#include "viz/vtk/stage.h"

namespace foramen::vtk {
namespace {

/// A render window on an own context: VTK asks for the context through events instead of opening a display.
class OffscreenWindow {
 public:
  explicit OffscreenWindow(const PictureSize& size) {
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

  [[nodiscard]] vtkGenericOpenGLRenderWindow* operator->() { return window_; }

 private:
  EglContext context_;  // outlives the window, which frees its objects in it
  vtkNew<vtkGenericOpenGLRenderWindow> window_;
};

/// Drawn this many times finer than asked and averaged: evens out the grain of the soft shadows and all edges.
constexpr int kFiner = 2;

/// Averages kFiner × kFiner pixels of `fine` (rows of `width`·kFiner pixels) into one of `image`, from column `left`
/// on.
void average(const unsigned char* fine, const PictureSize& size, int left, vtkImageData* image) {
  for (int y = 0; y < size.height; ++y) {
    auto* out = static_cast<unsigned char*>(image->GetScalarPointer(left, y, 0));
    for (int k = 0; k < 3 * size.width; ++k) {
      const int x = k / 3, channel = k % 3;
      int sum = kFiner * kFiner / 2;
      for (int dy = 0; dy < kFiner; ++dy) {
        for (int dx = 0; dx < kFiner; ++dx) {
          sum += fine[3 * ((y * kFiner + dy) * size.width * kFiner + x * kFiner + dx) + channel];
        }
      }
      out[k] = static_cast<unsigned char>(sum / (kFiner * kFiner));
    }
  }
}

/// One sheet's picture, put into `image` from column `left` on.
void draw_sheet(const Sheet& sheet, const scene::ViewState& state, const PictureSize& size, int left,
                vtkImageData* image) {
  const Frame& frame = sheet.frames[scene::nearest_frame(sheet.frames, state.time)];
  const PictureSize fine{kFiner * size.width, kFiner * size.height};
  OffscreenWindow window(fine);
  Stage stage;
  window->AddRenderer(stage.renderer());
  stage.show(sheet.scene.draw(frame, state.options));
  stage.place_camera(scene::place_camera(state.view, frame, static_cast<double>(size.width) / size.height),
                     state.parallel);
  stage.orbit(state.orbit_right, state.orbit_up, state.zoom);
  stage.refine(true);
  window->Render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window->GetPixelData(0, 0, fine.width - 1, fine.height - 1, 0, pixels, 0);
  window->RemoveRenderer(stage.renderer());
  average(pixels->GetPointer(0), size, left, image);
}

}  // namespace

void write_picture(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                   const std::filesystem::path& file) {
  vtkNew<vtkImageData> image;
  image->SetDimensions(size.width, size.height, 1);
  image->AllocateScalars(VTK_UNSIGNED_CHAR, 3);
  const int count = static_cast<int>(sheets.size());
  for (int i = 0; i < count; ++i) {
    const int left = size.width * i / count, right = size.width * (i + 1) / count;
    draw_sheet(sheets[static_cast<std::size_t>(i)], state, {right - left, size.height}, left, image);
  }
  write_png(image, file);
}

}  // namespace foramen::vtk
