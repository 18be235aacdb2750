// Every bound of the project with its reason. Each has a test at the bound and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace zweck::limits {

// A file: more than the text of 100,000 rules, and little enough that any bytes are answered within a second. Larger ones
// are refused by their size, unread.
constexpr std::size_t file_bytes = 32u << 20;
// The words of one rule or assertion, layout and comments not counted: one that names each of 65,535 nodes has less. The
// tree of a condition takes a hundred times its text.
constexpr std::size_t statement_bytes = 1u << 20;
// A YAML file: 65,535 nodes with labels. Its parser takes a second for this much.
constexpr std::size_t yaml_bytes = 8u << 20;
// Items of lists and maps in one YAML file, for the same reason: the shorter they are, the longer it takes.
constexpr std::size_t yaml_items = 500'000;
// How far that parser may read ahead of what it has understood: bounds lines, texts and brackets that are not closed.
constexpr std::size_t yaml_lookahead = 1u << 20;
// All files of a set together, so that a directory given by mistake ends in an error, not in swap.
constexpr std::size_t set_bytes = 256u << 20;
constexpr std::size_t set_files = 10'000;
// A bundle: its rows are counted by 32 bits, and the index of 100,000 rules takes 150 MB.
constexpr std::uint64_t bundle_bytes = std::uint64_t{4} << 30;
// Everything that is looked at below the directory of a set, whatever it is called: a mistaken `/` ends in an error.
constexpr std::size_t directory_entries = 100'000;
// Directories below one another, so that the walk is bounded whatever the file system does.
constexpr std::size_t directory_depth = 64;
// Brackets or `not` within one another in a condition: more is no longer read by a person, and the parser recurses.
constexpr std::size_t condition_nesting = 64;
// Lists and maps within one another in YAML and JSON. The deepest format of ours needs 7.
constexpr std::size_t tree_nesting = 32;
// Items of lists and maps in one tree, of some 130 bytes each: a ledger of 100,000 events with every key has 1.2 million.
constexpr std::size_t tree_items = 2'000'000;
// One request as JSON: a ledger of 100,000 events.
constexpr std::size_t request_bytes = 32u << 20;
// Nodes of one taxonomy; ids of points then fit in 16 bits.
constexpr std::size_t taxonomy_nodes = 65'535;
constexpr std::size_t taxonomies = 64;
// Levels of `in`: real vocabularies have fewer than 12.
constexpr std::size_t taxonomy_levels = 128;
// Parents of one node: real vocabularies have 2 or 3. Bounds the work of following all of them.
constexpr std::size_t node_parents = 64;
// Pairs (node, node at or above it) of one taxonomy, likewise (data, source): 65,535 nodes 64 levels deep. Finding them
// takes up to a second, as each may be reached from 64 parents.
constexpr std::size_t taxonomy_closure = 4u << 20;
constexpr std::size_t facts = 1'000;
constexpr std::size_t attributes = 256;
// Values of one attribute over all nodes, and members of sets in them: a set is inherited by every node below.
constexpr std::size_t attribute_values = 4u << 20;
// A decision carries its obligations in one word.
constexpr std::size_t obligations = 64;
constexpr std::size_t notices = 10'000;
// Values of one `one of …`.
constexpr std::size_t choices = 65'535;
// Three times the largest set that was measured.
constexpr std::size_t rules = 300'000;
// A name: what still fits in one line of a report.
constexpr std::size_t name_bytes = 256;
// Decisions that an engine keeps: 4 GiB, more than any machine looks up faster than it decides.
constexpr std::size_t cached_decisions = std::size_t{1} << 26;
// Points of one request, sources included (section 5).
constexpr std::size_t request_points = 100'000;
// Single events of a ledger after its lists are multiplied out.
constexpr std::size_t ledger_events = 1'000'000;
// Control characters shown of one file: a binary file has thousands, which tell no more than the first few.
constexpr std::size_t text_errors = 10;
// Looks at a literal that one question of the analysis may take, about half a second, before it is given up as not
// decided; and those for all questions about a set.
constexpr std::uint64_t analysis_steps = 20'000'000;
constexpr std::uint64_t analysis_steps_in_all = 2'000'000'000;
// Work on what would help a denied request, about a tenth of a second: rules looked at, points and choices together. A
// single point takes some hundred.
constexpr std::uint64_t needs_steps = 1'000'000;
// Errors shown of one set; the rest is counted, up to the second bound, so that they take little memory.
constexpr std::size_t diagnostics = 200;
constexpr std::size_t diagnostics_kept = 100 * diagnostics;

}  // namespace zweck::limits
