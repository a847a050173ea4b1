#include "viz/vtk/render_passes.h"

#include <vtkCameraPass.h>
#include <vtkDualDepthPeelingPass.h>
#include <vtkLightsPass.h>
#include <vtkNew.h>
#include <vtkOpaquePass.h>
#include <vtkOpenGLFXAAPass.h>
#include <vtkOpenGLRenderer.h>
#include <vtkOverlayPass.h>
#include <vtkRenderPassCollection.h>
#include <vtkSSAOPass.h>
#include <vtkSequencePass.h>
#include <vtkTranslucentPass.h>

#include <algorithm>

namespace foramen::vtk {
namespace {

constexpr double kNear = 0.15;           ///< half height of a picture of the lumbar spine [m]
constexpr double kShadowRadius = 0.010;  ///< how far a corner is darkened there: about a lamina's thickness [m]
constexpr double kShadowBias = 0.0006;   ///< keeps flat surfaces free of it there [m]
constexpr unsigned kShadowSamples = 64;
constexpr int kPeels = 6;

}  // namespace

struct RenderPasses::Parts {
  vtkNew<vtkCameraPass> all;
  vtkNew<vtkSSAOPass> shadows;
};

RenderPasses::RenderPasses() : parts_(std::make_unique<Parts>()) {
  vtkNew<vtkLightsPass> lights;

  vtkNew<vtkOpaquePass> opaque;
  vtkNew<vtkRenderPassCollection> opaque_steps;
  opaque_steps->AddItem(lights);
  opaque_steps->AddItem(opaque);
  vtkNew<vtkSequencePass> opaque_sequence;
  opaque_sequence->SetPasses(opaque_steps);
  vtkNew<vtkCameraPass> opaque_camera;
  opaque_camera->SetDelegatePass(opaque_sequence);
  vtkSSAOPass* shadows = parts_->shadows;
  shadows->SetDelegatePass(opaque_camera);
  set_scale(kNear);
  shadows->SetKernelSize(kShadowSamples);
  shadows->BlurOn();

  vtkNew<vtkTranslucentPass> translucent;
  vtkNew<vtkDualDepthPeelingPass> peeling;
  peeling->SetTranslucentPass(translucent);
  peeling->SetMaximumNumberOfPeels(kPeels);
  vtkNew<vtkRenderPassCollection> picture_steps;
  picture_steps->AddItem(shadows);
  picture_steps->AddItem(lights);
  picture_steps->AddItem(peeling);
  vtkNew<vtkSequencePass> picture;
  picture->SetPasses(picture_steps);
  vtkNew<vtkCameraPass> picture_camera;
  picture_camera->SetDelegatePass(picture);
  vtkNew<vtkOpenGLFXAAPass> edges;
  edges->SetDelegatePass(picture_camera);

  vtkNew<vtkOverlayPass> words;
  vtkNew<vtkRenderPassCollection> steps;
  steps->AddItem(edges);
  steps->AddItem(words);
  vtkNew<vtkSequencePass> sequence;
  sequence->SetPasses(steps);
  parts_->all->SetDelegatePass(sequence);
}

RenderPasses::~RenderPasses() = default;

void RenderPasses::set_scale(double half_height) {
  // Near, as it is; far, half as fast as the picture grows, its depth being coarser.
  const double scale = std::max(1.0, half_height / kNear);
  parts_->shadows->SetRadius(kShadowRadius * scale);
  parts_->shadows->SetBias(kShadowBias * scale * scale);
}

void RenderPasses::apply(vtkRenderer* renderer, bool refined) {
  renderer->SetPass(refined ? parts_->all.Get() : nullptr);
}

}  // namespace foramen::vtk
