// What a change of vocabulary does to what customers said before.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "analysis/difference.hpp"
#include "analysis/setup.hpp"

namespace analysis_test {
namespace {

// "partner dhl in: carriers -> others", with a star where it may allow more.
std::string told(const std::string& before, const std::string& after) {
  const std::string rest = "data: {d: }\npurposes: {p: }\n";
  std::string text;
  const auto old_set = model_of(rest + before, ""), new_set = model_of(rest + after, "");
  for (const auto& each : zweck::compare_vocabularies(old_set->vocabulary, new_set->vocabulary).reinterprets)
    text += fmt::format("{} {} {}: {} -> {}{}\n", each.kind, each.name, each.what, each.before, each.after,
                        each.may_widen() ? " *" : "");
  return text;
}

BOOST_AUTO_TEST_SUITE(vocabularies)

BOOST_AUTO_TEST_CASE(nodes_that_both_know) {
  BOOST_TEST(told("partners: {g: , h: , x: {in: g}, y: {in: h}}", "partners: {g: , h: , x: {in: h}, y: {in: h}}") ==
             "partner x in: g -> h *\n");
  BOOST_TEST(told("partners: {g: , x: {in: g}}", "partners: {g: , x: {in: g, separate: true}}") ==
             "partner x separate: false -> true\n");
  BOOST_TEST(told("partners: {g: , x: {in: g, separate: true}}", "partners: {g: , x: {in: g}}") ==
             "partner x separate: true -> false *\n");
  BOOST_TEST(told("partners: {x: }", "partners: {x: {since: 2026-01-01}}") == "partner x since:  -> 2026-01-01\n");
  BOOST_TEST(told("partners: {x: {since: 2026-01-01}}", "partners: {x: {since: 2025-01-01}}") ==
             "partner x since: 2026-01-01 -> 2025-01-01 *\n");
  BOOST_TEST(told("partners: {x: {since: 2025-01-01}}", "partners: {x: {since: 2026-01-01}}") ==
             "partner x since: 2025-01-01 -> 2026-01-01\n");
  BOOST_TEST(told("partners: {x: {since: 2026-01-01}}", "partners: {x: }") == "partner x since: 2026-01-01 ->  *\n");
  BOOST_TEST(told("partners: {x: , y: }", "partners: {x: }") == "partner y gone:  -> \n");
}

BOOST_AUTO_TEST_CASE(nodes_that_are_new) {
  BOOST_TEST(told("partners: {g: , x: {in: g}}", "partners: {g: , x: {in: g}, y: {in: g}}") == "partner y new:  -> g *\n");
  BOOST_TEST(told("partners: {g: , x: {in: g}}", "partners: {g: , x: {in: g}, y: {in: g, since: 2026-01-01}}") == "");
  BOOST_TEST(told("partners: {g: , x: {in: g}}", "partners: {g: , x: {in: g}, y: {in: g, separate: true}}") == "");
  // The group between is new as well, and it has the date.
  BOOST_TEST(told("partners: {g: , x: {in: g}}",
                  "partners: {g: , x: {in: g}, n: {in: g, since: 2026-01-01}, y: {in: n}}") == "");
  // `any` reaches what is in no group.
  BOOST_TEST(told("partners: {x: }", "partners: {x: , y: }") == "partner y new:  ->  *\n");
}

BOOST_AUTO_TEST_CASE(derived_data_facts_and_notices) {
  const std::string q = "partners: {q: }\n";
  BOOST_TEST(told(q + "facts: {f: bool}", q + "facts: {f: bool = false}") == "fact f default:  -> false *\n");
  BOOST_TEST(told(q + "facts: {f: bool = false}", q + "facts: {f: bool}") == "fact f default: false -> \n");
  BOOST_TEST(told(q + "facts: {f: int 0..9}", q + "facts: {f: int 0..8}") == "fact f type: int 0..9 -> int 0..8\n");
  BOOST_TEST(told(q + "facts: {f: int 0..8}", q + "facts: {f: int 0..9}") == "fact f type: int 0..8 -> int 0..9 *\n");
  BOOST_TEST(told(q + "facts: {f: int 0..8}", q + "facts: {f: int -1..7}") == "fact f type: int 0..8 -> int -1..7 *\n");
  BOOST_TEST(told(q + "facts: {f: bool}", q + "facts: {f: string}") == "fact f type: bool -> string *\n");
  BOOST_TEST(told(q + "facts: {f: \"one of a, b\"}", q + "facts: {f: \"one of b\"}") ==
             "fact f type: one of a, b -> one of b\n");
  BOOST_TEST(told(q + "facts: {f: set of one of b}", q + "facts: {f: \"set of one of b, a\"}") ==
             "fact f type: set of one of b -> set of one of b, a *\n");
  BOOST_TEST(told(q + "notices: {n: {version: 1}}", q + "notices: {n: {version: 2}}") == "notice n version: 1 -> 2\n");
  BOOST_TEST(told(q, q) == "");
  // Labels are for people.
  BOOST_TEST(told("partners: {q: }", "partners: {q: {label: Q, description: R}}") == "");
}

// The type is the same, and its nodes are not.
BOOST_AUTO_TEST_CASE(facts_whose_nodes_come_and_go) {
  const auto place = [](const std::string& nodes) {
    return "partners: {q: }\ntaxonomies: {place: {" + nodes + "}}\nfacts: {f: place, g: set of place}\n";
  };
  BOOST_TEST(told(place("a: "), place("a: , b: ")) == "fact f values:  -> b *\nfact g values:  -> b *\n");
  BOOST_TEST(told(place("a: , b: "), place("a: ")) == "fact f values: b -> \nfact g values: b -> \n");
  // A leaf that has become a group is no value that both can give.
  BOOST_TEST(told(place("a: "), place("a: , b: {in: a}")) == "fact f values: a -> b *\nfact g values: a -> b *\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace analysis_test
