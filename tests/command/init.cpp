// `zweck init`, and what a newcomer does next.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "command/run.hpp"

namespace zweck::test {

BOOST_AUTO_TEST_SUITE(init)

BOOST_AUTO_TEST_CASE(writes_a_set_that_works) {
  Workspace workspace;
  const Ran ran = workspace.run({"init", "mine"});
  BOOST_TEST(ran.err == "");
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out ==
             "mine/README.md\n"
             "mine/shop.vocab.yaml\n"
             "mine/shop.zweck\n"
             "mine/shop.test.yaml\n"
             "\n"
             "A first question, and why the answer is no:\n"
             "  zweck explain mine --data wardrobe --purpose recommendation --partner shop\n"
             "\n"
             "mine/README.md says how to go on.\n");
  const Ran lint = workspace.run({"lint", "mine"});
  BOOST_TEST(lint.out == "no findings in 2 files (4 rules, 1 assertion)\n");
  BOOST_TEST(lint.code == 0);
  const Ran formatted = workspace.run({"fmt", "--check", "--diff", "mine"});
  BOOST_TEST(formatted.out == "");
  BOOST_TEST(formatted.code == 0);
}

BOOST_AUTO_TEST_CASE(takes_an_empty_directory_and_new_ones_below_others) {
  Workspace workspace;
  std::filesystem::create_directory(workspace.path("empty"));
  BOOST_TEST(workspace.run({"init", "empty"}).code == 0);
  BOOST_TEST(workspace.run({"init", "a/b/c"}).code == 0);
  BOOST_TEST(workspace.exists("a/b/c/shop.zweck"));
  const Ran spaced = workspace.run({"init", "it's mine"});
  BOOST_TEST(spaced.out.find("  zweck explain 'it'\\''s mine' --data ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(overwrites_nothing) {
  Workspace workspace;
  workspace.write("mine/notes.txt", "mine");
  const Ran ran = workspace.run({"init", "mine"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err ==
             "zweck: `mine` is not empty\n"
             "  help: nothing is overwritten: name a new directory, or an empty one\n");
  BOOST_TEST(!workspace.exists("mine/shop.zweck"));
  workspace.write("file", "");
  BOOST_TEST(workspace.run({"init", "file"}).err == "zweck: cannot write to `file`: it is not a directory\n");
  BOOST_TEST(workspace.run({"init", "file/below"}).err == "zweck: cannot create `file/below`: Not a directory\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
