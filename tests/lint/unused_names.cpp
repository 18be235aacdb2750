// What counts as used, beyond the two cases on the page of the check.
#include <boost/test/unit_test.hpp>

#include "lint/setup.hpp"

namespace lint_test {

namespace {

std::string found(const std::string& more) {
  const std::string vocabulary = "data: {a: {}}\npurposes: {p: {}}\npartners: {q: {}, r: {in: q}}\n" + more;
  return text_of(findings_of(set_of("rule x\n  deny    a for p by q\n", vocabulary)), "unused-name");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(unused_names)

BOOST_AUTO_TEST_CASE(everything_that_only_rules_could_use) {
  BOOST_TEST(found("facts: {f: bool}\n") ==
             "4:9 unused-name: no rule and no assertion uses the fact `f`\n");
  BOOST_TEST(found("notices: {n: {version: 1}}\n") ==
             "4:11 unused-name: no rule and no assertion uses the notice `n`\n");
  BOOST_TEST(found("obligations: [log]\n") ==
             "4:15 unused-name: no rule and no assertion uses the obligation `log`\n");
  BOOST_TEST(found("taxonomies: {region: {eea: {}}}\n") ==
             "4:23 unused-name: no rule and no assertion uses the taxonomy `region`\n");
}

BOOST_AUTO_TEST_CASE(an_attribute_without_values) {
  BOOST_TEST(found("attributes: {partner: {size: int}}\n") ==
             "4:24 unused-name: no rule and no assertion uses the attribute `size`\n");
  BOOST_TEST(found("attributes: {partner: {size: int = 3}}\n") ==
             "4:24 unused-name: no rule and no assertion uses the attribute `size`\n");
}

BOOST_AUTO_TEST_CASE(an_attribute_with_a_value_tells_readers_something) {
  const std::string vocabulary =
      "data: {a: {}}\npurposes: {p: {}}\npartners: {q: {}, r: {in: q, size: 4}}\n"
      "attributes: {partner: {size: int = 3}}\n";
  BOOST_TEST(text_of(findings_of(set_of("rule x\n  deny    a for p by q\n", vocabulary)), "unused-name") == "");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lint_test
