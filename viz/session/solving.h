#pragma once

/// From the scenarios of a state to frames: people made once and kept, instants on demand, whole runs that can be
/// cancelled.

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "sim/run/simulate.h"
#include "sim/run/stored_frames.h"
#include "viz/scene/lumbar_scene.h"
#include "viz/session/state.h"

namespace foramen::session {

/// A scenario made ready: everything that does not depend on time. Constant, so that threads may share it.
struct Ready {
  std::shared_ptr<const Scenario> scenario;
  std::shared_ptr<const Person> person;
  std::shared_ptr<const Motion> motion;
  std::shared_ptr<const scene::LumbarScene> scene;
  std::vector<double> times;  ///< of its frames [s], at least one
};

/// Makes scenarios ready; what has not changed since (the person when only the movement did) is taken from before.
class Preparer {
 public:
  /// `detail` of the bones' surfaces, see LumbarScene.
  Preparer(std::shared_ptr<const Library> library, int threads, const scene::MeshDetail& detail);

  /// A draft of a person who differs from the one before in the spine only is drawn in that one's bones: numbers need
  /// not wait for surfaces. Throws InputError for a scenario that cannot be.
  [[nodiscard]] std::shared_ptr<const Ready> prepare(const std::shared_ptr<const Scenario>& scenario,
                                                     bool draft = false);

 private:
  /// A person and its bones, by everything the two depend on.
  struct Made {
    std::string key;
    std::shared_ptr<const Person> person;
    std::shared_ptr<const scene::LumbarScene> scene;
    bool draft = false;  ///< in bones of somebody else
  };
  [[nodiscard]] const Made& make(const Scenario& scenario, bool draft);

  std::shared_ptr<const Library> library_;
  int threads_;
  scene::MeshDetail detail_;
  std::list<Made> made_;  ///< the latest first
  struct Kept {
    std::shared_ptr<const Ready> ready;
    bool draft = false;
  };
  std::list<Kept> ready_;  ///< the latest first
};

/// A whole run, and where a result folder should have held it and did not, why.
struct Whole {
  std::shared_ptr<const Result> result;
  StoredFault fault = StoredFault::None;
};

/// All frames of a scenario, out of the folder where it was solved before, if that is known and still holds; else as
/// solve_whole.
[[nodiscard]] Whole read_or_solve(const Ready& ready, const Stored* stored, const Library& library, int threads,
                                  const std::function<bool()>& cancelled);

/// All frames of a scenario. `cancelled` is asked between frames, from several threads; once it says yes, nothing comes
/// back.
[[nodiscard]] std::shared_ptr<const Result> solve_whole(const Ready& ready, const std::string& digest, int threads,
                                                        const std::function<bool()>& cancelled);

}  // namespace foramen::session
