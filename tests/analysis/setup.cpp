#include "analysis/setup.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>

#include "reference/write.hpp"

namespace analysis_test {

namespace {

std::unique_ptr<zweck::Model> load(std::vector<zweck::Source> files) {
  auto loaded = zweck::load_texts(std::move(files));
  if (!loaded) {
    BOOST_FAIL(zweck::render(loaded.diagnostics()));
    return nullptr;
  }
  return std::make_unique<zweck::Model>(std::move(loaded->model));
}

zweck::Engine engine(const std::vector<std::pair<std::string, std::string>>& files) {
  auto loaded = zweck::Engine::from_texts(files);
  if (!loaded) throw std::runtime_error(zweck::render(loaded.diagnostics()));
  return *std::move(loaded);
}

std::uint64_t setting(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text ? std::strtoull(text, nullptr, 10) : otherwise;
}

}  // namespace

std::unique_ptr<zweck::Model> model_of(const std::string& vocabulary, const std::string& rules) {
  return load({{"shop.vocab.yaml", vocabulary}, {"shop.zweck", rules}});
}

std::unique_ptr<zweck::Model> model_of(const reference::World& world) {
  std::vector<zweck::Source> files;
  for (const auto& [path, text] : reference::files_of(world, reference::Dice(1))) files.push_back({path, text});
  return load(std::move(files));
}

std::string text_of(const reference::World& world) {
  std::string all;
  for (const auto& [path, text] : reference::files_of(world, reference::Dice(1))) all += "--- " + path + "\n" + text + "\n";
  return all;
}

bool loads(const reference::World& world) {
  const auto files = reference::files_of(world, reference::Dice(1));
  return bool(zweck::Engine::from_texts({files.begin(), files.end()}));
}

zweck::Engine engine_of(const reference::World& world) {
  const auto files = reference::files_of(world, reference::Dice(1));
  return engine({files.begin(), files.end()});
}

zweck::Engine engine_of(const std::string& vocabulary, const std::string& rules) {
  return engine({{"shop.vocab.yaml", vocabulary}, {"shop.zweck", rules}});
}

Seeds seeds(std::uint64_t usual) { return {setting("ZWECK_SEED", 1), setting("ZWECK_COUNT", usual)}; }

reference::Point names(const zweck::Model& model, const zweck::Point& point) {
  const auto& all = model.vocabulary.taxonomies;
  return {all[0].nodes[point.data].name, all[1].nodes[point.purpose].name, all[2].nodes[point.partner].name};
}

const std::string shop = R"(
data:
  personal:
  address: {in: personal}
  purchases: {in: personal}
  wardrobe: {in: personal, volunteered: true}
  profile: {in: personal, derived-from: [wardrobe, purchases]}
  health: {in: personal, special: true, separate: true}
purposes:
  service:
  delivery: {in: service}
  recommendation: {in: service}
  advertising: {separate: true}
partners:
  shop: {first-party: true, country: germany}
  carriers:
  dhl: {in: carriers, country: germany}
  ups: {in: carriers, country: us}
  ad-network: {country: us, consent-purposes: [advertising]}
  broker: {}
taxonomies:
  region:
    world:
    eea: {in: world}
    germany: {in: eea}
    france: {in: eea}
    us: {in: world}
attributes:
  partner:
    country: region
    consent-purposes: set of purpose = {}
facts:
  age: int 0..150
  channel: one of web, app, store
  region: region
  logged-in: bool
  gpc: bool = false
  interests: set of data
notices:
  fit-advice: {version: 2}
  terms: {version: 1}
obligations: [pseudonymise, log]
)";

}  // namespace analysis_test
