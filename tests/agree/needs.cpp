// Needs: that with them the request is allowed, that nothing smaller would do, that nobody is asked again, and that there
// are some wherever anything helps. ZWECK_SEED and ZWECK_COUNT (of sets) explore further.
#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "agree/compare.hpp"
#include "agree/small_worlds.hpp"
#include "reference/brute.hpp"
#include "reference/random.hpp"

namespace agree {
namespace {

using reference::Need;
using reference::Point;
using reference::Reference;

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

std::vector<Need> as_reference(const std::vector<zweck::Need>& needs) {
  std::vector<Need> result;
  for (const zweck::Need& need : needs)
    result.push_back({static_cast<Need::Kind>(need.kind), {need.data, need.purpose, need.partner}, need.is_explicit,
                      need.name, need.version});
  return result;
}

std::string text(const std::vector<Need>& needs) {
  zweck::Answer answer;
  for (const Need& need : needs) {
    zweck::Need one;
    one.kind = static_cast<zweck::Need::Kind>(need.kind);
    one.data = need.point[0];
    one.purpose = need.point[1];
    one.partner = need.point[2];
    one.is_explicit = need.explicit_;
    one.name = need.name;
    one.version = need.version;
    answer.needs.push_back(one);
  }
  return needs.empty() ? "nothing" : zweck::to_json(answer);
}

struct Count {
  std::size_t sets = 0, requests = 0, denied = 0, helped = 0, several = 0, skipped = 0;
  std::size_t consents = 0, notices = 0, facts = 0, explicit_ = 0, under = 0, without_ledger = 0;
};

// The needs of sets that brute force could go through; more are checked to help, not to be the fewest.
constexpr std::size_t most_needs = 4;

std::optional<std::string> difference(const Reference& reference, const zweck::Engine& engine,
                                      const reference::Request& request, Count& count) {
  const zweck::Answer answer = engine.answer_json(json_of(request, reference::Dice(0)));
  const std::vector<Need> needs = as_reference(answer.needs);
  ++count.requests;
  if (answer.needs_given_up) return "given up";
  if (answer.status != zweck::Status::not_permitted && answer.status != zweck::Status::indeterminate)
    return needs.empty() ? std::nullopt : std::optional<std::string>("needs where there are none to have");
  ++count.denied;
  count.helped += !needs.empty();
  count.several += needs.size() > 1;
  count.without_ledger += !request.ledger && !needs.empty();
  if (!std::ranges::is_sorted(needs, {}, [](const Need& need) { return std::tuple(need.kind, need.point, need.name); }))
    return "not sorted: " + text(needs);
  for (const Need& need : needs) {
    ++(need.kind == Need::Kind::consent ? count.consents : need.kind == Need::Kind::notice ? count.notices : count.facts);
    count.explicit_ += need.explicit_;
    count.under += need.kind == Need::Kind::consent && !need.name.empty();
    if (need.kind == Need::Kind::consent && !may_ask(reference, request, need.point)) return "asks again: " + text(needs);
  }
  if (!needs.empty() && !helps(reference, request, needs)) return "does not help: " + text(needs);
  // Nothing more is asked of a consent than is needed.
  for (std::size_t i = 0; i < needs.size(); ++i) {
    std::vector<Need> weaker = needs;
    weaker[i].explicit_ = false;
    if (needs[i].explicit_ && helps(reference, request, weaker)) return "needs no explicit consent: " + text(needs);
    if (needs[i].kind != Need::Kind::consent || needs[i].name.empty()) continue;
    weaker = needs;
    weaker[i].name.clear();
    if (helps(reference, request, weaker)) return "needs no notice: " + text(needs);
  }
  try {
    const std::size_t most = needs.empty() ? most_needs : std::min(most_needs, needs.size() - 1);
    if (const auto fewer = smallest_needs(reference, request, most))
      return text(needs) + " where " + text(*fewer) + " helps";
  } catch (const reference::TooMany&) {
    ++count.skipped;
  }
  return std::nullopt;
}

// What makes a world ask for much: few answers, facts left out.
reference::Request with_less(reference::Request request, reference::Dice& dice) {
  if (dice.chance(60)) std::erase_if(request.facts, [&](const auto&) { return dice.chance(60); });
  if (request.ledger && dice.chance(60)) std::erase_if(*request.ledger, [&](const auto&) { return dice.chance(70); });
  return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(needs)

BOOST_AUTO_TEST_CASE(random_worlds) {
  const std::uint64_t first = setting("ZWECK_SEED", 1), sets = setting("ZWECK_COUNT", 2'500);
  Count count;
  int failures = 0;
  for (std::uint64_t seed = first; seed < first + sets && failures < 3; ++seed) {
    reference::Dice dice(seed);
    reference::Taste taste = reference::small_taste;
    if (seed % 5 == 0) taste = {4, 8, 4, 1, 4, 2, 2};
    if (seed % 3 == 0) taste.denies = 40;
    const reference::World world = random_world(dice, taste);
    const Reference reference(world);
    const auto files = files_of(world, reference::Dice(seed));
    const auto engine = zweck::Engine::from_texts(files);
    BOOST_REQUIRE_MESSAGE(engine, "does not load");
    ++count.sets;
    for (int i = 0; i < 6; ++i) {
      const reference::Request request = with_less(random_request(world, dice, taste), dice);
      const auto different = difference(reference, *engine, request, count);
      if (!different) continue;
      ++failures;
      BOOST_ERROR("seed " << seed << "\n"
                          << report(files, json_of(request, reference::Dice(0)), {"needs", *different + "\n"}));
      break;
    }
  }
  std::printf("counted: needs: %zu sets, %zu requests, %zu denied, %zu helped (%zu by several things, %zu without a "
              "ledger): %zu consents (%zu explicit, %zu under a notice), %zu notices, %zu facts; %zu skipped\n",
              count.sets, count.requests, count.denied, count.helped, count.several, count.without_ledger, count.consents,
              count.explicit_, count.under, count.notices, count.facts, count.skipped);
  if (count.sets < 100) return;
  // Every kind is well represented, or this shows little.
  for (const std::size_t kind : {count.several, count.without_ledger, count.explicit_, count.under, count.notices, count.facts})
    BOOST_CHECK_GT(kind, count.denied / 100);
  BOOST_CHECK_LT(count.skipped, count.denied / 20);
}

// Every pair of small rules with one scope, every fact and few ledgers, asked for one point and for all together.
BOOST_AUTO_TEST_CASE(all_small_worlds) {
  std::vector<reference::Rule> rules;
  for (const reference::Rule& rule : small_rules())
    if (rule.scope[0].names.empty() && rule.scope[1].names.empty()) rules.push_back(rule);
  reference::World world = small_vocabulary();
  Count count;
  int failures = 0;
  for (std::size_t i = 0; i < rules.size() && failures < 3; ++i) {
    for (std::size_t j = i; j < rules.size() && failures < 3; ++j) {
      world.rules = {rules[i], rules[j]};
      world.rules.front().name = "one";
      world.rules.back().name = "two";
      const Reference reference(world);
      const auto files = files_of(world, reference::Dice(0));
      const auto engine = zweck::Engine::from_texts(files);
      BOOST_REQUIRE_MESSAGE(engine, "does not load");
      ++count.sets;
      for (reference::Request request : few_requests()) {
        for (const bool whole : {false, true}) {
          request.data = {whole ? "all" : "a"};
          request.purpose = "sell";
          request.partner = "old";
          const auto different = difference(reference, *engine, request, count);
          if (!different || ++failures > 3) continue;
          BOOST_ERROR(report(files, json_of(request, reference::Dice(0)), {"needs", *different + "\n"}));
        }
      }
    }
  }
  std::printf("counted: needs of all small worlds: %zu sets, %zu requests, %zu denied, %zu helped; %zu skipped\n",
              count.sets, count.requests, count.denied, count.helped, count.skipped);
  BOOST_TEST(count.helped > count.denied / 20);
  BOOST_TEST(count.skipped == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace agree
