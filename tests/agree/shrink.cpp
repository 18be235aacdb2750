#include "agree/shrink.hpp"

#include <exception>
#include <functional>
#include <vector>

namespace agree {
namespace {

using namespace reference;

struct Case {
  World world;
  Request request;
};
using Candidates = std::vector<Case>;

class Smaller {
 public:
  explicit Smaller(const Case& now) : now_(now) {}

  Candidates all() {
    request();
    rules();
    vocabulary();
    return std::move(found_);
  }

 private:
  // One candidate: a copy with a change made to it.
  void with(const std::function<void(Case&)>& change) {
    found_.push_back(now_);
    change(found_.back());
  }

  template <class Get>
  void each_erased(Get get) {
    for (std::size_t i = 0; i < get(now_).size(); ++i)
      with([&](Case& c) { get(c).erase(std::next(get(c).begin(), std::ptrdiff_t(i))); });
  }

  template <class Get>
  void reset(Get get) {
    if (get(now_)) with([&](Case& c) { get(c).reset(); });
  }

  void request() {
    each_erased([](auto& c) -> auto& { return c.request.facts; });
    each_erased([](auto& c) -> auto& { return c.request.further; });
    if (now_.request.data.size() > 1) each_erased([](auto& c) -> auto& { return c.request.data; });
    if (!now_.request.ledger) return;
    each_erased([](auto& c) -> auto& { return *c.request.ledger; });
    for (std::size_t i = 0; i < now_.request.ledger->size(); ++i) {
      const auto event = [i](auto& c) -> auto& { return (*c.request.ledger)[i]; };
      reset([&](auto& c) -> auto& { return event(c).expires; });
      reset([&](auto& c) -> auto& { return event(c).explicit_; });
      if (event(now_).kind == Event::Kind::given && !event(now_).notice.empty())
        with([&](Case& c) { event(c).notice.clear(); });
      for (std::size_t side = 0; side < 3; ++side)
        if (event(now_).scope[side] && event(now_).scope[side]->size() > 1)
          each_erased([&](auto& c) -> auto& { return *event(c).scope[side]; });
    }
    with([](Case& c) { c.request.ledger.reset(); });
  }

  void box(const std::function<Box&(Case&)>& get) {
    for (std::size_t side = 0; side < 3; ++side)
      each_erased([&](auto& c) -> auto& { return get(const_cast<Case&>(c))[side].names; });
  }

  void condition(const std::function<Condition&(Case&)>& get) {
    const Condition& whole = get(now_);
    for (std::size_t i = 0; i < whole.parts.size(); ++i) {
      with([&](Case& c) {
        const Condition part = get(c).parts[i];
        get(c) = part;
      });
      if (whole.parts.size() > 2) with([&](Case& c) { get(c).parts.erase(get(c).parts.begin() + std::ptrdiff_t(i)); });
      condition([get, i](Case& c) -> Condition& { return get(c).parts[i]; });
    }
    if (whole.test.literals.size() > 1)
      each_erased([&](auto& c) -> auto& { return get(const_cast<Case&>(c)).test.literals; });
  }

  void rules() {
    each_erased([](auto& c) -> auto& { return c.world.rules; });
    each_erased([](auto& c) -> auto& { return c.world.assertions; });
    for (std::size_t i = 0; i < now_.world.rules.size(); ++i) {
      const auto rule = [i](auto& c) -> auto& { return c.world.rules[i]; };
      each_erased([&](auto& c) -> auto& { return rule(c).excepts; });
      each_erased([&](auto& c) -> auto& { return rule(c).oblige; });
      reset([&](auto& c) -> auto& { return rule(c).when; });
      reset([&](auto& c) -> auto& { return rule(c).unless; });
      reset([&](auto& c) -> auto& { return rule(c).from; });
      reset([&](auto& c) -> auto& { return rule(c).until; });
      reset([&](auto& c) -> auto& { return rule(c).keep; });
      reset([&](auto& c) -> auto& { return rule(c).consent.within; });
      if (rule(now_).allow && rule(now_).basis != "not-personal")
        with([&](Case& c) { rule(c).basis = "not-personal"; });
      box([i](Case& c) -> Box& { return c.world.rules[i].scope; });
      for (std::size_t e = 0; e < rule(now_).excepts.size(); ++e) {
        std::size_t names = 0;
        for (const Names& side : rule(now_).excepts[e]) names += side.names.size();
        if (names > 1) box([i, e](Case& c) -> Box& { return c.world.rules[i].excepts[e]; });
      }
      if (rule(now_).when) condition([i](Case& c) -> Condition& { return *c.world.rules[i].when; });
      if (rule(now_).unless) condition([i](Case& c) -> Condition& { return *c.world.rules[i].unless; });
    }
  }

  void vocabulary() {
    each_erased([](auto& c) -> auto& { return c.world.facts; });
    each_erased([](auto& c) -> auto& { return c.world.notices; });
    each_erased([](auto& c) -> auto& { return c.world.obligations; });
    for (const auto& [fact, declared] : now_.world.facts)
      reset([name = fact](auto& c) -> auto& { return c.world.facts.at(name).fallback; });
    for (const auto& [dimension, attributes] : now_.world.attributes) {
      for (const auto& [attribute, declared] : attributes) {
        with([&, dimension = dimension, attribute = attribute](Case& c) {
          c.world.attributes[dimension].erase(attribute);
          for (auto& [name, node] : c.world.taxonomies[dimension]) node.attributes.erase(attribute);
        });
        reset([ dimension = dimension, attribute =
                attribute ](auto& c) -> auto& { return c.world.attributes.at(dimension).at(attribute).fallback; });
      }
    }
    for (const auto& [name, taxonomy] : now_.world.taxonomies) {
      if (taxonomy.size() > 1 || !is_main(name))
        each_erased([name = name](auto& c) -> auto& { return c.world.taxonomies.at(name); });
      if (!is_main(name)) with([name = name](Case& c) { c.world.taxonomies.erase(name); });
      for (const auto& [node, content] : taxonomy) {
        const auto get = [ name = name, node = node ](auto& c) -> auto& {
          return c.world.taxonomies.at(name).at(node);
        };
        each_erased([&](auto& c) -> auto& { return get(c).in; });
        each_erased([&](auto& c) -> auto& { return get(c).derived_from; });
        each_erased([&](auto& c) -> auto& { return get(c).attributes; });
        reset([&](auto& c) -> auto& { return get(c).since; });
        if (content.separate) with([&](Case& c) { get(c).separate = false; });
      }
    }
  }

  static bool is_main(const std::string& taxonomy) {
    return taxonomy == "data" || taxonomy == "purpose" || taxonomy == "partner";
  }

  Case now_;
  Candidates found_;
};

}  // namespace

void shrink(World& world, Request& request, const StillShows& shows) {
  for (bool again = true; again;) {
    again = false;
    for (Case& smaller : Smaller({world, request}).all()) {
      bool still = false;
      try {
        still = shows(smaller.world, smaller.request);
      } catch (const std::exception&) {
        continue;  // the reference met a name that is gone
      }
      if (!still) continue;
      world = std::move(smaller.world);
      request = std::move(smaller.request);
      again = true;
      break;
    }
  }
}

}  // namespace agree
