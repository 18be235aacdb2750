// Small worlds, ledgers and requests made up by dice, biased to where evaluators go wrong: times that coincide or miss
// each other by a microsecond, groups where single values are expected, missing values, what is separate or joined
// later, answers that undo each other. Worlds are always free of errors of loading; requests are not, now and then.
#pragma once

#include "reference/dice.hpp"
#include "reference/reference.hpp"
#include "reference/world.hpp"

namespace reference {

struct Taste {
  std::size_t nodes = 6;        // at most, per main taxonomy
  std::size_t rules = 9;        // at most
  std::size_t facts = 5;        // at most
  std::size_t attributes = 2;   // at most, per dimension
  std::size_t events = 9;       // at most
  int depth = 3;                // of conditions
  unsigned odd_names = 4;       // percent of names that must be quoted
  std::size_t notices = 2;      // at most
  std::size_t obligations = 3;  // at most
  unsigned denies = 22;         // percent of rules
  std::int64_t numbers = 4;     // widest range of an int with bounds
  unsigned any = 45;            // percent of sides of a scope; half as many for a deny rule
};

// Beyond what fits in a word, a block or a byte wherever an evaluator might count on it: rules, events, ledger tests,
// obligations, numbers that one fact is compared with.
inline const Taste large_taste{24, 900, 8, 6, 90, 3, 2, 24, 64, 2, 1'500, 8};

World random_world(Dice& dice, const Taste& taste = {});

// The world after a change or three, as a review would see it: other rules, conditions, obligations, attributes.
World varied(const World& world, Dice& dice, const Taste& taste = {});

// The world with another vocabulary: nodes that moved, came or went, values of a fact that came or went, a notice in its
// next version. What rules name may be gone, and data may be its own source: it need not load.
World rearranged(const World& world, Dice& dice, const Taste& taste = {});

Assertion random_assertion(const World& world, const std::string& name, Dice& dice, const Taste& taste = {});

// Worlds that the oracles of brute.hpp can go through.
inline const Taste small_taste{3, 4, 3, 1, 4, 2, 2};

// A time near which things happen in every world.
std::int64_t random_time(Dice& dice);
Ledger random_ledger(const World& world, Dice& dice, const Taste& taste = {});

// A request without problems; the same with one or more.
Request random_request(const World& world, Dice& dice, const Taste& taste = {});
void spoil(Request& request, const World& world, Dice& dice);

}  // namespace reference
