// Bundles that nobody compiled, with the right checksum: what is checked of them, one thing at a time.
#include <boost/test/unit_test.hpp>

#include "bundle/setup.hpp"
#include "bundle/well_nested.hpp"

namespace zweck::test {

using namespace bundle;

namespace {

void refused(const std::string& bytes, const std::string& flaw) {
  BOOST_TEST(refusal(bytes) == "the bundle `x.bundle` contradicts itself: " + flaw +
                                   " (compile it again from the directory of the policy set)");
}

const std::string nowhere = "something refers to what is not there";

}  // namespace

BOOST_AUTO_TEST_SUITE(forged_bundles)

BOOST_AUTO_TEST_CASE(as_it_was_it_is_fine) {
  BOOST_TEST(refusal(forged<bundle::RuleRow>([](auto&) {})) == "");
  exercise(*open(forged<bundle::RuleRow>([](auto&) {})));
}

BOOST_AUTO_TEST_CASE(references) {
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].scope.row = 1000; }), nowhere);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].name.end = UINT32_MAX; }), nowhere);
  refused(forged<bundle::RuleRow>([](auto& rows) { std::swap(rows[0].name.begin, rows[0].name.end); }), nowhere);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].span.file = 2; }), nowhere);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].when.row = UINT32_MAX - 1; }), nowhere);
  refused(forged<ConsentRow>([](auto& rows) { rows[0].under.row = 1; }), nowhere);
  refused(forged<Choice>([](auto& rows) { rows[0].string.row = 1000; }), nowhere);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].places.end = UINT32_MAX; }), nowhere);
}

BOOST_AUTO_TEST_CASE(texts) {
  refused(forged<char>([](auto& text) { text[0] = '\xFF'; }), "its texts are no UTF-8");
  // In the midst of the ö of a label.
  refused(forged<LabelRow>([](auto& rows) {
            for (LabelRow& row : rows) row.text.end = row.text.begin + (row.text.size() == 13 ? 5 : 0);
          }),
          nowhere);
}

BOOST_AUTO_TEST_CASE(taxonomies) {
  const std::string flaw = "a taxonomy contradicts itself";
  refused(forged<NodeRef>([](auto& rows) { rows[0].node = 60'000; }), flaw);
  refused(forged<TaxonomyRow>([](auto& rows) { rows[1].nodes.begin += 1; }), flaw);
  refused(forged<TaxonomyRow>([](auto& rows) { rows[3].nodes.end -= 1; }), flaw);
  // Two nodes of one name; names in another order.
  refused(forged<NodeRow>([](auto& rows) {
            rows[0].name.end = rows[0].name.begin + 1;
            rows[1].name = rows[0].name;
          }),
          flaw);
  refused(forged<NodeRow>([](auto& rows) { std::swap(rows[0].name, rows[1].name); }), flaw);
  // A node below itself.
  refused(forged<NodeRow>([](auto& rows) { rows[2].parents = std::exchange(rows[0].parents, {}); }), flaw);
  refused(forged<NodeRow>([](auto& rows) { rows[0].since = INT64_MAX; }), "a date is none");
  // A leaf that becomes a group has no class in the index.
  refused(forged<NodeRef>([](auto& rows) { rows[7].node = 0; }), "the table of a taxonomy contradicts it");
}

BOOST_AUTO_TEST_CASE(types_and_values) {
  refused(forged<TypeRow>([](auto& rows) { rows[0].kind = 7; }), "a value has no type");
  refused(forged<ValueRow>([](auto& rows) { rows[0].state = 3; }), "a value has no type");
  refused(forged<TypeRow>(
              [](auto& rows) { rows[0].kind = static_cast<std::uint32_t>(TypeKind::node), rows[0].taxonomy = 4; }),
          "an attribute contradicts its type");
  refused(forged<TypeRow>([](auto& rows) { rows[0].kind = static_cast<std::uint32_t>(TypeKind::string); }),
          "a built-in attribute is missing");
  refused(forged<ValueRow>([](auto& rows) {
            for (ValueRow& row : rows) row.one = -5;
          }),
          "an attribute contradicts its type");
  refused(forged<Member>([](auto& rows) { rows[0].value = 1'000; }), "an attribute contradicts its type");
  refused(forged<AttributeRow>([](auto& rows) { rows[0].dimension = 3; }), "an attribute belongs to nothing");
  refused(forged<AttributeRow>([](auto& rows) { rows[0].values.end -= 1; }), "an attribute contradicts its type");
  refused(forged<AttributeRow>([](auto& rows) { rows[0].builtin = 0; }), "a built-in attribute is missing");
  refused(forged<StringRow>([](auto& rows) { rows[1] = rows[0]; }), "a string is there twice");
  refused(forged<FactRow>([](auto& rows) { std::swap(rows[0].name, rows[1].name); }), "names are not in order");
}

BOOST_AUTO_TEST_CASE(conditions) {
  const std::string itself = "a condition contradicts itself",
                    types = "a condition contradicts the types of what it compares";
  refused(forged<TestRow>([](auto& rows) { rows[0].op = 9; }), itself);
  refused(forged<TestRow>([](auto& rows) { rows[0].left.dimension = 3; }), itself);
  refused(forged<TestRow>([](auto& rows) { rows[0].left.kind = 3; }), itself);
  refused(forged<TestRow>([](auto& rows) { rows[0].left.index = 100; }), types);
  refused(forged<TestRow>([](auto& rows) { rows[0].literals = {}; }), types);
  refused(forged<TestRow>([](auto& rows) { rows[0].op = static_cast<std::uint32_t>(TestOp::has); }), types);
  refused(forged<bundle::Literal>([](auto& rows) { rows[0].value = -1; }), types);
  refused(forged<ShownRow>([](auto& rows) { rows[0].version = 3; }), "a condition on a notice contradicts the notices");
  refused(forged<ConsentRow>([](auto& rows) { rows[0].version = 0; }),
          "a condition on consent contradicts the notices");
  refused(forged<ConsentRow>([](auto& rows) { rows[0].within = -1; }),
          "a condition on consent contradicts the notices");
  refused(forged<bundle::ConditionRow>([](auto& rows) { rows[0].kind = 7; }), itself);
  refused(forged<bundle::ConditionRow>([](auto& rows) { rows[0].end = 0; }), itself);
  refused(forged<bundle::ConditionRow>([](auto& rows) { rows.back().end += 1; }), itself);
  refused(forged<bundle::ConditionRow>([](auto& rows) {
            for (auto& row : rows) row.index = 10'000;
          }),
          itself);
}

BOOST_AUTO_TEST_CASE(nesting_that_would_end_the_stack) {
  // Every row within the one before it.
  refused(forged<bundle::ConditionRow>([](auto& rows) {
            for (auto& row : rows) {
              row.kind = static_cast<std::uint32_t>(Condition::Kind::negation);
              row.end = static_cast<std::uint32_t>(rows.size());
            }
          }),
          "a condition contradicts itself");
  // Deep, and sound but for that.
  std::vector<bundle::ConditionRow> rows(100'000);
  for (auto& row : rows) {
    row.kind = static_cast<std::uint32_t>(Condition::Kind::negation);
    row.end = static_cast<std::uint32_t>(rows.size());
  }
  rows.back().kind = static_cast<std::uint32_t>(Condition::Kind::objection);
  BOOST_TEST(!well_nested(rows, Tests()));
  rows.erase(rows.begin(), rows.end() - 200);
  for (auto& row : rows) row.end = 200;
  BOOST_TEST(well_nested(rows, Tests()));
}

BOOST_AUTO_TEST_CASE(rules) {
  const std::string flaw = "a rule contradicts itself", scope = "a scope contradicts itself";
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].effect = 2; }), flaw);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].basis = 7; }), flaw);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].consent = {}; }), flaw);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].from = INT32_MIN; }), flaw);
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].oblige = 1u << 2; }), flaw);
  refused(forged<bundle::RuleRow>([](auto& rows) { std::swap(rows[0].name, rows[1].name); }), "names are not in order");
  refused(forged<BoxRow>([](auto& rows) { rows[0].nodes[1] = rows[0].nodes[0]; }), scope);
  refused(forged<AssertionRow>([](auto& rows) { rows[0].quantifier = 2; }), "an assertion contradicts itself");
  refused(forged<bundle::RuleRow>([](auto& rows) { rows[0].keep += 60; }), "a term refers to what is not there");
}

BOOST_AUTO_TEST_CASE(places_that_are_none) {
  for (const int byte : {0, 1, 0x7F, 0x80, 0xFF}) {
    const auto engine = open(forged<PlaceByte>([&](auto& rows) {
      for (PlaceByte& row : rows) row.byte = static_cast<std::uint8_t>(byte);
    }));
    BOOST_REQUIRE(bool(engine));
    exercise(*engine);
  }
}

BOOST_AUTO_TEST_CASE(the_index) {
  const std::string term = "a term refers to what is not there";
  refused(forged<TermRow>([](auto& rows) { rows[0].ledger = 1'000; }), term);
  refused(forged<TermRow>([](auto& rows) { rows[0].duty = 1'000; }), term);
  refused(forged<TermRow>([](auto& rows) { rows[0].duty ^= unsettled; }), term);
  refused(forged<TermDetail>([](auto& rows) { rows[0].rule = 1'000; }), term);
  refused(forged<TermDetail>([](auto& rows) { rows[0].residual_end = 1'000; }), term);
  // Of duties that no rule has as well: what fills up a block refers to the first.
  refused(forged<Duty>([](auto& rows) { rows[0].obligations = std::uint64_t{1} << 63; }), term);
  refused(forged<Duty>([](auto& rows) { rows[0].keep_seconds = 0; }), term);
  const std::string residual = "a check of a term refers to what is not there";
  refused(forged<Residual>([](auto& rows) { rows[0].index = 1'000; }), residual);
  refused(forged<Residual>([](auto& rows) { rows[0].kind = static_cast<Residual::Kind>(4); }), residual);
  refused(forged<LiteralRow>([](auto& rows) { rows[0].index = 1'000; }), residual);
  refused(forged<LiteralRow>([](auto& rows) { rows[0].kind = 4; }), residual);
  refused(forged<ExceptRow>([](auto& rows) { rows[0].nodes_end[2] = 1'000; }), residual);
  refused(forged<zweck::ConditionRow>([](auto& rows) { rows[0].end = 1'000; }), residual);
  const std::string fact = "the table of a fact contradicts it";
  refused(forged<FactRows>([](auto& rows) { rows[0].keys_end = 1'000; }), fact);
  refused(forged<FactRows>([](auto& rows) { rows[0].rows = 1'000; }), fact);
  refused(forged<FactRows>([](auto& rows) { rows[0].literals_end = 1'000; }), fact);
  refused(forged<FactLiteral>([](auto& rows) { rows[0].test = 1'000; }), fact);
  refused(forged<FactLiteral>([](auto& rows) { rows[0].terms_end = 1'000; }), fact);
  refused(forged<TermDetail>([](auto& rows) { rows[0].checks = 1'000; }), term);
  refused(forged<TermDetail>([](auto& rows) { rows.back().checks = UINT32_MAX; }), term);  // fills up a block
  const std::string comparison = "a comparison of a fact contradicts it";
  const auto of_kind = [](FactCheck::Kind kind, auto change) {
    return forged<FactCheck>([&](auto& rows) {
      for (FactCheck& row : rows)
        if (row.kind == kind) return change(row);
      BOOST_FAIL("no comparison of this kind");
    });
  };
  using Kind = FactCheck::Kind;
  refused(of_kind(Kind::range, [](FactCheck& row) { row.fact = 100; }), comparison);
  refused(of_kind(Kind::range, [](FactCheck& row) { row.kind = static_cast<Kind>(6); }), comparison);
  refused(of_kind(Kind::range, [](FactCheck& row) { row.kind = Kind::nodes; }), comparison);  // of an int
  refused(of_kind(Kind::range, [](FactCheck& row) { row.kind = Kind::test, row.index = 1'000; }), comparison);
  refused(of_kind(Kind::nodes, [](FactCheck& row) { row.index = UINT32_MAX; }), comparison);
  refused(of_kind(Kind::nodes, [](FactCheck& row) { row.width = UINT64_MAX / 2; }), comparison);
  refused(of_kind(Kind::nodes, [](FactCheck& row) { row.kind = Kind::has_nodes; }), comparison);
}

// Few bytes that would be unpacked into many, or asked over and over again.
BOOST_AUTO_TEST_CASE(what_belongs_to_one_is_not_shared) {
  const std::string several = "several refer to what belongs to one";
  refused(forged<NodeRow>([](auto& rows) {
            for (NodeRow& row : rows) row.parents = {0, 5};
          }),
          several);
  refused(forged<NodeNotes>([](auto& rows) {
            for (NodeNotes& row : rows) row.deprecated = {0, 100};
          }),
          several);
  refused(forged<bundle::RuleRow>([](auto& rows) {
            for (bundle::RuleRow& row : rows) row.excepts = {0, 3};
          }),
          several);
  refused(forged<bundle::RuleRow>([](auto& rows) {
            for (bundle::RuleRow& row : rows) row.when = row.unless = rows[2].when;  // the largest
          }),
          several);
  refused(forged<TermDetail>([](auto& rows) {
            for (TermDetail& row : rows)
              if (row.residual != row.residual_end) row.residual = 0;
          }),
          "a term refers to what is not there");
  const std::string residual = "a check of a term refers to what is not there";
  refused(forged<Residual>([](auto& rows) {
            for (Residual& row : rows)
              if (row.kind != Residual::Kind::window) row = {Residual::Kind::literal, 0, 0};
          }),
          residual);
  refused(forged<FactRows>([](auto& rows) { rows[1].literals = 0; }), "the table of a fact contradicts it");
  refused(forged<FactLiteral>([](auto& rows) { rows[1].terms = 0; }), "the table of a fact contradicts it");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
