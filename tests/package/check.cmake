# Installs the build BUILD to a prefix of its own, builds the consumer in SOURCE against it and runs it.
set(work ${BUILD}/package_test)
file(REMOVE_RECURSE ${work})
foreach(step
    "${CMAKE_COMMAND};--install;${BUILD};--prefix;${work}/prefix"
    "${CMAKE_COMMAND};-S;${SOURCE}/consumer;-B;${work}/build;-DCMAKE_PREFIX_PATH=${work}/prefix"
    "${CMAKE_COMMAND};--build;${work}/build"
    "${CMAKE_COMMAND};-E;env;FORAMEN_DATA=${work}/prefix/share/foramen/data;${work}/build/consumer;${work}/prefix/share/foramen/scenarios/standing.toml"
    "${CMAKE_COMMAND};-E;env;--unset=FORAMEN_DATA;${work}/prefix/bin/foramen;check;${work}/prefix/share/foramen/scenarios/lift_stoop.toml"
    "${CMAKE_COMMAND};-E;env;--unset=FORAMEN_DATA;${work}/prefix/bin/foramen;list;postures")
  execute_process(COMMAND ${step} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(status)
    message(FATAL_ERROR "${step}\n${output}")
  endif()
endforeach()
