# One program per folder of tests/ that is named here, each with every .cpp of its folder.
find_package(Boost 1.81 REQUIRED COMPONENTS unit_test_framework)

function(zweck_test group)
  file(GLOB sources CONFIGURE_DEPENDS tests/${group}/*.cpp)
  if(ZWECK_SANITIZE STREQUAL thread)
    list(FILTER sources EXCLUDE REGEX engine/memory.cpp)  # gives memory itself, as ThreadSanitizer does
  endif()
  if(NOT sources)
    return()
  endif()
  add_executable(test_${group} ${sources})
  target_include_directories(test_${group} PRIVATE tests)
  target_link_libraries(test_${group} PRIVATE zweck Boost::unit_test_framework fmt::fmt Threads::Threads ${ARGN})
  target_compile_definitions(test_${group} PRIVATE BOOST_TEST_DYN_LINK ZWECK_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
  if(TARGET zweck-command)
    target_compile_definitions(test_${group} PRIVATE ZWECK_COMMAND="$<TARGET_FILE:zweck-command>")
    add_dependencies(test_${group} zweck-command)
  endif()
  target_compile_options(test_${group} PRIVATE ${ZWECK_QUICK_TO_BUILD})
  # One set of precompiled headers for all groups. The main.cpp of a group says more before it reads Boost.Test.
  set_source_files_properties(tests/${group}/main.cpp PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
  get_property(first GLOBAL PROPERTY ZWECK_FIRST_TEST)
  if(first)
    target_precompile_headers(test_${group} REUSE_FROM ${first})
  else()
    target_precompile_headers(test_${group} PRIVATE ${ZWECK_HEADERS} <boost/test/unit_test.hpp>)
    set_property(GLOBAL PROPERTY ZWECK_FIRST_TEST test_${group})
  endif()
  add_test(NAME ${group} COMMAND test_${group} --color_output=no)
  set_tests_properties(${group} PROPERTIES TIMEOUT 1800)
endfunction()

# The reference evaluator with its generator and oracles, which uses nothing of the library.
file(GLOB ZWECK_REFERENCE_SOURCES CONFIGURE_DEPENDS tests/reference/*.cpp)
add_library(zweck_reference STATIC EXCLUDE_FROM_ALL ${ZWECK_REFERENCE_SOURCES})
target_include_directories(zweck_reference PUBLIC tests)

foreach(group text grammar model import engine bundle testing command policies)
  zweck_test(${group})
endforeach()
foreach(group analysis lint agree)
  zweck_test(${group} zweck_reference)
endforeach()
if(ZWECK_SANITIZE)
  # Ten times as slow, so with fewer random sets; the plain build compares all of them.
  set_tests_properties(agree PROPERTIES ENVIRONMENT ZWECK_COUNT=600)
elseif(ZWECK_COVERAGE)
  set_tests_properties(agree analysis lint PROPERTIES ENVIRONMENT ZWECK_COUNT=200)
endif()

# Reports as other programs read them.
find_program(PYTHON3 python3)
if(TARGET zweck-command AND PYTHON3)
  add_test(NAME reports COMMAND ${PROJECT_SOURCE_DIR}/tests/lint/reports $<TARGET_FILE:zweck-command>
    ${CMAKE_BINARY_DIR}/sarif-schema)
  set_tests_properties(reports PROPERTIES TIMEOUT 300)
endif()

# What is installed serves programs outside of this tree: see tests/install/run. Not with instrumented code, which would
# ask the same instrumentation of those programs.
if(NOT ZWECK_SANITIZE AND NOT ZWECK_COVERAGE AND NOT ZWECK_FUZZ AND TARGET zweck-command)
  add_test(NAME install COMMAND ${PROJECT_SOURCE_DIR}/tests/install/run ${CMAKE_BINARY_DIR} ${CMAKE_CXX_COMPILER})
  set_tests_properties(install PROPERTIES TIMEOUT 300)
endif()

# A guard of the way of a decision by counts, for the code as it is shipped: see tests/instructions/run.
find_program(VALGRIND valgrind)
if(VALGRIND AND CMAKE_BUILD_TYPE STREQUAL Release AND CMAKE_SYSTEM_PROCESSOR STREQUAL x86_64 AND NOT ZWECK_SANITIZE)
  add_executable(count_instructions tests/instructions/decide.cpp tests/bench/taxonomies.cpp tests/bench/rules.cpp
    tests/bench/customers.cpp tests/bench/text.cpp tests/bench/json.cpp)
  target_include_directories(count_instructions PRIVATE tests)
  target_link_libraries(count_instructions PRIVATE zweck fmt::fmt)
  add_test(NAME instructions COMMAND ${PROJECT_SOURCE_DIR}/tests/instructions/run $<TARGET_FILE:count_instructions>)
  set_tests_properties(instructions PROPERTIES TIMEOUT 300)
endif()

if(ZWECK_COVERAGE)
  find_program(GCOVR gcovr REQUIRED)
  add_custom_target(coverage
    COMMAND ${CMAKE_CTEST_COMMAND} --output-on-failure --parallel 2
    COMMAND ${GCOVR} --root ${PROJECT_SOURCE_DIR} --filter grammar/ --filter src/ --exclude-throw-branches
      --sort-percentage --gcov-ignore-parse-errors --fail-under-line 90 ${CMAKE_BINARY_DIR}
    USES_TERMINAL VERBATIM)
  get_property(targets DIRECTORY PROPERTY BUILDSYSTEM_TARGETS)
  list(FILTER targets INCLUDE REGEX "^test_")
  add_dependencies(coverage ${targets})
endif()
