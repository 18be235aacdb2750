// Findings for programs: SARIF with what its schema asks for and fingerprints that stay, GitHub's commands, JUnit.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>
#include <set>

#include "lint/setup.hpp"
#include "zweck/engine.hpp"

namespace lint_test {

using namespace zweck;
using Json = nlohmann::json;

namespace {

const std::string rules = R"(rule "ads <&> \"more\""
  allow purchases for advertising by carriers
  when score >= 0
  basis legitimate-interest

rule sizes
  allow sizes for delivery by shop
  except by post
  basis consent

assert nothing-for-ads
  never allow any for advertising by any
)";

Json sarif_of(const lint::SetFindings& set) { return Json::parse(lint::to_sarif({set}, "1.2.3")); }

std::multiset<std::string> fingerprints(const LoadedSet& set) {
  std::multiset<std::string> prints;
  const Json report = sarif_of(report_of(set));
  for (const Json& result : report["runs"][0]["results"]) {
    if (result["ruleId"] != "unformatted") prints.insert(result["partialFingerprints"]["zweckFinding/v1"]);
  }
  return prints;
}

void check_region(const Json& region) {
  for (const char* key : {"startLine", "startColumn", "endLine", "endColumn"}) BOOST_TEST(region.at(key).get<int>() >= 1);
  BOOST_TEST((std::pair(region["startLine"].get<int>(), region["startColumn"].get<int>()) <=
              std::pair(region["endLine"].get<int>(), region["endColumn"].get<int>())));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reports)

BOOST_AUTO_TEST_CASE(sarif_declares_every_check) {
  const Json report = sarif_of(report_of(set_of(rules)));
  BOOST_TEST(report["version"] == "2.1.0");
  BOOST_TEST(report["$schema"].get<std::string>().ends_with("sarif-2.1.0.json"));
  BOOST_REQUIRE(report["runs"].size() == 1);
  const Json& driver = report["runs"][0]["tool"]["driver"];
  BOOST_TEST(driver["name"] == "zweck");
  BOOST_TEST(driver["version"] == "1.2.3");
  BOOST_REQUIRE(driver["rules"].size() == lint::checks().size());
  for (std::size_t i = 0; i < lint::checks().size(); ++i) {
    const Json& rule = driver["rules"][i];
    BOOST_TEST(rule["id"] == lint::checks()[i].name);
    BOOST_TEST(!rule["shortDescription"]["text"].get<std::string>().empty());
    BOOST_TEST(!rule["help"]["text"].get<std::string>().empty());
    const std::string level = rule["defaultConfiguration"]["level"];
    BOOST_TEST((level == "error" || level == "warning" || level == "note"));
  }
}

BOOST_AUTO_TEST_CASE(sarif_places_every_finding) {
  const LoadedSet set = set_of(rules);
  const lint::SetFindings found = report_of(set);
  const Json report = sarif_of(found);
  const Json& run = report["runs"][0];
  BOOST_TEST(run["columnKind"] == "unicodeCodePoints");
  BOOST_REQUIRE(run["results"].size() == found.findings.size());
  BOOST_TEST(run["results"].size() > 5);
  const auto engine = Engine::from_texts({{"shop.vocab.yaml", shop}, {"shop.zweck", rules}});
  BOOST_REQUIRE(engine);
  std::size_t fixes = 0, examples = 0;
  for (std::size_t i = 0; i < found.findings.size(); ++i) {
    const Json& result = run["results"][i];
    const Diagnostic& diagnostic = found.findings[i].diagnostic;
    BOOST_TEST(result["ruleId"] == diagnostic.check);
    BOOST_TEST(run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()]["id"] == diagnostic.check);
    BOOST_TEST(result["message"]["text"].get<std::string>().starts_with(diagnostic.message));
    BOOST_REQUIRE(result["locations"].size() == 1);
    const Json& place = result["locations"][0]["physicalLocation"];
    BOOST_TEST(place["artifactLocation"]["uri"].get<std::string>().starts_with("shop/shop."));
    check_region(place["region"]);
    BOOST_TEST(place["region"]["startLine"] == diagnostic.place.line);
    BOOST_TEST(result["partialFingerprints"]["zweckFinding/v1"].get<std::string>().size() == 64);
    if (result.contains("fixes")) {
      for (const Json& change : result["fixes"][0]["artifactChanges"])
        for (const Json& replacement : change["replacements"]) {
          check_region(replacement["deletedRegion"]);
          BOOST_TEST(replacement["insertedContent"]["text"].is_string());
        }
      BOOST_TEST(!result["fixes"][0]["description"]["text"].get<std::string>().empty());
      ++fixes;
    }
    if (result.contains("properties")) {
      BOOST_TEST((engine->answer_json(result["properties"]["example"].dump()).status != Status::invalid));
      ++examples;
    }
  }
  BOOST_TEST(fixes > 1);
  BOOST_TEST(examples > 2);
}

BOOST_AUTO_TEST_CASE(fingerprints_stay_when_lines_move) {
  const auto before = fingerprints(set_of(rules));
  BOOST_TEST(before.size() == std::set<std::string>(before.begin(), before.end()).size());
  BOOST_TEST((fingerprints(set_of("# A comment.\n\n\n" + rules + "\n\n")) == before));
  std::string indented = rules;
  indented.replace(indented.find("  when"), 2, "\n\n      ");
  BOOST_TEST((fingerprints(set_of(indented)) == before));
  // A further rule leaves those of the others, and another rule's name gives another.
  const auto more = fingerprints(set_of("rule new\n  allow address for delivery by shop\n  basis contract\n" + rules));
  BOOST_TEST(std::includes(more.begin(), more.end(), before.begin(), before.end()));
  BOOST_TEST(more.size() > before.size());
}

BOOST_AUTO_TEST_CASE(findings_that_differ_by_their_line_alone_are_told_apart) {
  const std::string twice = "rule a\n  deny purchases for advertising by any\n  except by shop\n  except by shop\n  except by shop\n";
  const auto prints = fingerprints(set_of(twice));
  BOOST_TEST(prints.size() >= 2);
  BOOST_TEST(std::set<std::string>(prints.begin(), prints.end()).size() == prints.size());
}

// Of two sets that say the same one is mended: what is left is known as that of the other.
BOOST_AUTO_TEST_CASE(findings_of_several_sets_are_told_apart) {
  const LoadedSet set = set_of(rules);
  lint::SetFindings one = report_of(set), other = one, mended = one;
  one.directory = mended.directory = "one";
  other.directory = "other";
  mended.findings.clear();
  const auto prints = [](const std::vector<lint::SetFindings>& sets) {
    std::set<std::string> prints;
    const Json report = Json::parse(lint::to_sarif(sets, "1.2.3"));
    for (const Json& result : report["runs"][0]["results"]) prints.insert(result["partialFingerprints"]["zweckFinding/v1"]);
    return prints;
  };
  const auto both = prints({one, other}), of_one = prints({one, {"other", {}, nullptr}}), of_other = prints({mended, other});
  BOOST_TEST(of_other.size() == other.findings.size());
  BOOST_TEST(std::includes(both.begin(), both.end(), of_other.begin(), of_other.end()));
  for (const std::string& print : of_other) BOOST_TEST(!of_one.contains(print));
}

BOOST_AUTO_TEST_CASE(paths_are_escaped_in_sarif) {
  const LoadedSet set = set_of(rules);
  lint::SetFindings found = report_of(set);
  found.directory = "my sets/für 100%";
  const Json report = sarif_of(found);
  BOOST_TEST(report["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
             "my%20sets/f%C3%BCr%20100%25/shop.vocab.yaml");
}

BOOST_AUTO_TEST_CASE(errors_of_loading_and_sets_without_findings) {
  lint::SetFindings broken{"shop", {}, nullptr};
  const auto set = load_texts({{"shop.vocab.yaml", shop}, {"shop.zweck", "rule a\n  deny x for delivery by shop\n"}});
  BOOST_REQUIRE(!set);
  for (const Diagnostic& diagnostic : set.diagnostics()) {
    lint::Finding finding;
    finding.diagnostic = diagnostic;
    broken.findings.push_back(finding);
  }
  const Json report = sarif_of(broken);
  BOOST_REQUIRE(report["runs"][0]["results"].size() == 1);
  BOOST_TEST(report["runs"][0]["results"][0]["ruleId"] == "unknown-name");
  BOOST_TEST(report["runs"][0]["results"][0]["level"] == "error");
  const Json none = sarif_of({"shop", {}, nullptr});
  BOOST_TEST(none["runs"][0]["results"].is_array());
  BOOST_TEST(none["runs"][0]["results"].empty());
}

namespace {

// Two findings whose texts hold everything that has a meaning in one of the formats.
lint::SetFindings hostile() {
  lint::Finding one, other;
  one.diagnostic.check = "duplicate-name";
  one.diagnostic.severity = Severity::error;
  one.diagnostic.message = "100% <wrong> & \"said, twice\":\nagain";
  one.diagnostic.help = "mend it";
  one.diagnostic.place.file = "a,b:c.zweck";
  one.diagnostic.place.line = one.diagnostic.place.end_line = 3;
  one.diagnostic.place.column = 5;
  one.diagnostic.place.end_column = 9;
  other.diagnostic.check = "expires-soon";
  other.diagnostic.severity = Severity::info;
  other.diagnostic.message = "soon";
  return {"my set", {one, other}, nullptr};
}

}  // namespace

BOOST_AUTO_TEST_CASE(github_commands) {
  BOOST_TEST(lint::to_github({hostile()}) ==
             "::error file=my set/a%2Cb%3Ac.zweck,line=3,col=5,endLine=3,endColumn=9,title=duplicate-name::"
             "100%25 <wrong> & \"said, twice\":%0Aagain%0Amend it\n"
             "::notice file=my set,title=expires-soon::soon\n");
  BOOST_TEST(lint::to_github({{"shop", {}, nullptr}}) == "");
}

BOOST_AUTO_TEST_CASE(junit_suites) {
  BOOST_TEST(lint::to_junit({hostile(), {"other", {}, nullptr}}) == R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="zweck lint">
  <testsuite name="my set" tests="2" failures="2">
    <testcase classname="my set" name="duplicate-name my set/a,b:c.zweck:3:5">
      <failure type="error" message="100% &lt;wrong&gt; &amp; &quot;said, twice&quot;:
again">a,b:c.zweck:3:5: error: 100% &lt;wrong&gt; &amp; &quot;said, twice&quot;:&lt;U+000A&gt;again [duplicate-name]
  3 |
    | ^
  help: mend it
</failure>
    </testcase>
    <testcase classname="my set" name="expires-soon my set:0:0">
      <failure type="info" message="soon">info: soon [expires-soon]
</failure>
    </testcase>
  </testsuite>
  <testsuite name="other" tests="1" failures="0">
    <testcase classname="other" name="lint"/>
  </testsuite>
</testsuites>
)");
}

BOOST_AUTO_TEST_CASE(a_summary_counts_what_there_is) {
  lint::Summary summary;
  for (const lint::Finding& finding : hostile().findings) summary.count(finding);
  BOOST_TEST(lint::to_sentence(summary) == "1 error, 1 info");
  summary.files = 1;
  summary.rules = 2;
  summary.assertions = 1;
  BOOST_TEST(lint::to_sentence(summary) == "1 error, 1 info in 1 file (2 rules, 1 assertion)");
  summary.errors = summary.infos = 0;
  BOOST_TEST(lint::to_sentence(summary) == "no findings in 1 file (2 rules, 1 assertion)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lint_test
