#include <boost/test/unit_test.hpp>

#include "vocabulary_setup.hpp"

using zweck::test::errors;

BOOST_AUTO_TEST_SUITE(vocabulary_types)

BOOST_AUTO_TEST_CASE(types) {
  BOOST_TEST(errors(R"(
facts:
  a: boolean
  b: int 5..3
  c: int 0..
  d: int 010..20
  e: int 0-5
  f: one of a, b, a
  g: one of
  h: one of a,, b
  i: set of int
  j: set of set of string
  k: regon
  l: one of x y, z
  m: ""
  n: [bool]
  o:
  p: int 0..9223372036854775808
  q: one of "a" b
  r: set of
  s: one of "a\x", b
)") == R"(
v:2:6: there is no type `boolean` [unknown-name]; a type is `bool`, `int`, `int 0..150`, `string`, `date`, `duration`, `one of a, b`, a taxonomy, or `set of` one
v:3:10: there is no integer in `5..3` [type-mismatch]; write the smaller bound first
v:4:10: `0..` is no range of integers [syntax-error]; write `int 0..150`
v:5:10: `010` is no bound of an integer [syntax-error]; write `int 0..150`, without leading zeros, within 64 bits
v:6:10: `0-5` is no range of integers [syntax-error]; write `int 0..150`
v:7:19: `a` stands here twice [duplicate-name]
v:8:6: a value is missing [syntax-error]
v:9:6: a value is missing [syntax-error]
v:10:13: there are no sets of `int` [type-mismatch]; a set holds `string`, `one of …`, or nodes of a taxonomy
v:11:13: there are no sets of `set of string` [type-mismatch]; a set holds `string`, `one of …`, or nodes of a taxonomy
v:12:6: there is no type `regon` [unknown-name]; a type is `bool`, `int`, `int 0..150`, `string`, `date`, `duration`, `one of a, b`, a taxonomy, or `set of` one
v:13:13: `x y` is no name [syntax-error]; put it in quotes, or a comma between names
v:14:6: fact `m` takes a type, not the text `` [type-mismatch]; write a type such as `bool`, `int 0..150` or `one of a, b`, in quotes within `{ }`
v:15:6: fact `n` takes a type, not a list [type-mismatch]; write a type such as `bool`, `int 0..150` or `one of a, b`, in quotes within `{ }`
v:16:3: fact `o` has no value [type-mismatch]; write a type such as `bool`, `int 0..150` or `one of a, b`, in quotes within `{ }`
v:17:13: `9223372036854775808` is no bound of an integer [syntax-error]; write `int 0..150`, without leading zeros, within 64 bits
v:18:13: `"a" b` is no text in quotes [syntax-error]; write `\"` for a quote and `\\` for a backslash within it
v:19:6: fact `r` has no type [syntax-error]; a type is `bool`, `int`, `int 0..150`, `string`, `date`, `duration`, `one of a, b`, a taxonomy, or `set of` one
v:20:13: `"a\x"` is no text in quotes [syntax-error]; write `\"` for a quote and `\\` for a backslash within it
)");
  BOOST_TEST(errors(R"(
taxonomies: {region: {}}
facts: {r: region}
)") == R"(
v:2:12: `region` has no nodes, so fact `r` could have no value [type-mismatch]
)");
}

BOOST_AUTO_TEST_CASE(sets_of_sets_without_end) {
  std::string type;
  for (int i = 0; i < 140'000; ++i) type += "set of ";
  BOOST_TEST(errors("facts: {f: " + type + "string}").starts_with("\nv:1:19: there are no sets of `set of set of"));
}

BOOST_AUTO_TEST_CASE(defaults) {
  BOOST_TEST(errors(R"(
taxonomies: {region: {de: {}, us: {}}}
facts:
  a: bool = maybe
  b: int 0..5 = 6
  c: int = 07
  d: one of x, y = z
  e: region = du
  f: set of region = de
  g: set of region = {de, du}
  h: date = 2026-02-30
  i: duration = 3 fortnights
  j: string = two words
  k: bool =
  l: set of string = {a, }
  m: "bool = true"
  n: bool = "true"
)") == R"(
v:3:13: the default of fact `a` takes `true` or `false`, not `maybe` [type-mismatch]
v:4:17: the default of fact `b` takes `int 0..5`, not `6` [type-mismatch]
v:5:12: the default of fact `c` takes `int`, not `07` [type-mismatch]; write it without leading zeros
v:6:20: the default of fact `d` is never `z` [type-mismatch]; there are `x`, `y`
v:7:15: the default of fact `e`: there is no region `du` [unknown-name]; there are `de`, `us`
v:8:22: `de` is no set [syntax-error]; write `{}`, or `{a, b}`
v:9:27: the default of fact `g`: there is no region `du` [unknown-name]; there are `de`, `us`
v:10:13: the default of fact `h` takes `date`, not `2026-02-30` [type-mismatch]; write a day that exists, such as `2026-06-01`
v:11:17: the default of fact `i` takes `duration`, not `3 fortnights` [type-mismatch]; write a number and a unit, such as `30 days`
v:12:15: `two words` is no name [syntax-error]; put it in quotes, or a comma between names
v:13:6: a default is missing behind `=` [syntax-error]
v:14:6: a value is missing [syntax-error]
v:16:13: the default of fact `n` takes `true` or `false`, not the text `true` [type-mismatch]; write it without quotes
)");
}

BOOST_AUTO_TEST_CASE(attributes) {
  BOOST_TEST(errors(R"(
attributes:
  partners: {}
  data:
    label: string
    special: bool
    any: bool
    sensitivity: int 0..5 = 9
  partner: {since: date}
data:
  a: {sensitivity: 3}
)") == R"(
v:2:3: unknown key `partners` [unknown-name]; did you mean `partner`?
v:4:5: an attribute cannot be called `label` [invalid-vocabulary]; this key has a meaning of its own
v:5:5: an attribute cannot be called `special` [invalid-vocabulary]; this key has a meaning of its own
v:6:5: `any` is nobody's name [invalid-vocabulary]; in rules it stands for everything; choose another name
v:7:29: the default of attribute `sensitivity` takes `int 0..5`, not `9` [type-mismatch]
v:8:13: an attribute cannot be called `since` [invalid-vocabulary]; this key has a meaning of its own
)");
  BOOST_TEST(errors(R"(
taxonomies: {region: {eea: {}, germany: {in: eea}}}
attributes:
  partner:
    country: region
    size: int 0..9
    kind: one of big, small
    uses: set of purpose
    ok: bool
    day: date
    for: duration
    text: string
purposes: {ads: {}}
partners:
  a: {country: germny, size: 10, kind: bigg, uses: ads, ok: no, day: 2026-13-01, for: 1 fortnight, text: [x]}
  b: {country: [germany], size: 010, kind: 3, uses: {ads}, ok: "true", day: today, for: 30, text: null}
  c: {country: eea, size: "5", kind: big, uses: [ads, adds], ok: true, day: 2026-01-01, for: 30 days, text: no}
  d: {size: 99999999999999999999}
)") == R"(
v:14:16: `country`: there is no region `germny` [unknown-name]; did you mean `germany`?
v:14:30: `size` takes `int 0..9`, not `10` [type-mismatch]
v:14:40: `kind` is never `bigg` [type-mismatch]; did you mean `big`?
v:14:52: `uses` takes a list, not `ads` [type-mismatch]; write `[ads]`
v:14:61: `ok` takes `true` or `false`, not `no` [type-mismatch]
v:14:70: `day` takes `date`, not `2026-13-01` [type-mismatch]; write a day that exists, such as `2026-06-01`
v:14:87: `for` takes `duration`, not `1 fortnight` [type-mismatch]; write a number and a unit, such as `30 days`
v:14:106: `text` takes one value, not a list [type-mismatch]; it is `string`
v:15:16: `country` takes one value, not a list [type-mismatch]; it is `region`
v:15:33: `size` takes `int 0..9`, not `010` [type-mismatch]; write it without leading zeros
v:15:44: `kind` is never `3` [type-mismatch]; there are `big`, `small`
v:15:53: `uses` takes a list, not a map [type-mismatch]; write `[a, b]`
v:15:64: `ok` takes `true` or `false`, not the text `true` [type-mismatch]; write it without quotes
v:15:77: `day` takes `date`, not `today` [type-mismatch]; write a day that exists, such as `2026-06-01`
v:15:89: `for` takes `duration`, not `30` [type-mismatch]; write a number and a unit, such as `30 days`
v:15:99: `text` takes one value, not `null` [type-mismatch]; it is `string`
v:16:27: `size` takes `int 0..9`, not the text `5` [type-mismatch]; write it without quotes
v:16:55: `uses`: there is no purpose `adds` [unknown-name]; did you mean `ads`?
v:17:13: `size` takes `int 0..9`, not `99999999999999999999` [type-mismatch]; integers have 64 bits
)");
}

BOOST_AUTO_TEST_SUITE_END()
