#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <bit>
#include <cstring>
#include <fstream>

#include "bundle/bundle.hpp"
#include "bundle/check.hpp"
#include "bundle/format.hpp"
#include "bundle/refs.hpp"
#include "engine/share_out.hpp"
#include "text/limits.hpp"

namespace zweck {
namespace {

using namespace bundle;

constexpr std::string_view again = "compile it again from the directory of the policy set";

struct Complaint {
  std::string message, help;
};

Complaint damaged(const std::string& shown) {
  return {fmt::format("the bundle `{}` was altered or damaged: its checksum is wrong", shown), std::string(again)};
}

// All but the checksum of a bundle that looks well so far.
std::optional<Complaint> check_header(std::span<const std::byte> bytes, const std::string& shown) {
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  if (!looks_like_bundle(text)) {
    // What is there begins as one does, so it is cut off.
    if (std::string_view(magic.data(), magic.size()).starts_with(text))
      return Complaint{fmt::format("the bundle `{}` is cut off after {} bytes", shown, bytes.size()),
                       std::string(again)};
    return Complaint{fmt::format("`{}` is neither a directory nor a bundle", shown),
                     "`zweck compile DIR -o FILE` makes a bundle of the directory of a policy set"};
  }
  Header header;
  if (bytes.size() < sizeof header)
    return Complaint{fmt::format("the bundle `{}` is cut off after {} bytes", shown, bytes.size()), std::string(again)};
  std::memcpy(&header, bytes.data(), sizeof header);
  if (header.byte_order == __builtin_bswap32(byte_order))
    return Complaint{fmt::format("the bundle `{}` is of a machine with the other byte order", shown),
                     "compile it again on a machine like this one"};
  // The format comes first: of another one nothing else is known, not even where it would have its checksum.
  if (header.byte_order == byte_order && header.version != format_version)
    return Complaint{fmt::format("the bundle `{}` is of format {}, and this version of zweck reads format {}", shown,
                                 header.version, format_version),
                     "compile it again with this version"};
  if (header.byte_order == byte_order && bytes.size() < header.size)
    return Complaint{
        fmt::format("the bundle `{}` is cut off: {} of {} bytes are there", shown, bytes.size(), header.size),
        std::string(again)};
  if (header.byte_order == byte_order && bytes.size() > header.size && header.size >= sizeof header &&
      checksum(bytes.first(header.size)) == header.checksum)
    return Complaint{fmt::format("the bundle `{}` has {} bytes too many at its end", shown, bytes.size() - header.size),
                     std::string(again)};
  if (header.byte_order != byte_order || bytes.size() != header.size) return damaged(shown);
  if (header.shape != shape() || header.sections != count_sections()) {
    if (checksum(bytes) != header.checksum) return damaged(shown);
    return Complaint{fmt::format("the bundle `{}` was made by another version of zweck", shown),
                     "compile it again with this version"};
  }
  return std::nullopt;
}

// Views of the sections, if they are exactly what follows the header.
bool find_sections(std::span<const std::byte> bytes, Contents& contents) {
  const std::size_t sections = count_sections();
  std::size_t at = sizeof(Header), section = 0;
  const std::size_t counts_end = at + aligned(sections * sizeof(std::uint64_t));
  if (counts_end > bytes.size()) return false;
  const std::byte* const counts = bytes.data() + at;
  at = counts_end;
  bool fits = true;
  for_each_section(contents, [&]<class Row>(Array<Row>& array) {
    std::uint64_t count = 0;
    std::memcpy(&count, counts + section++ * sizeof count, sizeof count);
    fits = fits && count < UINT32_MAX && aligned(count * sizeof(Row)) <= bytes.size() - at;
    if (!fits) return;
    array = Array<Row>::view(reinterpret_cast<const Row*>(bytes.data() + at), count);
    at += aligned(count * sizeof(Row));
  });
  if (!fits || at != bytes.size()) return false;
  std::size_t number = 0;
  for_each_number(contents.index, [&](std::uint32_t& value) {
    if (number < contents.numbers.size()) value = contents.numbers[number];
    ++number;
  });
  return number == contents.numbers.size();
}

// Finds the sections and makes the base of the model; both are then safe to use. The checks are made for any bytes, so that
// they need not wait for the checksum.
std::optional<Complaint> check_bytes(std::span<const std::byte> bytes, const std::string& shown, Contents& contents,
                                     Model& base) {
  const std::size_t threads = threads_for(bytes.size());
  const bool has_sections = find_sections(bytes, contents);
  if (!has_sections) contents = {};
  const Archive& archive = contents.archive;
  Checksum checksum(bytes);
  Flaw flaw_of_texts, flaw_of_base;
  Refs refs(archive);
  RuleChecks rules(archive);
  share_out(2 + rules.parts() + checksum.parts(), threads, [&](std::size_t task) {
    if (task == 0)
      flaw_of_base = check_base(archive, refs, base);
    else if (task == 1)
      flaw_of_texts = check_texts(archive);
    else if (task < 2 + rules.parts())
      rules.check(task - 2);
    else
      checksum.add(task - 2 - rules.parts());
  });
  Header header;
  std::memcpy(&header, bytes.data(), sizeof header);
  if (checksum.value() != header.checksum) return damaged(shown);
  Flaw flaw = "its sections have the wrong sizes";
  if (has_sections) flaw = flaw_of_texts ? flaw_of_texts : flaw_of_base ? flaw_of_base : rules.flaw(refs);
  if (!flaw) flaw = check_index(contents.index, rules.duties(), base, threads);
  if (!flaw) return std::nullopt;
  return Complaint{fmt::format("the bundle `{}` contradicts itself: {}", shown, *flaw), std::string(again)};
}

Model whole_model(const Archive& archive) {
  Model whole = unpack(archive, true);
  for (Taxonomy& taxonomy : whole.vocabulary.taxonomies) taxonomy.close();
  return whole;
}

struct Opened {
  explicit Opened(Mapping from) : mapping(std::move(from)) {}
  Mapping mapping;
  Contents contents;
};

}  // namespace

Result<std::shared_ptr<const Program>> open_bundle(Mapping mapping, const std::filesystem::path& path,
                                                   const EngineOptions& options) {
  const std::string shown = path.generic_string();
  const auto opened = std::make_shared<Opened>(std::move(mapping));
  const auto bytes = opened->mapping.bytes();
  Model base;
  auto complaint = check_header(bytes, shown);
  if (!complaint) complaint = check_bytes(bytes, shown, opened->contents, base);
  if (complaint) return unreadable(path, std::move(complaint->message), std::move(complaint->help));
  // The index points into the mapping, which what unpacks the rest keeps.
  return std::make_shared<const Program>(
      std::move(base), std::move(opened->contents.index),
      [opened] { return whole_model(opened->contents.archive); },
      options);
}

std::function<Model()> put_away(const Model& model) {
  auto packed = pack(model);
  if (!packed) return nullptr;
  return [archive = std::make_shared<const Archive>(*std::move(packed))]() mutable {
    Model whole = whole_model(*archive);
    archive.reset();
    return whole;
  };
}

Result<std::shared_ptr<const Program>> open_bundle(const std::filesystem::path& path, const EngineOptions& options) {
  auto mapping = Mapping::of_file(path);
  if (!mapping) return std::move(mapping).diagnostics();
  return open_bundle(*std::move(mapping), path, options);
}

bool is_bundle(const std::filesystem::path& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) return false;
  std::array<char, magic.size()> beginning{};
  const ssize_t got = ::read(file, beginning.data(), beginning.size());
  ::close(file);
  return got == static_cast<ssize_t>(beginning.size()) && looks_like_bundle({beginning.data(), beginning.size()});
}

}  // namespace zweck
