#include <fmt/core.h>
#include <vtkNew.h>
#include <vtkOggTheoraWriter.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <stdexcept>

#include "viz/vtk/image_file.h"
#include "viz/vtk/show.h"
#include "viz/vtk/studio.h"

namespace foramen::vtk {
namespace {

/// Where the pictures of a film go.
class Film {
 public:
  virtual ~Film() = default;
  virtual void add(vtkImageData* image) = 0;
  virtual void finish() = 0;
};

/// Numbered pictures in a directory, for other programs to join.
class Pictures : public Film {
 public:
  explicit Pictures(std::filesystem::path directory) : directory_(std::move(directory)) {
    std::filesystem::create_directories(directory_);
  }
  void add(vtkImageData* image) override { write_png(image, directory_ / fmt::format("{:05}.png", ++count_)); }
  void finish() override {}

 private:
  std::filesystem::path directory_;
  int count_ = 0;
};

/// Ogg Theora under a temporary name until it is whole.
class Ogg : public Film {
 public:
  Ogg(std::filesystem::path file, double fps, vtkImageData* image)
      : file_(std::move(file)), part_(file_.string() + ".part") {
    // Asked first: the writer would complain in its own words.
    if (!std::ofstream(part_)) throw std::runtime_error(fmt::format("cannot write {}", file_.string()));
    writer_->SetFileName(part_.c_str());
    writer_->SetInputData(image);
    writer_->SetRate(static_cast<int>(std::lround(fps)));
    writer_->SetQuality(2);
    writer_->SetSubsampling(0);
    writer_->Start();
    started_ = true;
    check();
  }
  ~Ogg() override {
    std::error_code ignored;
    if (!finished_ && started_) writer_->End();
    std::filesystem::remove(part_, ignored);
  }
  void add(vtkImageData* image) override {
    image->Modified();
    writer_->Write();
    check();
  }
  void finish() override {
    writer_->End();
    finished_ = true;
    check();
    std::error_code failed;
    std::filesystem::rename(part_, file_, failed);
    if (failed) throw std::runtime_error(fmt::format("cannot write {}: {}", file_.string(), failed.message()));
  }

 private:
  void check() {
    if (writer_->GetError()) throw std::runtime_error(fmt::format("cannot write {}", file_.string()));
  }
  std::filesystem::path file_;
  std::string part_;
  vtkNew<vtkOggTheoraWriter> writer_;
  bool started_ = false, finished_ = false;
};

/// One sheet while it is filmed.
struct Take {
  const Sheet* sheet;
  std::unique_ptr<Studio> studio;
  Pose carrier;  ///< of the camera, at the picture before
};

void show(Take& take, const scene::ViewState& state, double time) {
  const Frame& frame = take.sheet->frames[scene::nearest_frame(take.sheet->frames, time)];
  take.studio->stage().show(take.sheet->scene.draw(frame, state.options));
  const Pose carrier = scene::camera_carrier(state.view, frame);
  take.studio->stage().carry_camera(carrier * take.carrier.inverse());
  take.carrier = carrier;
}

}  // namespace

void write_video(const std::vector<Sheet>& sheets, const scene::ViewState& state, const PictureSize& size,
                 const std::filesystem::path& file, const VideoOptions& options) {
  if (!(options.fps > 0.0) || !(options.speed > 0.0)) {
    throw std::invalid_argument(
        fmt::format("a film at {} pictures a second, {} times as fast", options.fps, options.speed));
  }
  const std::vector<int> lefts = columns(size.width, static_cast<int>(sheets.size()));
  double from = sheets.front().frames.front().time, to = from;
  std::vector<Take> takes;
  auto studios = set_up(sheets, state, size, 1, options.look, true);
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    from = std::min(from, sheets[i].frames.front().time);
    to = std::max(to, sheets[i].frames.back().time);
    takes.push_back(
        {&sheets[i], std::move(studios[i]), scene::camera_carrier(state.view, shown_frame(sheets[i], state))});
  }
  const auto image = blank(size);
  std::unique_ptr<Film> film;
  if (file.has_filename()) {
    film = std::make_unique<Ogg>(file, options.fps, image);
  } else {
    film = std::make_unique<Pictures>(file);
  }
  const int count = 1 + static_cast<int>(std::floor((to - from) * options.fps / options.speed + 1e-9));
  for (int k = 0; k < count; ++k) {
    for (std::size_t i = 0; i < takes.size(); ++i) {
      show(takes[i], state, from + k * options.speed / options.fps);
      takes[i].studio->take(image, lefts[i]);
    }
    film->add(image);
    if (options.progress) options.progress(k + 1, count);
  }
  film->finish();
}

}  // namespace foramen::vtk
