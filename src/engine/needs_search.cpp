// Uniform-cost search: the state that costs least goes on first, so that the first one in which nothing is left to be
// made true is a smallest set. Points share facts and notices, but no consents: when a point is left, what was asked for
// at it is noted down, and states that differ in nothing else are the same.
#include "engine/needs_search.hpp"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "engine/needs_state.hpp"

namespace zweck::needs {
namespace {

using Kind = Node::Kind;

// What is left to be made true: a list of which many states share the end.
struct Cell {
  Node node;                // of kind `yes`: the end of the shape
  std::uint32_t shape = 0;
  std::uint32_t next = 0;
  friend auto operator<=>(const Cell&, const Cell&) = default;
};
constexpr std::uint32_t nothing_left = 0;

// Consents asked for at points that were left.
struct Note {
  std::uint32_t shape = 0;
  std::vector<Flavour> flavours;
  bool for_ledger = false;  // one at a single point, so that there is a ledger
  std::uint32_t before = 0;
};

struct Open {
  Cost cost = 0;
  std::uint64_t order = 0;
  std::uint32_t left = nothing_left;
  std::uint32_t note = 0;
  State state;
  std::optional<std::pair<NoticeId, std::int64_t>> notice;  // shown so that there is a ledger
};

// The cheaper one first; of two the later one, so that one way is followed to its end.
struct Later {
  bool operator()(const Open& a, const Open& b) const {
    return a.cost != b.cost ? a.cost > b.cost : a.order < b.order;
  }
};

struct Hash {
  std::size_t operator()(const State& words) const {
    std::uint64_t hash = words.size();
    for (const std::uint64_t word : words) hash = (hash ^ word) * 0x9E3779B97F4A7C15 ^ hash >> 29;
    return static_cast<std::size_t>(hash ^ hash >> 32);
  }
};

class Search {
 public:
  Search(const Model& model, const Problem& problem, Steps& steps)
      : problem_(problem), steps_(steps), states_(model, problem), cells_(1), notes_(1) {}

  Outcome run(Solution& solution) {
    std::uint32_t left = nothing_left;
    for (std::size_t i = problem_.shapes.size(); i-- > 0;) {
      const auto shape = static_cast<std::uint32_t>(i);
      left = cell({}, shape, left);
      left = before(problem_.shapes[i].goal, shape, left);
    }
    push({0, 0, left, 0, states_.first(), {}});
    while (!heap_.empty()) {
      std::pop_heap(heap_.begin(), heap_.end(), Later());
      Open open = std::move(heap_.back());
      heap_.pop_back();
      if (!steps_.take(4 + open.state.size() / 4)) return Outcome::given_up;
      if (!is_new(open)) continue;
      if (go_on(std::move(open), solution)) return Outcome::found;
    }
    return steps_.left == 0 ? Outcome::given_up : Outcome::nothing_helps;
  }

 private:
  // --- What is left ---

  std::uint32_t cell(const Node& node, std::uint32_t shape, std::uint32_t next) {
    const auto [place, added] = known_cells_.try_emplace({node, shape, next}, static_cast<std::uint32_t>(cells_.size()));
    if (added) cells_.push_back({node, shape, next});
    return place->second;
  }

  // The list with the formula before it. Of an `and` the parts: those without a choice first, then those with the least.
  std::uint32_t before(const Node& node, std::uint32_t shape, std::uint32_t next) {
    if (node.kind == Kind::yes) return next;
    if (node.kind != Kind::all) return cell(node, shape, next);
    const auto& nodes = problem_.shapes[shape].nodes;
    std::vector<Node> parts(nodes.begin() + node.first, nodes.begin() + node.first + node.count);
    std::stable_sort(parts.begin(), parts.end(), [](const Node& a, const Node& b) { return a.count > b.count; });
    for (const Node& part : parts) next = before(part, shape, next);
    return next;
  }

  bool is_new(const Open& open) {
    State key = open.state;
    key.push_back(open.left);
    return seen_.insert(std::move(key)).second;
  }

  void push(Open open) {
    open.order = ++order_;
    heap_.push_back(std::move(open));
    std::push_heap(heap_.begin(), heap_.end(), Later());
  }

  // Until there is a choice, or something to pay for. True at the end of all.
  bool go_on(Open open, Solution& solution) {
    for (;;) {
      if (open.left == nothing_left) {
        if (!states_.needs_ledger(open.state) || states_.has_ledger(open.state)) {
          read(open, solution);
          return true;
        }
        std::pair<NoticeId, std::int64_t> notice;
        if (auto way = states_.any_notice(open.state, notice.first, notice.second))
          push({open.cost + way->cost, 0, nothing_left, open.note, std::move(way->state), notice});
        return false;
      }
      const Cell now = cells_[open.left];
      const Shape& shape = problem_.shapes[now.shape];
      if (!steps_.take(1)) return false;
      if (now.node.kind == Kind::yes) {
        leave(open, now);
        continue;
      }
      if (states_.holds(open.state, shape, now.node)) {
        open.left = now.next;
        continue;
      }
      if (now.node.kind == Kind::any) {
        for (std::uint32_t i = now.node.count; i-- > 0;) {
          const Node& part = shape.nodes[now.node.first + i];
          push({open.cost, 0, before(part, now.shape, now.next), open.note, open.state, {}});
        }
        return false;
      }
      ways_.clear();
      states_.ways(open.state, now.node, shape.points.size(), ways_);
      steps_.take(ways_.size());
      if (ways_.size() == 1 && ways_.front().cost == 0) {
        open.state = std::move(ways_.front().state);
        open.left = now.next;
        continue;
      }
      for (States::Way& way : ways_) push({open.cost + way.cost, 0, now.next, open.note, std::move(way.state), {}});
      return false;
    }
  }

  void leave(Open& open, const Cell& now) {
    std::vector<Flavour> flavours = states_.consents(open.state);
    if (!states_.has_ledger(open.state)) {
      // Whatever is asked for makes the ledger known.
      if (auto way = states_.any_consent(open.state)) {
        states_.leave_point(way->state);
        push({open.cost + way->cost, 0, now.next, note({now.shape, {{}}, true, open.note}), std::move(way->state), {}});
      }
    }
    if (!flavours.empty()) open.note = note({now.shape, std::move(flavours), false, open.note});
    states_.leave_point(open.state);
    open.left = now.next;
  }

  std::uint32_t note(Note note) {
    notes_.push_back(std::move(note));
    return static_cast<std::uint32_t>(notes_.size() - 1);
  }

  void read(const Open& open, Solution& solution) const {
    states_.read(open.state, solution);
    if (open.notice) solution.notices.push_back(*open.notice);
    for (std::uint32_t at = open.note; at != 0; at = notes_[at].before) {
      const auto& points = problem_.shapes[notes_[at].shape].points;
      for (const Point& point : points) {
        for (const Flavour& flavour : notes_[at].flavours) solution.consents.push_back({point, flavour});
        if (notes_[at].for_ledger) break;
      }
    }
  }

  const Problem& problem_;
  Steps& steps_;
  States states_;
  std::vector<Cell> cells_;
  std::map<Cell, std::uint32_t> known_cells_;
  std::vector<Note> notes_;
  std::vector<Open> heap_;
  std::unordered_set<State, Hash> seen_;
  std::vector<States::Way> ways_;
  std::uint64_t order_ = 0;
};

}  // namespace

Outcome search(const Model& model, const Problem& problem, Steps& steps, Solution& solution) {
  return Search(model, problem, steps).run(solution);
}

}  // namespace zweck::needs
