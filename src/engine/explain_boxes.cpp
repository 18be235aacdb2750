#include "engine/explain_boxes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace zweck {

std::vector<Names> boxes_of(const PointReason& reason) {
  using Set = std::set<std::string>;
  std::map<std::pair<std::string, std::string>, Set> data;  // by purpose and partner
  data[{reason.point.purpose, reason.point.partner}].insert(reason.point.data);
  for (const PointName& name : reason.same) data[{name.purpose, name.partner}].insert(name.data);
  std::map<std::pair<std::string, Set>, Set> partners;  // by purpose and data
  for (const auto& [key, names] : data) partners[{key.first, names}].insert(key.second);
  std::map<std::pair<Set, Set>, Set> purposes;  // by data and partners
  for (const auto& [key, names] : partners) purposes[{key.second, names}].insert(key.first);
  std::vector<Names> boxes;
  const auto list = [](const Set& set) { return std::vector<std::string>(set.begin(), set.end()); };
  for (const auto& [key, names] : purposes) boxes.push_back({list(key.first), list(names), list(key.second)});
  std::stable_sort(boxes.begin(), boxes.end(), [](const Names& a, const Names& b) {
    return a[0].size() * a[1].size() * a[2].size() > b[0].size() * b[1].size() * b[2].size();
  });
  return boxes;
}

}  // namespace zweck
