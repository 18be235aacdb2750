// What in a ledger makes a consent, an objection or a notice true or false at a point, in words.
#pragma once

#include <string>

#include "model/ledger.hpp"

namespace zweck {

// The ledger without what changes no answer at `now`: events to come, expired grants, and of equal ones all but the
// latest. Short, however long the ledger is. Words are found in the whole ledger, answers in this one.
Ledger condensed(const Ledger& ledger, Time now);

// The events whose names take the point in, whatever their time.
Ledger events_about(const Vocabulary& vocabulary, const Ledger& ledger, const Point& point);

// A consent that a rule asks for.
struct AskedConsent {
  const ConsentTest& test;
  bool special = false;  // it must be explicit only because the data is special
  std::string within;    // how old it may be, in the author's words
};

// Each says why the test is as it is there; `view` holds the whole ledger.
std::string why_no_consent(const LedgerView& view, const AskedConsent& asked, const Point& point);
std::string why_consent(const LedgerView& view, const ConsentTest& test, const Point& point);
std::string why_objection(const LedgerView& view, const Point& point);
std::string why_no_notice(const LedgerView& view, const NoticeTest& test);
std::string why_notice(const LedgerView& view, const NoticeTest& test);

}  // namespace zweck
