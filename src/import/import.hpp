// Vocabularies that others have made -> the text of a vocabulary of ours. What has no place there is told in remarks.
#pragma once

#include <string>
#include <vector>

#include "text/source.hpp"
#include "zweck/result.hpp"

namespace zweck {

struct Imported {
  std::string vocabulary;            // the text of a .vocab.yaml; it loads without errors
  std::vector<std::string> remarks;  // what could not be said in it, and what a person should look at
};

// Each takes all files of one source together; their order does not matter. Errors are those of the files, with places,
// or what would be wrong with the vocabulary that would come of them.

// YAML of fideslang with `data_category`, `data_use` and `data_subject`: data, purposes, and a taxonomy `data-subject`
// with a fact of that name.
Result<Imported> import_fideslang(const Sources& files);

// CSV of the W3C's Data Privacy Vocabulary: personal data, purposes, and entities as partners. Terms may have several
// parents. What lies below special categories is `special`.
Result<Imported> import_dpv(const Sources& files);

// JSON of IAB Europe's Global Vendor List, specification 3: vendors as partners, with what they declare as attributes.
// With several lists the newest counts; whoever is not in the oldest is there `since` the day after the first list that
// names it, so that older answers of customers do not reach it. Who is gone is deprecated.
Result<Imported> import_gvl(const Sources& files);

}  // namespace zweck
