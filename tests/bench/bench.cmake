# The workload generator, and the benchmarks: one program per name below, each with Google Benchmark.
find_package(benchmark REQUIRED)

add_library(zweck-bench STATIC
  tests/bench/taxonomies.cpp tests/bench/rules.cpp tests/bench/customers.cpp tests/bench/text.cpp tests/bench/json.cpp
  tests/bench/setup.cpp tests/bench/clock.cpp tests/bench/proofs.cpp tests/bench/tiles.cpp)
target_include_directories(zweck-bench PUBLIC tests)
target_link_libraries(zweck-bench PUBLIC zweck fmt::fmt benchmark::benchmark)

add_executable(zweck-workload tests/bench/generate.cpp)
target_link_libraries(zweck-workload PRIVATE zweck-bench CLI11::CLI11)

add_executable(bench_report tests/bench/report.cpp)
target_link_libraries(bench_report PRIVATE fmt::fmt simdjson::simdjson)

foreach(name engine analysis difference serving)
  add_executable(bench_${name} tests/bench/${name}.cpp tests/bench/main.cpp)
  target_link_libraries(bench_${name} PRIVATE zweck-bench)
endforeach()
target_compile_definitions(bench_serving PRIVATE ZWECK_COMMAND="$<TARGET_FILE:zweck-command>")
add_dependencies(bench_serving zweck-command)

# The same workload for other engines; see peers/README.md.
add_library(zweck-peers STATIC EXCLUDE_FROM_ALL
  tests/bench/peers/plain_rules.cpp tests/bench/peers/requests.cpp tests/bench/peers/cedar.cpp tests/bench/peers/opa.cpp
  tests/bench/peers/casbin.cpp tests/bench/peers/cerbos.cpp tests/bench/peers/sapl.cpp)
target_link_libraries(zweck-peers PUBLIC zweck-bench)
foreach(name write zweck)
  add_executable(peers_${name} EXCLUDE_FROM_ALL tests/bench/peers/${name}.cpp)
  target_link_libraries(peers_${name} PRIVATE zweck-peers CLI11::CLI11)
endforeach()
add_executable(peers_report EXCLUDE_FROM_ALL tests/bench/peers/report.cpp)
target_link_libraries(peers_report PRIVATE fmt::fmt simdjson::simdjson)
