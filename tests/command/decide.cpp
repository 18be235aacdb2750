// `zweck decide`: one request from options, and many as JSON lines.
#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "command/run.hpp"

namespace zweck::test {

namespace {

using Words = std::vector<std::string>;

struct Set : Workspace {
  Set() { write_small_set(*this); }

  Ran decide(Words words, const std::string& input = {}) const {
    words.insert(words.begin(), {"decide", "small"});
    return run(words, {.input = input, .environment = {}});
  }
  // About the wardrobe, by an adult who was told and said yes.
  Ran advice(const Words& more) const {
    Words words{"--data",    "wardrobe", "--purpose", "recommendation",
                "--partner", "shop",     "--at",      "2026-06-01T12:00:00Z"};
    words.insert(words.end(), more.begin(), more.end());
    return decide(words);
  }
};

const std::string ledger =
    "- {consent: given, data: wardrobe, purpose: recommendation, partner: shop,\n"
    "   under: {notice: fit-advice, version: 2}, at: 2026-02-01T10:00:00Z}\n";

std::string without_revision(std::string text) {
  for (std::size_t at = 0; (at = text.find("sha256:", at)) != std::string::npos; at += 7) text.erase(at + 7, 64);
  return text;
}

const std::string end = ", \"revision\": \"sha256:\"}\n";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(decide, Set)

BOOST_AUTO_TEST_CASE(one_request) {
  write("ledger.yaml", ledger);
  const Ran allowed = advice({"--fact", "age=30", "--ledger", "ledger.yaml"});
  BOOST_TEST(allowed.code == 0);
  BOOST_TEST(allowed.err == "");
  BOOST_TEST(allowed.out ==
             "allow: wardrobe for recommendation by shop\n"
             "  by fit-advice\n"
             "  keep no longer than 180 days; log\n");
  const Ran denied = advice({"--fact", "age=15", "--ledger", "ledger.yaml"});
  BOOST_TEST(denied.code == 1);
  BOOST_TEST(denied.out ==
             "deny (not permitted): wardrobe for recommendation by shop\n"
             "  `zweck explain` with the same options says why\n");
  const Ran json = advice({"--fact", "age=30", "--ledger", "ledger.yaml", "--format", "json"});
  BOOST_TEST(json.code == 0);
  BOOST_TEST(without_revision(json.out) ==
             "{\"decision\": \"allow\", \"status\": \"allowed\", \"rules\": [\"fit-advice\"], "
             "\"obligations\": {\"keep\": \"180 days\", \"oblige\": [\"log\"]}" +
                 end);
}

BOOST_AUTO_TEST_CASE(a_forbidden_one_names_the_rule) {
  const Ran ran = decide({"--data", "health", "--purpose", "advertising", "--partner", "ad-network"});
  BOOST_TEST(ran.code == 1);
  BOOST_TEST(ran.out ==
             "deny (forbidden): health for advertising by ad-network\n"
             "  by no-ads-on-health\n"
             "  `zweck explain` with the same options says why\n");
}

BOOST_AUTO_TEST_CASE(a_ledger_as_yaml_json_or_standard_input) {
  const std::string json =
      "[{\"consent\": \"given\", \"data\": \"wardrobe\", \"purpose\": \"recommendation\", \"partner\": \"shop\", "
      "\"under\": {\"notice\": \"fit-advice\", \"version\": 2}, \"at\": \"2026-02-01T10:00:00Z\"}]";
  write("ledger.json", json);
  BOOST_TEST(advice({"--fact", "age=30", "--ledger", "ledger.json"}).code == 0);
  Words words{"--data", "wardrobe", "--purpose", "recommendation", "--partner",
              "shop",   "--fact",   "age=30",    "--ledger",       "-"};
  BOOST_TEST(decide(words, ledger).code == 0);
  BOOST_TEST(decide(words, json).code == 0);
  BOOST_TEST(decide(words, "[]").code == 1);
  // A pipe by name, as a shell makes it of `<(command)`.
  words.back() = "/dev/stdin";
  BOOST_TEST(decide(words, ledger).code == 0);
  const Ran bad = decide(words, "[");
  BOOST_TEST(bad.code == 2);
  BOOST_TEST(bad.err.starts_with("/dev/stdin:1:1: error: "));
}

BOOST_AUTO_TEST_CASE(facts_are_read_by_their_types) {
  const auto problem = [&](const std::string& fact) { return advice({"--fact", fact}).out; };
  const std::string head = "deny (invalid): wardrobe for recommendation by shop\n  ";
  for (const std::string fine :
       {"age=30", " age = 30 ", "logged-in=true", "channel=web", "channel=\"web\"", "region=eea", "region=\"eea\"",
        "tags={a, \"b, c\"}", "tags={}", "tags=", "tags=a,b", "tags=30", "tags=a=b", "tags={\"a\\\"}, b\\\\\"}"}) {
    BOOST_TEST(problem(fine).starts_with("deny (indeterminate)"), fine);
  }
  const std::string all = problem("age=thirty") + problem("age=300") + problem("age=07") + problem("logged-in=yes") +
                          problem("channel=wbe") + problem("region=germny") + problem("aeg=30") + problem("age=") +
                          problem("age=\"30\"");
  BOOST_TEST(all == golden("decide-facts.txt", all));
  BOOST_TEST(all.starts_with(head));
  const Ran twice = advice({"--fact", "age=30", "--fact", "age=31"});
  BOOST_TEST(twice.code == 1);
  BOOST_TEST(twice.out == head + "fact `age` is given twice\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_fact) {
  const auto refused = [&](const std::string& fact) {
    const Ran ran = advice({"--fact", fact});
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  const std::string help = "\n  help: write it as NAME=VALUE, such as `--fact age=30`\n";
  BOOST_TEST(refused("age") == "zweck: `--fact age`: no value is given" + help);
  BOOST_TEST(refused("=30") == "zweck: `--fact =30`: no name is given" + help);
  BOOST_TEST(refused("channel=\"web") == "zweck: `--fact channel=\"web`: \"web is no text in quotes" + help);
  BOOST_TEST(refused("tags={a") == "zweck: `--fact tags={a`: a set stands in braces, such as {a, b}" + help);
  BOOST_TEST(refused("tags=[a]") == "zweck: `--fact tags=[a]`: a set stands in braces, such as {a, b}" + help);
  BOOST_TEST(refused("tags={a,}") == "zweck: `--fact tags={a,}`: nothing stands between two commas" + help);
  BOOST_TEST(refused("tags={\"a\" b}") == "zweck: `--fact tags={\"a\" b}`: \"a\" b is no text in quotes" + help);
}

BOOST_AUTO_TEST_CASE(data_one_by_one_or_with_commas) {
  const auto json = [&](const Words& data) {
    Words words{"--purpose", "recommendation", "--partner", "shop", "--format", "json"};
    words.insert(words.end(), data.begin(), data.end());
    return decide(words).out;
  };
  const std::string both = json({"--data", "wardrobe", "--data", "purchases"});
  BOOST_TEST(both.find("\"invalid\"") == std::string::npos);
  BOOST_TEST(json({"--data", "wardrobe,purchases"}) == both);
  BOOST_TEST(json({"--data", "wardrobe, purchases", "--data", "wardrobe"}) == both);
  BOOST_TEST(decide({"--data", "wardrobe,purchases", "--data", "wardrobe", "--purpose", "delivery", "--partner", "shop"})
                 .out.starts_with("deny (not permitted): wardrobe, purchases for delivery by shop\n"));
}

BOOST_AUTO_TEST_CASE(a_name_may_hold_a_comma) {
  write("odd/a.vocab.yaml", "data: {\"a, b\": {}, c: {}}\npurposes: {p: {}}\npartners: {q: {}}\n");
  write("odd/a.zweck", "rule r\n  allow \"a, b\" for p by q\n  basis contract\n");
  const auto asked = [&](const std::string& data) {
    return run({"decide", "odd", "--data", data, "--purpose", "p", "--partner", "q"}).code;
  };
  BOOST_TEST(asked("a, b") == 0);
  BOOST_TEST(asked("\"a, b\"") == 0);
  BOOST_TEST(asked("c,\"a, b\"") == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_decided_at_all) {
  const auto failed = [&](const Words& words) {
    const Ran ran = advice(words);
    BOOST_TEST(ran.code == 2);
    BOOST_TEST(ran.out == "");
    return ran.err;
  };
  BOOST_TEST(failed({"--ledger", "nowhere.yaml"}) ==
             "nowhere.yaml: error: cannot read `nowhere.yaml`: No such file or directory [unreadable-file]\n");
  write("bad.yaml", "- {consent: given\n");
  BOOST_TEST(failed({"--ledger", "bad.yaml"}).starts_with("bad.yaml:"));
  write("bad.json", "[{]");
  BOOST_TEST(failed({"--ledger", "bad.json"}).starts_with("bad.json:1:3: error: "));
  // What only JSON forbids has no place.
  write("bad.json", "[01]");
  BOOST_TEST(failed({"--ledger", "bad.json"}).starts_with("bad.json: error: this is no JSON: "));
  const Ran nowhere = run({"decide", "nowhere", "--data", "x", "--purpose", "y", "--partner", "z"});
  BOOST_TEST(nowhere.code == 2);
  BOOST_TEST(nowhere.err == "nowhere: error: there is no directory `nowhere` [unreadable-file]\n");
}

BOOST_AUTO_TEST_CASE(many_requests) {
  write(
      "requests.jsonl",
      "{\"id\": \"r1\", \"data\": \"address\", \"purpose\": \"delivery\", \"partner\": \"carrier\"}\n"
      "no json\n"
      "\n"
      "{\"id\": \"r2\", \"data\": \"adress\", \"purpose\": \"delivery\", \"partner\": \"carrier\"}\r\n"
      "{\"id\": \"r3\", \"data\": [\"health\"], \"purpose\": \"advertising\", \"partner\": \"shop\", \"ledger\": []}");
  const Ran ran = decide({"--requests", "requests.jsonl"});
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(ran.err == "");
  BOOST_TEST(without_revision(ran.out) == golden("decide-many.jsonl", without_revision(ran.out)));
  BOOST_TEST(decide({"--requests", "-"}, read("requests.jsonl")).out == ran.out);
  BOOST_TEST(decide({"--requests", "requests.jsonl", "--format", "json"}).out == ran.out);
  const Ran text = decide({"--requests", "requests.jsonl", "--format", "text"});
  BOOST_TEST(text.code == 0);
  BOOST_TEST(text.out == golden("decide-many.txt", text.out));
}

BOOST_AUTO_TEST_CASE(many_requests_keep_their_order) {
  std::string requests, expected;
  for (int i = 0; i < 50'000; ++i) {
    const std::string id = std::to_string(i);
    const bool allow = i % 3 == 0;
    requests += "{\"id\": \"" + id + "\", \"data\": \"address\", \"purpose\": \"" +
                (allow ? "delivery" : "advertising") + "\", \"partner\": \"carrier\"}\n";
    expected += id + (allow ? " allow\n" : " deny\n");
  }
  const Ran ran = decide({"--requests", "-"}, requests);
  BOOST_TEST(ran.code == 0);
  std::string got;
  for (std::size_t at = 0; at < ran.out.size(); at = ran.out.find('\n', at) + 1) {
    const auto text = [&](const std::string& key) {
      const std::size_t begin = ran.out.find("\"" + key + "\": \"", at) + key.size() + 5;
      return ran.out.substr(begin, ran.out.find('"', begin) - begin);
    };
    got += text("id") + " " + text("decision") + "\n";
  }
  BOOST_TEST((got == expected));
}

BOOST_AUTO_TEST_CASE(lines_of_any_length_and_none_at_all) {
  BOOST_TEST(decide({"--requests", "-"}, "").out == "");
  BOOST_TEST(decide({"--requests", "-"}, "").code == 0);
  // Beyond the limit of a request a line is refused by its length, and the next one is answered as ever.
  const std::string fine = "{\"data\": \"address\", \"purpose\": \"delivery\", \"partner\": \"carrier\"}\n";
  const Ran ran = decide({"--requests", "-"}, std::string(40u << 20, 'x') + "\n" + fine);
  BOOST_TEST(ran.code == 0);
  BOOST_TEST(std::count(ran.out.begin(), ran.out.end(), '\n') == 2);
  BOOST_TEST(ran.out.starts_with("{\"decision\": \"deny\", \"status\": \"invalid\""));
  BOOST_TEST(ran.out.find("\n{\"decision\": \"allow\"") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_ledger_that_is_none_says_where) {
  const auto problem = [&](const std::string& name, const std::string& text) {
    write(name, text);
    const Ran ran = advice({"--ledger", name});
    BOOST_TEST(ran.code == 1);
    return ran.out;
  };
  const std::string head = "deny (invalid): wardrobe for recommendation by shop\n  ";
  const std::string what = ": there is no notice `fit-advise` (event 2 of the ledger); did you mean `fit-advice`?\n";
  BOOST_TEST(problem("l.yaml", "- {objection: raised, at: 2026-01-01T00:00:00Z}\n"
                               "- {notice: fit-advise, version: 1, at: 2026-01-01T00:00:00Z}\n") ==
             head + "l.yaml:2:12" + what);
  BOOST_TEST(problem("l.json", "[{\"objection\": \"raised\", \"at\": \"2026-01-01T00:00:00Z\"},\n"
                               " {\"notice\": \"fit-advise\", \"version\": 1, \"at\": \"2026-01-01T00:00:00Z\"}]") ==
             head + "l.json:2:13" + what);
  // An escape that YAML does not know: the problem is told without its place.
  BOOST_TEST(problem("l.json", "[{\"objection\": \"raised\", \"at\": \"2026-01-01T00:00:00Z\"},\n"
                               " {\"notice\": \"fit-advis\\u0065\", \"version\": 1, \"at\": \"2026-01-01T00:00:00Z\", "
                               "\"\\ud83d\\ude00\": 1}]")
                 .starts_with(head + "l.json"));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_no_part_of_the_first_line) {
  const std::string mark = "\xef\xbb\xbf", fine = "{\"data\": \"address\", \"purpose\": \"delivery\", \"partner\": \"carrier\"}\n";
  const std::string answer = decide({"--requests", "-"}, fine).out;
  BOOST_TEST(answer.starts_with("{\"decision\": \"allow\""));
  BOOST_TEST(decide({"--requests", "-"}, mark + fine).out == answer);
  BOOST_TEST(decide({"--requests", "-"}, mark).out == "");
  const std::string second = decide({"--requests", "-"}, fine + mark + fine).out;
  BOOST_TEST(second.starts_with(answer + "{\"decision\": \"deny\", \"status\": \"invalid\""));
}

BOOST_AUTO_TEST_CASE(requests_that_cannot_be_read) {
  const Ran missing = decide({"--requests", "nowhere.jsonl"});
  BOOST_TEST(missing.code == 2);
  BOOST_TEST(missing.err == "zweck: cannot read `nowhere.jsonl`: No such file or directory\n");
  const Ran directory = decide({"--requests", "small"});
  BOOST_TEST(directory.code == 2);
  BOOST_TEST(directory.err == "zweck: cannot read `small`: Is a directory\n");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace zweck::test
