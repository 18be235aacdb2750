#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "lint/lint.hpp"
#include "model/vocabulary.hpp"
#include "setup.hpp"

using namespace zweck;
using namespace zweck::test;

namespace {

// A list with these vendors. `%` stands for a quote.
Source list(int version, const std::string& vendors, const std::string& updated = "2023-06-29T16:07:26Z",
            const std::string& more = "") {
  std::string text = fmt::format(
      "{{%gvlSpecificationVersion%: 3, %vendorListVersion%: {}, %tcfPolicyVersion%: 4, %lastUpdated%: %{}%, {}"
      "%purposes%: {{%1%: {{%id%: 1, %name%: %Store%, %description%: %On a\\ndevice%, %illustrations%: [%x%]}}, "
      "%2%: {{%id%: 2, %name%: %Ads%, %illustrations%: []}}}}, "
      "%specialPurposes%: {{%1%: {{%id%: 1, %name%: %Security\\n%}}}}, %features%: {{%1%: {{%id%: 1, %name%: "
      "%Match%}}}}, "
      "%specialFeatures%: {{}}, %dataCategories%: {{%3%: {{%id%: 3, %name%: %Addresses%}}}}, %vendors%: {{{}}}}}",
      version, updated, more, vendors);
  std::replace(text.begin(), text.end(), '%', '"');
  return {fmt::format("v{}.json", version), text};
}

const std::string full =
    "%7%: {%id%: 7, %name%: %Seven & Söhne %, %purposes%: [1, 2], %legIntPurposes%: [], %flexiblePurposes%: [2], "
    "%specialPurposes%: [1], %features%: [1, 9], %specialFeatures%: [], %cookieMaxAgeSeconds%: 12345, %usesCookies%: "
    "true, "
    "%cookieRefresh%: false, %usesNonCookieAccess%: false, %dataRetention%: {%stdRetention%: 30, %purposes%: {%2%: "
    "14}, "
    "%specialPurposes%: {%1%: 0}, %other%: 1}, %urls%: [{%langId%: %de%, %privacy%: %https://x/de%}, {%langId%: %en%, "
    "%privacy%: %https://x/en%, %legIntClaim%: %https://x/li%, %more%: 1}], %dataDeclaration%: [3], "
    "%deviceStorageDisclosureUrl%: %https://x/d%, %overflow%: {%httpGetLimit%: 32}}";

std::string part(const std::string& text, const std::string& from, const std::string& to) {
  const std::size_t begin = text.find(from);
  BOOST_REQUIRE_MESSAGE(begin != std::string::npos, text);
  return text.substr(begin, text.find(to, begin) - begin);
}

std::string wrong(std::string text) {
  std::replace(text.begin(), text.end(), '%', '"');
  return refused(import_gvl, {{"v", text}});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gvl)

BOOST_AUTO_TEST_CASE(everything_that_a_vendor_declares) {
  BOOST_TEST(imported(import_gvl, {list(9, full, "2023-06-29T16:07:26Z", "%stacks%: {}, ")}) ==
             "# Made from the Global Vendor List, version 9 of 2023-06-29, by `zweck import gvl`.\n"
             "# Version of the framework's policies: 4.\n"
             "data:\n"
             "  data-3:\n"
             "    in: declared-data\n"
             "    label: {en: \"Addresses\"}\n"
             "  declared-data: {}\n"
             "purposes:\n"
             "  purpose-1:\n"
             "    in: purposes\n"
             "    label: {en: \"Store\"}\n"
             "    description: {en: \"On a\\ndevice\"}\n"
             "  purpose-2:\n"
             "    in: purposes\n"
             "    label: {en: \"Ads\"}\n"
             "  purposes: {}\n"
             "  special-purpose-1:\n"
             "    in: special-purposes\n"
             "    label: {en: \"Security\"}\n"
             "  special-purposes: {}\n"
             "partners:\n"
             "  vendor-7:\n"
             "    in: vendors\n"
             "    label: {en: \"Seven & Söhne\"}\n"
             "    consent-purposes: [purpose-1, purpose-2]\n"
             "    leg-int-purposes: []\n"
             "    flexible-purposes: [purpose-2]\n"
             "    special-purposes: [special-purpose-1]\n"
             "    features: [feature-1]\n"
             "    special-features: []\n"
             "    cookie-max-age-seconds: 12345\n"
             "    uses-cookies: true\n"
             "    cookie-refresh: false\n"
             "    uses-non-cookie-access: false\n"
             "    retention: 30 days\n"
             "    retention-purpose-2: 14 days\n"
             "    declared-data: [data-3]\n"
             "    description: {en: \"privacy: https://x/en\\nlegitimate interest: https://x/li\\nstorage on devices: "
             "https://x/d\"}\n"
             "  vendors:\n"
             "    label: {en: \"Vendors\"}\n"
             "taxonomies:\n"
             "  feature:\n"
             "    feature-1:\n"
             "      in: features\n"
             "      label: {en: \"Match\"}\n"
             "    features: {}\n"
             "    special-features: {}\n"
             "attributes:\n"
             "  partner:\n"
             "    consent-purposes: set of purpose\n"
             "    cookie-max-age-seconds: int\n"
             "    cookie-refresh: bool\n"
             "    declared-data: set of data\n"
             "    features: set of feature\n"
             "    flexible-purposes: set of purpose\n"
             "    leg-int-purposes: set of purpose\n"
             "    retention: duration\n"
             "    retention-purpose-2: duration\n"
             "    retention-special-purpose-1: duration\n"
             "    special-features: set of feature\n"
             "    special-purposes: set of purpose\n"
             "    uses-cookies: bool\n"
             "    uses-non-cookie-access: bool\n"
             "--\n"
             "purposes, data, features and vendors are named by their numbers, which stay when their wording changes; "
             "see their "
             "labels\n"
             "what a vendor does not declare is missing, not empty: a rule that tests it is undecided\n"
             "`feature-9` is declared but not defined by the list, and left out (1: `vendor-7`)\n"
             "`illustrations` of purposes, features and kinds of data has no place in a vocabulary and is left out (1: "
             "`purpose-1`)\n"
             "`more` among the pages of vendors is left out (1: `vendor-7`)\n"
             "`overflow` of vendors has no place in a vocabulary and is left out (1: `vendor-7`)\n"
             "a retention of 0 days is no duration and is left out (1: `vendor-7`)\n"
             "parts of `dataRetention` that are not known are left out (1: `vendor-7`)\n"
             "parts of the list that have no place in a vocabulary are left out (1: `stacks`)\n"
             "the pages of vendors in further languages are left out (1: `vendor-7`)\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_declared_is_missing_and_what_is_deleted_is_deprecated) {
  const std::string text = imported(
      import_gvl,
      {list(9, "%1%: {%id%: 1, %name%: %One%, %cookieMaxAgeSeconds%: null, %deletedDate%: %2023-01-31T00:00:00Z%}")});
  BOOST_TEST(part(text, "  vendor-1:\n", "  vendors:") ==
             "  vendor-1:\n"
             "    in: vendors\n"
             "    label: {en: \"One\"}\n"
             "    deprecated: \"deleted from the list on 2023-01-31\"\n");
}

BOOST_AUTO_TEST_CASE(several_lists_whoever_joins_is_there_since_and_whoever_leaves_is_deprecated) {
  const Source newer =
      list(3, "%1%: {%id%: 1, %name%: %One now%}, %3%: {%id%: 3, %name%: %Three%}", "2023-09-07T16:07:28Z");
  const Source older = list(2, "%1%: {%id%: 1, %name%: %One%}, %2%: {%id%: 2, %name%: %Two%}");
  const std::string text = imported(import_gvl, {newer, older});
  BOOST_TEST(part(text, "  vendor-1:\n", "  vendors:") ==
             "  vendor-1:\n"
             "    in: vendors\n"
             "    label: {en: \"One now\"}\n"
             "  vendor-2:\n"
             "    in: vendors\n"
             "    label: {en: \"Two\"}\n"
             "    deprecated: \"no longer in version 3 of the list\"\n"
             "  vendor-3:\n"
             "    in: vendors\n"
             "    label: {en: \"Three\"}\n"
             "    since: 2023-09-08\n");
  BOOST_TEST(text == imported(import_gvl, {older, newer}));
}

BOOST_AUTO_TEST_CASE(what_is_no_list) {
  BOOST_TEST(wrong("{}") ==
             "v: error: this is no Global Vendor List [invalid-import]\n"
             "  help: it has `vendors`, `purposes` and a `gvlSpecificationVersion`\n");
  BOOST_TEST(wrong("[1") == "v: error: this is no JSON: it ends too early [invalid-import]\n");
  BOOST_TEST(wrong("\xFF").starts_with("v:1:1: error: this is no UTF-8"));
  BOOST_TEST(wrong("{%vendors%: {}, %gvlSpecificationVersion%: 2}") ==
             "v: error: specification 2 of the list is not read [invalid-import]\n"
             "  help: its purposes mean something else than those of specification 3\n");
  BOOST_TEST(wrong("{%vendors%: {}, %gvlSpecificationVersion%: 3, %vendorListVersion%: 1, %lastUpdated%: %today%}") ==
             "v: error: `lastUpdated` is no time [invalid-import]\n");
  BOOST_TEST(wrong("{%vendors%: {}, %gvlSpecificationVersion%: 3, %vendorListVersion%: 1.5, %lastUpdated%: %today%}") ==
             "v: error: `vendorListVersion` in the list is no integer [invalid-import]\n");
  BOOST_TEST(wrong("{%vendors%: {}, %gvlSpecificationVersion%: 3, %vendorListVersion%: 1, %lastUpdated%: "
                   "%2023-06-29T16:07:26Z%}") ==
             "v: error: `dataCategories` is missing in the list [invalid-import]\n");
  const auto vendor = [](const std::string& text) {
    return refused(import_gvl, {list(1, "%1%: {%id%: 1, " + text + "}")});
  };
  BOOST_TEST(vendor("%purposes%: 1") == "v1.json: error: `purposes` of `vendor-1` is no list [invalid-import]\n");
  BOOST_TEST(vendor("%purposes%: [%x%]") ==
             "v1.json: error: `purposes` of `vendor-1` is no list of numbers [invalid-import]\n");
  BOOST_TEST(vendor("%usesCookies%: 1") == "v1.json: error: `usesCookies` of `vendor-1` is no bool [invalid-import]\n");
  BOOST_TEST(vendor("%dataRetention%: {%stdRetention%: -1}") ==
             "v1.json: error: `dataRetention` of `vendor-1` is no number of days [invalid-import]\n");
  BOOST_TEST(refused(import_gvl, {list(1, ""), list(1, "")}) ==
             "v1.json: error: version 1 is there twice [invalid-import]\n");
  BOOST_TEST(refused(import_gvl, {}) == "error: no list is given [invalid-import]\n");
}

BOOST_AUTO_TEST_CASE(the_real_lists) {
  auto files = real_files({"gvl/vendor-list-v7.json", "gvl/vendor-list-v17.json"});
  if (files.empty()) return;
  const auto result = import_gvl(sources_of(std::move(files)));
  BOOST_REQUIRE(result);
  const Vocabulary v = vocabulary_of(*result);
  const Taxonomy& partners = v.of(Dimension::partner);
  BOOST_TEST(partners.leaves().size() >= 692);
  const auto flexible = v.find_attribute(Dimension::partner, "flexible-purposes");
  BOOST_REQUIRE(flexible);
  const Attribute& attribute = v.attributes[2][*flexible];
  BOOST_TEST(to_string(v, attribute.type, attribute.values[*partners.find("vendor-1")]) ==
             "{purpose-10, purpose-7, purpose-8, purpose-9}");
  BOOST_TEST(partners.nodes[*partners.find("vendor-468")].deprecated.has_value());
  BOOST_TEST(has_remark(*result, "`data-2008` is declared but not defined by the list"));
}

// A list that was made elsewhere is nothing that its user could change.
BOOST_AUTO_TEST_CASE(nothing_is_found_in_the_real_lists) {
  auto files = real_files({"gvl/vendor-list-v7.json", "gvl/vendor-list-v17.json"});
  if (files.empty()) return;
  const auto result = import_gvl(sources_of(std::move(files)));
  BOOST_REQUIRE(result);
  const auto set = load_texts({{"list.vocab.yaml", result->vocabulary},
                               {"mine.zweck",
                                "rule mine\n"
                                "  allow   data-1 for purposes by vendors\n"
                                "  when    purpose in partner.consent-purposes and data in partner.declared-data\n"
                                "  basis   consent\n"
                                "  keep    90 days\n"
                                "\n"
                                "rule gone\n"
                                "  deny    any for any by vendor-468\n"}});
  BOOST_REQUIRE_MESSAGE(set, (set ? "" : render(set.diagnostics())));
  std::string found;
  for (const lint::Finding& finding : lint::lint(*set, {.now = *parse_time("2026-06-01T00:00:00Z"), .directory = {}}))
    found += finding.diagnostic.place.file + " " + finding.diagnostic.check + "\n";
  BOOST_TEST(found == "mine.zweck missing-notice\nmine.zweck deprecated-name\n");
}

BOOST_AUTO_TEST_SUITE_END()
