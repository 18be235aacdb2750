// What does not change the meaning of a set, and what does: its revision must tell.
#include <boost/test/unit_test.hpp>
#include <cstdio>

#include "agree/compare.hpp"
#include "grammar/format.hpp"
#include "grammar/parse.hpp"
#include "reference/brute.hpp"
#include "reference/random.hpp"

namespace agree {
namespace {

using namespace reference;

std::string revision_of(const Files& files) {
  const auto engine = zweck::Engine::from_texts(files);
  if (!engine) return render(engine.diagnostics());
  return std::string(engine->revision());
}

// Every rule file in canonical form, or what is wrong.
Files formatted(const Files& files, std::string& wrong) {
  Files result;
  for (const auto& [path, text] : files) {
    if (!path.ends_with(".zweck")) {
      result.emplace_back(path, text);
      continue;
    }
    const auto format_once = [&, &path = path](const std::string& before) {
      zweck::Sources sources;
      const auto file = zweck::parse(sources, sources.add({path, before}));
      if (!file) wrong += render(file.diagnostics());
      return file ? zweck::format(sources, *file) : "";
    };
    const std::string once = format_once(text);
    if (format_once(once) != once) wrong += path + " is not stable once it is formatted\n" + once;
    result.emplace_back(path, once);
  }
  return result;
}

std::string all_of(const Files& files) {
  std::string result;
  for (const auto& [path, text] : files) result += "--- " + path + "\n" + text;
  return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(layout_means_nothing) {
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    Dice dice(seed);
    const World world = random_world(dice);
    const Files one = files_of(world, Dice(seed), Remarks::none),
                other = files_of(world, Dice(seed + 1), Remarks::none);
    const std::string revision = revision_of(one);
    BOOST_CHECK_MESSAGE(revision.starts_with("sha256:") && revision == revision_of(other),
                        "seed " << seed << ": " << revision << " and " << revision_of(other) << "\n"
                                << all_of(one) << "=== and\n"
                                << all_of(other));
    std::string wrong;
    const Files canonical = formatted(files_of(world, Dice(seed)), wrong);
    BOOST_CHECK_MESSAGE(wrong.empty(), "seed " << seed << "\n" << wrong);
    BOOST_CHECK_MESSAGE(revision_of(canonical) == revision_of(files_of(world, Dice(seed))),
                        "seed " << seed << ": formatting changes the meaning\n"
                                << all_of(files_of(world, Dice(seed))) << "=== as\n"
                                << all_of(canonical));
  }
}

BOOST_AUTO_TEST_CASE(another_meaning_is_another_revision) {
  std::size_t differ = 0;
  for (std::uint64_t seed = 1; seed <= 600; ++seed) {
    Dice dice(seed);
    const World before = random_world(dice, small_taste), after = varied(before, dice, small_taste);
    try {
      if (changes(Reference(before), Reference(after)).empty()) continue;
    } catch (const TooMany&) {
      continue;
    }
    ++differ;
    const Files one = files_of(before, Dice(seed), Remarks::none), other = files_of(after, Dice(seed), Remarks::none);
    BOOST_CHECK_MESSAGE(revision_of(one) != revision_of(other), "seed " << seed << "\n"
                                                                        << all_of(one) << "=== and\n"
                                                                        << all_of(other));
  }
  std::printf("counted: %zu changes of meaning change the revision\n", differ);
  BOOST_CHECK_GT(differ, 100u);
}

}  // namespace agree
