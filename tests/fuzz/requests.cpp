// Any bytes as a request: always an answer, whose JSON is well formed, and never an allow from something malformed.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <zweck/engine.hpp>

#include "text/tree.hpp"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

const char* const vocabulary = R"(
data:
  personal: {}
  address: {in: personal}
  purchases: {in: personal}
  wardrobe: {in: personal, volunteered: true}
  style-profile: {in: personal, derived-from: [wardrobe, purchases]}
  health: {in: personal, special: true, separate: true}
  'a "b" \ c': {}
purposes:
  service: {}
  delivery: {in: service}
  recommendation: {in: service}
  advertising: {separate: true}
partners:
  shop: {first-party: true, country: germany}
  carriers: {}
  dhl: {in: carriers, country: germany}
  ad-network: {since: 2026-05-01, country: us, consent-purposes: [advertising]}
taxonomies:
  region: {eea: {}, germany: {in: eea}, us: {}}
attributes:
  partner: {country: region, consent-purposes: 'set of purpose = {}'}
facts:
  age: int 0..150
  channel: one of web, app, store
  region: region
  logged-in: bool
  gpc: bool = false
  born: date
  idle: duration
  word: string
  words: set of string
  regions: set of region
notices:
  fit-advice: {version: 2}
obligations: [pseudonymise, log]
)";

const char* const rules = R"(
rule fit-advice allow wardrobe, style-profile for recommendation by shop basis consent under fit-advice
  unless age < 16 benefit "Clothes that fit" keep 180 days oblige log
rule delivery allow address for delivery by carriers basis contract keep 30 days
rule buys allow purchases for recommendation, delivery by any basis legitimate-interest when notice fit-advice
rule ads allow purchases for advertising by any when purpose in partner.consent-purposes basis explicit consent within 400 days
rule all allow any for service by shop basis public-task from 2026-01-01 until 2027-01-01
  when region in {eea} or regions has us or words has "x" or word = "y" or idle > 30 days or born < 2008-01-01
rule no-health deny health for advertising by any when not consent
rule no-gpc deny any for advertising by any when gpc or objection or channel = store
)";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const auto engine = zweck::Engine::from_texts({{"f.vocab.yaml", vocabulary}, {"f.zweck", rules}});
  must(static_cast<bool>(engine));
  const std::string_view json(reinterpret_cast<const char*>(bytes), size);
  const zweck::Answer answer = engine->answer_json(json);
  must((answer.status == zweck::Status::invalid) == !answer.problems.empty());
  must(!answer.allowed() || !answer.rules.empty());
  must(answer.allowed() || (!answer.obligations.keep && answer.obligations.oblige.empty()));
  if (answer.allowed()) must(static_cast<bool>(zweck::read_json(json)));
  must(static_cast<bool>(zweck::read_json(zweck::to_json(answer))));
  return 0;
}
