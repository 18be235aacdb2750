// Bundles as files: what can be in the place of one, and what happens to one in use.
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "bundle/setup.hpp"
#include "text/limits.hpp"

namespace zweck::test {

namespace {

namespace fs = std::filesystem;

class Directory {
 public:
  Directory() {
    std::string name = (fs::temp_directory_path() / "zweck-bundle-XXXXXX").string();
    must(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Directory() { fs::remove_all(path_); }
  fs::path operator/(const std::string& name) const { return path_ / name; }

 private:
  fs::path path_;
};

void write(const fs::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

void refused(const fs::path& path, std::string expected) {
  const auto engine = Engine::load(path);
  BOOST_REQUIRE(!engine);
  for (std::size_t at = 0; (at = expected.find('@', at)) != std::string::npos;) expected.replace(at, 1, path.string());
  const Diagnostic& first = engine.diagnostics().front();
  BOOST_TEST(first.message + (first.help.empty() ? "" : " (" + first.help + ")") == expected);
  BOOST_TEST(first.check == "unreadable-file");
  BOOST_TEST(first.place.file == path.string());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(files)

BOOST_AUTO_TEST_CASE(a_bundle_is_loaded_like_a_directory) {
  const Directory directory;
  write(directory / "s.bundle", small_bundle());
  const auto engine = Engine::load(directory / "s.bundle");
  BOOST_REQUIRE(bool(engine));
  exercise(*engine);
  BOOST_TEST(is_bundle(directory / "s.bundle"));
  BOOST_TEST(!is_bundle(directory / "none"));
  BOOST_TEST(!is_bundle(directory / "."));
  // By a link, too.
  fs::create_symlink("s.bundle", directory / "link");
  BOOST_TEST(bool(Engine::load(directory / "link")));
}

BOOST_AUTO_TEST_CASE(what_is_no_file) {
  const Directory directory;
  refused(directory / "none", "there is no directory `@`");
  write(directory / "empty", "");
  refused(directory / "empty", "`@` is empty (`zweck compile DIR -o FILE` makes a bundle)");
  // It would wait for ever for somebody to write.
  BOOST_REQUIRE(mkfifo((directory / "pipe").c_str(), 0600) == 0);
  refused(directory / "pipe", "cannot read `@`: not a file");
  refused("/dev/null", "cannot read `@`: not a file");
  write(directory / "rules.zweck", "rule r allow any for any by any basis contract\n");
  refused(directory / "rules.zweck",
          "`@` is neither a directory nor a bundle (`zweck compile DIR -o FILE` makes a bundle of the directory of a "
          "policy set)");
  const auto mapping = bundle::Mapping::of_file(directory / ".");
  BOOST_REQUIRE(!mapping);
  BOOST_TEST(mapping.diagnostics().front().message ==
             "cannot read `" + (directory / ".").string() + "`: it is a directory");
}

BOOST_AUTO_TEST_CASE(one_that_may_not_be_read) {
  if (geteuid() == 0) return;  // who may read everything
  const Directory directory;
  write(directory / "secret", small_bundle());
  fs::permissions(directory / "secret", fs::perms::none);
  refused(directory / "secret", "cannot read `@`: Permission denied");
}

BOOST_AUTO_TEST_CASE(at_the_limit_and_one_past_it) {
  const Directory directory;
  write(directory / "large", std::string(small_bundle(), 0, 64));
  const auto resize = [&](std::uint64_t size) {
    std::error_code code;
    fs::resize_file(directory / "large", size, code);  // with a hole
    return !code;
  };
  if (!resize(limits::bundle_bytes + 1)) return;  // a file system without holes
  refused(directory / "large", "`@` is larger than 4096 MiB");
  BOOST_REQUIRE(resize(limits::bundle_bytes));
  const auto mapping = bundle::Mapping::of_file(directory / "large");
  BOOST_REQUIRE(bool(mapping));
  BOOST_TEST(mapping->bytes().size() == limits::bundle_bytes);
}

// As `zweck compile` replaces it: by renaming another file to its name.
BOOST_AUTO_TEST_CASE(replaced_while_in_use) {
  const Directory directory;
  write(directory / "s.bundle", small_bundle());
  const auto engine = Engine::load(directory / "s.bundle");
  BOOST_REQUIRE(bool(engine));
  write(directory / "next", "");
  fs::rename(directory / "next", directory / "s.bundle");
  exercise(*engine);
  fs::remove(directory / "s.bundle");
  exercise(*engine);
}

BOOST_AUTO_TEST_CASE(reloaded_live) {
  const Directory directory;
  write(directory / "s.bundle", small_bundle());
  auto engine = Engine::load(directory / "s.bundle");
  BOOST_REQUIRE(bool(engine));
  Live live(*engine);
  const std::string before(live.get().revision());
  Files files = small_files();
  files[1].second += "rule more deny any for ads by shop\n";
  write(directory / "next", bundle_of(files));
  fs::rename(directory / "next", directory / "s.bundle");
  BOOST_TEST(live.reload(directory / "s.bundle").empty());
  const std::string after(live.get().revision());
  BOOST_TEST(after != before);
  // A bad one leaves what there is.
  write(directory / "next", small_bundle().substr(0, 1000));
  fs::rename(directory / "next", directory / "s.bundle");
  BOOST_TEST(live.reload(directory / "s.bundle").size() == 1);
  BOOST_TEST(std::string(live.get().revision()) == after);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
