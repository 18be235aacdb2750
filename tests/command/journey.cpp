// A newcomer's first hour: from nothing to a denied request that is understood, put right, and kept right.
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

BOOST_AUTO_TEST_SUITE(journey)

BOOST_AUTO_TEST_CASE(from_nothing_to_an_answer_that_is_understood) {
  Workspace workspace;
  const std::string now = "2026-06-01T12:00:00Z";
  const std::vector<std::string> question{"--data",    "wardrobe", "--purpose", "recommendation",
                                          "--partner", "shop",     "--at",      now};
  const auto ask = [&](const std::string& command, std::vector<std::string> more) {
    more.insert(more.begin(), question.begin(), question.end());
    more.insert(more.begin(), {command, "mine"});
    return workspace.run(more);
  };
  BOOST_TEST(workspace.run({"init", "mine"}).code == 0);
  BOOST_TEST(workspace.run({"lint", "mine"}).code == 0);

  // Denied, and `decide` says where to look.
  const Ran denied = ask("decide", {});
  BOOST_TEST(denied.code == 1);
  BOOST_TEST(denied.out.starts_with("deny (indeterminate): wardrobe for recommendation by shop\n"));
  BOOST_TEST(denied.out.ends_with("  `zweck explain` with the same options says why\n"));

  // Understood: the age and the ledger are not known.
  const Ran why = ask("explain", {});
  BOOST_TEST(why.code == 1);
  BOOST_TEST(why.out.starts_with("Denied: it is not known whether `shop` may use `wardrobe` for `recommendation`.\n"));
  BOOST_TEST(why.out.find("\nNot known: the fact `age` and the ledger.\n") != std::string::npos);

  // Half put right: somebody who was asked nothing.
  workspace.write("nobody.yaml", "[]\n");
  const Ran unasked = ask("explain", {"--fact", "age=30", "--ledger", "nobody.yaml"});
  BOOST_TEST(unasked.code == 1);
  BOOST_TEST(unasked.out.find("    does not allow it: no consent was given\n"
                              "      basis consent under fit-advice  shop.zweck:7\n") != std::string::npos);

  // Put right, by what the README says to write.
  workspace.write("anna.yaml",
                  "- {consent: given, data: wardrobe, purpose: recommendation, partner: shop,\n"
                  "   under: {notice: fit-advice, version: 1}, at: 2026-01-15T10:00:00Z}\n");
  const Ran allowed = ask("decide", {"--fact", "age=30", "--ledger", "anna.yaml"});
  BOOST_TEST(allowed.code == 0);
  BOOST_TEST(allowed.out ==
             "allow: wardrobe for recommendation by shop\n"
             "  by fit-advice\n"
             "  keep no longer than 180 days; log\n");
  BOOST_TEST(workspace.run({"list", "mine", "--at", now, "--fact", "age=30", "--ledger", "anna.yaml"}).out ==
             "data       purpose         partner         allowed by\n"
             "address    delivery        parcel-service  delivery\n"
             "address    delivery        shop            delivery\n"
             "wardrobe   recommendation  shop            fit-advice\n"
             "\n"
             "3 of 36 uses are allowed\n");
}

BOOST_AUTO_TEST_CASE(a_rule_is_changed_and_a_slip_is_found) {
  Workspace workspace;
  BOOST_TEST(workspace.run({"init", "mine"}).code == 0);
  std::string rules = workspace.read("mine/shop.zweck");
  const std::size_t at = rules.find("parcel");
  BOOST_TEST(at == std::string::npos);
  rules += "\nrule returns\n  allow address for delivry by shop\n  basis contract\n  keep 30 days\n";
  workspace.write("mine/shop.zweck", rules);

  const Ran lint = workspace.run({"lint", "mine"});
  BOOST_TEST(lint.code == 1);
  BOOST_TEST(lint.out.find("mine/shop.zweck:38:21: error: ") != std::string::npos);
  BOOST_TEST(lint.out.find("did you mean `delivery`?") != std::string::npos);
  BOOST_TEST(lint.out.ends_with("\n1 error\n"));

  // A set with errors decides nothing.
  const Ran decide =
      workspace.run({"decide", "mine", "--data", "address", "--purpose", "delivery", "--partner", "shop"});
  BOOST_TEST(decide.code == 2);
  BOOST_TEST(decide.out == "");
  BOOST_TEST(decide.err.find("did you mean `delivery`?") != std::string::npos);
  BOOST_TEST(decide.err.ends_with("zweck: `mine` has errors, so nothing is decided by it\n"));

  rules.replace(rules.find("delivry"), 7, "delivery");
  workspace.write("mine/shop.zweck", rules);
  BOOST_TEST(workspace.run({"lint", "mine", "--fail-on", "error"}).code == 0);
  const Ran check = workspace.run({"fmt", "--check", "mine"});
  BOOST_TEST(check.code == 1);
  BOOST_TEST(check.out == "mine/shop.zweck\n");
  BOOST_TEST(workspace.run({"fmt", "mine"}).code == 0);
  BOOST_TEST(workspace.run({"fmt", "--check", "mine"}).code == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
