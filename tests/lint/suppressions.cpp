// `# zweck:ignore …`: what it silences, what it cannot, and what is said of the suppressions themselves.
#include <boost/test/unit_test.hpp>

#include "lint/setup.hpp"

namespace lint_test {

namespace {

// A rule with the findings missing-retention and overbroad-allow.
std::string with(const std::string& before, const std::string& beside = "") {
  return before + "rule a" + beside + "\n  allow personal for delivery by any\n  except health, sizes\n  basis contract\n";
}

std::string said(const std::string& rules) {
  std::string out;
  const auto findings = findings_of(set_of(rules));
  for (const auto* check : {"missing-retention", "overbroad-allow", "failed-assertion", "unused-suppression",
                            "suppression-without-reason"})
    out += text_of(findings, check);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(suppressions)

BOOST_AUTO_TEST_CASE(before_a_rule_or_beside_its_first_line) {
  BOOST_TEST(said(with("")) ==
             "1:6 missing-retention: the rule `a` does not say how long the data may be kept\n"
             "2:9 overbroad-allow: the rule `a` gives all data to all partners\n");
  BOOST_TEST(said(with("# zweck:ignore missing-retention because the carrier keeps nothing\n")) ==
             "3:9 overbroad-allow: the rule `a` gives all data to all partners\n");
  BOOST_TEST(said(with("", "  # zweck:ignore missing-retention because the carrier keeps nothing")) ==
             "2:9 overbroad-allow: the rule `a` gives all data to all partners\n");
}

BOOST_AUTO_TEST_CASE(several_checks_at_once) {
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow because it is so\n")) == "");
  BOOST_TEST(said(with("#zweck:ignore  missing-retention ,overbroad-allow   because it is so\n")) == "");
}

BOOST_AUTO_TEST_CASE(two_suppressions_for_one_rule) {
  BOOST_TEST(said(with("# zweck:ignore missing-retention because of this\n",
                       "  # zweck:ignore overbroad-allow because of that")) == "");
}

BOOST_AUTO_TEST_CASE(one_without_a_reason_silences_and_is_found_itself) {
  const std::string said_of_it = "1:1 suppression-without-reason: this suppression does not say why\n";
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow\n")) == said_of_it);
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow because\n")) == said_of_it);
}

BOOST_AUTO_TEST_CASE(one_that_silences_nothing_is_found) {
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow, hidden-opt-out because it is so\n")) ==
             "1:1 unused-suppression: the rule `a` gives no cause for `hidden-opt-out`\n");
  BOOST_TEST(said(with("# zweck:ignore because it is so\n"))
                 .ends_with("\n1:1 unused-suppression: this suppression names no check\n"));
}

BOOST_AUTO_TEST_CASE(a_check_that_does_not_exist) {
  const auto findings = findings_of(set_of(with("# zweck:ignore mising-retention because it is so\n")));
  BOOST_TEST(text_of(findings, "unused-suppression") == "1:1 unused-suppression: there is no check `mising-retention`\n");
  for (const auto& finding : findings)
    if (finding.diagnostic.check == "unused-suppression")
      BOOST_TEST(finding.diagnostic.help == "did you mean `missing-retention`?");
}

BOOST_AUTO_TEST_CASE(where_no_rule_begins) {
  BOOST_TEST(said(with("# zweck:ignore missing-retention because it is so\n\n"))
                 .ends_with("\n1:1 unused-suppression: no rule begins here for this suppression to speak of\n"));
  BOOST_TEST(said(with("") + "  # zweck:ignore missing-retention because it is so\n")
                 .ends_with("5:3 unused-suppression: no rule begins here for this suppression to speak of\n"));
}

BOOST_AUTO_TEST_CASE(it_speaks_of_its_rule_alone) {
  const std::string two = with("# zweck:ignore missing-retention, overbroad-allow because it is so\n") +
                          "rule b\n  allow address for delivery by shop\n  basis contract\n";
  BOOST_TEST(said(two) == "6:6 missing-retention: the rule `b` does not say how long the data may be kept\n");
}

BOOST_AUTO_TEST_CASE(failed_assertions_and_errors_of_loading_are_not_silenced) {
  const std::string rules = with("# zweck:ignore missing-retention, overbroad-allow because it is so\n") +
                            "# zweck:ignore failed-assertion because it is known\n"
                            "assert x\n  never allow address for delivery by shop\n";
  const std::string text = said(rules);
  BOOST_TEST(text.find(" failed-assertion: the assertion `x` does not hold") != std::string::npos);
  BOOST_TEST(text.find("6:1 unused-suppression: `failed-assertion` cannot be silenced\n") != std::string::npos);
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow, unknown-name because it is so\n")) ==
             "1:1 unused-suppression: `unknown-name` cannot be silenced\n");
  const auto broken = zweck::load_texts(
      {{"a.vocab.yaml", shop}, {"a.zweck", "# zweck:ignore unknown-name because it comes later\nrule a\n  deny x for any by any\n"}});
  BOOST_REQUIRE(!broken);
  BOOST_TEST(broken.diagnostics().front().check == "unknown-name");
}

// A rule and an assertion may have one name; each has suppressions of its own.
BOOST_AUTO_TEST_CASE(assertions_are_not_rules) {
  const std::string rule = "rule a\n  allow   address for delivery by shop\n  basis   contract\n";
  const std::string assertion = "assert a\n  never allow address for delivery by shop\n  when    age < 3 and age > 5\n";
  const auto said_of = [](const std::string& rules) {
    const auto findings = findings_of(set_of(rules));
    return text_of(findings, "missing-retention") + text_of(findings, "vacuous-assertion") +
           text_of(findings, "unused-suppression");
  };
  const std::string retention = "missing-retention: the rule `a` does not say how long the data may be kept\n";
  const std::string vacuous = "vacuous-assertion: the assertion `a` holds only because its scope or condition is never met\n";
  const std::string comment = "# zweck:ignore missing-retention, vacuous-assertion because it is so\n";
  BOOST_TEST(said_of(rule + assertion) == "1:6 " + retention + "4:8 " + vacuous);
  BOOST_TEST(said_of(comment + rule + assertion) ==
             "5:8 " + vacuous + "1:1 unused-suppression: the rule `a` gives no cause for `vacuous-assertion`\n");
  BOOST_TEST(said_of(rule + comment + assertion) ==
             "1:6 " + retention + "4:1 unused-suppression: the assertion `a` gives no cause for `missing-retention`\n");
}

// The names in a suppression are those of checks, and so is what is found of it: neither can silence the other.
BOOST_AUTO_TEST_CASE(a_suppression_cannot_hide_itself) {
  BOOST_TEST(said(with("# zweck:ignore missing-retention, overbroad-allow, suppression-without-reason\n")) ==
             "1:1 unused-suppression: the rule `a` gives no cause for `suppression-without-reason`\n"
             "1:1 suppression-without-reason: this suppression does not say why\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lint_test
