// Which files belong to a policy set (section 1), and every way in which a directory can be none.
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>

#include "directory.hpp"
#include "model/load.hpp"
#include "setup.hpp"
#include "text/limits.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

std::string errors(const std::filesystem::path& directory) {
  const auto found = find_files(directory);
  return found ? "" : shown(found.diagnostics());
}

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(find_files_)

BOOST_AUTO_TEST_CASE(files_by_their_endings_wherever_below) {
  const Directory set;
  set.write("b.zweck");
  set.write("a/deep/down/z.zweck");
  set.write("A.vocab.yaml");
  set.write("a.vocab.yaml");
  set.write("a/x.test.yaml");
  set.write(".hidden/.vocab.yaml");
  for (const char* const other : {"README.md", "zweck", "x.yaml", "x.vocab.yaml.bak", "b.zweck~", "x.vocabyaml",
                                  "tests.yml", "x.zweckt", "a.vocab/yaml", "nothing"}) {
    set.write(other);
  }
  const auto found = find_files(set.path());
  if (!found) BOOST_FAIL(shown(found.diagnostics()));
  BOOST_TEST(found->vocabularies == (Names{".hidden/.vocab.yaml", "A.vocab.yaml", "a.vocab.yaml"}),
             boost::test_tools::per_element());
  BOOST_TEST(found->rules == (Names{"a/deep/down/z.zweck", "b.zweck"}), boost::test_tools::per_element());
  BOOST_TEST(found->tests == (Names{"a/x.test.yaml"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_name_that_nearly_belongs_is_an_error) {
  const Directory set;
  set.write("a.vocab.yaml");
  for (const char* const name : {"a.Zweck", "b.ZWECK", "c.vocab.yml", "d.Vocab.yaml", "e.vocab.YAML", "f.VOCAB.YML",
                                 "g.test.yml", "sub/h.Test.yaml"}) {
    set.write(name);
  }
  const auto line = [](const std::string& name, const std::string& ending) {
    return name + ": `" + name +
           "` nearly belongs to the policy set, but is not read so [misnamed-file]; let its name end in `" + ending +
           "`, or differ more\n";
  };
  const auto loaded = load_set(set.path());
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST(shown(loaded.diagnostics()) ==
             line("a.Zweck", ".zweck") + line("b.ZWECK", ".zweck") + line("c.vocab.yml", ".vocab.yaml") +
                 line("d.Vocab.yaml", ".vocab.yaml") + line("e.vocab.YAML", ".vocab.yaml") +
                 line("f.VOCAB.YML", ".vocab.yaml") + line("g.test.yml", ".test.yaml") +
                 line("sub/h.Test.yaml", ".test.yaml"));
}

BOOST_AUTO_TEST_CASE(a_directory_may_be_called_like_a_file) {
  const Directory set;
  set.write("x.zweck/inner.vocab.yaml");
  set.write("Y.ZWECK/inner.zweck");
  const auto found = find_files(set.path());
  if (!found) BOOST_FAIL(shown(found.diagnostics()));
  BOOST_TEST(found->vocabularies == (Names{"x.zweck/inner.vocab.yaml"}), boost::test_tools::per_element());
  BOOST_TEST(found->rules == (Names{"Y.ZWECK/inner.zweck"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(no_directory) {
  const Directory set;
  const std::string path = set.path().generic_string();
  const std::string none =
      ": no policy set: no file here ends in `.vocab.yaml` or `.zweck` [unreadable-file]; `zweck init "
      "DIR` makes one to start from\n";
  BOOST_TEST(errors(set.path()) == path + none);
  set.write("only.test.yaml");
  BOOST_TEST(errors(set.path()) == path + none);
  BOOST_TEST(errors(set.path() / "missing") ==
             path + "/missing: there is no directory `" + path + "/missing` [unreadable-file]\n");
  BOOST_TEST(
      errors(set.path() / "only.test.yaml") ==
      path + "/only.test.yaml: `" + path +
          "/only.test.yaml` is not a directory [unreadable-file]; a policy set is a directory: name the one that "
          "holds its files\n");
  BOOST_TEST(errors(set.path() / "only.test.yaml" / "below") != "");
  BOOST_TEST(errors("") != "");
  BOOST_TEST(errors(std::string(10'000, 'a')) != "");
}

BOOST_AUTO_TEST_CASE(links_to_directories_are_not_followed_links_to_files_are) {
  const Directory set;
  const Directory elsewhere;
  elsewhere.write("other.zweck");
  elsewhere.write("text", "rule r deny any for any by any\n");
  set.write("a.vocab.yaml");
  std::filesystem::create_directory_symlink(elsewhere.path(), set.path() / "linked");
  std::filesystem::create_directory_symlink(set.path(), set.path() / "loop");
  std::filesystem::create_directory_symlink("..", set.path() / "loop.zweck");
  std::filesystem::create_symlink(elsewhere.path() / "text", set.path() / "b.zweck");
  const auto loaded = load_set(set.path());
  if (!loaded) BOOST_FAIL(shown(loaded.diagnostics()));
  BOOST_TEST(loaded->model.rules.size() == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error) {
  const Directory set;
  set.write("a.vocab.yaml");
  std::filesystem::create_symlink("itself.zweck", set.path() / "itself.zweck");
  std::filesystem::create_symlink("nowhere", set.path() / "broken.zweck");
  set.pipe("pipe.zweck");
  const auto loaded = load_set(set.path());
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST(shown(loaded.diagnostics()) ==
             "broken.zweck: cannot read `broken.zweck`: No such file or directory [unreadable-file]\n"
             "itself.zweck: cannot read `itself.zweck`: Too many levels of symbolic links [unreadable-file]\n"
             "pipe.zweck: cannot read `pipe.zweck`: not a file [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(an_unreadable_directory_or_file_is_an_error) {
  const Directory set;
  set.write("a.vocab.yaml");
  set.write("closed/b.zweck");
  set.write("c.zweck");
  set.forbid("closed");
  set.forbid("c.zweck");
  const auto loaded = [&] {
    const NoPrivileges none;
    return load_set(set.path());
  }();
  set.permit("closed");
  set.permit("c.zweck");
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST(shown(loaded.diagnostics()) ==
             "c.zweck: cannot read `c.zweck`: Permission denied [unreadable-file]\n"
             "closed: cannot read the directory: Permission denied [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(directories_to_a_bounded_depth) {
  const Directory set;
  std::string path;
  for (std::size_t i = 0; i < limits::directory_depth; ++i) path += "d/";
  set.write(path + "a.vocab.yaml");
  BOOST_TEST(errors(set.path()) == "");
  set.write(path + "d/b.zweck");
  BOOST_TEST(errors(set.path()).ends_with("d/d: directories are nested deeper than 64 [unreadable-file]\n"));
}

BOOST_AUTO_TEST_CASE(so_many_files) {
  const Directory set;
  for (std::size_t i = 0; i < limits::set_files; ++i) set.write(std::to_string(i) + ".zweck");
  BOOST_TEST(errors(set.path()) == "");
  set.write("one-more.zweck");
  BOOST_TEST(errors(set.path()) ==
             set.path().generic_string() + ": more than 10000 files in one policy set [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(so_many_entries_of_any_kind) {
  const Directory set;
  set.write("a.zweck");
  set.write_empty(limits::directory_entries - 1);
  BOOST_TEST(errors(set.path()) == "");
  set.write("sub/b.zweck");
  BOOST_TEST(errors(set.path()) == set.path().generic_string() +
                                       ": more than 100000 files and directories below this one [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(so_many_bytes) {
  const Directory set;
  // Sparse files: they take no room.
  for (std::size_t i = 0; i < limits::set_bytes / limits::file_bytes; ++i) {
    const std::string name = std::to_string(i) + ".zweck";
    set.write(name);
    std::filesystem::resize_file(set.path() / name, limits::file_bytes);
  }
  BOOST_TEST(errors(set.path()) == "");
  set.write("more.zweck", "#");
  BOOST_TEST(errors(set.path()) == set.path().generic_string() +
                                       ": the files of a policy set are at most 256 MiB together [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(a_file_beyond_the_limit_is_not_read) {
  const Directory set;
  set.write("a.vocab.yaml");
  set.write("line.zweck");
  std::filesystem::resize_file(set.path() / "line.zweck", 100'000'000);
  const auto loaded = load_set(set.path());
  BOOST_TEST_REQUIRE(!loaded);
  BOOST_TEST(
      shown(loaded.diagnostics()) ==
      "line.zweck: `line.zweck` is larger than 32 MiB [unreadable-file]; split it: the sections of several files "
      "are joined\n");
}

BOOST_AUTO_TEST_SUITE_END()
