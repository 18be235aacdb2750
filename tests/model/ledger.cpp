// Stories of customers (section 4): what they said, and what stands of it.
#include "model/ledger.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "setup.hpp"

namespace {

using namespace zweck;
using namespace zweck::test;

const char* const vocabulary = R"(
data:
  personal:   {}
  wardrobe:   {in: personal}
  purchases:  {in: personal}
  health:     {in: personal, separate: true}
  blood:      {in: health}
  genes:      {in: health, separate: true}
  both:       {in: [personal, health]}
purposes:
  service:    {}
  advice:     {in: service}
  delivery:   {in: service}
  advertising: {separate: true}
  banner:     {in: advertising}
partners:
  group:      {}
  shop:       {in: group}
  dhl:        {in: group}
  late:       {in: group, since: 2026-05-01}
  late-child: {in: late}
notices:
  hint:       {version: 3}
  other:      {version: 1}
)";

class Story {
 public:
  explicit Story(const std::string& events, const char* now = "2026-06-01T12:00:00Z")
      : model_(model_of(vocabulary)),
        ledger_(ledger_of(model_, events)),
        view_{model_.vocabulary, ledger_, time_of(now)} {}

  bool consent(const char* data, const char* purpose, const char* partner, ConsentTest test = {}) const {
    return view_.consent(test, point_of(model_, data, purpose, partner));
  }
  bool objection(const char* data, const char* purpose, const char* partner) const {
    return view_.objection(point_of(model_, data, purpose, partner));
  }
  bool stands(std::size_t event, const char* data, const char* purpose, const char* partner) const {
    return view_.stands(ledger_[event], point_of(model_, data, purpose, partner));
  }
  bool within(std::size_t inner, std::size_t outer) const { return view_.within(ledger_[inner], ledger_[outer]); }
  bool shown(const char* notice, std::int64_t version) const {
    return view_.shown({*model_.vocabulary.find_notice(notice), version});
  }
  ConsentTest under(const char* notice, std::int64_t version) const {
    return {.explicit_ = false, .within = {}, .under = model_.vocabulary.find_notice(notice), .version = version};
  }

 private:
  Model model_;
  Ledger ledger_;
  LedgerView view_;
};

std::string given(const char* data, const char* purpose, const char* partner, const char* rest) {
  return std::string("{consent: given, data: ") + data + ", purpose: " + purpose + ", partner: " + partner + ", " +
         rest + "}";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ledger)

BOOST_AUTO_TEST_CASE(a_grant_reaches_what_lies_below_its_names) {
  const Story story("[" + given("personal", "service", "group", "at: 2026-01-01T00:00:00Z") + "]");
  BOOST_TEST(story.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(story.consent("purchases", "delivery", "dhl"));
  BOOST_TEST(!story.consent("wardrobe", "banner", "shop"));
  const Story narrow("[" + given("wardrobe", "advice", "shop", "at: 2026-01-01T00:00:00Z") + "]");
  BOOST_TEST(narrow.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!narrow.consent("purchases", "advice", "shop"));
  BOOST_TEST(!narrow.consent("wardrobe", "delivery", "shop"));
  BOOST_TEST(!narrow.consent("wardrobe", "advice", "dhl"));
}

BOOST_AUTO_TEST_CASE(what_is_separate_needs_consent_of_its_own) {
  const char* const at = "at: 2026-01-01T00:00:00Z";
  for (const char* const name : {"personal", "any"}) {
    const Story story("[" + given(name, "any", "any", at) + "]");
    BOOST_TEST(story.consent("wardrobe", "advice", "shop"));
    BOOST_TEST(!story.consent("blood", "advice", "shop"));
    // Below a separate node on one of its ways up, if not on all.
    BOOST_TEST(!story.consent("both", "advice", "shop"));
    BOOST_TEST(!story.consent("wardrobe", "banner", "shop"));
  }
  const Story health("[" + given("health", "any", "any", at) + "]");
  BOOST_TEST(health.consent("blood", "advice", "shop"));
  BOOST_TEST(health.consent("both", "advice", "shop"));
  BOOST_TEST(!health.consent("genes", "advice", "shop"));
  const Story genes("[" + given("genes", "any", "any", at) + "]");
  BOOST_TEST(genes.consent("genes", "advice", "shop"));
  BOOST_TEST(!genes.consent("blood", "advice", "shop"));
  // A name below what is separate reaches: what is above it is above its own name as well.
  const Story banner("[" + given("wardrobe", "banner", "any", at) + "]");
  BOOST_TEST(banner.consent("wardrobe", "banner", "shop"));
}

BOOST_AUTO_TEST_CASE(who_joins_later_is_not_covered_by_what_was_said_before) {
  const auto group = [](const char* at) { return Story("[" + given("any", "any", "group", at) + "]"); };
  BOOST_TEST(!group("at: 2026-04-30T23:59:59.999999Z").consent("wardrobe", "advice", "late-child"));
  BOOST_TEST(group("at: 2026-05-01T00:00:00Z").consent("wardrobe", "advice", "late-child"));
  BOOST_TEST(group("at: 2026-04-30T23:59:59.999999Z").consent("wardrobe", "advice", "shop"));
  const Story any("[" + given("any", "any", "any", "at: 2026-01-01T00:00:00Z") + "]");
  BOOST_TEST(!any.consent("wardrobe", "advice", "late-child"));
  // Named itself, or below: whoever says so knows of it.
  const Story named("[" + given("any", "any", "late", "at: 2026-01-01T00:00:00Z") + "]");
  BOOST_TEST(named.consent("wardrobe", "advice", "late-child"));
  const Story child("[" + given("any", "any", "late-child", "at: 2026-01-01T00:00:00Z") + "]");
  BOOST_TEST(child.consent("wardrobe", "advice", "late-child"));
}

BOOST_AUTO_TEST_CASE(later_events_do_not_count_and_grants_expire) {
  const std::string grant =
      "[" + given("any", "any", "any", "at: 2026-06-01T12:00:00Z, expires: 2026-07-01T00:00:00Z") + "]";
  BOOST_TEST(!Story(grant, "2026-06-01T11:59:59.999999Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(grant, "2026-06-01T12:00:00Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(grant, "2026-06-30T23:59:59.999999Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(grant, "2026-07-01T00:00:00Z").consent("wardrobe", "advice", "shop"));

  const std::string withdrawal = "[" + given("any", "any", "any", "at: 2026-01-01T00:00:00Z") +
                                 ", {consent: withdrawn, at: 2026-06-01T12:00:00Z}]";
  BOOST_TEST(Story(withdrawal, "2026-06-01T11:59:59.999999Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(withdrawal, "2026-06-01T12:00:00Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(withdrawal, "2026-06-01T11:59:59.999999Z").objection("wardrobe", "advice", "shop"));

  const std::string objection = "[{objection: raised, at: 2026-06-01T12:00:00Z}]";
  BOOST_TEST(!Story(objection, "2026-06-01T11:59:59.999999Z").objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(objection, "2026-06-01T12:00:00Z").objection("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(an_accept_all_never_undoes_a_narrower_no) {
  const Story story("[{consent: refused, data: wardrobe, purpose: advice, partner: shop, at: 2026-01-01T00:00:00Z}, " +
                    given("any", "any", "any", "at: 2026-02-01T00:00:00Z") + "]");
  BOOST_TEST(!story.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(story.consent("wardrobe", "advice", "dhl"));
  BOOST_TEST(story.consent("purchases", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(an_answer_to_the_same_or_a_narrower_question_undoes_a_no) {
  const std::string no = "[{consent: withdrawn, data: personal, purpose: advice, at: 2026-01-01T00:00:00Z}, ";
  BOOST_TEST(Story(no + given("personal", "advice", "any", "at: 2026-01-01T00:00:00.000001Z") + "]")
                 .consent("wardrobe", "advice", "shop"));
  const Story narrower(no + given("wardrobe", "advice", "shop", "at: 2026-02-01T00:00:00Z") + "]");
  BOOST_TEST(narrower.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!narrower.consent("purchases", "advice", "shop"));
  // Not later, or at the same moment, or wider in one dimension.
  BOOST_TEST(!Story(no + given("personal", "advice", "any", "at: 2026-01-01T00:00:00Z") + "]")
                  .consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(no + given("wardrobe", "service", "shop", "at: 2026-02-01T00:00:00Z") + "]")
                  .consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(no + given("any", "advice", "shop", "at: 2026-02-01T00:00:00Z") + "]")
                  .consent("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(which_grant_stands_and_which_scope_lies_within) {
  const Story story("[" + given("any", "any", "any", "at: 2026-01-01T00:00:00Z") +
                    ", {consent: withdrawn, data: personal, at: 2026-02-01T00:00:00Z}, " +
                    given("wardrobe", "any", "any", "at: 2026-03-01T00:00:00Z") + "]");
  BOOST_TEST(!story.stands(0, "wardrobe", "advice", "shop"));
  BOOST_TEST(!story.stands(1, "wardrobe", "advice", "shop"));
  BOOST_TEST(story.stands(2, "wardrobe", "advice", "shop"));
  BOOST_TEST(!story.stands(2, "purchases", "advice", "shop"));
  BOOST_TEST(story.within(1, 0));
  BOOST_TEST(!story.within(0, 1));
  BOOST_TEST(story.within(2, 1));
  BOOST_TEST(story.within(2, 2));
}

BOOST_AUTO_TEST_CASE(every_no_has_to_be_overcome_by_one_and_the_same_grant) {
  const Story story(
      "[{consent: refused, data: wardrobe, at: 2026-01-01T00:00:00Z},"
      " {consent: refused, partner: shop, at: 2026-01-02T00:00:00Z}, " +
      given("wardrobe", "any", "any", "at: 2026-02-01T00:00:00Z") + ", " +
      given("any", "any", "shop", "at: 2026-02-01T00:00:00Z") + "]");
  BOOST_TEST(!story.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(story.consent("wardrobe", "advice", "dhl"));
  BOOST_TEST(story.consent("purchases", "advice", "shop"));
  const Story both(
      "[{consent: refused, data: wardrobe, at: 2026-01-01T00:00:00Z},"
      " {consent: refused, partner: shop, at: 2026-01-02T00:00:00Z}, " +
      given("wardrobe", "any", "shop", "at: 2026-02-01T00:00:00Z") + "]");
  BOOST_TEST(both.consent("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(what_was_withdrawn_stays_withdrawn) {
  // The grant that overcame the no expires; the no is what is left.
  const std::string events =
      "[" + given("any", "any", "any", "at: 2026-01-01T00:00:00Z") +
      ", {consent: withdrawn, data: wardrobe, at: 2026-02-01T00:00:00Z}, " +
      given("wardrobe", "any", "any", "at: 2026-03-01T00:00:00Z, expires: 2026-04-01T00:00:00Z") + "]";
  BOOST_TEST(Story(events, "2026-03-31T00:00:00Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(events, "2026-04-01T00:00:00Z").consent("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(events, "2026-04-01T00:00:00Z").objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(events, "2026-04-01T00:00:00Z").consent("purchases", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(one_and_the_same_grant_must_meet_the_whole_test) {
  const Story story("[" + given("any", "any", "any", "explicit: true, at: 2026-01-01T00:00:00Z") + ", " +
                    given("any", "any", "any", "under: {notice: hint, version: 2}, at: 2026-05-02T12:00:00Z") + "]");
  const auto holds = [&](const ConsentTest& test) { return story.consent("wardrobe", "advice", "shop", test); };
  const Duration days30{30 * seconds_per_day};
  ConsentTest test;
  BOOST_TEST(holds(test));
  test.explicit_ = true;
  BOOST_TEST(holds(test));
  test.within = days30;
  BOOST_TEST(!holds(test));
  test.explicit_ = false;
  BOOST_TEST(holds(test));
  BOOST_TEST(holds(story.under("hint", 1)));
  BOOST_TEST(holds(story.under("hint", 2)));
  BOOST_TEST(!holds(story.under("hint", 3)));
  BOOST_TEST(!holds(story.under("other", 1)));
  test = story.under("hint", 2);
  test.explicit_ = true;
  BOOST_TEST(!holds(test));
}

BOOST_AUTO_TEST_CASE(within_counts_to_the_microsecond) {
  const std::string events = "[" + given("any", "any", "any", "at: 2026-05-02T12:00:00Z") + "]";
  ConsentTest test;
  test.within = Duration{30 * seconds_per_day};
  BOOST_TEST(Story(events, "2026-06-01T12:00:00Z").consent("wardrobe", "advice", "shop", test));
  BOOST_TEST(!Story(events, "2026-06-01T12:00:00.000001Z").consent("wardrobe", "advice", "shop", test));
  // Longer than all time.
  test.within = Duration{INT64_MAX};
  BOOST_TEST(Story(events).consent("wardrobe", "advice", "shop", test));
}

BOOST_AUTO_TEST_CASE(a_no_counts_as_objection_until_a_grant_within_it_stands) {
  const std::string no = "{consent: refused, data: personal, at: 2026-01-01T00:00:00Z}";
  BOOST_TEST(Story("[" + no + "]").objection("wardrobe", "advice", "shop"));
  const Story granted("[" + no + ", " + given("wardrobe", "any", "any", "at: 2026-02-01T00:00:00Z") + "]");
  BOOST_TEST(!granted.objection("wardrobe", "advice", "shop"));
  BOOST_TEST(granted.objection("purchases", "advice", "shop"));
  // Withdrawing an objection does not undo a no.
  const Story cleared("[" + no + ", {objection: withdrawn, at: 2026-02-01T00:00:00Z}]");
  BOOST_TEST(cleared.objection("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(an_objection_is_undone_by_its_withdrawal_or_by_a_grant_within_it) {
  const std::string raised = "[{objection: raised, data: personal, purpose: advice, at: 2026-01-01T00:00:00Z}";
  BOOST_TEST(Story(raised + "]").objection("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(raised + "]").objection("wardrobe", "delivery", "shop"));
  // The same, or a wider withdrawal, strictly later.
  BOOST_TEST(
      !Story(raised + ", {objection: withdrawn, data: personal, purpose: advice, at: 2026-01-01T00:00:00.000001Z}]")
           .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(!Story(raised + ", {objection: withdrawn, purpose: service, at: 2026-02-01T00:00:00Z}]")
                  .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(
      Story(raised + ", {objection: withdrawn, at: 2026-01-01T00:00:00Z}]").objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(raised + ", {objection: withdrawn, data: wardrobe, purpose: advice, at: 2026-02-01T00:00:00Z}]")
                 .objection("wardrobe", "advice", "shop"));
  // A grant has to lie within it, and to stand.
  BOOST_TEST(!Story(raised + ", " + given("wardrobe", "advice", "shop", "at: 2026-02-01T00:00:00Z") + "]")
                  .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(raised + ", " + given("any", "any", "any", "at: 2026-02-01T00:00:00Z") + "]")
                 .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(raised + ", " + given("wardrobe", "advice", "shop", "at: 2026-01-01T00:00:00Z") + "]")
                 .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(raised + ", " + given("wardrobe", "advice", "shop", "at: 2026-02-01T00:00:00Z") +
                   ", {consent: withdrawn, data: wardrobe, at: 2026-03-01T00:00:00Z}]")
                 .objection("wardrobe", "advice", "shop"));
  BOOST_TEST(Story(raised + ", " +
                   given("wardrobe", "advice", "shop", "at: 2026-02-01T00:00:00Z, expires: 2026-03-01T00:00:00Z") + "]")
                 .objection("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(an_objection_leaves_consents_standing) {
  const Story story("[" + given("any", "any", "any", "at: 2026-01-01T00:00:00Z") +
                    ", {objection: raised, at: 2026-02-01T00:00:00Z}]");
  BOOST_TEST(story.consent("wardrobe", "advice", "shop"));
  BOOST_TEST(story.objection("wardrobe", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(a_second_objection_is_undone_on_its_own) {
  const Story story(
      "[{objection: raised, at: 2026-01-01T00:00:00Z}, {objection: withdrawn, at: 2026-02-01T00:00:00Z},"
      " {objection: raised, data: wardrobe, at: 2026-03-01T00:00:00Z}]");
  BOOST_TEST(story.objection("wardrobe", "advice", "shop"));
  BOOST_TEST(!story.objection("purchases", "advice", "shop"));
}

BOOST_AUTO_TEST_CASE(a_notice_is_shown_in_that_version_or_later) {
  const std::string events =
      "[{notice: hint, version: 2, at: 2026-01-01T00:00:00Z}, " +
      given("any", "any", "any", "under: {notice: other, version: 1}, at: 2026-01-01T00:00:00Z") + "]";
  const Story story(events);
  BOOST_TEST(story.shown("hint", 1));
  BOOST_TEST(story.shown("hint", 2));
  BOOST_TEST(!story.shown("hint", 3));
  // A consent given under a notice shows none.
  BOOST_TEST(!story.shown("other", 1));
  BOOST_TEST(!Story(events, "2025-12-31T23:59:59.999999Z").shown("hint", 1));
}

BOOST_AUTO_TEST_CASE(the_example_of_the_reference) {
  const Model model = model_of(reference_vocabulary);
  const Ledger events = ledger_of(model, R"(
- {consent: given, data: [wardrobe, body-measurements], purpose: recommendation, partner: shop,
   explicit: true, under: {notice: fit-advice, version: 2}, at: 2026-02-01T10:00:00Z, expires: 2027-02-01T00:00:00Z}
- {consent: withdrawn, data: wardrobe, at: 2026-03-01T09:30:00Z}
- {objection: raised, purpose: advertising, at: 2026-03-02T00:00:00Z}
- {notice: fit-advice, version: 2, at: 2026-02-01T09:59:00Z}
)");
  BOOST_TEST_REQUIRE(events.size() == 5);
  const ConsentTest plain;
  const ConsentTest advice{
      .explicit_ = true, .within = Duration{30 * seconds_per_day}, .under = NoticeId{0}, .version = 2};
  const auto consent = [&](const ConsentTest& test, const char* data, const char* now) {
    return LedgerView{model.vocabulary, events, time_of(now)}.consent(test,
                                                                      point_of(model, data, "recommendation", "shop"));
  };
  BOOST_TEST(consent(plain, "wardrobe", "2026-02-15T00:00:00Z"));
  BOOST_TEST(consent(advice, "wardrobe", "2026-02-15T00:00:00Z"));
  BOOST_TEST(!consent(plain, "wardrobe", "2026-03-01T09:30:00Z"));
  BOOST_TEST(consent(plain, "body-measurements", "2026-03-10T00:00:00Z"));
  BOOST_TEST(!consent(advice, "body-measurements", "2026-03-10T00:00:00Z"));
  BOOST_TEST(!consent(plain, "body-measurements", "2027-02-01T00:00:00Z"));
  const LedgerView march{model.vocabulary, events, time_of("2026-03-10T00:00:00Z")};
  BOOST_TEST(march.objection(point_of(model, "purchases", "advertising", "dhl")));
  BOOST_TEST(march.objection(point_of(model, "wardrobe", "delivery", "dhl")));
  BOOST_TEST(!march.objection(point_of(model, "purchases", "delivery", "dhl")));
  BOOST_TEST(march.shown({0, 2}));
}

BOOST_AUTO_TEST_CASE(a_long_ledger_is_answered_in_no_time) {
  const Model model = model_of(vocabulary);
  Ledger events;
  Event event;
  for (std::int64_t i = 0; i < 1'000'000; ++i) {
    event.kind = static_cast<Event::Kind>(i % 4);
    event.at = Time{i};
    event.scope = {static_cast<NodeId>(i % 7), any_node, any_node};
    events.push_back(event);
  }
  const LedgerView view{model.vocabulary, events, Time{2'000'000}};
  BOOST_TEST(!view.consent({}, point_of(model, "wardrobe", "advice", "shop")));
  BOOST_TEST(view.objection(point_of(model, "wardrobe", "advice", "shop")));
}

BOOST_AUTO_TEST_SUITE_END()
