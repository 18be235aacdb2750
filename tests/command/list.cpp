// `zweck list`: what is allowed, and no more.
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

namespace {

struct Set : Workspace {
  Set() {
    write_small_set(*this);
    write("ledger.yaml",
          "- {consent: given, data: personal, purpose: any, partner: shop,\n"
          "   under: {notice: fit-advice, version: 2}, at: 2026-02-01T10:00:00Z}\n");
  }
  Ran list(std::vector<std::string> words) const {
    words.insert(words.begin(), {"list", "small", "--at", "2026-06-01T12:00:00Z"});
    return run(words);
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(list, Set)

BOOST_AUTO_TEST_CASE(everything) {
  const Ran ran = list({"--fact", "age=30", "--ledger", "ledger.yaml"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.out ==
             "data           purpose         partner     allowed by\n"
             "address        delivery        carrier     delivery\n"
             "address        delivery        shop        delivery\n"
             "purchases      recommendation  shop        recommendation\n"
             "style-profile  recommendation  shop        fit-advice, recommendation\n"
             "wardrobe       recommendation  shop        fit-advice\n"
             "\n"
             "5 of 45 uses are allowed\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_counted) {
  const Ran ran = list({});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out ==
             "data           purpose         partner     allowed by\n"
             "address        delivery        carrier     delivery\n"
             "address        delivery        shop        delivery\n"
             "\n"
             "2 of 45 uses are allowed; of 6 more it is not known\n");
}

BOOST_AUTO_TEST_CASE(some_names_given) {
  BOOST_TEST(
      list({"--data", "wardrobe,address", "--purpose", "service", "--ledger", "ledger.yaml", "--fact", "age=30"}).out ==
      "data      purpose         partner     allowed by\n"
      "address   delivery        carrier     delivery\n"
      "address   delivery        shop        delivery\n"
      "wardrobe  recommendation  shop        fit-advice\n"
      "\n"
      "3 of 12 uses are allowed\n");
  BOOST_TEST(list({"--partner", "ad-network", "--data", "health"}).out == "0 of 3 uses are allowed\n");
  BOOST_TEST(list({"--data", "health", "--purpose", "delivery", "--partner", "shop"}).out == "0 of 1 use is allowed\n");
}

BOOST_AUTO_TEST_CASE(as_json) {
  const Ran ran = list({"--format", "json", "--purpose", "delivery"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(
      ran.out ==
      "{\"points\": [\n"
      "  {\"data\": \"address\", \"purpose\": \"delivery\", \"partner\": \"carrier\", \"rules\": [\"delivery\"]},\n"
      "  {\"data\": \"address\", \"purpose\": \"delivery\", \"partner\": \"shop\", \"rules\": [\"delivery\"]}\n"
      "]}\n");
  BOOST_TEST(list({"--format", "json", "--data", "health"}).out == "{\"points\": []}\n");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_refused) {
  const Ran ran = list({"--data", "wardrob", "--fact", "aeg=30"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err ==
             "zweck: list: there is no data node `wardrob`\n"
             "  help: did you mean `wardrobe`?\n");
  BOOST_TEST(list({"--fact", "aeg=30"}).err == "zweck: list: there is no fact `aeg`; did you mean `age`?\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
