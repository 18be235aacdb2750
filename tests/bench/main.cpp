// Of every benchmark program.
#include <benchmark/benchmark.h>

#include "bench/setup.hpp"

int main(int argc, char** argv) {
  zweck::bench::register_all();
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
