# What `cmake --install` lays down, in two parts: `command` (the binary, policies to start from, documents) and
# `development` (the library, its headers, find_package and pkg-config); and the Debian packages of both by CPack.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(data_dir ${CMAKE_INSTALL_DATADIR}/zweck)
set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/zweck)
if(TARGET zweck-command)
  install(TARGETS zweck-command RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT command)
  if(BUILD_SHARED_LIBS)
    set_target_properties(zweck-command PROPERTIES INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
  endif()
endif()
install(DIRECTORY policies DESTINATION ${data_dir} COMPONENT command OPTIONAL)
install(FILES README.md LICENSE DESTINATION ${data_dir} COMPONENT command)
install(FILES grammar/README.md DESTINATION ${data_dir} COMPONENT command RENAME language.md OPTIONAL)
install(FILES grammar/zweck.ebnf DESTINATION ${data_dir} COMPONENT command OPTIONAL)

install(TARGETS zweck EXPORT zweckTargets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT development
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
install(DIRECTORY src/zweck DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development FILES_MATCHING PATTERN *.hpp)
install(EXPORT zweckTargets NAMESPACE zweck:: DESTINATION ${config_dir} COMPONENT development)
configure_package_config_file(tools/package/zweckConfig.cmake.in zweckConfig.cmake
  INSTALL_DESTINATION ${config_dir} PATH_VARS data_dir)
write_basic_package_version_file(zweckConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_BINARY_DIR}/zweckConfig.cmake ${CMAKE_BINARY_DIR}/zweckConfigVersion.cmake
  DESTINATION ${config_dir} COMPONENT development)

# A static library leaves its dependencies to whoever links it; a shared one brings them along, without what is needed to
# compile against them.
set(requires "yaml-cpp fmt simdjson libcrypto")
if(BUILD_SHARED_LIBS)
  set(requires "")
endif()
file(RELATIVE_PATH pc_to_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
configure_file(tools/package/zweck.pc.in zweck.pc @ONLY)
install(FILES ${CMAKE_BINARY_DIR}/zweck.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_CONTACT "The Zweck authors <zweck@localhost>")
set(CPACK_PACKAGE_VENDOR "The Zweck authors")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command development)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME zweck)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION utils)
set(CPACK_COMPONENT_COMMAND_DESCRIPTION "policies for the use of personal data: the command
 Zweck says which data may be used for which purpose by which partner, and on
 what basis. This package has the zweck command, which checks, tests, compares
 and answers from such policies, and policies to start from.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libzweck-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_COMPONENT_DEVELOPMENT_DESCRIPTION "policies for the use of personal data: the library
 Zweck says which data may be used for which purpose by which partner, and on
 what basis. This package has the C++20 library that answers requests inside a
 service, its headers, and what CMake and pkg-config need to find it.")
if(BUILD_SHARED_LIBS)
  list(APPEND CPACK_COMPONENTS_ALL runtime)
  set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS ON)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS ${CMAKE_BINARY_DIR})
  set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME libzweck0)
  set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION libs)
  set(CPACK_COMPONENT_COMMAND_DEPENDS runtime)
  set(CPACK_COMPONENT_DEVELOPMENT_DEPENDS runtime)
  set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "policies for the use of personal data: the shared library
 Zweck says which data may be used for which purpose by which partner, and on
 what basis. This package has the shared library that programs run with.")
else()
  set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libyaml-cpp-dev, libfmt-dev, libsimdjson-dev, libssl-dev")
endif()
include(CPack)
