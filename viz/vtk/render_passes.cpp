#include "viz/vtk/render_passes.h"

#include <vtkCameraPass.h>
#include <vtkDualDepthPeelingPass.h>
#include <vtkLightsPass.h>
#include <vtkNew.h>
#include <vtkOpaquePass.h>
#include <vtkOpenGLFXAAPass.h>
#include <vtkOpenGLRenderWindow.h>
#include <vtkOpenGLRenderer.h>
#include <vtkOpenGLState.h>
#include <vtkOverlayPass.h>
#include <vtkRenderPass.h>
#include <vtkRenderPassCollection.h>
#include <vtkSSAOPass.h>
#include <vtkSequencePass.h>
#include <vtkTranslucentPass.h>
#include <vtk_glew.h>

#include <algorithm>
#include <initializer_list>

namespace foramen::vtk {
namespace {

constexpr double kNear = 0.15;           ///< half height of a picture of the lumbar spine [m]
constexpr double kShadowRadius = 0.010;  ///< how far a corner is darkened there: about a lamina's thickness [m]
constexpr double kShadowBias = 0.0006;   ///< keeps flat surfaces free of it there [m]
constexpr unsigned kShadowSamples = 64;
constexpr int kPeels = 6;

vtkNew<vtkSequencePass> one_after_another(std::initializer_list<vtkRenderPass*> passes) {
  vtkNew<vtkRenderPassCollection> steps;
  for (vtkRenderPass* pass : passes) steps->AddItem(pass);
  vtkNew<vtkSequencePass> sequence;
  sequence->SetPasses(steps);
  return sequence;
}

}  // namespace

struct RenderPasses::Parts {
  vtkNew<vtkCameraPass> refined, plain;
  vtkNew<vtkSSAOPass> shadows;
};

RenderPasses::RenderPasses() : parts_(std::make_unique<Parts>()) {
  vtkNew<vtkLightsPass> lights;
  vtkNew<vtkOpaquePass> opaque;
  vtkNew<vtkTranslucentPass> translucent;
  vtkNew<vtkOverlayPass> words;

  vtkNew<vtkCameraPass> opaque_camera;
  opaque_camera->SetDelegatePass(one_after_another({lights, opaque}));
  vtkSSAOPass* shadows = parts_->shadows;
  shadows->SetDelegatePass(opaque_camera);
  set_scale(kNear);
  shadows->SetKernelSize(kShadowSamples);
  shadows->BlurOn();

  vtkNew<vtkDualDepthPeelingPass> peeling;
  peeling->SetTranslucentPass(translucent);
  peeling->SetMaximumNumberOfPeels(kPeels);
  vtkNew<vtkCameraPass> picture_camera;
  picture_camera->SetDelegatePass(one_after_another({shadows, lights, peeling}));
  vtkNew<vtkOpenGLFXAAPass> edges;
  edges->SetDelegatePass(picture_camera);
  parts_->refined->SetDelegatePass(one_after_another({edges, words}));

  parts_->plain->SetDelegatePass(one_after_another({lights, opaque, translucent, words}));
}

RenderPasses::~RenderPasses() = default;

void RenderPasses::set_scale(double half_height) {
  // Near, as it is; far, half as fast as the picture grows, its depth being coarser.
  const double scale = std::max(1.0, half_height / kNear);
  parts_->shadows->SetRadius(kShadowRadius * scale);
  parts_->shadows->SetBias(kShadowBias * scale * scale);
}

void RenderPasses::let_later_cover(vtkRenderer* renderer) {
  auto* window = vtkOpenGLRenderWindow::SafeDownCast(renderer->GetRenderWindow());
  if (window) window->GetState()->vtkglDepthFunc(GL_LEQUAL);
}

void RenderPasses::apply(vtkRenderer* renderer, Care care) {
  vtkRenderPass* pass = nullptr;
  if (care == Care::Moving) pass = parts_->plain;
  if (care == Care::Still) pass = parts_->refined;
  renderer->SetPass(pass);
  // Of the renderer's own ways, which cost nothing while a pass stands in for them.
  renderer->SetUseFXAA(care == Care::StillBeside);
  renderer->SetUseDepthPeeling(care == Care::StillBeside);
  renderer->SetMaximumNumberOfPeels(kPeels);
}

}  // namespace foramen::vtk
