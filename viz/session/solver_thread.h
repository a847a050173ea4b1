#pragma once

/// Solves on a thread of its own while the window stays alive; a newer request cancels an older one.

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "viz/session/leg_raise.h"
#include "viz/session/solving.h"
#include "viz/session/state.h"

namespace foramen::session {

/// What is to be solved: the instant under the cursor of every case first, then whole runs.
struct Request {
  std::vector<std::shared_ptr<const Scenario>> scenarios;
  double time = 0;  ///< of the cursor [s]
  Link link = Link::Time;
  bool whole = false;
  std::vector<std::shared_ptr<const Stored>> stored = {};  ///< by scenario: where its frames may be found; may be empty
};

/// What the thread has found. Objects are constant and shared; whoever receives them may keep them.
struct Update {
  std::uint64_t request = 0;  ///< which it answers
  std::size_t index = 0;      ///< of the case
  std::shared_ptr<const Ready> ready = {};
  std::shared_ptr<const Frame> instant = {};
  std::shared_ptr<const Result> whole = {};
  StoredFault fault = StoredFault::None;  ///< why it was solved again
  std::optional<LegRaise> leg_raise = {};
  std::string problem = {};  ///< why there is nothing, for people
  bool last = false;         ///< nothing more comes for this request
  bool question = false;     ///< answers a question, not a request
};

class SolverThread {
 public:
  /// `publish` is called on the solver's thread, one call at a time; never for a request that a newer one has replaced
  /// before the call.
  SolverThread(std::shared_ptr<const Library> library, int threads, const scene::MeshDetail& detail,
               std::function<void(Update)> publish);
  ~SolverThread();  ///< cancels and waits for the frame being solved
  SolverThread(const SolverThread&) = delete;
  SolverThread& operator=(const SolverThread&) = delete;

  /// Replaces what is being solved. Returns the number that its updates carry.
  std::uint64_t request(Request request);
  /// Asks for the leg raise of a scenario's person, after the request at hand; answered with the number returned.
  std::uint64_t ask_leg_raise(std::shared_ptr<const Scenario> scenario, Side side);

 private:
  struct Question {
    std::uint64_t number = 0;
    std::shared_ptr<const Scenario> scenario;
    Side side = Side::Left;
  };
  void work(const std::stop_token& stop);
  void answer(const Request& request, std::uint64_t number, const std::stop_token& stop);
  void answer(const Question& question, const std::stop_token& stop);
  [[nodiscard]] bool outdated(std::uint64_t number) const { return newest_ != number; }

  std::shared_ptr<const Library> library_;
  int threads_;
  std::function<void(Update)> publish_;
  Preparer preparer_;
  std::mutex mutex_;  ///< guards waiting_, questions_ and numbers_
  std::condition_variable_any wake_;
  std::optional<Request> waiting_;
  std::vector<Question> questions_;
  std::uint64_t numbers_ = 0;
  std::atomic<std::uint64_t> newest_ = 0;  ///< request; older ones are given up
  std::jthread thread_;                    ///< last: it uses all the others
};

}  // namespace foramen::session
