// `zweck compile`, and bundles where other commands take directories.
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

namespace {

const std::vector<std::string> question{"--data",    "wardrobe", "--purpose", "recommendation",
                                        "--partner", "shop",     "--at",      "2026-06-01T12:00:00Z"};

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

void compile(const Workspace& workspace) {
  const Ran ran = workspace.run({"compile", "small", "-o", "small.bundle"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err == "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(compile_command)

BOOST_AUTO_TEST_CASE(the_page) {
  Workspace workspace;
  const std::string page = workspace.run({"compile", "--help"}).out;
  BOOST_TEST(page == golden("help-compile.txt", page));
}

BOOST_AUTO_TEST_CASE(a_bundle_answers_as_the_directory_does) {
  Workspace workspace;
  write_small_set(workspace);
  compile(workspace);
  for (const std::string command : {"decide", "explain", "list"}) {
    const std::vector<std::string> asked =
        command == "list" ? std::vector<std::string>{"--at", "2026-06-01T12:00:00Z"} : question;
    const Ran files = workspace.run(with({command, "small"}, asked));
    const Ran bundle = workspace.run(with({command, "small.bundle"}, asked));
    BOOST_TEST(files.out != "");
    BOOST_TEST(bundle.out == files.out);
    BOOST_TEST(bundle.err == files.err);
    BOOST_TEST(bundle.code == files.code);
  }
  const Ran same = workspace.run({"diff", "small", "small.bundle"});
  BOOST_TEST(same.code == 0);
  BOOST_TEST(same.out == "no difference: the two mean the same, to the last rule\n");
}

BOOST_AUTO_TEST_CASE(the_same_bytes_every_time_and_from_anywhere) {
  Workspace workspace;
  write_small_set(workspace);
  compile(workspace);
  const std::string first = workspace.read("small.bundle");
  workspace.write("deep/below/small.vocab.yaml", workspace.read("small/small.vocab.yaml"));
  workspace.write("deep/below/small.zweck", workspace.read("small/small.zweck"));
  BOOST_TEST(workspace.run({"compile", "deep/below", "--output", "other.bundle"}).code == 0);
  BOOST_TEST(bool(workspace.read("other.bundle") == first));
  // It replaces what is there.
  workspace.write("small.bundle", "old");
  compile(workspace);
  BOOST_TEST(bool(workspace.read("small.bundle") == first));
}

BOOST_AUTO_TEST_CASE(a_set_with_errors_is_not_compiled) {
  Workspace workspace;
  workspace.write("broken/a.zweck", "rule r allow x for any by any basis contract\n");
  const Ran ran = workspace.run({"compile", "broken", "-o", "b.bundle"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err.find("broken/a.zweck:1:14: error: there is no data node `x` [unknown-name]\n") == 0);
  BOOST_TEST(ran.err.ends_with("zweck: `broken` has errors, so nothing was written\n"));
  BOOST_TEST(!workspace.exists("b.bundle"));
}

BOOST_AUTO_TEST_CASE(a_set_that_breaks_its_assertions_is_not_compiled) {
  Workspace workspace;
  write_small_set(workspace);
  workspace.write("small/more.zweck",
                  "rule leak allow wardrobe for any by any basis not-personal\n"
                  "assert none never allow wardrobe for any by any\n");
  const Ran lint = workspace.run({"lint", "small"});
  const Ran ran = workspace.run({"compile", "small", "-o", "b.bundle"});
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  // Told as `lint` tells it.
  const std::size_t begin = lint.out.find("small/more.zweck:2:8: error: the assertion `none` does not hold");
  BOOST_REQUIRE(begin != std::string::npos);
  const std::string finding = lint.out.substr(begin, lint.out.find("\n\n", begin) - begin);
  BOOST_TEST(ran.err.starts_with(finding + "\n\n1 error in "));
  BOOST_TEST(
      ran.err.ends_with("zweck: `small` breaks its own assertions, so nothing was written\n"
                        "  help: `zweck lint` shows all there is to say\n"));
  BOOST_TEST(!workspace.exists("b.bundle"));
  // It still answers.
  BOOST_TEST(workspace.run(with({"decide", "small"}, question)).code == 0);
}

BOOST_AUTO_TEST_CASE(bad_usage) {
  Workspace workspace;
  write_small_set(workspace);
  const auto complaint = [&](const std::vector<std::string>& arguments) {
    const Ran ran = workspace.run(arguments);
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  BOOST_TEST(complaint({"compile", "small"}) ==
             "zweck: compile: --output is missing\n  help: `zweck compile --help` shows how it is used\n");
  BOOST_TEST(complaint({"compile", "-o", "x"}) ==
             "zweck: compile: DIR is missing\n  help: `zweck compile --help` shows how it is used\n");
  BOOST_TEST(complaint({"compile", "small", "-o", "none/x"}) ==
             "zweck: cannot write `none/x`: No such file or directory\n");
  BOOST_TEST(complaint({"compile", "small", "-o", "small"}) == "zweck: cannot write `small`: it is a directory\n");
}

BOOST_AUTO_TEST_CASE(where_files_are_looked_at_a_bundle_will_not_do) {
  Workspace workspace;
  write_small_set(workspace);
  compile(workspace);
  const std::string expected =
      "small.bundle: error: `small.bundle` is a bundle, which has no files to look at [unreadable-file]\n"
      "  help: name the directory that it was compiled from\n";
  const Ran lint = workspace.run({"lint", "small.bundle"});
  BOOST_TEST(lint.code == 2);
  BOOST_TEST(lint.out.starts_with(expected));
  const Ran test = workspace.run({"test", "small.bundle"});
  BOOST_TEST(test.code == 2);
  BOOST_TEST(test.err == expected);
  const Ran again = workspace.run({"compile", "small.bundle", "-o", "x"});
  BOOST_TEST(again.code == 2);
  BOOST_TEST(again.err == expected);
  BOOST_TEST(workspace.run({"fmt", "small.bundle"}).code == 2);
  BOOST_TEST(workspace.run({"init", "small.bundle"}).code == 2);
  BOOST_TEST(workspace.read("small.bundle").starts_with("\x89ZWECK"));
}

BOOST_AUTO_TEST_CASE(a_damaged_bundle) {
  Workspace workspace;
  write_small_set(workspace);
  compile(workspace);
  std::string bytes = workspace.read("small.bundle");
  bytes[bytes.size() / 2] ^= 1;
  workspace.write("small.bundle", bytes);
  const Ran ran = workspace.run(with({"decide", "small.bundle"}, question));
  BOOST_TEST(ran.code == 2);
  BOOST_TEST(ran.out == "");
  BOOST_TEST(ran.err ==
             "small.bundle: error: the bundle `small.bundle` was altered or damaged: its checksum is wrong "
             "[unreadable-file]\n  help: compile it again from the directory of the policy set\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
