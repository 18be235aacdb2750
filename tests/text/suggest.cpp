#include "text/suggest.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using namespace zweck;

namespace {

std::string near(const std::string& name, const std::vector<std::string_view>& known) {
  return nearest(name, known).value_or("-");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(suggest)

BOOST_AUTO_TEST_CASE(slips_of_the_keyboard) {
  const std::vector<std::string_view> known{"advertising", "delivery", "recommendation", "service"};
  BOOST_TEST(near("advertisng", known) == "advertising");
  BOOST_TEST(near("adevrtising", known) == "advertising");
  BOOST_TEST(near("delivary", known) == "delivery");
  BOOST_TEST(near("deliverys", known) == "delivery");
  BOOST_TEST(near("Service", known) == "service");
  BOOST_TEST(near("RECOMMENDATION", known) == "recommendation");
}

BOOST_AUTO_TEST_CASE(at_most_a_third_of_the_letters) {
  BOOST_TEST(near("abcxyz", {"abcdef"}) == "-");
  BOOST_TEST(near("abcdxy", {"abcdef"}) == "abcdef");
  BOOST_TEST(near("ab", {"xb"}) == "-");
  BOOST_TEST(near("abc", {"xbc"}) == "xbc");
  BOOST_TEST(near("", {"abc"}) == "-");
  BOOST_TEST(near("abc", {}) == "-");
  BOOST_TEST(near("abc", {""}) == "-");
}

BOOST_AUTO_TEST_CASE(the_nearest_wins_and_ties_go_by_name) {
  BOOST_TEST(near("shopp", {"shops", "shop"}) == "shop");
  BOOST_TEST(near("cat", {"rat", "bat", "hat"}) == "bat");
  BOOST_TEST(near("Shop", {"shap", "shop"}) == "shop");  // case counts less than a letter
  BOOST_TEST(near("SHOP", {"SHAP", "shop"}) == "SHAP");  // four of them count as much, then the name decides
}

BOOST_AUTO_TEST_CASE(letters_are_code_points) {
  BOOST_TEST(near("größe", {"größen"}) == "größen");
  BOOST_TEST(near("ä", {"ö"}) == "-");
  BOOST_TEST(near("äöü", {"äoü"}) == "äoü");
}

BOOST_AUTO_TEST_CASE(as_a_question) {
  BOOST_TEST(did_you_mean("shpo", {"shop"}) == "did you mean `shop`?");
  BOOST_TEST(did_you_mean("carrier", {"shop"}) == "");
}

BOOST_AUTO_TEST_SUITE_END()
