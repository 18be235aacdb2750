#include "engine/request_line.hpp"

#include <simdjson.h>

#include <charconv>
#include <cstring>

namespace zweck {

namespace {

constexpr std::size_t most_bytes = 1u << 20;  // longer lines are rare, and dear in any case

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// The tokens of a line in their order. Between two of them there is nothing but white space.
class Tokens {
 public:
  // Behind the last of the places stands the size of the line.
  Tokens(std::string_view line, const std::uint32_t* places, std::uint32_t count)
      : text_(line.data()), at_(places), end_(places + count) {}

  bool ended() const { return at_ == end_; }
  // Where the next one begins in the line.
  std::size_t place() const { return *at_; }
  // What begins here: a bracket, comma, colon or quote, or the first character of a number or word.
  char front() const { return at_ == end_ ? '\0' : text_[*at_]; }
  bool take(char c) {
    if (front() != c) return false;
    ++at_;
    return true;
  }
  // A string without escapes, since the line has none: what is between its quotes.
  bool string(std::string_view& out) {
    if (front() != '"') return false;
    const std::uint32_t begin = *at_ + 1;
    std::uint32_t last = at_[1] - 1;
    if (text_[last] != '"') last = last_character();  // mostly there is no blank behind it
    if (last < begin || text_[last] != '"') return false;
    out = {text_ + begin, last - begin};
    ++at_;
    return true;
  }
  bool key(std::string_view& out) { return string(out) && take(':'); }
  // An integer as the language writes it.
  bool integer(std::int64_t& out) {
    const std::string_view word = this->word();
    const std::string_view digits = word.substr(word.starts_with('-'));
    if (digits.empty() || digits.size() > 18 || (digits.front() == '0' && word != "0")) return false;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), out);
    if (error != std::errc() || end != word.data() + word.size()) return false;
    ++at_;
    return true;
  }
  bool boolean(bool& out) {
    const std::string_view word = this->word();
    out = word == "true";
    if (!out && word != "false") return false;
    ++at_;
    return true;
  }

 private:
  std::uint32_t last_character() const {
    std::uint32_t last = at_[1] - 1;
    while (is_blank(text_[last])) --last;  // ends at the first character of this token at the latest
    return last;
  }
  std::string_view word() const {
    if (at_ == end_) return {};
    return {text_ + *at_, last_character() - *at_ + 1};
  }

  const char* text_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
};

// Calls use(key) for each member of an object, until it fails.
template <class Use>
bool for_each_member(Tokens& tokens, Use use) {
  if (!tokens.take('{')) return false;
  if (tokens.take('}')) return true;
  do {
    std::string_view key;
    if (!tokens.key(key) || !use(key)) return false;
  } while (tokens.take(','));
  return tokens.take('}');
}

template <class Use>
bool for_each_element(Tokens& tokens, Use use) {
  if (!tokens.take('[')) return false;
  if (tokens.take(']')) return true;
  do {
    if (!use()) return false;
  } while (tokens.take(','));
  return tokens.take(']');
}

// Keys that were there; none may be there twice.
class Seen {
 public:
  bool add(std::uint32_t key) {
    const std::uint32_t bit = std::uint32_t{1} << key;
    if ((keys_ & bit) != 0) return false;
    keys_ |= bit;
    return true;
  }
  bool has(std::uint32_t key) const { return (keys_ >> key & 1) != 0; }
  // All of `least`, and nothing beyond `most`.
  bool between(std::uint32_t least, std::uint32_t most) const { return (keys_ & least) == least && (keys_ & ~most) == 0; }

 private:
  std::uint32_t keys_ = 0;
};

class LineReader {
 public:
  // With `known`, the tokens end where the ledger begins, which is known and ends the line.
  LineReader(Tokens tokens, const Ledger* known, QuickRequest& quick, std::optional<std::string_view>& id)
      : tokens_(tokens), known_(known), quick_(quick), id_(id) {}

  bool read() {
    Seen seen;
    bool ended = false;  // by the ledger that is known
    const bool good = for_each_member(tokens_, [&](std::string_view key) {
      last_is_ledger_ = key == "ledger";
      if (key == "data") return seen.add(0) && read_data();
      if (key == "purpose") return seen.add(1) && tokens_.string(text_) && quick_.purpose(text_);
      if (key == "partner") return seen.add(2) && tokens_.string(text_) && quick_.partner(text_);
      if (key == "at") return seen.add(at_key) && read_time(time_) && quick_.at(time_);
      if (key == "facts") return seen.add(4) && read_facts();
      if (last_is_ledger_) {
        if (!seen.add(5)) return false;
        if (known_ == nullptr) return read_ledger();
        ended = tokens_.ended();
        return false;
      }
      if (key != "id" || !seen.add(6) || !tokens_.string(text_)) return false;
      id_ = text_;
      return true;
    });
    if (!(good || ended) || !tokens_.ended()) return false;
    if (ended) quick_.ledger(*known_);
    if (!seen.has(at_key) && !quick_.at(Time::now())) return false;
    return quick_.finish();
  }

  // Whether the line ends with a ledger that begins at this place.
  bool ends_with_ledger_at(std::size_t place) const { return last_is_ledger_ && ledger_place_ == place; }

 private:
  static constexpr std::uint32_t at_key = 3;

  bool read_data() {
    if (tokens_.front() == '"') return tokens_.string(text_) && quick_.add_data(text_);
    return for_each_element(tokens_, [&] { return tokens_.string(text_) && quick_.add_data(text_); });
  }

  bool read_time(Time& time) {
    if (!tokens_.string(text_)) return false;
    const auto read = parse_time(text_);
    if (read) time = *read;
    return read.has_value();
  }

  bool read_facts() {
    return for_each_member(tokens_, [&](std::string_view key) {
      if (!quick_.fact(key)) return false;
      switch (tokens_.front()) {
        case '"': return tokens_.string(text_) && quick_.value(text_);
        case '[':
          return quick_.set() && for_each_element(tokens_, [&] { return tokens_.string(text_) && quick_.member(text_); }) &&
                 quick_.end_of_set();
        case 't':
        case 'f': {
          bool value = false;
          return tokens_.boolean(value) && quick_.value(value);
        }
        default: {
          std::int64_t value = 0;
          return tokens_.integer(value) && quick_.value(value);
        }
      }
    });
  }

  bool read_ledger() {
    if (tokens_.ended()) return false;
    ledger_place_ = tokens_.place();
    quick_.ledger();
    return for_each_element(tokens_, [&] { return read_event(); });
  }

  // Bits of `Seen` for the keys of an event: the three dimensions first.
  enum : std::uint32_t { data, purpose, partner, consent, objection, notice, version, at, expires, is_explicit, under };
  static constexpr std::uint32_t bit(std::uint32_t key) { return std::uint32_t{1} << key; }

  bool read_event() {
    Event* const added = quick_.event();
    if (added == nullptr) return false;
    Event& event = *added;
    std::array<NodeList, 3> names;
    Seen seen;
    std::string_view said, noticed;
    std::int64_t noticed_version = 0;
    const bool good = for_each_member(tokens_, [&](std::string_view key) {
      switch (key.size()) {
        case 2: return key == "at" && seen.add(at) && read_time(event.at);
        case 4: return key == "data" && seen.add(data) && read_names(0, names[0]);
        case 5: return key == "under" && seen.add(under) && read_under(event);
        case 6: return key == "notice" && seen.add(notice) && tokens_.string(noticed);
        case 7:
          if (key == "purpose") return seen.add(purpose) && read_names(1, names[1]);
          if (key == "partner") return seen.add(partner) && read_names(2, names[2]);
          if (key == "consent") return seen.add(consent) && tokens_.string(said);
          if (key == "version") return seen.add(version) && tokens_.integer(noticed_version);
          if (key != "expires" || !seen.add(expires) || !read_time(time_)) return false;
          event.expires = time_;
          return true;
        case 8: return key == "explicit" && seen.add(is_explicit) && tokens_.boolean(event.explicit_);
        case 9: return key == "objection" && seen.add(objection) && tokens_.string(said);
        default: return false;
      }
    });
    if (!good) return false;
    constexpr std::uint32_t scope = bit(data) | bit(purpose) | bit(partner);
    if (seen.has(notice)) {
      event.kind = Event::Kind::shown;
      constexpr std::uint32_t keys = bit(notice) | bit(version) | bit(at);
      return seen.between(keys, keys) && quick_.notice(event, noticed, noticed_version);
    }
    if (seen.has(objection)) {
      constexpr std::uint32_t keys = bit(objection) | bit(at);
      event.kind = said == "raised" ? Event::Kind::raised : Event::Kind::cleared;
      return (said == "raised" || said == "withdrawn") && seen.between(keys, keys | scope) && quick_.scope(names);
    }
    constexpr std::uint32_t keys = bit(consent) | bit(at);
    if (said == "given") {
      event.kind = Event::Kind::given;
      constexpr std::uint32_t least = keys | scope;
      return seen.between(least, least | bit(expires) | bit(is_explicit) | bit(under)) && quick_.scope(names);
    }
    event.kind = Event::Kind::refused;
    return (said == "refused" || said == "withdrawn") && seen.between(keys, keys | scope) && quick_.scope(names);
  }

  bool read_under(Event& event) {
    Seen seen;
    std::string_view name;
    std::int64_t number = 0;
    const bool good = for_each_member(tokens_, [&](std::string_view key) {
      if (key == "notice") return seen.add(notice) && tokens_.string(name);
      return key == "version" && seen.add(version) && tokens_.integer(number);
    });
    constexpr std::uint32_t keys = bit(notice) | bit(version);
    return good && seen.between(keys, keys) && quick_.notice(event, name, number);
  }

  // One name, `any` among them, or a list of them without it.
  bool read_names(std::size_t dimension, NodeList& names) {
    if (tokens_.front() == '"') {
      if (!tokens_.string(text_)) return false;
      return text_ == "any" || names.add(quick_.node(dimension, text_));
    }
    return for_each_element(tokens_, [&] { return tokens_.string(text_) && names.add(quick_.node(dimension, text_)); }) &&
           names.size != 0;
  }

  Tokens tokens_;
  const Ledger* known_;
  std::size_t ledger_place_ = 0;
  bool last_is_ledger_ = false;
  QuickRequest& quick_;
  std::optional<std::string_view>& id_;
  std::string_view text_;
  Time time_;
};

// Where the first list of objects begins, which in most lines is the ledger; the size of the line if there is none.
std::size_t first_list_of_objects(std::string_view line) {
  for (std::size_t brace = line.find('{', 1); brace != line.npos; brace = line.find('{', brace + 1)) {
    std::size_t before = brace - 1;
    while (before != 0 && is_blank(line[before])) --before;
    if (line[before] == '[') return before;
  }
  return line.size();
}

}  // namespace

struct RequestLine::Parser {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stages;
  std::size_t capacity = 0;

  // Whether the places where tokens begin are known now: all is UTF-8, and every string ends.
  bool find_tokens(std::string_view line) {
    if (line.size() > capacity) {
      const std::size_t wanted = std::max<std::size_t>(2 * line.size(), 16u << 10);
      capacity = 0;  // what there was is gone, even if memory for more is missing
      if (simdjson::get_active_implementation()->create_dom_parser_implementation(wanted, 1, stages) != simdjson::SUCCESS)
        return false;
      capacity = wanted;
    }
    if (stages->stage1(reinterpret_cast<const std::uint8_t*>(line.data()), line.size(),
                       simdjson::stage1_mode::regular) != simdjson::SUCCESS)
      return false;
    // There is room: simdjson itself puts some places behind the last.
    stages->structural_indexes[stages->n_structural_indexes] = static_cast<std::uint32_t>(line.size());
    return true;
  }
};

RequestLine::RequestLine() : parser_(std::make_unique<Parser>()) {}
RequestLine::~RequestLine() = default;

bool RequestLine::read(std::string_view line, const Program& program, QuickRequest& quick,
                       std::optional<std::string_view>& id) {
  id.reset();
  if (line.empty() || line.size() > most_bytes || std::memchr(line.data(), '\\', line.size()) != nullptr) return false;
  // What stands before a ledger that is known is read alone: if it is no beginning of a request, that shows there.
  const std::size_t place = first_list_of_objects(line);
  const std::string_view ledger = line.substr(place);
  const bool may_be_known = !ledger.empty() && ledger.size() <= LedgerMemo::most_bytes;
  const std::uint64_t hash = may_be_known ? LedgerMemo::hash(ledger) : 0;
  memo_.start(program);
  const Ledger* const known = may_be_known ? memo_.find(ledger, hash) : nullptr;
  if (known != nullptr) line = line.substr(0, place);
  if (!parser_->find_tokens(line)) return false;
  quick.start(program);
  const Tokens tokens(line, parser_->stages->structural_indexes.get(), parser_->stages->n_structural_indexes);
  LineReader reader(tokens, known, quick, id);
  if (!reader.read()) return false;
  if (may_be_known && known == nullptr && reader.ends_with_ledger_at(place)) memo_.add(ledger, hash, *quick.request().ledger);
  return true;
}

}  // namespace zweck
