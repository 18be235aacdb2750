// Batches say what single decisions say, whatever the shape of their columns.
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "zweck/zweck.hpp"

namespace {

using namespace zweck;

struct Shop {
  Engine engine = make();
  std::vector<Facts> facts;
  std::vector<Subject> subjects;

  static Engine make() {
    auto loaded = Engine::from_texts(
        {{"a.vocab.yaml",
          "data: {all: {}, d0: {in: all}, d1: {in: all}, d2: {}}\npurposes: {p0: {}, p1: {}}\npartners: {q0: {}, q1: {}}\n"
          "facts: {age: int 0..150}\nobligations: [log]\n"},
         {"a.zweck",
          "rule r allow d0, d2 for p0 by any when age >= 18 basis contract keep 30 days\n"
          "rule s allow all for p1 by q0 basis consent oblige log\nrule t deny d2 for any by q1 when age > 60\n"}});
    BOOST_REQUIRE_MESSAGE(static_cast<bool>(loaded), (loaded ? "" : render(loaded.diagnostics())));
    return *std::move(loaded);
  }

  Shop() {
    for (const int age : {10, 30, 70}) {
      facts.push_back(engine.facts());
      BOOST_REQUIRE(static_cast<bool>(facts.back().set("age", age)));
    }
    facts.push_back(engine.facts());  // not given
    subjects.push_back(engine.unknown_subject(Time{}));
    LedgerEvent yes;
    yes.kind = LedgerEvent::Kind::consent_given;
    yes.data = {"d0"};
    yes.purpose = {"any"};
    yes.partner = {"any"};
    subjects.push_back(*engine.subject({yes}, Time{1'000'000}));
    subjects.push_back(*engine.subject({}, Time{1'000'000}));
  }
};

// Rows at random, ids out of range and facts of other engines among them.
struct Rows {
  std::vector<NodeId> data, purpose, partner;
  std::vector<Facts> facts;
  std::vector<Subject> subjects;

  Rows(const Shop& shop, std::size_t count, unsigned seed) {
    std::mt19937 random(seed);
    const Shop other;
    for (std::size_t i = 0; i < count; ++i) {
      data.push_back(random() % 50 == 0 ? 70'000 : random() % 5);
      purpose.push_back(random() % 50 == 0 ? UINT32_MAX : random() % 2);
      partner.push_back(random() % 2);
      facts.push_back(random() % 50 == 0 ? other.facts[0] : shop.facts[random() % shop.facts.size()]);
      subjects.push_back(random() % 50 == 0 ? Subject() : shop.subjects[random() % shop.subjects.size()]);
    }
  }
  Batch batch() const { return {data, purpose, partner, facts, subjects}; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(batches)

BOOST_AUTO_TEST_CASE(every_row_is_decided_as_by_itself) {
  const Shop shop;
  for (const std::size_t count : {0u, 1u, 15u, 16u, 17u, 64u, 1000u}) {
    const Rows rows(shop, count, static_cast<unsigned>(count));
    std::vector<Decision> decisions(count);
    shop.engine.decide(rows.batch(), decisions);
    std::vector<std::uint64_t> allowed(Engine::words_for(count), ~std::uint64_t{0}), some(allowed.size()), selected(allowed.size());
    for (std::size_t word = 0; word < selected.size(); ++word) selected[word] = 0x5A5A'0FF0'3333'8001u * (word + 1);
    shop.engine.decide(rows.batch(), count, {}, allowed);
    shop.engine.decide(rows.batch(), count, selected, some);
    std::size_t yes = 0;
    for (std::size_t i = 0; i < allowed.size() * 64; ++i) {
      const Decision alone = i < count ? shop.engine.decide({rows.data[i], rows.purpose[i], rows.partner[i]}, rows.facts[i],
                                                            rows.subjects[i])
                                       : Decision();
      if (i < count) BOOST_REQUIRE(decisions[i] == alone);
      const bool wanted = selected[i / 64] >> (i % 64) & 1;
      BOOST_REQUIRE_EQUAL(allowed[i / 64] >> (i % 64) & 1, static_cast<std::uint64_t>(static_cast<bool>(alone)));
      BOOST_REQUIRE_EQUAL(some[i / 64] >> (i % 64) & 1, static_cast<std::uint64_t>(wanted && alone));
      yes += static_cast<bool>(alone);
    }
    if (count == 1000) BOOST_TEST((yes > 100 && yes < 900));
  }
}

BOOST_AUTO_TEST_CASE(a_column_of_one_stands_for_all_rows) {
  const Shop shop;
  const Rows rows(shop, 100, 1);
  const std::vector<NodeId> purpose{0}, partner{1};
  const std::vector<Facts> facts{shop.facts[1]};
  std::vector<Decision> decisions(100);
  shop.engine.decide({rows.data, purpose, partner, facts, rows.subjects}, decisions);
  for (std::size_t i = 0; i < 100; ++i)
    BOOST_TEST((decisions[i] == shop.engine.decide({rows.data[i], 0, 1}, facts[0], rows.subjects[i])));
}

BOOST_AUTO_TEST_CASE(columns_of_other_lengths_allow_nothing) {
  const Shop shop;
  const Rows rows(shop, 100, 2);
  Batch batch = rows.batch();
  batch.partner = batch.partner.first(99);
  std::vector<Decision> decisions(100, shop.engine.decide({1, 0, 0}, shop.facts[1], shop.subjects[2]));
  BOOST_REQUIRE(static_cast<bool>(decisions[0]));
  shop.engine.decide(batch, decisions);
  for (const Decision& decision : decisions) BOOST_TEST((decision.status() == Status::invalid));
  std::vector<std::uint64_t> allowed(2, ~std::uint64_t{0}), selected(1);
  shop.engine.decide(batch, 100, {}, allowed);
  BOOST_TEST((allowed[0] | allowed[1]) == 0u);
  allowed.assign(2, ~std::uint64_t{0});
  shop.engine.decide(rows.batch(), 100, selected, allowed);  // too few words of bits
  BOOST_TEST((allowed[0] | allowed[1]) == 0u);
  allowed.assign(1, ~std::uint64_t{0});
  shop.engine.decide(rows.batch(), 100, {}, allowed);
  BOOST_TEST(allowed[0] == 0u);
}

BOOST_AUTO_TEST_SUITE_END()
