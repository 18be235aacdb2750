#include "directory.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

namespace zweck::test {

namespace fs = std::filesystem;

Directory::Directory() {
  std::string name = (fs::temp_directory_path() / "zweck-test-XXXXXX").string();
  BOOST_REQUIRE(::mkdtemp(name.data()) != nullptr);
  path_ = name;
  fs::permissions(path_, fs::perms::all);  // for NoPrivileges too
}

Directory::~Directory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void Directory::write(const std::string& name, const std::string& text) const {
  const fs::path file = path_ / name;
  fs::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << text;
  BOOST_REQUIRE(out.good());
}

void Directory::write_empty(std::size_t count) const {
  for (std::size_t i = 0; i < count; ++i) {
    BOOST_REQUIRE(::mknod((path_ / std::to_string(i)).c_str(), S_IFREG | 0600, 0) == 0);
  }
}

void Directory::pipe(const std::string& name) const { BOOST_REQUIRE(::mkfifo((path_ / name).c_str(), 0600) == 0); }

void Directory::forbid(const std::string& name) const { BOOST_REQUIRE(::chmod((path_ / name).c_str(), 0) == 0); }

void Directory::permit(const std::string& name) const { BOOST_REQUIRE(::chmod((path_ / name).c_str(), 0700) == 0); }

namespace {
constexpr uid_t nobody = 65534;
}

NoPrivileges::NoPrivileges() {
  if (::geteuid() == 0) BOOST_REQUIRE(::seteuid(nobody) == 0);
}

NoPrivileges::~NoPrivileges() {
  if (::getuid() == 0) BOOST_CHECK(::seteuid(0) == 0);
}

}  // namespace zweck::test
