#pragma once

/// From one instant of one person to a drawing of the lumbar spine and, if wished, of the whole body.

#include <memory>
#include <string>
#include <vector>

#include "sim/report/texts.h"
#include "sim/run/frame.h"
#include "viz/scene/drawing.h"
#include "viz/scene/mesh_detail.h"
#include "viz/scene/scene_options.h"

namespace foramen::scene {

/// What a person's scene shows beside the person.
struct Setting {
  std::string title;
  std::vector<HandLoad> loads = {};         ///< what the hands take up and put down
  std::shared_ptr<const Texts> texts = {};  ///< language of the words; none: English from data_directory()
  std::vector<Instant> course = {};         ///< key instants of the movement in time order: furniture stands still in it
};

/// The bones of a subject, polygonised once on up to `threads` threads.
class LumbarScene {
 public:
  LumbarScene(std::shared_ptr<const Subject> subject, Setting setting, const ColourRanges& ranges, int threads = 1,
              const MeshDetail& detail = {});
  ~LumbarScene();
  LumbarScene(LumbarScene&&) noexcept;
  LumbarScene& operator=(LumbarScene&&) noexcept;

  /// The scene of another person, or of this one changed; meshes that still fit are kept.
  [[nodiscard]] LumbarScene for_subject(std::shared_ptr<const Subject> subject, Setting setting, int threads = 1) const;

  /// As for_subject, in the same bones and skin, known to fit or near enough while a hand is on a slider.
  [[nodiscard]] LumbarScene in_these_bones(std::shared_ptr<const Subject> subject, Setting setting) const;

  /// The same scene in other words.
  [[nodiscard]] LumbarScene with_texts(std::shared_ptr<const Texts> texts) const;

  /// The same scene on other colour scales.
  [[nodiscard]] LumbarScene with_ranges(const ColourRanges& ranges) const;

  /// A pure function of its arguments and the construction.
  [[nodiscard]] Drawing draw(const Frame& frame, const SceneOptions& options) const;

 private:
  struct Parts;
  explicit LumbarScene(std::unique_ptr<const Parts> parts);
  std::unique_ptr<const Parts> parts_;
};

}  // namespace foramen::scene
