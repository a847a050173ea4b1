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

namespace foramen::vtk {
namespace {

constexpr double kShadowRadius = 0.010;  ///< how far a corner is darkened: about a lamina's thickness [m]
constexpr double kShadowBias = 0.0006;   ///< keeps flat surfaces free of it [m]
constexpr unsigned kShadowSamples = 64;
constexpr int kPeels = 6;

}  // namespace

struct RenderPasses::Parts {
  vtkNew<vtkCameraPass> all;
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
  vtkNew<vtkSSAOPass> shadows;
  shadows->SetDelegatePass(opaque_camera);
  shadows->SetRadius(kShadowRadius);
  shadows->SetBias(kShadowBias);
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

void RenderPasses::apply(vtkRenderer* renderer, bool refined) {
  renderer->SetPass(refined ? parts_->all.Get() : nullptr);
}

}  // namespace foramen::vtk
