#include <boost/test/unit_test.hpp>

#include "import/csv.hpp"
#include "setup.hpp"

using namespace zweck;
using namespace zweck::test;

namespace {

const std::string columns = "term,type,iri,label,definition,subclassof,hasbroader,scopenote,status,vocab,created\n";

std::string term(const std::string& name, const std::string& broader, const std::string& rest = ",,,,") {
  return name + ",class,https://w3id.org/dpv#" + name + ",L " + name + ",\"D, \"\"" + name + "\"\"\"," + broader + "," +
         broader + rest + "\n";
}

std::string table(const std::string& text) {
  const auto table = import::read_csv(sources_of({{"f.csv", text}}), 0);
  if (!table) return render(table.diagnostics());
  std::string all;
  for (const std::string& column : table->columns) all += "<" + column + ">";
  for (const import::Row& row : table->rows) {
    all += "|";
    for (const std::string& field : row.fields) all += "<" + field + ">";
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(fields_and_rows) {
  BOOST_TEST(table("a,b\n1,2\n") == "<a><b>|<1><2>");
  BOOST_TEST(table("a,b\r\n1,\r\n,2") == "<a><b>|<1><>|<><2>");
  BOOST_TEST(table("a\n\"x, \"\"y\"\"\nz\"\n\"\"\n") == "<a>|<x, \"y\"\nz>|<>");
  BOOST_TEST(table("\xEF\xBB\xBF"
                   "a\n") == "<a>");
  BOOST_TEST(table("a\n\n") == "<a>|<>");
}

BOOST_AUTO_TEST_CASE(what_is_no_table) {
  BOOST_TEST(table("a,b\n1\n") ==
             "f.csv:2:1: error: a row of 1 fields, where the first has 2 [invalid-import]\n"
             "  2 | 1\n"
             "    | ^\n");
  BOOST_TEST(table("a\n\"x\n") ==
             "f.csv:2:1: error: quotes that are not closed [invalid-import]\n"
             "  2 | \"x\n"
             "    | ^\n");
  BOOST_TEST(table("a\n\"x\"y\n") ==
             "f.csv:2:4: error: text behind closing quotes [invalid-import]\n"
             "  2 | \"x\"y\n"
             "    |    ^\n"
             "  help: put a comma before it\n");
  BOOST_TEST(table("a\nx\"y\"\n") ==
             "f.csv:2:2: error: quotes within a field that has none around it [invalid-import]\n"
             "  2 | x\"y\"\n"
             "    |  ^\n"
             "  help: double them, and put quotes around the field\n");
  BOOST_TEST(table("") == "f.csv: error: nothing stands in it [invalid-import]\n");
  BOOST_TEST(table("a\n\xFF").starts_with("f.csv:2:1: error: this is no UTF-8"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(dpv)

BOOST_AUTO_TEST_CASE(terms_go_where_what_is_above_them_belongs) {
  BOOST_TEST(
      imported(
          import_dpv,
          {{"a.csv",
            columns + term("Health", "https://w3id.org/dpv#SpecialCategoryPersonalData;https://w3id.org/dpv#Body") +
                term("Body", "https://w3id.org/dpv#PersonalData") +
                term("Scan", "https://w3id.org/dpv#Health; https://w3id.org/dpv#Body", ",See note,deprecated,,")},
           {"b.csv", columns + term("Purpose", "") + term("Ads", "https://w3id.org/dpv#Purpose") +
                         term("Recipient", "https://w3id.org/dpv#LegalEntity") +
                         term("Collect", "https://w3id.org/dpv#Processing") +
                         term("Contract", "https://w3id.org/dpv#LegalBasis") + term("Sector", "") +
                         "hasPurpose,property,https://w3id.org/dpv#hasPurpose,,,,,,,,\n"}}) ==
      "# Made from the Data Privacy Vocabulary by `zweck import dpv`.\n"
      "data:\n"
      "  Body:\n"
      "    label: {en: \"L Body\"}\n"
      "    description: {en: \"D, \\\"Body\\\"\"}\n"
      "  Health:\n"
      "    in: Body\n"
      "    special: true\n"
      "    label: {en: \"L Health\"}\n"
      "    description: {en: \"D, \\\"Health\\\"\"}\n"
      "  Scan:\n"
      "    in: [Body, Health]\n"
      "    label: {en: \"L Scan\"}\n"
      "    description: {en: \"D, \\\"Scan\\\"\\n\\nSee note\"}\n"
      "    deprecated: true\n"
      "purposes:\n"
      "  Ads:\n"
      "    in: Purpose\n"
      "    label: {en: \"L Ads\"}\n"
      "    description: {en: \"D, \\\"Ads\\\"\"}\n"
      "  Purpose:\n"
      "    label: {en: \"L Purpose\"}\n"
      "    description: {en: \"D, \\\"Purpose\\\"\"}\n"
      "partners:\n"
      "  Recipient:\n"
      "    label: {en: \"L Recipient\"}\n"
      "    description: {en: \"D, \\\"Recipient\\\"\"}\n"
      "--\n"
      "the addresses (IRI) of terms are left out: their names are the ends of them\n"
      "entities have become partners by their roles; the firms that have these roles are yours to add\n"
      "`LegalEntity` is in none of the files: what is below it has no such parent (1: `Recipient`)\n"
      "`PersonalData` is in none of the files: what is below it has no such parent (1: `Body`)\n"
      "`SpecialCategoryPersonalData` is in none of the files: what is below it has no such parent (1: `Health`)\n"
      "columns that have no place in a vocabulary are left out (1: `created`)\n"
      "kinds of processing are left out: a request asks for a purpose (1: `Collect`)\n"
      "legal bases are left out: a rule names its own by `basis` (1: `Contract`)\n"
      "relations between things are left out: a vocabulary has none (1: `hasPurpose`)\n"
      "terms that are neither data nor purposes nor entities are left out (1: `Sector`)\n");
}

BOOST_AUTO_TEST_CASE(one_name_in_two_vocabularies) {
  const std::string text =
      imported(import_dpv, {{"a.csv", columns + "Track,class,https://x/a#Track,,,,https://w3id.org/dpv#Purpose,,,a,\n"
                                                "Track,class,https://x/b#Track,,,,https://x/a#Track,,,b,\n"}});
  BOOST_TEST(text.find("  a.Track: {}\n  b.Track:\n    in: a.Track\n") != std::string::npos, text);
  BOOST_TEST(text.find("terms of one name have the name of their vocabulary in front (2: `a.Track`, `b.Track`)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(parents_that_cannot_be_kept) {
  const std::string text = imported(
      import_dpv, {{"a.csv", columns + term("Purpose", "") + term("Data", "") +
                                 term("Both", "https://w3id.org/dpv#Purpose;https://w3id.org/dpv#Data") +
                                 "Sub,class,https://x#Sub,,,https://x#Other,https://w3id.org/dpv#Purpose,,,,\n"}});
  BOOST_TEST(text.find("parents of another kind are left out (1: `Both`)") != std::string::npos, text);
  BOOST_TEST(text.find("what is a subclass of more than its broader terms is not below the others (1: `Sub`)") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_type_of_a_term_counts_before_what_is_above_it) {
  const std::string text =
      imported(import_dpv, {{"a.csv",
                             "term,type,iri,label,definition,hasbroader,dpvtype\n"
                             "Duty,class,https://x#Duty,,,https://w3id.org/dpv#LegalBasis,\n"
                             "Rights,class,https://x#Rights,,,https://x#Duty,https://w3id.org/dpv#Purpose\n"}});
  BOOST_TEST(text.find("purposes:\n  Rights: {}\n") != std::string::npos, text);
  BOOST_TEST(text.find("parents of another kind are left out (1: `Rights`)") != std::string::npos, text);
}

BOOST_AUTO_TEST_CASE(what_is_not_dpv) {
  BOOST_TEST(refused(import_dpv, {{"a.csv", "term,type\n"}}) ==
             "a.csv: error: a column `iri` is missing [invalid-import]\n"
             "  help: tables of the Data Privacy Vocabulary have it\n");
  BOOST_TEST(refused(import_dpv, {{"a.csv", columns + ",class,,,,,,,,,\n"}})
                 .starts_with("a.csv:2:1: error: a term without `term` or `iri`"));
  BOOST_TEST(refused(import_dpv, {{"a.csv", columns + term("A", "") + term("A", "")}}) ==
             "a.csv:3:1: error: the term `https://w3id.org/dpv#A` is there twice [invalid-import]\n"
             "  3 | A,class,https://w3id.org/dpv#A,L A,\"D, \"\"A\"\"\",,,,,,\n"
             "    | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
             "a.csv:2:1: note: it is here first\n"
             "  2 | A,class,https://w3id.org/dpv#A,L A,\"D, \"\"A\"\"\",,,,,,\n"
             "    | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n");
  BOOST_TEST(refused(import_dpv, {{"a.csv", columns + term("A", "https://w3id.org/dpv#B") +
                                                term("B", "https://w3id.org/dpv#A;https://w3id.org/dpv#Purpose")}})
                 .find("a cycle: `A` in `B` in `A`") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_real_files) {
  auto files = real_files({"dpv/core.csv", "dpv/entities_legalrole.csv", "dpv/extended.csv", "dpv/legal_basis.csv",
                           "dpv/personal_data.csv", "dpv/processing.csv", "dpv/purposes.csv"});
  if (files.empty()) return;
  const auto result = import_dpv(sources_of(std::move(files)));
  BOOST_REQUIRE(result);
  const Vocabulary v = vocabulary_of(*result);
  BOOST_TEST(v.taxonomies[0].nodes.size() == 265);
  BOOST_TEST(v.taxonomies[1].nodes.size() == 122);  // 123 classes, less Sector
  BOOST_TEST(v.taxonomies[2].nodes.size() == 11);
  BOOST_TEST(is_special(v, *v.taxonomies[0].find("MedicalHealth")));
  BOOST_TEST(!is_special(v, *v.taxonomies[0].find("Accent")));
  const Taxonomy& purposes = v.taxonomies[1];
  BOOST_TEST(purposes.nodes[*purposes.find("PersonalisedAdvertising")].parents.size() == 2);
  BOOST_TEST(has_remark(*result, "legal bases are left out"));
}

BOOST_AUTO_TEST_SUITE_END()
