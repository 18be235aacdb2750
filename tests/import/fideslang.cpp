#include <boost/test/unit_test.hpp>

#include "setup.hpp"

using namespace zweck;
using namespace zweck::test;

BOOST_AUTO_TEST_SUITE(fideslang)

BOOST_AUTO_TEST_CASE(keys_parents_labels_and_what_is_left_out) {
  BOOST_TEST(
      imported(import_fideslang,
               {{"uses.yml",
                 "data_use:\n"
                 "- fides_key: essential\n"
                 "  name: Essential\n"
                 "  parent_key: null\n"
                 "  tags: null\n"},
                {"categories.yml",
                 "data_category:\n"
                 "- {fides_key: user.contact, name: 'Contact \"data\"', parent_key: user, is_default: true}\n"
                 "- {fides_key: user, description: \"What people are\", version_added: 2.0.0}\n"
                 "- {fides_key: user.old, parent_key: user, version_deprecated: 2.1.0, replaced_by: user.contact}\n"
                 "- {fides_key: user.older, replaced_by: user, is_default: true}\n"},
                {"subjects.yml",
                 "data_subject:\n"
                 "- {fides_key: customer, name: Customer, rights: {values: [Access]}}\n"
                 "organization: []\n"}}) ==
      "# Made from fideslang by `zweck import fideslang`.\n"
      "data:\n"
      "  user:\n"
      "    description: {en: \"What people are\"}\n"
      "  user.contact:\n"
      "    in: user\n"
      "    label: {en: \"Contact \\\"data\\\"\"}\n"
      "  user.old:\n"
      "    in: user\n"
      "    deprecated: \"deprecated in version 2.1.0; use `user.contact`\"\n"
      "  user.older:\n"
      "    deprecated: \"deprecated; use `user`\"\n"
      "purposes:\n"
      "  essential:\n"
      "    label: {en: \"Essential\"}\n"
      "taxonomies:\n"
      "  data-subject:\n"
      "    customer:\n"
      "      label: {en: \"Customer\"}\n"
      "facts:\n"
      "  data-subject: data-subject\n"
      "--\n"
      "`organization` of `subjects.yml` has no place in a vocabulary and is left out\n"
      "data subjects have become a taxonomy and a fact `data-subject`: the language has no place of its own for them\n"
      "fideslang does not say which data belongs to a special category (Art. 9 GDPR): no data node is `special` yet; "
      "look "
      "for biometric, health, genetic, political, religious and sexual data\n"
      "`is_default` has no place in a vocabulary and is left out (2: `user.contact`, `user.older`)\n"
      "`rights` has no place in a vocabulary and is left out (1: `customer`)\n"
      "`version_added` has no place in a vocabulary and is left out (1: `user`)\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_fideslang) {
  BOOST_TEST(refused(import_fideslang, {{"f", "- a\n"}}) ==
             "f: error: this is no file of fideslang [invalid-import]\n"
             "  help: it has a list under `data_category`, `data_use` or `data_subject`\n");
  BOOST_TEST(refused(import_fideslang, {{"f", "vendors: []\n"}}).starts_with("f: error: this is no file of fideslang"));
  BOOST_TEST(refused(import_fideslang, {{"f", "data_use:\n- {name: x}\n- [y]\n- {fides_key: [z]}\n"}}) ==
             "f:2:3: error: an entry without a `fides_key` [invalid-import]\n"
             "  2 | - {name: x}\n"
             "    |   ^~~~~~~~~\n"
             "\n"
             "f:3:3: error: an entry is a map with a `fides_key` [invalid-import]\n"
             "  3 | - [y]\n"
             "    |   ^~~\n"
             "\n"
             "f:4:15: error: `fides_key` is no text [invalid-import]\n"
             "  4 | - {fides_key: [z]}\n"
             "    |               ^~~\n"
             "\n"
             "f:4:3: error: an entry without a `fides_key` [invalid-import]\n"
             "  4 | - {fides_key: [z]}\n"
             "    |   ^~~~~~~~~~~~~~~~\n");
  BOOST_TEST(refused(import_fideslang, {{"f", "data_use: x"}}).starts_with("f:1:11: error: `data_use` is no list"));
  BOOST_TEST(refused(import_fideslang, {{"f", "a: &x b"}}).starts_with("f:1:4: error: the anchor `&x`"));
}

BOOST_AUTO_TEST_CASE(what_would_not_load_is_not_written) {
  BOOST_TEST(refused(import_fideslang,
                     {{"f", "data_use:\n- {fides_key: a, parent_key: b}\n- {fides_key: b, parent_key: a}\n"}}) ==
             "imported vocabulary:4:9: error: a cycle: `a` in `b` in `a` [cyclic-hierarchy]\n"
             "  4 |     in: b\n"
             "    |         ^\n"
             "  help: one of these parents must go\n");
}

BOOST_AUTO_TEST_CASE(the_real_files) {
  auto files = real_files({"fideslang/data_categories.yml", "fideslang/data_uses.yml", "fideslang/data_subjects.yml"});
  if (files.empty()) return;
  const auto result = import_fideslang(sources_of(std::move(files)));
  BOOST_REQUIRE(result);
  const Vocabulary v = vocabulary_of(*result);
  BOOST_TEST(v.taxonomies[0].nodes.size() == 85);
  BOOST_TEST(v.taxonomies[1].nodes.size() == 54);
  BOOST_TEST(v.taxonomies[3].nodes.size() == 15);
  BOOST_TEST(v.taxonomies[0].at_or_below(*v.taxonomies[0].find("user.contact.email"), *v.taxonomies[0].find("user")));
  BOOST_TEST(has_remark(*result, "fideslang does not say which data belongs to a special category"));
}

BOOST_AUTO_TEST_SUITE_END()
