# `cmake --install`: programs, data, headers and the CMake package `foramen` with the target `foramen::sim`.
include(CMakePackageConfigHelpers)
install(TARGETS foramen_sim foramen_flags EXPORT foramenTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(TARGETS foramen RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(DIRECTORY sim DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/foramen FILES_MATCHING PATTERN "*.h")
install(DIRECTORY data DESTINATION ${CMAKE_INSTALL_DATADIR}/foramen)
install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/foramen)
install(EXPORT foramenTargets NAMESPACE foramen:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/foramen)
configure_package_config_file(cmake/foramenConfig.cmake.in ${CMAKE_BINARY_DIR}/foramenConfig.cmake
  INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/foramen)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/foramenConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/foramenConfig.cmake ${CMAKE_BINARY_DIR}/foramenConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/foramen)
