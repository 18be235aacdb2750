// Everything that a model says, as text: a map of what is read and resolved.
#include "model/dump.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

}  // namespace

BOOST_AUTO_TEST_SUITE(dump_)

BOOST_AUTO_TEST_CASE(the_example_of_the_reference) {
  const std::string text = dump(model_of(reference_vocabulary, R"(
# Advice on what fits, from what the customer volunteers.
rule fit-advice "Advice on what fits"
  allow   body-measurements, wardrobe
  for     recommendation
  by      shop
  basis   consent under fit-advice
  unless  age < 16
  benefit "Clothes that fit at the first try"
  benefit de "Kleidung, die auf Anhieb passt"
  keep    180 days
  oblige  log

rule delivery
  allow   address for delivery by carriers
  basis   contract
  keep    30 days

rule declared-partners
  allow   purchases for advertising by any
  when    purpose in partner.consent-purposes
  basis   explicit consent within 13 months
  keep    90 days

rule no-ads-on-health "Art. 9 GDPR"
  deny    health for advertising by any

assert partners-only-if-asked
  never allow personal for any by any
  except  for delivery
  when    not partner.first-party
  unless  consent

rule all-the-rest
  deny wardrobe for any by dhl
  except by shop
  except wardrobe for delivery
  when channel in {web, app} and (logged-in or region = us) and not objection and partner.country in {eea, us} and partner != shop
  unless notice fit-advice version 1 or explicit consent within 36 hours under fit-advice version 1
  from 2026-01-01
  until 2026-12-31
  because "one"
  because "two"
)"));
  BOOST_TEST(text == R"(taxonomy data
  address in personal
  body-measurements in personal
  health in personal separate
  personal label.de="Personenbezogene Daten" label.en="Personal data"
  purchases in personal
  style-profile in personal derived-from purchases, wardrobe
  wardrobe in personal
taxonomy purpose
  advertising separate
  delivery in service
  recommendation in service
  service
taxonomy partner
  ad-network since 2026-05-01
  carriers
  dhl in carriers
  shop
taxonomy region
  eea
  germany in eea
  us
attribute data.special: bool = false
  health: true
attribute data.volunteered: bool = false
  body-measurements: true
  wardrobe: true
attribute partner.first-party: bool = false
  shop: true
attribute partner.consent-purposes: set of purpose = {}
  ad-network: {advertising}
attribute partner.country: region = missing
  ad-network: us
  dhl: germany
  shop: germany
fact age: int 0..150 = missing
fact channel: one of web, app, store = missing
fact logged-in: bool = missing
fact region: region = missing
notice fit-advice version 2 label.en="How fit advice uses your data"
obligation log
obligation pseudonymise
rule all-the-rest
  deny wardrobe for any by dhl
  except any for any by shop
  except wardrobe for delivery by any
  when all(channel in {app, web}, any(logged-in, region = us), not(objection), partner.country in {eea, us}, partner != shop)
  unless any(notice fit-advice version 1, explicit consent within 36 hours under fit-advice version 1)
  because "one"
  because "two"
  from 2026-01-01
  until 2026-12-31
rule declared-partners
  allow purchases for advertising by any
  when purpose in partner.consent-purposes
  basis explicit consent within 390 days
  keep 90 days
rule delivery
  allow address for delivery by carriers
  basis contract
  keep 30 days
rule fit-advice "Advice on what fits"
  allow body-measurements, wardrobe for recommendation by shop
  unless age < 16
  basis consent under fit-advice version 2
  benefit "Clothes that fit at the first try"
  benefit de "Kleidung, die auf Anhieb passt"
  keep 180 days
  oblige log
rule no-ads-on-health "Art. 9 GDPR"
  deny health for advertising by any
assert partners-only-if-asked
  never allow personal for any by any
  except any for delivery by any
  when not(partner.first-party)
  unless consent
)");
}

BOOST_AUTO_TEST_SUITE_END()
