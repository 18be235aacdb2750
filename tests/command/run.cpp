#include "command/run.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

namespace zweck::test {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const char* what) { throw std::runtime_error(std::string(what) + ": " + std::strerror(errno)); }

struct Pipe {
  int read = -1, write = -1;
  Pipe() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) fail("pipe");
    read = ends[0], write = ends[1];
  }
};

// A terminal of our own: what the command writes to the second we read from the first.
std::pair<int, int> open_terminal(unsigned short columns) {
  const int ours = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (ours < 0 || ::grantpt(ours) != 0 || ::unlockpt(ours) != 0) fail("terminal");
  const int theirs = ::open(::ptsname(ours), O_RDWR | O_NOCTTY | O_CLOEXEC);
  const winsize size{.ws_row = 24, .ws_col = columns, .ws_xpixel = 0, .ws_ypixel = 0};
  if (theirs < 0 || ::ioctl(theirs, TIOCSWINSZ, &size) != 0) fail("terminal");
  return {ours, theirs};
}

void close_if(int& descriptor) {
  if (descriptor >= 0) ::close(descriptor);
  descriptor = -1;
}

std::string slurp(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

Workspace::Workspace() {
  std::string name = (fs::temp_directory_path() / "zweck-command-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fail("mkdtemp");
  directory_ = name;
}

Workspace::~Workspace() {
  std::error_code ignored;
  fs::remove_all(directory_, ignored);
}

void Workspace::write(const std::string& name, std::string_view text) const {
  fs::create_directories((directory_ / name).parent_path());
  std::ofstream file(directory_ / name, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + name);
}

std::string Workspace::read(const std::string& name) const { return slurp(directory_ / name); }
bool Workspace::exists(const std::string& name) const { return fs::exists(directory_ / name); }

Ran Workspace::run(const std::vector<std::string>& arguments, const How& how) const {
  Pipe in, out, err;
  int out_read = out.read, out_write = out.write;
  switch (how.out) {
    case Standard::terminal:
      close_if(out_read), close_if(out_write);
      std::tie(out_read, out_write) = open_terminal(how.columns);
      break;
    case Standard::full:
      close_if(out_write);
      out_write = ::open("/dev/full", O_WRONLY | O_CLOEXEC);
      break;
    case Standard::broken_pipe:
      close_if(out_read);
      break;
    case Standard::captured:
    case Standard::closed:
      break;
  }
  std::vector<std::string> words{ZWECK_COMMAND};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);

  const pid_t child = ::fork();
  if (child < 0) fail("fork");
  if (child == 0) {
    ::unsetenv("NO_COLOR");
    ::setenv("TERM", "xterm", 1);
    for (const auto& [name, value] : how.environment) ::setenv(name.c_str(), value.c_str(), 1);
    if (::chdir(directory_.c_str()) != 0) _exit(127);
    ::dup2(in.read, STDIN_FILENO);
    ::dup2(out_write, STDOUT_FILENO);
    ::dup2(err.write, STDERR_FILENO);
    if (how.out == Standard::closed) ::close(STDOUT_FILENO);
    ::signal(SIGPIPE, SIG_DFL);
    ::execv(ZWECK_COMMAND, argv.data());
    _exit(127);
  }
  close_if(in.read), close_if(out_write), close_if(err.write);
  ::fcntl(in.write, F_SETFL, O_NONBLOCK);

  Ran ran;
  std::string_view input = how.input;
  const auto old_pipe = ::signal(SIGPIPE, SIG_IGN);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::minutes(1);
  int status = 0;
  bool ended = false;
  while (out_read >= 0 || err.read >= 0) {
    if (input.empty()) close_if(in.write);
    std::array<pollfd, 3> polled{{{in.write, POLLOUT, 0}, {out_read, POLLIN, 0}, {err.read, POLLIN, 0}}};
    ::poll(polled.data(), polled.size(), 100);
    if (in.write >= 0 && polled[0].revents != 0) {
      const ssize_t written = ::write(in.write, input.data(), input.size());
      if (written > 0) input.remove_prefix(static_cast<std::size_t>(written));
      if (written < 0 && errno != EAGAIN) close_if(in.write);
    }
    for (const auto& [descriptor, text] : {std::pair{&out_read, &ran.out}, std::pair{&err.read, &ran.err}}) {
      const std::size_t index = descriptor == &out_read ? 1 : 2;
      if (*descriptor < 0 || polled[index].revents == 0) continue;
      std::array<char, 65536> buffer;
      const ssize_t got = ::read(*descriptor, buffer.data(), buffer.size());
      if (got > 0) text->append(buffer.data(), static_cast<std::size_t>(got));
      if (got <= 0) close_if(*descriptor);  // a terminal ends with EIO
    }
    if (std::chrono::steady_clock::now() > deadline) {
      ::kill(child, SIGKILL);
      ::waitpid(child, &status, 0);
      ended = true;
      break;
    }
  }
  close_if(in.write), close_if(out_read), close_if(err.read);
  ::signal(SIGPIPE, old_pipe);
  if (ended) return ran;
  ::waitpid(child, &status, 0);
  ran.code = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  return ran;
}

void write_small_set(const Workspace& workspace) {
  workspace.write("small/small.vocab.yaml",
                  "data:\n"
                  "  personal:      {}\n"
                  "  address:       {in: personal}\n"
                  "  purchases:     {in: personal}\n"
                  "  wardrobe:      {in: personal, volunteered: true}\n"
                  "  style-profile: {in: personal, derived-from: [wardrobe, purchases]}\n"
                  "  health:        {in: personal, special: true, separate: true}\n"
                  "purposes:\n"
                  "  service:        {}\n"
                  "  delivery:       {in: service}\n"
                  "  recommendation: {in: service}\n"
                  "  advertising:    {separate: true}\n"
                  "partners:\n"
                  "  shop:       {first-party: true, country: germany}\n"
                  "  carrier:    {country: germany}\n"
                  "  ad-network: {since: 2026-05-01, asked-for: [advertising]}\n"
                  "taxonomies:\n"
                  "  region:\n"
                  "    eea:     {}\n"
                  "    germany: {in: eea}\n"
                  "    france:  {in: eea}\n"
                  "    us:      {}\n"
                  "attributes:\n"
                  "  partner:\n"
                  "    country: region\n"
                  "    asked-for: set of purpose = {}\n"
                  "facts:\n"
                  "  age: int 0..150\n"
                  "  channel: one of web, app, store\n"
                  "  region: region\n"
                  "  logged-in: bool = false\n"
                  "  tags: set of string\n"
                  "notices:\n"
                  "  fit-advice: {version: 2}\n"
                  "obligations: [log, pseudonymise]\n");
  workspace.write("small/small.zweck",
                  "rule fit-advice \"Advice on what fits\"\n"
                  "  allow   wardrobe for recommendation by shop\n"
                  "  unless  age < 16\n"
                  "  basis   consent under fit-advice\n"
                  "  benefit \"Clothes that fit at the first try\"\n"
                  "  keep    180 days\n"
                  "  oblige  log\n"
                  "  because \"Art. 6(1)(a) GDPR\"\n"
                  "\n"
                  "rule delivery\n"
                  "  allow   address for delivery by shop, carrier\n"
                  "  basis   contract\n"
                  "  keep    30 days\n"
                  "\n"
                  "rule recommendation\n"
                  "  allow   purchases, style-profile for recommendation by shop\n"
                  "  basis   legitimate-interest\n"
                  "  keep    365 days\n"
                  "\n"
                  "rule partner-ads\n"
                  "  allow   personal for advertising by ad-network\n"
                  "  except  address\n"
                  "  when    purpose in partner.asked-for and (channel = web or channel = app)\n"
                  "  basis   explicit consent within 13 months\n"
                  "  keep    90 days\n"
                  "\n"
                  "rule no-ads-on-health \"Art. 9 GDPR\"\n"
                  "  deny    health for advertising by any\n"
                  "  because \"nobody is to be advertised to by what ails them\"\n"
                  "\n"
                  "rule not-abroad\n"
                  "  deny    personal for recommendation by any\n"
                  "  unless  region in eea\n"
                  "  from    2027-01-01\n");
}

std::string golden(const std::string& name, const std::string& actual) {
  const fs::path path = fs::path(ZWECK_SOURCE_DIR) / "tests" / "command" / "golden" / name;
  if (::getenv("ZWECK_BLESS") != nullptr) std::ofstream(path, std::ios::binary) << actual;
  return slurp(path);
}

}  // namespace zweck::test
