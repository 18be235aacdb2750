#include <boost/test/unit_test.hpp>

#include "vocabulary_setup.hpp"

using zweck::test::errors;

BOOST_AUTO_TEST_SUITE(vocabulary_errors)

BOOST_AUTO_TEST_CASE(sections_and_their_form) {
  BOOST_TEST(errors(R"(
data: {}
purpose: {}
policies: {}
)") == R"(
v:2:1: unknown key `purpose` [unknown-name]; did you mean `purposes`?
v:3:1: unknown key `policies` [unknown-name]; the keys are `data`, `purposes`, `partners`, `taxonomies`, `attributes`, `facts`, `notices`, `obligations`
)");
  BOOST_TEST(errors(R"(- a
)") == R"(
v:1:1: a vocabulary takes a map, not a list [invalid-vocabulary]
)");
  BOOST_TEST(errors(R"(hello
)") == R"(
v:1:1: a vocabulary takes a map, not `hello` [invalid-vocabulary]
)");
  BOOST_TEST(errors(R"(null
)") == R"(
v:1:1: a vocabulary takes a map, not `null` [invalid-vocabulary]; write `{}` if there is nothing in it
)");
  BOOST_TEST(errors(R"(
data:
purposes: {}
)") == R"(
v:1:1: `data` has no value [invalid-vocabulary]; write `{}` if there is nothing in it
)");
  BOOST_TEST(errors(R"(data: ~
)") == R"(
v:1:7: `data` takes a map, not `~` [invalid-vocabulary]; write `{}` if there is nothing in it
)");
  BOOST_TEST(errors(R"(data: [a, b]
)") == R"(
v:1:7: `data` takes a map, not a list [invalid-vocabulary]
)");
}

BOOST_AUTO_TEST_CASE(nodes_and_their_keys) {
  BOOST_TEST(errors(R"(
data:
  personal: {}
  address: personal
)") == R"(
v:3:12: data node `address` takes keys, not `personal` [invalid-vocabulary]; write `{in: personal}` for a parent
)");
  BOOST_TEST(errors(R"(
data:
  a: null
  b: ~
  c:
  d: {}
)") == R"(
v:2:6: data node `a` takes keys, not `null` [invalid-vocabulary]; write `{}` if there is nothing to say
v:3:6: data node `b` takes keys, not `~` [invalid-vocabulary]; write `{}` if there is nothing to say
)");
  BOOST_TEST(errors(R"(
data:
  a: [b]
)") == R"(
v:2:6: data node `a` takes keys, not a list [invalid-vocabulary]; write `{}` if there is nothing to say
)");
  BOOST_TEST(errors(R"(
data:
  a: {seperate: true}
  b: {first-party: true}
partners:
  p: {derived-from: a, special: true, frist-party: true}
)") == R"(
v:2:7: unknown key `seperate` [unknown-name]; did you mean `separate`?
v:3:7: unknown key `first-party` [unknown-name]; only partners have `first-party`
v:5:7: unknown key `derived-from` [unknown-name]; only data nodes have `derived-from`
v:5:24: unknown key `special` [unknown-name]; only data nodes have `special`
v:5:39: unknown key `frist-party` [unknown-name]; did you mean `first-party`?
)");
  BOOST_TEST(errors(R"(
data:
  a: {completely-else: true}
)") == R"(
v:2:7: unknown key `completely-else` [unknown-name]; the keys are `in`, `label`, `description`, `deprecated`, `separate`, `since`, `derived-from`, `special`, `volunteered`; one of your own is declared under `attributes`
)");
  BOOST_TEST(errors(R"(
taxonomies:
  region:
    a: {separate: true, special: true, since: 2026-01-01, derived-from: a, label: A}
)") == R"(
v:3:9: unknown key `separate` [unknown-name]; only data nodes, purposes and partners have `separate`
v:3:25: unknown key `special` [unknown-name]; only data nodes have `special`
v:3:40: unknown key `since` [unknown-name]; only data nodes, purposes and partners have `since`
v:3:59: unknown key `derived-from` [unknown-name]; only data nodes have `derived-from`
)");
}

BOOST_AUTO_TEST_CASE(parents) {
  BOOST_TEST(errors(R"(
data:
  personal: {}
  a: {in: persnal}
  b: {in: [personal, nothing-like-it]}
purposes:
  c: {in: personal}
)") == R"(
v:3:11: there is no data node `persnal` [unknown-name]; did you mean `personal`?
v:4:22: there is no data node `nothing-like-it` [unknown-name]
v:6:11: there is no purpose `personal` [unknown-name]; `personal` is a data node
)");
  BOOST_TEST(errors(R"(
data:
  a: {in: []}
  b: {in: [a, a]}
  c: {in: {a: b}}
  d: {in: null}
  e: {in: }
  f: {in: [[a]]}
)") == R"(
v:2:11: `in` is an empty list [invalid-vocabulary]; leave the key out
v:3:15: `a` stands here twice [duplicate-name]
v:4:11: `in` takes a name or a list of names, not a map [type-mismatch]
v:5:11: `in` takes a name or a list of names, not `null` [type-mismatch]
v:6:7: `in` has no value [type-mismatch]
v:7:12: `in` takes a name or a list of names, not a list [type-mismatch]
)");
}

BOOST_AUTO_TEST_CASE(cycles_spelled_out) {
  BOOST_TEST(errors(R"(
data:
  a: {in: a}
)") == R"(
v:2:11: data node `a` is in itself [cyclic-hierarchy]; leave this parent out
)");
  BOOST_TEST(errors(R"(
data:
  a: {in: b}
  b: {in: [x, c]}
  c: {in: a}
  x: {}
)") == R"(
v:2:11: a cycle: `a` in `b` in `c` in `a` [cyclic-hierarchy]; one of these parents must go
)");
  BOOST_TEST(errors(R"(
data:
  a: {in: b}
  b: {in: a}
purposes:
  p: {in: q}
  q: {in: p}
)") == R"(
v:2:11: a cycle: `a` in `b` in `a` [cyclic-hierarchy]; one of these parents must go
v:5:11: a cycle: `p` in `q` in `p` [cyclic-hierarchy]; one of these parents must go
)");
}

BOOST_AUTO_TEST_CASE(leaves_among_their_own_sources) {
  BOOST_TEST(errors(R"(
data:
  a: {derived-from: a}
)") == R"(
v:2:21: `a` is among its own sources: `a` derived from `a` [cyclic-hierarchy]; a source must not lead back to what is derived from it
)");
  BOOST_TEST(errors(R"(
data:
  all: {}
  a: {in: all, derived-from: all}
  b: {in: all}
)") == R"(
v:3:30: `a` is among its own sources: `a` derived from `all` above `a` [cyclic-hierarchy]; a source must not lead back to what is derived from it
)");
  BOOST_TEST(errors(R"(
data:
  g: {derived-from: h}
  x: {in: g}
  h: {}
  y: {in: h, derived-from: k}
  k: {}
  z: {in: k, derived-from: x}
)") == R"(
v:2:21: `x` is among its own sources: `x` in `g` derived from `h` above `y` derived from `k` above `z` derived from `x` [cyclic-hierarchy]; a source must not lead back to what is derived from it
)");
  BOOST_TEST(errors(R"(
data:
  wardrobe: {}
  a: {derived-from: [wardrobes]}
)") == R"(
v:3:22: there is no data node `wardrobes` [unknown-name]; did you mean `wardrobe`?
)");
}

BOOST_AUTO_TEST_CASE(values_of_keys) {
  BOOST_TEST(errors(R"(
data:
  a: {separate: yes}
  b: {special: "true"}
  c: {volunteered: True}
  d: {separate: 1}
  e: {special: null}
  f: {special: }
)") == R"(
v:2:17: `separate` takes `true` or `false`, not `yes` [type-mismatch]
v:3:16: `special` takes `true` or `false`, not the text `true` [type-mismatch]; write it without quotes
v:4:20: `volunteered` takes `true` or `false`, not `True` [type-mismatch]
v:5:17: `separate` takes `true` or `false`, not `1` [type-mismatch]
v:6:16: `special` takes one value, not `null` [type-mismatch]; it is `bool`
v:7:7: `special` has no value [type-mismatch]; it is `bool`
)");
  BOOST_TEST(errors(R"(
partners:
  a: {since: 2026-02-30}
  b: {since: 2026}
  c: {since: [2026-01-01]}
  d: {since: 2026-01-01}
)") == R"(
v:2:14: `since` takes a date, not `2026-02-30` [type-mismatch]; write a day that exists, such as `2026-06-01`
v:3:14: `since` takes a date, not `2026` [type-mismatch]; write a day that exists, such as `2026-06-01`
v:4:14: `since` takes a date, not a list [type-mismatch]; write a day that exists, such as `2026-06-01`
)");
  BOOST_TEST(errors(R"(
data:
  a: {deprecated: true}
  b: {deprecated: use c}
  c: {deprecated: no}
  d: {deprecated: [x]}
  e: {deprecated: "no"}
)") == R"(
v:4:19: `deprecated` takes `true`, `false` or a text, not `no` [type-mismatch]; put it in quotes if it is meant as text
v:5:19: `deprecated` takes a text, not a list [type-mismatch]
)");
  BOOST_TEST(errors(R"(
data:
  a: {label: [x]}
  b: {label: {english: E, de: {x: y}, "1x": y, pt-BR: ok, no: norsk}}
  c: {label: }
  d: {label: 5}
  e: {description: ~}
)") == R"(
v:2:14: `label` takes a text, or a map from language to text, not a list [type-mismatch]
v:3:31: `label` in `de` takes a text, not a map [type-mismatch]
v:3:39: `1x` is no language [invalid-vocabulary]; write a tag such as `de` or `pt-BR`
v:4:7: `label` has no value [type-mismatch]
v:6:20: `description` takes a text, or a map from language to text, not `~` [type-mismatch]
)");
}

BOOST_AUTO_TEST_CASE(names_that_cannot_be) {
  BOOST_TEST(errors(R"(
data:
  any: {}
  "": {}
  "a\tb": {}
  "x​y": {}
  "Acme & Söhne": {}
  "trailing-": {}
)") == R"(
v:2:3: `any` is nobody's name [invalid-vocabulary]; in rules it stands for everything; choose another name
v:3:3: an empty name [invalid-vocabulary]
v:4:3: a name with the control character U+0009 [invalid-text]; take it out
v:5:3: a name with the invisible character U+200B [invalid-text]; take it out
)");
  BOOST_TEST(errors(R"(
taxonomies:
  string: {a: {}}
  data: {a: {}}
  any: {a: {}}
  region:
)") == R"(
v:2:3: a taxonomy cannot be called `string` [invalid-vocabulary]; this word has a meaning in types
v:3:3: a taxonomy cannot be called `data` [invalid-vocabulary]; this word has a meaning in types
v:4:3: `any` is nobody's name [invalid-vocabulary]; in rules it stands for everything; choose another name
v:5:3: `region` has no value [invalid-vocabulary]; write `{}` if there is nothing in it
)");
}

BOOST_AUTO_TEST_CASE(notices_and_obligations) {
  BOOST_TEST(errors(R"(
notices:
  a: {}
  b: {version: 0}
  c: {version: 1.5}
  d: {version: "1"}
  e: 3
  f: {version: 1, lable: x, url: [y]}
  g:
  h: {version: 1, label: L, url: https://x.example/}
)") == R"(
v:2:3: notice `a` has no `version` [invalid-vocabulary]; write `version: 1`
v:3:16: `version` takes an integer from 1, not `0` [type-mismatch]
v:4:16: `version` takes an integer from 1, not `1.5` [type-mismatch]
v:5:16: `version` takes an integer from 1, not the text `1` [type-mismatch]
v:6:6: notice `e` takes keys, not `3` [invalid-vocabulary]; write `{version: 1}`
v:7:19: unknown key `lable` [unknown-name]; did you mean `label`?
v:7:34: `url` takes a text, not a list [type-mismatch]
v:8:3: notice `g` has no value [invalid-vocabulary]; write `{version: 1}`
)");
  BOOST_TEST(errors(R"(obligations: [a, a, [b], {c: d}, null, any]
)") == R"(
v:1:18: obligation `a` is defined twice [duplicate-name]; give one of the two another name
v:1:21: an obligation is a name, not a list [type-mismatch]
v:1:26: an obligation is a name, not a map [type-mismatch]
v:1:34: an obligation is a name, not `null` [type-mismatch]
v:1:40: `any` is nobody's name [invalid-vocabulary]; in rules it stands for everything; choose another name
)");
  BOOST_TEST(errors(R"(obligations: {a: {}}
)") == R"(
v:1:14: `obligations` takes a list, not a map [invalid-vocabulary]; write `[log, pseudonymise]`
)");
}

BOOST_AUTO_TEST_SUITE_END()
