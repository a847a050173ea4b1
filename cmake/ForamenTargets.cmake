# Flags shared by every target of the project.
add_library(foramen_flags INTERFACE)
target_compile_options(foramen_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-align -Wdouble-promotion -Werror
  # The same bits from every build and compiler: no fused multiply-add where the source has none.
  -ffp-contract=off
  # g++ 12 warns of overlapping copies in every `const char* + std::string` (its bug 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)

set(FORAMEN_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")
if(FORAMEN_SANITIZE)
  target_compile_options(foramen_flags INTERFACE -fsanitize=${FORAMEN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(foramen_flags INTERFACE -fsanitize=${FORAMEN_SANITIZE})
  # g++ 12 takes the insides of std::regex for uninitialised when it instruments them (its bug 105562).
  target_compile_options(foramen_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
endif()

# foramen_room(NAME source...): adds a room's sources to the library.
function(foramen_room)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE sources)
  target_sources(foramen_sim PRIVATE ${sources})
endfunction()
