// Where things end in YAML. The parser says only where they begin.
#pragma once

#include <cstddef>
#include <string_view>

namespace zweck {

// The end of the scalar that begins at `begin` and was read as `value`: plain, quoted or block.
std::size_t end_of_scalar(std::string_view text, std::size_t begin, std::string_view value);

// Whether the text of a quoted scalar, quotes included, has the closing quote.
bool is_closed_quote(std::string_view scalar);

// The end of a list or map that begins at `begin` and whose last item ends at `last`: behind the closing bracket if it
// is written in brackets, else `last`.
std::size_t end_of_collection(std::string_view text, std::size_t begin, std::size_t last);

// Whether the bracket at `begin` is closed anywhere. Roughly: apostrophes within words and comments may deceive it.
bool closes(std::string_view text, std::size_t begin);

// What stands at `at` where the parser found a null: `null` or `~` as written, or nothing if the value is left out. The
// parser gives a value left out the place of whatever follows, which may be a key that is called `null`.
std::string_view written_null(std::string_view text, std::size_t at);

}  // namespace zweck
