// SYNTAX TREE -> PIECES: the words of the canonical form in order, each with where it stood and whether a line may end
// before it. Where lines do end is decided in format.cpp.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "grammar/syntax.hpp"

namespace zweck::grammar {

enum class Glue : std::uint8_t {
  none,    // close to the piece before
  blank,   // after a blank, on the same line
  soft,    // after a blank, or on a new line where the line is full
  joined,  // the same, but all of these begin a line if the clause does not fit on one
};

struct Piece {
  std::uint32_t begin = 0;  // byte of the file where what it stands for began
  std::string text;
  Glue glue = Glue::blank;
};
using Pieces = std::vector<Piece>;

// Which of the author's brackets are kept.
enum class Brackets : std::uint8_t {
  needed,      // only those without which it would mean something else
  explaining,  // also those around an `and` within an `or`, and around a comparison behind `not`
};

Pieces pieces_of(const syntax::Nodes& nodes);
Pieces pieces_of(const syntax::Condition& condition, Brackets brackets);
// What follows the keyword of the clause.
Pieces pieces_of(const syntax::Clause& clause);
// The keyword of the clause.
std::string_view word_of(const syntax::Clause& clause);

void append(Pieces& pieces, Pieces more, Glue first);

}  // namespace zweck::grammar
