// TREE -> REQUEST (sections 5 and 8), and the points it asks for.
#include "model/request.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "model/read_ledger.hpp"
#include "model/vocabulary.hpp"
#include "text/limits.hpp"

namespace zweck {

namespace {

const std::vector<std::string_view> request_keys{"id", "data", "purpose", "partner", "at", "facts", "ledger"};

// The data leaves a request asks for, their sources included; sorted.
std::vector<NodeId> data_leaves(const Vocabulary& vocabulary, const std::vector<NodeId>& named) {
  const Taxonomy& data = vocabulary.of(Dimension::data);
  std::vector<bool> asked(data.nodes.size()), wanted(data.nodes.size());
  std::vector<NodeId> leaves;
  const auto want = [&](NodeId leaf) {
    if (!wanted[leaf]) leaves.push_back(leaf);
    wanted[leaf] = true;
  };
  for (const NodeId node : named) {
    for (const NodeId leaf : data.leaves_below(node)) {
      if (asked[leaf]) continue;
      asked[leaf] = true;
      want(leaf);
      for (const NodeId source : data.sources(leaf)) want(source);
    }
  }
  std::sort(leaves.begin(), leaves.end());
  return leaves;
}

class RequestReader {
 public:
  RequestReader(const Vocabulary& vocabulary, const Sources& sources, Reader& reader)
      : vocabulary_(vocabulary), sources_(sources), reader_(reader) {
    for (const Fact& fact : vocabulary.facts) request_.facts.push_back(fact.fallback);
  }

  void read(const Tree& tree, const Tree* ledger, Time now) {
    if (!reader_.is_map(tree, "a request is a map")) return;
    request_.at = now;
    bool data = false, purpose = false, partner = false;
    for (const Tree& item : tree.items) {
      if (item.key == "id") {
        request_.id = reader_.text(item, "id");
      } else if (item.key == "data") {
        data = true;
        request_.data = reader_.nodes(item, Dimension::data).value_or(std::vector<NodeId>{});
      } else if (item.key == "purpose") {
        purpose = true;
        request_.purpose = reader_.node(item, Dimension::purpose).value_or(any_node);
      } else if (item.key == "partner") {
        partner = true;
        request_.partner = reader_.node(item, Dimension::partner).value_or(any_node);
      } else if (item.key == "at") {
        request_.at = reader_.time(item, "at").value_or(now);
      } else if (item.key == "facts") {
        read_facts(item);
      } else if (item.key == "ledger" && !ledger) {
        request_.ledger = read_ledger(reader_, item);
      } else if (item.key == "ledger") {
        reader_.problem(item.key_span, "invalid-request", "the ledger is given twice",
                        "leave it out of the request, or out of what stands beside it");
      } else {
        reader_.unknown_key(item, request_keys);
      }
    }
    if (ledger) request_.ledger = read_ledger(reader_, *ledger);
    if (!data) reader_.missing(tree, "data", "a request names data, a purpose and a partner");
    if (!purpose) reader_.missing(tree, "purpose", "a request names data, a purpose and a partner");
    if (!partner) reader_.missing(tree, "partner", "a request names data, a purpose and a partner");
    if (reader_.fine()) check_size(tree);
  }

  ResolvedRequest take() { return std::move(request_); }

 private:
  void read_facts(const Tree& tree) {
    if (!reader_.is_map(tree, "`facts` holds values by the names of facts")) return;
    std::vector<bool> given(vocabulary_.facts.size());
    for (const Tree& item : tree.items) {
      const auto fact = vocabulary_.find_fact(item.key);
      if (!fact) {
        unknown_fact(item);
        continue;
      }
      if (given[*fact]) {
        reader_.problem(item.key_span, "invalid-request", fmt::format("fact {} is given twice", ticked(item.key)));
        continue;
      }
      given[*fact] = true;
      if (item.kind == Tree::Kind::nothing) {
        reader_.problem(item.span, "invalid-request", fmt::format("fact {} has no value", ticked(item.key)),
                        "leave out what is not known");
        continue;
      }
      auto value = read_value(vocabulary_, vocabulary_.facts[*fact].type, item, sources_,
                              fmt::format("fact {}", ticked(item.key)));
      if (value) {
        request_.facts[*fact] = *std::move(value);
      } else {
        reader_.problems(value.diagnostics());
      }
    }
  }

  void unknown_fact(const Tree& item) {
    std::vector<std::string_view> known;
    if (!reader_.full()) {
      for (const Fact& fact : vocabulary_.facts) known.push_back(fact.name);
    }
    Tree key;
    key.span = item.key_span;
    reader_.unknown_name(key, "fact", item.key, known);
  }

  void check_size(const Tree& tree) {
    if (count_points(vocabulary_, request_) <= limits::request_points) return;
    reader_.problem(tree.span, "invalid-request",
                    fmt::format("this asks for more than {} points at once", limits::request_points),
                    "ask for narrower groups, one after the other");
  }

  const Vocabulary& vocabulary_;
  const Sources& sources_;
  Reader& reader_;
  ResolvedRequest request_;
};

}  // namespace

Result<ResolvedRequest> read_request(const Vocabulary& vocabulary, const Tree& request, const Tree* ledger, Time now,
                                     const Sources& sources) {
  Reader reader(vocabulary, sources);
  RequestReader request_reader(vocabulary, sources, reader);
  request_reader.read(request, ledger, now);
  if (!reader.fine()) return reader.take();
  return request_reader.take();
}

std::size_t count_points(const Vocabulary& vocabulary, const ResolvedRequest& request) {
  // Each factor is below 2^16, so that the product fits.
  return data_leaves(vocabulary, request.data).size() *
         vocabulary.of(Dimension::purpose).leaves_below(request.purpose).size() *
         vocabulary.of(Dimension::partner).leaves_below(request.partner).size();
}

std::optional<std::vector<Point>> points_of(const Vocabulary& vocabulary, const ResolvedRequest& request) {
  const std::vector<NodeId> leaves = data_leaves(vocabulary, request.data);
  const auto purposes = vocabulary.of(Dimension::purpose).leaves_below(request.purpose);
  const auto partners = vocabulary.of(Dimension::partner).leaves_below(request.partner);
  if (leaves.size() * purposes.size() * partners.size() > limits::request_points) return std::nullopt;
  std::vector<Point> points;
  for (const NodeId data : leaves)
    for (const NodeId purpose : purposes)
      for (const NodeId partner : partners) points.push_back({data, purpose, partner});
  return points;
}

std::optional<std::string> id_of(const Tree& request) {
  if (request.kind != Tree::Kind::map) return std::nullopt;
  for (const Tree& item : request.items) {
    if (item.key == "id" && item.is_text()) return item.text;
  }
  return std::nullopt;
}

}  // namespace zweck
