// Boxes of leaves: what a scope covers, and values as sets.
#include <boost/test/unit_test.hpp>
#include <string>

#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const vocabulary = R"(
data: {all: {}, left: {in: all}, right: {in: all}, both: {in: [left, right]}, only-left: {in: left}, apart: {}}
purposes: {p: {}, q: {}}
partners: {x: {}, y: {}}
)";

std::string leaves(const Model& model, const NodeSet& side) {
  std::string text;
  for (const NodeId leaf : leaves_of(model.vocabulary.taxonomies[0], side)) {
    text += model.vocabulary.taxonomies[0].nodes[leaf].name + " ";
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(scopes)

BOOST_AUTO_TEST_CASE(leaves_of_a_side) {
  const Model model = model_of(vocabulary,
                               "rule a deny any for p by x\n"
                               "rule b deny left, right for p by x\n"
                               "rule c deny right, apart for p by x\n"
                               "rule d deny all for p by x\n");
  BOOST_TEST(leaves(model, model.rules[0].scope.sides[0]) == "apart both only-left ");
  BOOST_TEST(leaves(model, model.rules[1].scope.sides[0]) == "both only-left ");
  BOOST_TEST(leaves(model, model.rules[2].scope.sides[0]) == "apart both ");
  BOOST_TEST(leaves(model, model.rules[3].scope.sides[0]) == "both only-left ");
}

BOOST_AUTO_TEST_CASE(a_scope_less_its_excepts) {
  const Model model = model_of(vocabulary,
                               "rule r deny left for any by x, y\n"
                               "  except right for p\n"
                               "  except by y\n");
  const auto covered = [&](const char* data, const char* purpose, const char* partner) {
    return covers(model.vocabulary, model.rules[0], point_of(model, data, purpose, partner));
  };
  BOOST_TEST(covered("only-left", "p", "x"));
  BOOST_TEST(covered("only-left", "q", "x"));
  BOOST_TEST(!covered("both", "p", "x"));
  BOOST_TEST(covered("both", "q", "x"));
  BOOST_TEST(!covered("both", "q", "y"));
  BOOST_TEST(!covered("only-left", "p", "y"));
  BOOST_TEST(!covered("apart", "q", "x"));
}

BOOST_AUTO_TEST_CASE(sets_are_sorted_and_unique) {
  BOOST_TEST(Value::of_set({3, 1, 3, -1}).members == (std::vector<std::int64_t>{-1, 1, 3}),
             boost::test_tools::per_element());
  BOOST_TEST(!Value::of_set({}).missing());
  BOOST_TEST(Value().missing());
}

BOOST_AUTO_TEST_SUITE_END()
