#pragma once

/// Runs a session without any screen: scripts and pictures.

#include <memory>

#include "sim/run/simulate.h"
#include "viz/app/arguments.h"
#include "viz/session/session.h"

namespace foramen::view {

/// Runs the script's commands one after the other, each with its numbers solved, then writes the picture asked for.
/// Throws InputError for a command that is not understood or needs a window.
void run_offscreen(const Arguments& arguments, session::Session& session, std::shared_ptr<const Library> library,
                   const std::vector<std::string>& script);

}  // namespace foramen::view
