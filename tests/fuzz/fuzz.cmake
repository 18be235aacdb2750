# One fuzzer per tests/fuzz/NAME.cpp, with the corpus tests/fuzz/corpus/NAME: the target fuzz_NAME. CTest runs each for
# a short time from a fixed seed; for a long run, which keeps what it finds in a folder of its own:
#   cmake --build BUILD --target fuzz_NAME && BUILD/fuzz_NAME NEW tests/fuzz/corpus/NAME
set(ZWECK_FUZZ_SECONDS 20 CACHE STRING "how long CTest runs each fuzzer")

file(GLOB fuzzers CONFIGURE_DEPENDS tests/fuzz/*.cpp)
foreach(source ${fuzzers})
  get_filename_component(name ${source} NAME_WE)
  add_executable(fuzz_${name} ${source})
  target_include_directories(fuzz_${name} PRIVATE tests)
  target_link_libraries(fuzz_${name} PRIVATE zweck)
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  # As a list, so that a short run leaves the corpus as it is and starts from the same each time.
  file(GLOB seeds CONFIGURE_DEPENDS tests/fuzz/corpus/${name}/*)
  list(JOIN seeds "," seeds)
  file(GENERATE OUTPUT ${CMAKE_BINARY_DIR}/fuzz_${name}.seeds CONTENT "${seeds}")
  set(dictionary ${PROJECT_SOURCE_DIR}/tests/fuzz/${name}.dict)
  if(EXISTS ${dictionary})
    set(dictionary -dict=${dictionary})
  else()
    set(dictionary)
  endif()
  # Inputs that crash are left in the build directory; `-timeout` is for one input, in seconds.
  add_test(NAME fuzz_${name} COMMAND fuzz_${name} -seed=1 -max_total_time=${ZWECK_FUZZ_SECONDS} -timeout=5 -max_len=4096
    -rss_limit_mb=2048 -print_final_stats=1 -verbosity=0 -artifact_prefix=${CMAKE_BINARY_DIR}/fuzz_${name}- ${dictionary}
    -seed_inputs=@${CMAKE_BINARY_DIR}/fuzz_${name}.seeds)
  set_tests_properties(fuzz_${name} PROPERTIES LABELS fuzz TIMEOUT 300)
endforeach()
