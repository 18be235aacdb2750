// What `zweck explain` says: for every way in which a consent, an objection or a condition can fail, and for what no
// rule speaks of.
#include <boost/test/unit_test.hpp>

#include "command/run.hpp"

namespace zweck::test {

namespace {

using Words = std::vector<std::string>;

const Words advice{"--data", "wardrobe", "--purpose", "recommendation", "--partner", "shop"};
const Words adult{"--data", "wardrobe", "--purpose", "recommendation", "--partner", "shop", "--fact", "age=30"};
const Words purchases{"--data", "purchases", "--purpose", "recommendation", "--partner", "shop"};
const Words ads{"--data", "purchases", "--purpose", "advertising", "--partner", "ad-network", "--fact", "channel=web"};

struct Set : Workspace {
  Set() { write_small_set(*this); }

  Ran explain(Words words, const std::string& ledger, const std::string& at = "2026-06-01T12:00:00Z") const {
    write("ledger.yaml", ledger);
    words.insert(words.begin(), {"explain", "small", "--at", at, "--ledger", "ledger.yaml"});
    Ran ran = run(words);
    BOOST_TEST(ran.err == "");
    return ran;
  }

  // The line that says why the first rule is as it is.
  std::string why(const Words& words, const std::string& ledger, const std::string& at = "2026-06-01T12:00:00Z") const {
    const std::string text = explain(words, ledger, at).out;
    const std::size_t begin = text.find("\n    ") + 5;
    return text.substr(begin, text.find('\n', begin) - begin);
  }
};

// Events of a ledger about the wardrobe.
std::string given(const std::string& more, const std::string& at = "2026-02-01T10:00:00Z") {
  return "- {consent: given, data: wardrobe, purpose: recommendation, partner: shop, " + more + "at: " + at + "}\n";
}
const std::string under = "under: {notice: fit-advice, version: 2}, ";

// The revision is somebody else's to test.
std::string without_revision(std::string text) {
  const std::size_t at = text.find("sha256:");
  BOOST_REQUIRE(at != std::string::npos);
  return text.erase(at + 7, 64);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(explain, Set)

BOOST_AUTO_TEST_CASE(what_a_consent_lacks) {
  const std::string no = "does not allow it: ";
  BOOST_TEST(why(adult, "[]") == no + "no consent was given");
  BOOST_TEST(why(adult, given("")) ==
             no + "the consent of 2026-02-01 was given under no notice; version 2 of `fit-advice` is needed");
  BOOST_TEST(why(adult, given("under: {notice: fit-advice, version: 1}, ")) ==
             no + "the consent of 2026-02-01 was given under version 1 of `fit-advice`; version 2 is needed");
  BOOST_TEST(why(adult, given(under + "expires: 2026-03-01T00:00:00Z, ")) ==
             no + "the consent of 2026-02-01 expired on 2026-03-01");
  BOOST_TEST(why(adult, given(under, "2026-07-01T10:00:00Z")) == no + "consent was given only later, on 2026-07-01");
  BOOST_TEST(why(adult, given(under, "2026-06-01T13:05:00Z")) ==
             no + "consent was given only later, on 2026-06-01 13:05 UTC");
  BOOST_TEST(why(adult,
                 "- {consent: given, data: wardrobe, purpose: recommendation, partner: carrier, "
                 "at: 2026-02-01T10:00:00Z}\n") == no + "consent was given to the use by `carrier`, but not by `shop`");
  BOOST_TEST(why(ads,
                 "- {consent: given, data: any, purpose: advertising, partner: ad-network, "
                 "at: 2026-05-02T10:00:00Z}\n") == no + "the consent of 2026-05-02 is not explicit");
  BOOST_TEST(why(ads,
                 "- {consent: given, data: any, purpose: advertising, partner: ad-network, explicit: true, "
                 "at: 2026-05-02T10:00:00Z}\n",
                 "2027-07-01T12:00:00Z") == no + "the consent of 2026-05-02 is older than 13 months");
}

BOOST_AUTO_TEST_CASE(how_a_consent_ended_or_never_reached) {
  const std::string no = "does not allow it: ";
  BOOST_TEST(why(adult, given(under) + "- {consent: withdrawn, data: wardrobe, at: 2026-03-01T09:30:00Z}\n") ==
             no + "consent to `wardrobe` for any purpose by any partner was withdrawn on 2026-03-01");
  BOOST_TEST(why(adult, given(under) + "- {consent: withdrawn, data: wardrobe, purpose: recommendation, partner: shop, "
                                       "at: 2026-06-01T09:30:00Z}\n") ==
             no + "consent was withdrawn on 2026-06-01 09:30 UTC");
  BOOST_TEST(why(adult, "- {consent: refused, at: 2026-03-01T09:30:00Z}\n") ==
             no + "consent to everything was refused on 2026-03-01");
  BOOST_TEST(why(adult,
                 "- {consent: refused, data: wardrobe, at: 2026-01-01T09:30:00Z}\n"
                 "- {consent: given, data: personal, purpose: any, partner: any, under: {notice: fit-advice, "
                 "version: 2}, at: 2026-02-01T10:00:00Z}\n") ==
             no + "consent to `wardrobe` for any purpose by any partner was refused on 2026-01-01, and the broader "
                  "consent of 2026-02-01 to `personal` for any purpose by any partner does not undo that");
  BOOST_TEST(why(ads,
                 "- {consent: given, data: any, purpose: any, partner: any, explicit: true, "
                 "at: 2026-05-02T10:00:00Z}\n") ==
             no + "the consent of 2026-05-02 to everything does not reach the purpose `advertising`, which is separate "
                  "and needs consent of its own");
  BOOST_TEST(why(ads,
                 "- {consent: given, data: any, purpose: advertising, partner: any, explicit: true, "
                 "at: 2026-04-02T10:00:00Z}\n") ==
             no + "the consent of 2026-04-02 to any data for `advertising` by any partner does not reach the partner "
                  "`ad-network`, which is new since 2026-05-01");
  // What happened last explains best.
  BOOST_TEST(why(adult, given(under + "expires: 2026-03-01T00:00:00Z, ") +
                            "- {consent: refused, data: wardrobe, purpose: recommendation, partner: shop, "
                            "at: 2026-04-01T00:00:00Z}\n") == no + "consent was withdrawn on 2026-04-01");
}

BOOST_AUTO_TEST_CASE(what_an_objection_is) {
  const std::string no = "does not allow it: ";
  BOOST_TEST(why(purchases, "- {objection: raised, purpose: recommendation, at: 2026-03-02T00:00:00Z}\n") ==
             no + "an objection to any data for `recommendation` by any partner was raised on 2026-03-02");
  BOOST_TEST(why(purchases, "- {consent: refused, data: purchases, at: 2026-03-02T00:00:00Z}\n") ==
             no + "consent to `purchases` for any purpose by any partner was refused on 2026-03-02, which counts as an "
                  "objection");
  BOOST_TEST(why(purchases,
                 "- {objection: raised, purpose: recommendation, at: 2026-03-02T00:00:00Z}\n"
                 "- {objection: withdrawn, at: 2026-03-03T00:00:00Z}\n") == "allows it: there is no objection");
}

BOOST_AUTO_TEST_CASE(the_smallest_part_that_failed) {
  Words store{"--data", "purchases", "--purpose", "advertising", "--partner", "ad-network", "--fact", "channel=store"};
  const Ran ran = explain(store, "[]");
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(
      ran.out ==
      "Denied: nothing permits `ad-network` to use `purchases` for `advertising`.\n"
      "\n"
      "  `partner-ads`  small.zweck:20\n"
      "    does not allow it: `channel` is `store`\n"
      "      when channel = web or channel = app  small.zweck:23\n"
      "    and then also: no consent was given\n"
      "\n"
      "What would help: no consent, no notice and no further fact.\n"
      "\n"
      "Asked at 2026-06-01T12:00:00Z, with the facts channel = store and logged-in = false, and an empty ledger.\n");
}

BOOST_AUTO_TEST_CASE(an_allowed_use) {
  const Ran ran = explain(adult, given(under));
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(
      ran.out ==
      "Allowed: `shop` may use `wardrobe` for `recommendation`.\n"
      "\n"
      "  `fit-advice` \"Advice on what fits\"  small.zweck:1\n"
      "    allows it: consent was given on 2026-02-01, under version 2 of `fit-advice`\n"
      "      basis consent under fit-advice  small.zweck:4\n"
      "    because Art. 6(1)(a) GDPR\n"
      "\n"
      "Obligations:\n"
      "  keep it no longer than 180 days\n"
      "  log\n"
      "\n"
      "Asked at 2026-06-01T12:00:00Z, with the facts age = 30 and logged-in = false, and a ledger of 1 event.\n");
}

BOOST_AUTO_TEST_CASE(a_forbidden_use) {
  const Words health{"--data", "health", "--purpose", "advertising", "--partner", "ad-network"};
  const Ran ran = explain(health, "[]");
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out ==
             "Denied: `ad-network` must not use `health` for `advertising`.\n"
             "\n"
             "  `no-ads-on-health` \"Art. 9 GDPR\"  small.zweck:27\n"
             "    forbids it\n"
             "      deny health for advertising by any  small.zweck:28\n"
             "    because nobody is to be advertised to by what ails them\n"
             "  `partner-ads`  small.zweck:20\n"
             "    does not allow it: no consent was given\n"
             "      basis explicit consent within 13 months  small.zweck:24\n"
             "    and then also: `channel` is not given\n"
             "\n"
             "Asked at 2026-06-01T12:00:00Z, with the fact logged-in = false, and an empty ledger.\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_known) {
  std::vector<std::string> words{"explain", "small", "--at", "2026-06-01T12:00:00Z"};
  words.insert(words.end(), advice.begin(), advice.end());
  const Ran ran = run(words);
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out ==
             "Denied: it is not known whether `shop` may use `wardrobe` for `recommendation`.\n"
             "\n"
             "  `fit-advice` \"Advice on what fits\"  small.zweck:1\n"
             "    may allow it, but that is not known: `age` is not given\n"
             "      unless age < 16  small.zweck:3\n"
             "    and then also: the ledger is not given\n"
             "    because Art. 6(1)(a) GDPR\n"
             "\n"
             "Not known: the fact `age` and the ledger.\n"
             "\n"
             "What would help, all of it together:\n"
             "  to ask the customer for consent to `wardrobe` for `recommendation` by `shop`, under version 2 of the "
             "notice `fit-advice`\n"
             "  to know the fact `age` (allowed if it is 16, for example)\n"
             "  Whoever has said no is not asked again; without the ledger it is not known who has.\n"
             "\n"
             "Asked at 2026-06-01T12:00:00Z, with the fact logged-in = false, and without a ledger.\n");
  // A group is known only in part.
  Words group = purchases;
  group.insert(group.end(), {"--fact", "region=eea"});
  BOOST_TEST(explain(group, "[]", "2027-06-01T12:00:00Z").code == 0);
  group.back() = "region=us";
  BOOST_TEST(why(group, "[]", "2027-06-01T12:00:00Z") == "forbids it: `region` is `us`");
}

BOOST_AUTO_TEST_CASE(what_no_rule_speaks_of) {
  const Words carrier{"--data", "wardrobe", "--purpose", "recommendation", "--partner", "carrier"};
  BOOST_TEST(explain(carrier, "[]").out ==
             "Denied: nothing permits `carrier` to use `wardrobe` for `recommendation`.\n"
             "\n"
             "  No rule speaks of `wardrobe` for `recommendation` by `carrier`; these come near:\n"
             "  `fit-advice` \"Advice on what fits\"  small.zweck:1\n"
             "    it speaks of use by `shop`, not by `carrier`\n"
             "      by shop  small.zweck:2\n"
             "\n"
             "What would help: no consent, no notice and no further fact.\n"
             "\n"
             "Asked at 2026-06-01T12:00:00Z, with the fact logged-in = false, and an empty ledger.\n");
  const Words excepted{"--data", "address", "--purpose", "advertising", "--partner", "ad-network"};
  BOOST_TEST(explain(excepted, "[]").out ==
             "Denied: nothing permits `ad-network` to use `address` for `advertising`.\n"
             "\n"
             "  No rule speaks of `address` for `advertising` by `ad-network`; these come near:\n"
             "  `partner-ads`  small.zweck:20\n"
             "    it leaves this out by `except address`\n"
             "      except address  small.zweck:22\n"
             "\n"
             "What would help: no consent, no notice and no further fact.\n"
             "\n"
             "Asked at 2026-06-01T12:00:00Z, with the fact logged-in = false, and an empty ledger.\n");
  const Words nothing{"--data", "health", "--purpose", "recommendation", "--partner", "carrier"};
  BOOST_TEST(explain(nothing, "[]").out.find("  No rule speaks of `health` for `recommendation` by `carrier`.\n") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(derived_data_names_its_sources) {
  const Words profile{"--data",    "style-profile", "--purpose", "recommendation",
                      "--partner", "shop",          "--fact",    "age=30"};
  const Ran ran = explain(profile, "[]");
  BOOST_TEST(ran.out == golden("explain-derived.txt", ran.out));
}

BOOST_AUTO_TEST_CASE(many_uses_are_summed_up_the_worst_first) {
  const Words all{"--data", "personal", "--purpose", "advertising", "--partner", "ad-network", "--fact", "channel=web"};
  const Ran ran = explain(all,
                          "- {consent: given, data: [wardrobe, purchases, personal], purpose: advertising, "
                          "partner: ad-network, explicit: true, at: 2026-05-02T10:00:00Z}\n");
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out == golden("explain-many.txt", ran.out));
}

BOOST_AUTO_TEST_CASE(as_json) {
  Words words = adult;
  words.insert(words.end(), {"--format", "json"});
  Ran denied = explain(words, "[]");
  denied.out = without_revision(denied.out);
  BOOST_TEST(denied.out == golden("explain-denied.json", denied.out));
  BOOST_TEST(denied.code == 1);
  words.front() = "--data";
  words[1] = "style-profile";
  Ran many = explain(words, given(under));
  many.out = without_revision(many.out);
  BOOST_TEST(many.out == golden("explain-derived.json", many.out));
}

BOOST_AUTO_TEST_CASE(a_request_as_json) {
  const std::string json =
      "{\"data\": \"health\", \"purpose\": \"advertising\", \"partner\": \"shop\", \"at\": \"2026-06-01T12:00:00Z\", "
      "\"ledger\": []}";
  const Words health{"--data", "health", "--purpose", "advertising", "--partner", "shop"};
  const std::string text = explain(health, "[]").out;
  BOOST_TEST(run({"explain", "small", "--request", json}).out == text);
  BOOST_TEST(run({"explain", "small", "--request", "-"}, {.input = json, .environment = {}}).out == text);
  BOOST_TEST(run({"explain", "small", "--request", "/dev/stdin"}, {.input = json, .environment = {}}).out == text);
  BOOST_TEST(run({"explain", "small", "--request", "-"}, {.input = "\xef\xbb\xbf" + json, .environment = {}}).out == text);
  BOOST_TEST(run({"explain", "small", "--request", "\n " + json}).out == text);
  write("request.json", json);
  BOOST_TEST(run({"explain", "small", "--request", "request.json"}).out == text);
  const Ran missing = run({"explain", "small", "--request", "nowhere.json"});
  BOOST_TEST(missing.code == 2);
  BOOST_TEST(missing.err ==
             "nowhere.json: error: cannot read `nowhere.json`: No such file or directory [unreadable-file]\n");
  const Ran broken = run({"explain", "small", "--request", "{\"data\": "});
  BOOST_TEST(broken.code == 1);
  BOOST_TEST(broken.out ==
             "Denied: this is no valid request, so nothing is allowed.\n"
             "  this is no JSON: it ends too early\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_request) {
  const Words wrong{"--data", "wardrob", "--purpose", "recommendation", "--partner", "shops", "--fact", "age=300"};
  const Ran ran = explain(wrong, "- {consent: given, data: wardrobe, at: 2026-02-01T10:00:00Z}\n");
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out == golden("explain-invalid.txt", ran.out));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
