#include "engine/quick_request.hpp"

#include <algorithm>

namespace zweck {

void QuickRequest::start(const Program& program) {
  if (serial_ != program.serial()) {
    serial_ = 0;  // until all of it is there, should memory run out
    const std::vector<Fact>& facts = program.vocabulary().facts;
    program_ = &program;
    request_.facts.clear();
    for (const Fact& fact : facts) request_.facts.push_back(fact.fallback);
    seen_.assign(facts.size(), {});
    given_before_.clear();
    serial_ = program.serial();
  } else if (whole_) {
    given_before_.swap(given_);
  } else {
    take_back(given_);
    take_back(given_before_);
  }
  given_.clear();
  whole_ = false;
  ++number_;
  request_.id.reset();
  request_.data.clear();
  request_.purpose = request_.partner = any_node;
  if (request_.ledger) {
    spare_ = *std::move(request_.ledger);
    spare_.clear();
    request_.ledger.reset();
  }
}

void QuickRequest::take_back(const std::vector<FactId>& facts) {
  for (const FactId fact : facts) request_.facts[fact] = program_->vocabulary().facts[fact].fallback;
}

bool QuickRequest::finish() {
  if (request_.data.empty() || request_.purpose == any_node || request_.partner == any_node) return false;
  for (const FactId fact : given_before_)
    if (seen_[fact].request != number_) request_.facts[fact] = program_->vocabulary().facts[fact].fallback;
  whole_ = true;
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
  std::uint32_t& place = given_.empty() ? first_place_ : seen_[given_.back()].next_place;
  const FactId fact = program_->names().facts.find(name, place);
  if (fact == no_name || seen_[fact].request == number_) return false;
  given_.push_back(fact);
  seen_[fact].request = number_;
  type_ = &program_->vocabulary().facts[fact].type;
  value_ = &request_.facts[fact];
  return true;
}

bool QuickRequest::value(bool value) {
  value_->state = Value::State::single;
  value_->one = value;
  return type_->kind == TypeKind::boolean;
}

bool QuickRequest::value(std::int64_t value) {
  value_->state = Value::State::single;
  value_->one = value;
  return type_->kind == TypeKind::integer && value >= type_->min && value <= type_->max;
}

bool QuickRequest::value(std::string_view text) {
  value_->state = Value::State::single;
  return !type_->set && this->text(text, value_->one);
}

bool QuickRequest::set() {
  value_->state = Value::State::set;
  value_->one = 0;
  value_->members.clear();
  return type_->set;
}

bool QuickRequest::member(std::string_view text) { return this->text(text, value_->members.emplace_back()); }

bool QuickRequest::end_of_set() {
  std::vector<std::int64_t>& members = value_->members;
  std::sort(members.begin(), members.end());
  members.erase(std::unique(members.begin(), members.end()), members.end());
  return true;
}

bool QuickRequest::text(std::string_view text, std::int64_t& value) const {
  const Type& type = *type_;
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

void QuickRequest::ledger(const Ledger& events) {
  ledger();
  *request_.ledger = events;
}

bool QuickRequest::notice(Event& event, std::string_view name, std::int64_t version) const {
  const std::uint32_t id = program_->names().notices.find(name);
  if (id == no_name || version < 1 || version > program_->vocabulary().notices[id].version) return false;
  event.notice = id;
  event.version = version;
  return true;
}

Event* QuickRequest::event() {
  Ledger& ledger = *request_.ledger;
  return ledger.size() == most_events ? nullptr : &ledger.emplace_back();
}

bool QuickRequest::scope(const std::array<NodeList, 3>& names) {
  Ledger& ledger = *request_.ledger;
  std::array<std::uint32_t, 3> count;
  for (std::size_t d = 0; d < 3; ++d) {
    count[d] = std::max(1u, names[d].size);
    if (names[d].size == 1) ledger.back().scope[d] = names[d].ids[0];
  }
  if (std::max({count[0], count[1], count[2]}) == 1) return true;
  const Event event = ledger.back();
  ledger.pop_back();
  if (ledger.size() + std::size_t{count[0]} * count[1] * count[2] > most_events) return false;
  const auto name = [&](std::size_t d, std::uint32_t i) { return names[d].size == 0 ? any_node : names[d].ids[i]; };
  for (std::uint32_t data = 0; data < count[0]; ++data)
    for (std::uint32_t purpose = 0; purpose < count[1]; ++purpose)
      for (std::uint32_t partner = 0; partner < count[2]; ++partner) {
        ledger.push_back(event);
        ledger.back().scope = {name(0, data), name(1, purpose), name(2, partner)};
      }
  return true;
}

namespace {

using Names = std::vector<std::string>;

// A name alone may be `any`.
bool is_any(const Names& names) { return names.size() == 1 && std::string_view(names.front()) == "any"; }

bool set_scope(QuickRequest& quick, const std::array<const Names*, 3>& names) {
  std::array<NodeList, 3> lists;
  for (std::size_t d = 0; d < 3; ++d) {
    if (is_any(*names[d])) continue;
    for (const std::string& name : *names[d])
      if (!lists[d].add(quick.node(d, name))) return false;
  }
  return quick.scope(lists);
}

bool add_event(QuickRequest& quick, const LedgerEvent& given) {
  using Kind = LedgerEvent::Kind;
  if (!in_bounds(given.at) || (given.expires && !in_bounds(*given.expires))) return false;
  Event* const event = quick.event();
  if (event == nullptr) return false;
  event->at = given.at;
  const std::array<const Names*, 3> names{&given.data, &given.purpose, &given.partner};
  const bool scoped = !given.data.empty() || !given.purpose.empty() || !given.partner.empty();
  const bool noticed = !given.notice.empty() || given.version != 0;
  switch (given.kind) {
    case Kind::consent_given:
      if (given.data.empty() || given.purpose.empty() || given.partner.empty()) return false;
      event->kind = Event::Kind::given;
      event->expires = given.expires;
      event->explicit_ = given.is_explicit;
      if (noticed && !quick.notice(*event, given.notice, given.version)) return false;
      break;
    case Kind::notice_shown:
      event->kind = Event::Kind::shown;
      return !scoped && !given.expires && !given.is_explicit && quick.notice(*event, given.notice, given.version);
    case Kind::consent_refused:
    case Kind::consent_withdrawn: event->kind = Event::Kind::refused; break;
    case Kind::objection_raised: event->kind = Event::Kind::raised; break;
    case Kind::objection_withdrawn: event->kind = Event::Kind::cleared; break;
    default: return false;
  }
  if (event->kind != Event::Kind::given && (given.expires || given.is_explicit || noticed)) return false;
  for (std::size_t d = 0; d < 3; ++d) {
    if (names[d]->size() > 1) return set_scope(quick, names);
    if (names[d]->empty() || is_any(*names[d])) continue;
    event->scope[d] = quick.node(d, names[d]->front());
    if (event->scope[d] == no_name) return false;
  }
  return true;
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
