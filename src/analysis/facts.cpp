#include "analysis/facts.hpp"

#include <algorithm>
#include <map>

#include "grammar/format.hpp"

namespace zweck::analysis {

namespace {

constexpr std::int64_t least_day = -719'528, greatest_day = 2'932'896;  // 0000-01-01, 9999-12-31
constexpr std::int64_t usual_day = 20'454;                              // 2026-01-01, where any day will do
constexpr std::int64_t minute = 60;                                     // durations are whole minutes

bool is_ordered(TypeKind kind) {
  return kind == TypeKind::integer || kind == TypeKind::date || kind == TypeKind::duration;
}

std::int64_t least_of(const Type& type) {
  return type.kind == TypeKind::integer ? type.min : type.kind == TypeKind::date ? least_day : minute;
}

std::int64_t greatest_of(const Type& type) {
  if (type.kind == TypeKind::duration) return INT64_MAX / minute * minute;
  return type.kind == TypeKind::integer ? type.max : greatest_day;
}

const std::string& text_of(const Vocabulary& vocabulary, std::int64_t id) {
  return vocabulary.strings[static_cast<std::size_t>(id)];
}


}  // namespace

bool alike(const Vocabulary& a, const Type& type_a, const Vocabulary& b, const Type& type_b) {
  if (type_a.kind != type_b.kind || type_a.set != type_b.set) return false;
  switch (type_a.kind) {
    case TypeKind::integer:
      return std::max(type_a.min, type_b.min) <= std::min(type_a.max, type_b.max);
    case TypeKind::choice:
      return std::any_of(type_a.choices.begin(), type_a.choices.end(), [&](std::int64_t choice) {
        const auto other = b.find_string(text_of(a, choice));
        return other && std::find(type_b.choices.begin(), type_b.choices.end(), *other) != type_b.choices.end();
      });
    case TypeKind::node: {
      const Taxonomy& first = a.taxonomies[type_a.taxonomy];
      const Taxonomy& second = b.taxonomies[type_b.taxonomy];
      return first.name == second.name && join(&first, &second).size() > 0;
    }
    default:
      return true;
  }
}

FactDomain::FactDomain(std::array<const Vocabulary*, max_sides> sides,
                       std::array<std::optional<FactId>, max_sides> facts, const Leaves* leaves)
    : sides_(sides), leaves_(leaves) {
  std::array<const Type*, max_sides> types{};
  for (std::size_t side = 0; side < max_sides; ++side) {
    if (!facts[side]) continue;
    const Fact& fact = sides[side]->facts[*facts[side]];
    types[side] = &fact.type;
    if (fact.fallback.missing()) may_be_missing_ = true;
  }
  const std::size_t known = types[0] ? 0 : 1;
  const Type& type = *types[known];
  kind_ = type.kind;
  set_ = type.set;
  const bool two = types[0] && types[1];

  if (is_ordered(kind_)) {
    least_ = two ? std::max(least_of(*types[0]), least_of(*types[1])) : least_of(type);
    greatest_ = two ? std::min(greatest_of(*types[0]), greatest_of(*types[1])) : greatest_of(type);
    step_ = kind_ == TypeKind::duration ? minute : 1;
    starts_.push_back(least_);
    return;
  }
  const auto add = [&](std::int64_t first, std::int64_t second) {
    const auto element = static_cast<std::uint32_t>(elements_.size());
    elements_.push_back({first, second});
    element_of_[0].emplace(first, element);
    element_of_[1].emplace(second, element);
  };
  switch (kind_) {
    case TypeKind::boolean:
      add(0, 0);
      add(1, 1);
      break;
    case TypeKind::string: {
      add(foreign_string, foreign_string);
      // Texts that a side does not know are foreign to it.
      std::map<std::string, std::array<std::int64_t, max_sides>> ids;
      for (std::size_t side = 0; side < max_sides; ++side) {
        if (!types[side]) continue;
        for (std::size_t i = 0; i < sides[side]->strings.size(); ++i) {
          auto& entry = ids.try_emplace(sides[side]->strings[i], std::array{foreign_string, foreign_string}).first->second;
          entry[side] = static_cast<std::int64_t>(i);
        }
      }
      for (const auto& [each, id] : ids) add(id[0], id[1]);
      element_of_[0][foreign_string] = element_of_[1][foreign_string] = 0;
      break;
    }
    case TypeKind::choice:
      for (const std::int64_t choice : type.choices) {
        if (!two) {
          add(choice, choice);
          continue;
        }
        const auto other = sides[1]->find_string(text_of(*sides[0], choice));
        if (other && std::find(types[1]->choices.begin(), types[1]->choices.end(), *other) != types[1]->choices.end())
          add(choice, *other);
      }
      break;
    default:
      for (const auto& ids : leaves_->ids) elements_.push_back({ids[0], ids[1]});
      break;
  }
  partition_.emplace(elements_.size());
}

std::vector<std::uint32_t> FactDomain::elements_of(std::size_t side, std::int64_t value) const {
  if (kind_ == TypeKind::node) return leaves_->below(side, static_cast<NodeId>(value));
  const auto found = element_of_[side].find(value);
  return found == element_of_[side].end() ? std::vector<std::uint32_t>{} : std::vector{found->second};
}

void FactDomain::collect(const Outcome& outcome) {
  if (partition_) {
    partition_->split(outcome.elements);
    return;
  }
  for (const auto& [first, last] : outcome.ranges) {
    if (first > least_ && first <= greatest_) starts_.push_back(first);
    if (last >= least_ && last < greatest_) starts_.push_back(last + step_);
  }
}

void FactDomain::collect_each(const std::vector<std::uint32_t>& elements) {
  for (const std::uint32_t element : elements) partition_->split(std::span(&element, 1));
}

void FactDomain::form_classes() {
  if (!set_) values_.emplace_back();  // missing
  if (partition_)
    form_discrete();
  else
    form_ordered();
  bits_ = values_.size();
}

void FactDomain::form_ordered() {
  std::sort(starts_.begin(), starts_.end());
  starts_.erase(std::unique(starts_.begin(), starts_.end()), starts_.end());
  classes_ = starts_.size();
  for (std::size_t i = 0; i < classes_; ++i) {
    const std::int64_t last = i + 1 < classes_ ? starts_[i + 1] - step_ : greatest_;
    std::int64_t shown = starts_[i];
    const std::int64_t usual = kind_ == TypeKind::date ? usual_day : 0;
    if (starts_[i] <= usual && usual <= last)
      shown = usual;
    else if (i == 0 && classes_ > 1 && kind_ != TypeKind::duration)
      shown = last;
    values_.push_back({Value::single(shown), Value::single(shown)});
  }
}

void FactDomain::form_discrete() {
  discrete_ = partition_->classes();
  classes_ = discrete_.size();
  for (const auto& members : discrete_.members) {
    const auto& ids = elements_[members.front()];
    values_.push_back({Value::single(ids[0]), Value::single(ids[1])});
  }
  if (kind_ == TypeKind::node && !set_) form_groups();
}

// With two sides situations are complete, so that groups are no values.
void FactDomain::form_groups() {
  if (leaves_->taxonomies[0] && leaves_->taxonomies[1]) return;
  const std::size_t side = leaves_->taxonomies[0] ? 0 : 1;
  const Taxonomy& taxonomy = *leaves_->taxonomies[side];
  std::map<std::vector<std::uint32_t>, NodeId> seen;
  for (NodeId node = 0; node < taxonomy.nodes.size(); ++node) {
    if (taxonomy.is_leaf(node)) continue;
    std::vector<std::uint32_t> classes;
    for (const NodeId leaf : taxonomy.leaves_below(node)) classes.push_back(discrete_.of[leaves_->of[side][leaf]]);
    std::sort(classes.begin(), classes.end());
    classes.erase(std::unique(classes.begin(), classes.end()), classes.end());
    // Leaves of one class are told apart by no test: such a group is like any of them.
    if (classes.size() > 1) seen.emplace(std::move(classes), node);
  }
  for (auto& [classes, node] : seen) {
    group_classes_.push_back(classes);
    values_.push_back({Value::single(node), Value::single(node)});
  }
}

std::array<Bits, 2> FactDomain::true_and_false(const Outcome& outcome) const {
  std::array<Bits, 2> bits{Bits(bits_), Bits(bits_)};
  if (outcome.kind == Outcome::Kind::unknown) return bits;
  auto& [yes, no] = bits;
  Bits inside(bits_);
  if (partition_) {
    for (const std::uint32_t element : outcome.elements) inside.set(1 + discrete_.of[element]);
  } else {
    for (const auto& [first, last] : outcome.ranges) {
      const auto begin = std::lower_bound(starts_.begin(), starts_.end(), first);
      const auto end = std::upper_bound(starts_.begin(), starts_.end(), last);
      inside.set(static_cast<std::size_t>(1 + begin - starts_.begin()), static_cast<std::size_t>(1 + end - starts_.begin()));
    }
  }
  no.set(1, 1 + classes_);
  no -= inside;
  if (outcome.kind == Outcome::Kind::exact) yes = std::move(inside);
  for (std::size_t i = 0; i < group_classes_.size(); ++i) {
    const auto all_in = [&](const Bits& set) {
      return std::all_of(group_classes_[i].begin(), group_classes_[i].end(),
                         [&](std::uint32_t each) { return set[1 + each]; });
    };
    if (all_in(yes)) yes.set(1 + classes_ + i);
    if (all_in(no)) no.set(1 + classes_ + i);
  }
  if (outcome.negated) std::swap(yes, no);
  return bits;
}

Bits FactDomain::members(const std::vector<std::uint32_t>& elements) const {
  Bits bits(bits_);
  for (const std::uint32_t element : elements) bits.set(discrete_.of[element]);
  return bits;
}

std::pair<std::int64_t, std::int64_t> FactDomain::bounds(std::size_t cls) const {
  return {starts_[cls], cls + 1 < classes_ ? starts_[cls + 1] - step_ : greatest_};
}

std::string FactDomain::text(std::int64_t value) const {
  if (kind_ == TypeKind::date) return to_string(Date{value});
  return kind_ == TypeKind::duration ? to_string(Duration{value}) : std::to_string(value);
}

std::optional<FactDomain::Names> FactDomain::names(const Bits& classes, std::size_t side) const {
  std::vector<std::uint32_t> elements;
  classes.for_each([&](std::size_t cls) {
    elements.insert(elements.end(), discrete_.members[cls].begin(), discrete_.members[cls].end());
  });
  std::sort(elements.begin(), elements.end());
  Names names;
  if (kind_ == TypeKind::node) {
    const Taxonomy& taxonomy = *leaves_->taxonomies[side];
    for (const NodeId node : leaves_->named(elements, side))
      names.push_back({quote_name(taxonomy.nodes[node].name), !taxonomy.is_leaf(node)});
    return names;
  }
  for (const std::uint32_t element : elements) {
    const std::size_t known = elements_[element][side] == foreign_string ? 1 - side : side;
    const std::int64_t id = elements_[element][known];
    if (id == foreign_string || !sides_[known]) return std::nullopt;  // all texts that nobody mentions
    const std::string& written = text_of(*sides_[known], id);
    names.push_back({kind_ == TypeKind::string ? quote_string(written) : quote_name(written), false});
  }
  return names;
}

Outcome FactDomain::outcome(std::size_t side, const Test& test, const Value* own) const {
  Outcome outcome;
  if (own && own->missing()) {
    outcome.kind = Outcome::Kind::unknown;
    return outcome;
  }
  outcome.negated = test.op == TestOp::unequal;
  std::vector<std::int64_t> values;
  if (test.op == TestOp::is_true)
    values = {1};
  else if (!own)
    values = test.literals;
  else if (own->state == Value::State::set)
    values = own->members;
  else
    values = {own->one};

  if (!partition_) {
    for (const std::int64_t value : values) {
      switch (test.op) {
        case TestOp::less:
          if (value > least_) outcome.ranges.emplace_back(least_, value - step_);
          break;
        case TestOp::less_equal:
          if (value >= least_) outcome.ranges.emplace_back(least_, value);
          break;
        case TestOp::greater:
          if (value < greatest_) outcome.ranges.emplace_back(value + step_, greatest_);
          break;
        case TestOp::greater_equal:
          if (value <= greatest_) outcome.ranges.emplace_back(value, greatest_);
          break;
        default:
          if (value >= least_ && value <= greatest_) outcome.ranges.emplace_back(value, value);
          break;
      }
      for (auto& [first, last] : outcome.ranges) {
        first = std::max(first, least_);
        last = std::min(last, greatest_);
      }
    }
    return outcome;
  }
  for (const std::int64_t value : values) {
    const auto elements = elements_of(side, value);
    outcome.elements.insert(outcome.elements.end(), elements.begin(), elements.end());
  }
  std::sort(outcome.elements.begin(), outcome.elements.end());
  outcome.elements.erase(std::unique(outcome.elements.begin(), outcome.elements.end()), outcome.elements.end());
  // A group on the right of a comparison: equal to none of its leaves for certain, unless it has but one.
  const bool comparison = test.op == TestOp::equal || test.op == TestOp::unequal;
  if (kind_ == TypeKind::node && comparison &&
      leaves_->taxonomies[side]->leaves_below(static_cast<NodeId>(values.front())).size() > 1)
    outcome.kind = Outcome::Kind::vague;
  return outcome;
}

}  // namespace zweck::analysis
