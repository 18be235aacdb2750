// Names by perfect hash: every name is found, and nothing else.
#include "engine/name_table.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

using zweck::NameTable;

namespace {

NameTable table_of(const std::vector<std::string>& names) { return NameTable::build({names.begin(), names.end()}); }

void holds_exactly(const std::vector<std::string>& names) {
  const NameTable table = table_of(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    BOOST_REQUIRE_EQUAL(table.find(names[i]), i);
    for (std::string near : {names[i] + "x", names[i] + '\0', "x" + names[i], names[i].substr(0, names[i].size() / 2) + "~"})
      BOOST_REQUIRE_EQUAL(table.find(near), zweck::no_name);
    // A name with any one byte changed is none, unless it is the name of something else (none is here).
    for (std::size_t at = 0; at < names[i].size(); ++at) {
      std::string changed = names[i];
      changed[at] = static_cast<char>(changed[at] ^ 0x80);
      BOOST_REQUIRE_EQUAL(table.find(changed), zweck::no_name);
    }
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(name_table)

BOOST_AUTO_TEST_CASE(no_names_at_all) {
  BOOST_TEST(table_of({}).find("") == zweck::no_name);
  BOOST_TEST(table_of({}).find("a") == zweck::no_name);
}

BOOST_AUTO_TEST_CASE(names_of_every_length) {
  // Lengths at which a name is compared in another way, and names that differ in one place only.
  std::vector<std::string> names;
  for (std::size_t length = 1; length <= 40; ++length) {
    names.push_back(std::string(length, 'a'));
    for (std::size_t at = 0; at < length; ++at) {
      names.push_back(std::string(length, 'a'));
      names.back()[at] = 'b';
    }
  }
  names.push_back(std::string(256, 'a'));
  holds_exactly(names);
}

BOOST_AUTO_TEST_CASE(the_empty_string_may_be_a_name) {
  const NameTable table = table_of({"", "b"});
  BOOST_TEST(table.find("") == 0u);
  BOOST_TEST(table.find("b") == 1u);
  BOOST_TEST(table_of({"b"}).find("") == zweck::no_name);
}

BOOST_AUTO_TEST_CASE(zeros_are_bytes_like_others) {
  using namespace std::string_literals;
  const NameTable table = table_of({"ab", "ab\0"s, "\0ab"s});
  BOOST_TEST(table.find("ab") == 0u);
  BOOST_TEST(table.find("ab\0"s) == 1u);
  BOOST_TEST(table.find("\0ab"s) == 2u);
  BOOST_TEST(table.find("\0ab\0"s) == zweck::no_name);
}

BOOST_AUTO_TEST_CASE(as_many_names_as_a_taxonomy_may_have) {
  std::vector<std::string> names;
  for (int i = 0; i < 65'535; ++i) names.push_back("node-" + std::to_string(i));
  holds_exactly(names);
}

BOOST_AUTO_TEST_CASE(the_same_names_give_the_same_table) {
  const auto build = [] { return table_of({"shop", "carriers", "dhl", "a partner with a longer name"}); };
  const NameTable a = build(), b = build();
  BOOST_TEST(a.parts().seed == b.parts().seed);
  BOOST_TEST(std::equal(a.parts().displacements.begin(), a.parts().displacements.end(), b.parts().displacements.begin()));
  BOOST_TEST(std::string(a.parts().text.begin(), a.parts().text.end()) == "a partner with a longer name");
}

BOOST_AUTO_TEST_SUITE_END()
