#include "init_files.hpp"

namespace zweck::command {

namespace {

constexpr std::string_view readme = R"(# A policy set to start from

| file | says |
|---|---|
| `shop.vocab.yaml` | which data, purposes and partners there are, and what a request may tell about a customer |
| `shop.zweck` | which data may be used for which purpose by which partner, and on what basis |
| `shop.test.yaml` | what the rules must answer, so that a change of theirs is noticed |

Ask it something in this directory, first about a customer of whom nothing is known:

    zweck decide . --data wardrobe --purpose recommendation --partner shop
    zweck explain . --data wardrobe --purpose recommendation --partner shop

The answer is no, and `explain` says what is missing: the customer's age and consent. Write what the customer said into
`anna.yaml`:

    - {consent: given, data: wardrobe, purpose: recommendation, partner: shop,
       under: {notice: fit-advice, version: 1}, at: 2026-01-15T10:00:00Z}

and ask again:

    zweck decide . --data wardrobe --purpose recommendation --partner shop --fact age=30 --ledger anna.yaml

After a change of the rules:

    zweck fmt .        # brings them into their canonical form
    zweck lint .       # finds mistakes, and proves what is asserted
    zweck test .       # runs the tests
    zweck list . --fact age=30 --ledger anna.yaml   # everything that is allowed
)";

constexpr std::string_view vocabulary = R"(# What there is to speak of. Names under `in` are groups; a rule that names a group means all that is below it.
data:
  personal:     {label: {en: Personal data, de: Personenbezogene Daten}}
  address:      {in: personal}
  purchases:    {in: personal}
  wardrobe:     {in: personal, volunteered: true, label: {en: What hangs in the wardrobe, de: Kleiderschrank}}
  health:       {in: personal, special: true, separate: true}   # Art. 9 GDPR; needs consent of its own
purposes:
  service:        {}
  delivery:       {in: service}
  recommendation: {in: service}
  advertising:    {separate: true}                              # not meant by a consent to everything else
partners:
  shop:           {first-party: true}
  carriers:       {}
  parcel-service: {in: carriers}
  partner-firms:  {}
  ad-network:     {in: partner-firms}
facts:
  age: int 0..150
notices:
  fit-advice:  {version: 1, label: {en: How fit advice uses what you tell us}}
  partner-ads: {version: 1, label: {en: What our advertising partner learns}}
obligations: [log]
)";

constexpr std::string_view rules = R"(# What is not allowed here is denied. A customer's no works without a rule.

rule fit-advice "Advice on what fits"
  allow   wardrobe
  for     recommendation
  by      shop
  basis   consent under fit-advice
  unless  age < 16
  benefit "Clothes that fit at the first try"
  keep    180 days
  oblige  log

rule delivery "Parcels reach the customer"
  allow   address for delivery by shop, carriers
  basis   contract
  keep    30 days

rule partner-ads "Advertising by a partner, for those who want it"
  allow   personal for advertising by ad-network
  except  address
  basis   explicit consent within 1 year under partner-ads
  unless  age < 18
  benefit "Offers that have to do with you"
  keep    90 days

rule no-ads-on-health "Art. 9 GDPR"
  deny    health for advertising by any
  because "nobody is to be advertised to by what ails them"

# Proven, not tested: `zweck lint` shows a counterexample if there is one.
assert partners-only-if-asked
  never allow personal for any by any
  except  for delivery
  when    not partner.first-party
  unless  consent
)";

constexpr std::string_view tests = R"(tests:
  - name: no fit advice from what nobody was asked for
    request: {data: wardrobe, purpose: recommendation, partner: shop, at: 2026-06-01T12:00:00Z, facts: {age: 30}}
    ledger: []
    expect: not-permitted
  - name: fit advice once asked
    request: {data: wardrobe, purpose: recommendation, partner: shop, at: 2026-06-01T12:00:00Z, facts: {age: 30}}
    ledger:
      - {consent: given, data: wardrobe, purpose: recommendation, partner: shop,
         under: {notice: fit-advice, version: 1}, at: 2026-02-01T10:00:00Z}
    expect: allow
    rules: [fit-advice]
    obligations: {keep: 180 days, oblige: [log]}
  - name: no fit advice for children
    request: {data: wardrobe, purpose: recommendation, partner: shop, at: 2026-06-01T12:00:00Z, facts: {age: 15}}
    ledger:
      - {consent: given, data: wardrobe, purpose: recommendation, partner: shop,
         under: {notice: fit-advice, version: 1}, at: 2026-02-01T10:00:00Z}
    expect: deny
  - name: parcels are delivered without further questions
    request: {data: address, purpose: delivery, partner: parcel-service, at: 2026-06-01T12:00:00Z}
    ledger: []
    expect: allow
    rules: [delivery]
  - name: advertising by the partner for those who want it
    request: {data: purchases, purpose: advertising, partner: ad-network, at: 2026-06-01T12:00:00Z, facts: {age: 30}}
    ledger:
      - {consent: given, data: purchases, purpose: advertising, partner: ad-network, explicit: true,
         under: {notice: partner-ads, version: 1}, at: 2026-02-01T10:00:00Z}
    expect: allow
    rules: [partner-ads]
  - name: no advertising by health, whatever was said
    request: {data: health, purpose: advertising, partner: ad-network, at: 2026-06-01T12:00:00Z, facts: {age: 30}}
    ledger:
      - {consent: given, data: health, purpose: advertising, partner: ad-network, explicit: true,
         under: {notice: partner-ads, version: 1}, at: 2026-02-01T10:00:00Z}
    expect: forbidden
    rules: [no-ads-on-health]
)";

}  // namespace

const std::array<InitFile, 4> init_files{{
    {"README.md", readme},
    {"shop.vocab.yaml", vocabulary},
    {"shop.zweck", rules},
    {"shop.test.yaml", tests},
}};

}  // namespace zweck::command
