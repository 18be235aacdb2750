// Commands that can be copied into a shell.
#include <boost/test/unit_test.hpp>

#include "text/shell_text.hpp"

using namespace zweck;

BOOST_AUTO_TEST_SUITE(shell)

BOOST_AUTO_TEST_CASE(words_are_quoted_where_they_need_it) {
  BOOST_TEST(shell_quote("policies/shop-2.0") == "policies/shop-2.0");
  BOOST_TEST(shell_quote("") == "''");
  BOOST_TEST(shell_quote("my set") == "'my set'");
  BOOST_TEST(shell_quote("$(rm)") == "'$(rm)'");
  BOOST_TEST(shell_quote("it's") == "'it'\\''s'");
  BOOST_TEST(shell_quote("~") == "'~'");
}

BOOST_AUTO_TEST_CASE(a_request_is_replayed) {
  BOOST_TEST(replay_command("policies/shop", "{\"data\": \"it's\"}") ==
             "zweck explain policies/shop --request '{\"data\": \"it'\\''s\"}'");
  BOOST_TEST(replay_command("-x", "{}") == "zweck explain ./-x --request '{}'");
}

BOOST_AUTO_TEST_SUITE_END()
