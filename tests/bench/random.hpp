// Random numbers that are the same on every machine, unlike the distributions of the standard library.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace zweck::bench {

class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 0x9e3779b97f4a7c15u + 1) {}

  std::uint64_t next() {  // splitmix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
  }
  // From 0 to `bound` - 1.
  std::size_t below(std::size_t bound) {
    __extension__ using Wide = unsigned __int128;
    return static_cast<std::size_t>((static_cast<Wide>(next()) * bound) >> 64);
  }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1)));
  }
  bool chance(double probability) { return static_cast<double>(next() >> 11) * 0x1p-53 < probability; }

  template <class Value>
  const Value& pick(const std::vector<Value>& values) {
    return values[below(values.size())];
  }
  // An index, each as likely as its weight.
  std::size_t weighted(const std::vector<double>& weights) {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    double left = static_cast<double>(next() >> 11) * 0x1p-53 * sum;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (left < weights[i]) return i;
      left -= weights[i];
    }
    return weights.size() - 1;
  }
  // `count` different ones, in their order.
  template <class Value>
  std::vector<Value> sample(const std::vector<Value>& values, std::size_t count) {
    std::vector<Value> chosen;
    std::size_t left = values.size();
    for (const Value& value : values) {
      if (chosen.size() < count && below(left) < count - chosen.size()) chosen.push_back(value);
      --left;
    }
    return chosen;
  }

 private:
  std::uint64_t state_;
};

}  // namespace zweck::bench
