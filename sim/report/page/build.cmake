# Bundles view.js with its libraries into OUTPUT. Where npm cannot do it, OUTPUT is empty and reports show pictures only.
#   cmake -DNPM=… -DSOURCE=… -DWORK=… -DOUTPUT=… -P build.cmake
file(MAKE_DIRECTORY ${WORK})
file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json ${SOURCE}/view.js DESTINATION ${WORK})
execute_process(COMMAND ${NPM} ci --no-audit --no-fund --loglevel=error WORKING_DIRECTORY ${WORK}
  RESULT_VARIABLE failed OUTPUT_QUIET ERROR_VARIABLE message)
if(NOT failed)
  execute_process(COMMAND ${WORK}/node_modules/.bin/esbuild view.js --bundle --minify --format=iife --log-level=warning
    --legal-comments=inline --outfile=view.bundle.js WORKING_DIRECTORY ${WORK} RESULT_VARIABLE failed ERROR_VARIABLE message)
endif()
get_filename_component(folder ${OUTPUT} DIRECTORY)
file(MAKE_DIRECTORY ${folder})
if(failed)
  message(WARNING "reports will have pictures only, no rotatable view: ${message}")
  file(WRITE ${OUTPUT} "")
else()
  file(COPY_FILE ${WORK}/view.bundle.js ${OUTPUT})
endif()
