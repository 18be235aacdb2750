#include "engine/quick_request.hpp"

#include <algorithm>

namespace zweck {

void QuickRequest::start(const Program& program) {
  const std::vector<Fact>& facts = program.vocabulary().facts;
  if (serial_ != program.serial()) {
    serial_ = 0;  // until all of it is there, should memory run out
    request_.facts.clear();
    for (const Fact& fact : facts) request_.facts.push_back(fact.fallback);
    is_given_.assign(facts.size(), 0);
    is_stale_.assign(facts.size(), 0);
    stale_.clear();
    serial_ = program.serial();
  } else {
    for (const FactId fact : given_) {
      is_given_[fact] = 0;
      if (is_stale_[fact] != 0) continue;
      stale_.push_back(fact);
      is_stale_[fact] = 1;
    }
  }
  program_ = &program;
  given_.clear();
  request_.id.reset();
  request_.data.clear();
  request_.purpose = request_.partner = any_node;
  if (request_.ledger) {
    spare_ = *std::move(request_.ledger);
    spare_.clear();
    request_.ledger.reset();
  }
}

bool QuickRequest::finish() {
  if (request_.data.empty() || request_.purpose == any_node || request_.partner == any_node) return false;
  for (const FactId fact : stale_) {
    if (is_given_[fact] == 0) request_.facts[fact] = program_->vocabulary().facts[fact].fallback;
    is_stale_[fact] = 0;
  }
  stale_.clear();
  if (request_.data.size() > 1) {
    std::sort(request_.data.begin(), request_.data.end());
    request_.data.erase(std::unique(request_.data.begin(), request_.data.end()), request_.data.end());
  }
  return true;
}

bool QuickRequest::add_data(std::string_view name) {
  request_.data.push_back(node(0, name));
  return request_.data.back() != no_name;
}

bool QuickRequest::purpose(std::string_view name) {
  request_.purpose = node(1, name);
  return request_.purpose != no_name;
}

bool QuickRequest::partner(std::string_view name) {
  request_.partner = node(2, name);
  return request_.partner != no_name;
}

bool QuickRequest::at(Time time) {
  request_.at = time;
  return in_bounds(time);
}

bool QuickRequest::fact(std::string_view name) {
  fact_ = program_->names().facts.find(name);
  if (fact_ == no_name || is_given_[fact_] != 0) return false;
  given_.push_back(fact_);
  is_given_[fact_] = 1;
  return true;
}

bool QuickRequest::value(bool value) {
  Value& given = request_.facts[fact_];
  given.state = Value::State::single;
  given.one = value;
  return type().kind == TypeKind::boolean;
}

bool QuickRequest::value(std::int64_t value) {
  Value& given = request_.facts[fact_];
  given.state = Value::State::single;
  given.one = value;
  return type().kind == TypeKind::integer && value >= type().min && value <= type().max;
}

bool QuickRequest::value(std::string_view text) {
  Value& given = request_.facts[fact_];
  given.state = Value::State::single;
  return !type().set && this->text(text, given.one);
}

bool QuickRequest::set() {
  Value& given = request_.facts[fact_];
  given.state = Value::State::set;
  given.one = 0;
  given.members.clear();
  return type().set;
}

bool QuickRequest::member(std::string_view text) { return this->text(text, request_.facts[fact_].members.emplace_back()); }

bool QuickRequest::end_of_set() {
  std::vector<std::int64_t>& members = request_.facts[fact_].members;
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return true;
}

bool QuickRequest::text(std::string_view text, std::int64_t& value) const {
  const Type& type = this->type();
  switch (type.kind) {
    case TypeKind::boolean:
    case TypeKind::integer: return false;
    case TypeKind::date:
      if (const auto date = parse_date(text)) {
        value = date->days;
        return true;
      }
      return false;
    case TypeKind::duration:
      if (const auto duration = parse_duration(text)) {
        value = duration->seconds;
        return true;
      }
      return false;
    case TypeKind::node: {
      const std::uint32_t id = program_->names().taxonomies[type.taxonomy].find(text);
      value = id;
      return id != no_name;
    }
    case TypeKind::string:
    case TypeKind::choice: break;
  }
  const std::uint32_t id = program_->names().strings.find(text);
  value = id == no_name ? foreign_string : std::int64_t{id};
  if (type.kind == TypeKind::string) return true;
  // Choices mostly got their ids one after the other, so that the place of most is known without looking for it.
  const std::uint64_t place = static_cast<std::uint64_t>(value - type.choices.front());
  if (place < type.choices.size() && type.choices[place] == value) return true;
  return id != no_name && std::find(type.choices.begin(), type.choices.end(), value) != type.choices.end();
}

void QuickRequest::ledger() { request_.ledger.emplace(std::move(spare_)); }

bool QuickRequest::notice(Event& event, std::string_view name, std::int64_t version) const {
  const std::uint32_t id = program_->names().notices.find(name);
  if (id == no_name || version < 1 || version > program_->vocabulary().notices[id].version) return false;
  event.notice = id;
  event.version = version;
  return true;
}

bool QuickRequest::add_event(const Event& event, const std::array<NodeList, 3>& names) {
  Ledger& ledger = *request_.ledger;
  const auto name = [&](std::size_t d, std::uint32_t i) { return names[d].size == 0 ? any_node : names[d].ids[i]; };
  const auto add = [&](std::uint32_t data, std::uint32_t purpose, std::uint32_t partner) {
    ledger.push_back(event);
    ledger.back().scope = {name(0, data), name(1, purpose), name(2, partner)};
  };
  if (std::max({names[0].size, names[1].size, names[2].size}) <= 1) {
    if (ledger.size() == most_events) return false;
    add(0, 0, 0);
    return true;
  }
  std::array<std::uint32_t, 3> count;
  for (std::size_t d = 0; d < 3; ++d) count[d] = std::max(1u, names[d].size);
  if (ledger.size() + std::size_t{count[0]} * count[1] * count[2] > most_events) return false;
  for (std::uint32_t data = 0; data < count[0]; ++data)
    for (std::uint32_t purpose = 0; purpose < count[1]; ++purpose)
      for (std::uint32_t partner = 0; partner < count[2]; ++partner) add(data, purpose, partner);
  return true;
}

namespace {

// A name alone may be `any`.
bool read_names(const QuickRequest& quick, std::size_t dimension, const std::vector<std::string>& names, NodeList& list) {
  if (names.size() == 1 && names.front() == "any") return true;
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return list.add(quick.node(dimension, name)); });
}

bool add_event(QuickRequest& quick, const LedgerEvent& given) {
  using Kind = LedgerEvent::Kind;
  if (!in_bounds(given.at) || (given.expires && !in_bounds(*given.expires))) return false;
  Event event;
  event.at = given.at;
  std::array<NodeList, 3> names;
  const bool scoped = !given.data.empty() || !given.purpose.empty() || !given.partner.empty();
  const bool noticed = !given.notice.empty() || given.version != 0;
  switch (given.kind) {
    case Kind::consent_given:
      if (given.data.empty() || given.purpose.empty() || given.partner.empty()) return false;
      event.kind = Event::Kind::given;
      event.expires = given.expires;
      event.explicit_ = given.is_explicit;
      if (noticed && !quick.notice(event, given.notice, given.version)) return false;
      break;
    case Kind::notice_shown:
      event.kind = Event::Kind::shown;
      if (scoped || given.expires || given.is_explicit || !quick.notice(event, given.notice, given.version)) return false;
      break;
    case Kind::consent_refused:
    case Kind::consent_withdrawn: event.kind = Event::Kind::refused; break;
    case Kind::objection_raised: event.kind = Event::Kind::raised; break;
    case Kind::objection_withdrawn: event.kind = Event::Kind::cleared; break;
    default: return false;
  }
  if (event.kind != Event::Kind::given && event.kind != Event::Kind::shown &&
      (given.expires || given.is_explicit || noticed))
    return false;
  return read_names(quick, 0, given.data, names[0]) && read_names(quick, 1, given.purpose, names[1]) &&
         read_names(quick, 2, given.partner, names[2]) && quick.add_event(event, names);
}

bool add_value(QuickRequest& quick, const FactValue& given) {
  switch (given.index()) {
    case 0: return quick.value(std::get<bool>(given));
    case 1: return quick.value(std::get<std::int64_t>(given));
    case 2: return quick.value(std::string_view(std::get<std::string>(given)));
    default: break;
  }
  const auto& texts = std::get<std::vector<std::string>>(given);
  return quick.set() && std::all_of(texts.begin(), texts.end(), [&](const std::string& text) { return quick.member(text); }) &&
         quick.end_of_set();
}

}  // namespace

bool fill(QuickRequest& quick, const Program& program, const Request& request) {
  quick.start(program);
  for (const std::string& name : request.data)
    if (!quick.add_data(name)) return false;
  if (!quick.purpose(request.purpose) || !quick.partner(request.partner) || !quick.at(request.at ? *request.at : Time::now()))
    return false;
  for (const auto& [name, value] : request.facts)
    if (!quick.fact(name) || !add_value(quick, value)) return false;
  if (request.ledger) {
    quick.ledger();
    for (const LedgerEvent& event : *request.ledger)
      if (!add_event(quick, event)) return false;
  }
  return quick.finish();
}

}  // namespace zweck
