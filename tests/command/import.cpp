// `zweck import` from the command line; what comes of each source is tested in tests/import.
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

BOOST_AUTO_TEST_SUITE(import)

BOOST_AUTO_TEST_CASE(writes_a_vocabulary_that_loads_and_tells_what_was_left_out) {
  Workspace workspace;
  workspace.write("uses.yml", "data_use:\n- {fides_key: a, is_default: true}\n");
  const Ran ran = workspace.run({"import", "fideslang", "uses.yml", "-o", "set/f.vocab.yaml"});
  BOOST_TEST(ran.code == 2);  // no such directory
  BOOST_TEST(ran.err.starts_with("zweck: cannot write `set/f.vocab.yaml`: "));
  workspace.write("set/x.vocab.yaml", "data: {d: {}}\n");
  const Ran again = workspace.run({"import", "fideslang", "uses.yml", "-o", "set/f.vocab.yaml"});
  BOOST_TEST(again.code == 0);
  BOOST_TEST(again.out == "");
  BOOST_TEST(again.err.find("note: `is_default` has no place in a vocabulary and is left out (1: `a`)\n") !=
             std::string::npos);
  BOOST_TEST(workspace.read("set/f.vocab.yaml") ==
             "# Made from fideslang by `zweck import fideslang`.\npurposes:\n  a: {}\n");
  BOOST_TEST(workspace.run({"import", "fideslang", "uses.yml", "-o", "-"}).out == workspace.read("set/f.vocab.yaml"));
}

BOOST_AUTO_TEST_CASE(leaves_the_file_alone_if_the_source_is_wrong) {
  Workspace workspace;
  workspace.write("bad.csv", "a,b\n1\n");
  workspace.write("out.vocab.yaml", "data: {}\n");
  const Ran ran = workspace.run({"import", "dpv", "bad.csv", "-o", "out.vocab.yaml"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err ==
             "bad.csv:2:1: error: a row of 1 fields, where the first has 2 [invalid-import]\n"
             "  2 | 1\n"
             "    | ^\n");
  BOOST_TEST(workspace.read("out.vocab.yaml") == "data: {}\n");
}

BOOST_AUTO_TEST_CASE(wrong_usage) {
  Workspace workspace;
  workspace.write("f", "");
  const auto said = [&](const std::vector<std::string>& arguments) {
    const Ran ran = workspace.run(arguments);
    BOOST_TEST(ran.code == 2);
    return ran.err;
  };
  BOOST_TEST(said({"import", "fidelang", "f", "-o", "o.vocab.yaml"}) ==
             "zweck: import: `fidelang` is nothing that can be imported\n  help: did you mean `fideslang`?\n");
  BOOST_TEST(said({"import", "xml", "f", "-o", "o.vocab.yaml"}) ==
             "zweck: import: `xml` is nothing that can be imported\n  help: it is one of `fideslang`, `dpv`, `gvl`\n");
  BOOST_TEST(
      said({"import", "gvl", "f", "-o", "o.yaml"}) ==
      "zweck: import: `o.yaml` would not be read as a vocabulary\n  help: give it a name that ends in `.vocab.yaml`\n");
  BOOST_TEST(said({"import", "gvl", "nowhere", "-o", "o.vocab.yaml"}) ==
             "nowhere: error: cannot read `nowhere`: No such file or directory [unreadable-file]\n");
  BOOST_TEST(said({"import", "gvl", "-o", "o.vocab.yaml"}).starts_with("zweck: import: FILE is missing\n"));
  BOOST_TEST(said({"import", "gvl", "f"}).starts_with("zweck: import: "));
}

BOOST_AUTO_TEST_CASE(the_page_of_help) {
  Workspace workspace;
  const Ran ran = workspace.run({"import", "--help"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out == golden("help-import.txt", ran.out));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
