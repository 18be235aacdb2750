// Requests with what the ledger says at their point, what lies above their nodes, and Zweck's decision.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include "bench/peers/plain.hpp"
#include "model/ledger.hpp"
#include "model/load.hpp"
#include "model/request_tree.hpp"
#include "zweck/engine.hpp"

namespace zweck::bench::peers {
namespace {

template <class Value>
Value must(Result<Value> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", render(result.diagnostics()).c_str());
    std::exit(2);
  }
  return *std::move(result);
}

// Names at or above a node, the node first.
std::vector<std::string> names_above(const Taxonomy& taxonomy, std::size_t node) {
  std::vector<std::string> names;
  std::vector<std::size_t> open{node};
  while (!open.empty()) {
    const TaxonomyNode& at = taxonomy.nodes[open.back()];
    open.pop_back();
    if (std::find(names.begin(), names.end(), at.name) != names.end()) continue;
    names.push_back(at.name);
    open.insert(open.end(), at.parents.begin(), at.parents.end());
  }
  return names;
}

std::vector<std::string> names_above(const Taxonomy& taxonomy, const std::vector<std::string>& nodes) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < taxonomy.nodes.size(); ++i) {
    if (std::find(nodes.begin(), nodes.end(), taxonomy.nodes[i].name) == nodes.end()) continue;
    for (std::string& name : names_above(taxonomy, i)) names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

void set_facts(Asked& asked, const Workload& workload, const Customer& customer) {
  const auto value = [&](const std::string& name) -> const FactValue& {
    const auto found =
        std::find_if(customer.facts.begin(), customer.facts.end(), [&](const auto& f) { return f.first == name; });
    if (found == customer.facts.end()) {
      std::fprintf(stderr, "the fact %s is missing, which no other engine would read as unknown\n", name.c_str());
      std::exit(2);
    }
    return found->second;
  };
  const auto text = [&](const std::string& name) { return std::get<std::string>(value(name)); };
  using Texts = std::vector<std::string>;
  asked.age = std::get<std::int64_t>(value("age"));
  asked.score = std::get<std::int64_t>(value("score"));
  asked.gpc = std::get<bool>(value("gpc"));
  asked.logged_in = std::get<bool>(value("logged-in"));
  asked.idle = parse_duration(text("idle"))->seconds;
  asked.joined = parse_date(text("joined"))->days;
  asked.channel = text("channel");
  asked.language = text("language");
  asked.tier = text("tier");
  asked.segments = std::get<Texts>(value("segments"));
  asked.own_region = text("region");
  asked.region = names_above(workload.regions, Texts{asked.own_region});
  asked.visited = names_above(workload.regions, std::get<Texts>(value("visited")));
}

void set_ledger(Asked& asked, const Workload& workload, const Model& model, const Ledger& ledger) {
  const Vocabulary& vocabulary = model.vocabulary;
  const LedgerView view{vocabulary, ledger, workload.now};
  const auto node = [&](Dimension dimension) {
    return vocabulary.of(dimension).find(asked.point[static_cast<std::size_t>(dimension)]).value();
  };
  const Point point{node(Dimension::data), node(Dimension::purpose), node(Dimension::partner)};
  asked.objection = view.objection(point);
  for (const bool is_explicit : {false, true}) {
    if (view.consent({is_explicit, {}, {}, 0}, point)) asked.consents.push_back(consent_name(is_explicit, ""));
    for (const std::string& notice : workload.notices) {
      const NoticeId id = vocabulary.find_notice(notice).value();
      if (view.consent({is_explicit, {}, id, vocabulary.notices[id].version}, point)) {
        asked.consents.push_back(consent_name(is_explicit, notice));
      }
    }
  }
  for (const std::string& notice : workload.notices) {
    const NoticeId id = vocabulary.find_notice(notice).value();
    if (view.shown({id, vocabulary.notices[id].version})) asked.notices.push_back(notice);
  }
}

}  // namespace

std::vector<Ask> peer_asks(const Workload& workload, std::size_t count) { return make_asks(workload, count, 0, 23); }

std::vector<Asked> asked(const Workload& workload, const std::vector<Ask>& asks) {
  const std::string vocabulary = vocabulary_text(workload), rules = rules_text(workload);
  const Engine engine = must(Engine::from_texts({{"workload.vocab.yaml", vocabulary}, {"workload.zweck", rules}}));
  const LoadedSet set = must(load_texts({{"workload.vocab.yaml", vocabulary}}));
  std::vector<Ledger> ledgers;
  for (const Customer& customer : workload.customers) {
    ledgers.push_back(must(read_ledger(set.model.vocabulary, to_tree(customer.ledger), set.model.sources)));
  }
  std::vector<Asked> all;
  for (const Ask& ask : asks) {
    Asked one;
    for (std::size_t d = 0; d < 3; ++d) {
      one.point[d] = workload.taxonomies[d].nodes[ask.point[d]].name;
      one.above[d] = names_above(workload.taxonomies[d], ask.point[d]);
    }
    one.now = workload.now.microseconds / microseconds_per_second;
    one.sensitivity = workload.data[ask.point[0]].sensitivity;
    one.special = workload.data[ask.point[0]].special;
    one.own_country = workload.partners[ask.point[2]].country;
    one.country = names_above(workload.regions, std::vector{one.own_country});
    set_facts(one, workload, workload.customers[ask.customer]);
    set_ledger(one, workload, set.model, ledgers[ask.customer]);
    one.allowed = engine.answer(make_request(workload, ask)).allowed();
    all.push_back(std::move(one));
  }
  return all;
}

std::string json_of(const Asked& asked) {
  const auto list = [](const std::vector<std::string>& names) { return "[" + joined(names, ",", quoted) + "]"; };
  std::string json = "{";
  for (std::size_t d = 0; d < 3; ++d) json += fmt::format(R"("{}":"{}",)", dimension_names[d], asked.point[d]);
  json += fmt::format(R"("above":{{"data":{},"purpose":{},"partner":{}}},)", list(asked.above[0]), list(asked.above[1]),
                      list(asked.above[2]));
  json += fmt::format(R"("age":{},"channel":"{}","gpc":{},"idle":{},"joined":{},"language":"{}","logged_in":{},)",
                      asked.age, asked.channel, asked.gpc, asked.idle, asked.joined, asked.language, asked.logged_in);
  json += fmt::format(R"("own_region":"{}","region":{},"score":{},"segments":{},"tier":"{}","visited":{},)",
                      asked.own_region, list(asked.region), asked.score, list(asked.segments), asked.tier,
                      list(asked.visited));
  json += fmt::format(R"("sensitivity":{},"special":{},"own_country":"{}","country":{},)", asked.sensitivity,
                      asked.special, asked.own_country, list(asked.country));
  return json + fmt::format(R"("consents":{},"objection":{},"notices":{},"now":{},"allowed":{}}})",
                            list(asked.consents), asked.objection, list(asked.notices), asked.now, asked.allowed);
}

}  // namespace zweck::bench::peers
