"""The values of expressions: Terraform's own, or unknown by name."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.gaps import json_problem
from plainwork_core.hcl.read.references import Attributes, Nowhere, follow
from plainwork_core.hcl.syntax import parse, parse_value
from plainwork_core.model.values import JsonText, PartialMap, PartialString, Unknown, unknowns
from tests.policy.hcl_corpus import EXPRESSIONS, HEREDOCS, NO_VALUE
from tests.policy.hcl_oracle import named, outputs, rejected_outputs

ALL = [*EXPRESSIONS, *HEREDOCS.values()]


class Names(dict):
    """A scope with the values of the keys, in which any other name is unknown."""

    def __init__(self, *known):
        super().__init__(*known)
        self.budget = Budget()
        self.files = Files(None)

    def look_up(self, name, steps):
        return follow(self.get(name, Unknown(f"`{name}` is hidden", (name,))), steps)


def value(text, **known):
    return evaluate(parse(f"a = {text}\n").attributes[0].expression, Names(known))


@pytest.fixture(scope="module")
def terraforms(tmp_path_factory):
    return outputs(tmp_path_factory.mktemp("values"), named(ALL))


@pytest.mark.terraform
@pytest.mark.parametrize("index", range(len(ALL)), ids=[*EXPRESSIONS, *HEREDOCS])
def test_a_value_is_terraforms(terraforms, index):
    theirs, ours = terraforms[f"o{index}"], value(ALL[index])
    assert (ours, type(ours) is bool) == (theirs, type(theirs) is bool)


@pytest.mark.parametrize("text", NO_VALUE)
def test_what_terraform_rejects_has_no_value(text):
    assert "has no value" in value(text).reason


@pytest.mark.terraform
def test_terraform_rejects_it_too(tmp_path):
    names = {f"o{index}" for index in range(len(NO_VALUE))}
    assert rejected_outputs(tmp_path, named(NO_VALUE)) == names


def test_an_unknown_member_leaves_the_others_known():
    assert value('{ a = 1, b = [x, "${2}"] }') == {"a": 1, "b": [Unknown("`x` is hidden", ("x",)), 2]}


@pytest.mark.parametrize(
    "text", ["x + 1", "!x", "x == null", "x ? 1 : 2", "lower(x)", "[for v in x : v]", "x[*].a", "x.b"]
)
def test_what_is_made_of_an_unknown_is_unknown_by_its_name(text):
    assert value(text) == Unknown("`x` is hidden", ("x",))


def test_two_unknowns_are_both_named():
    assert value("x + y") == Unknown("`x` is hidden; `y` is hidden", ("x", "y"))


@pytest.mark.parametrize(
    ("text", "known"),
    [("false && x", False), ("x || true", True), ("true ? 1 : x", 1), ('true ? 0 : "a-${x}"', "0")],
)
def test_what_does_not_depend_on_an_unknown_is_known(text, known):
    assert value(text) == known


@pytest.mark.parametrize("name", ["merge", "concat", "values", "tolist", "reverse", "jsondecode"])
def test_functions_on_collections_keep_unknown_members(name):
    argument = {"merge": "{ a = x }", "values": "{ a = x }", "jsondecode": "jsonencode([x])"}.get(name, "[x]")
    found = value(f"{name}({argument})")
    assert (found["a"] if name == "merge" else found[0]) == Unknown("`x` is hidden", ("x",))


@pytest.mark.parametrize(
    "text", ["toset([x])", "distinct([x])", "contains([x], 1)", "try(x, 1)", "can(x)", "flatten([x])"]
)
def test_functions_that_look_at_members_are_unknown_with_one(text):
    assert value(text) == Unknown("`x` is hidden", ("x",))


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("timestamp", "it is the time of the apply"),
        ("core::uuid", "its result is random"),
        ("provider::aws::arn_parse", "the provider computes it; check a plan"),
        ("uper", "Terraform has no such function"),
    ],
)
def test_a_function_that_is_not_evaluated_says_why(name, reason):
    assert value(f'{name}("a")') == Unknown(f"`{name}()` is not evaluated: {reason}")


@pytest.mark.parametrize(
    "text",
    [
        'cidrhost("010.0.0.0/8", 1)',
        'cidrhost("::ffff:10.0.0.0/104", 1)',
        'cidrsubnet("10.0.0.0/8", 8, -1)',
        'upper("e\u0301\u0301")',
        'length("👩‍🚀")',
        r'replace("a", "/\\pL/", "b")',
        "1 / 3",
        "[1] == [1]",
        "contains([[1]], [1])",
        'concat(["a"], [1])',
        'element(["a", "b"], -1)',
        'format("%.2f", 1.005)',
        'format("%.200f", 0.1)',
        "setunion([1], [])",
        "log(3, 2)",
        "pow(2, 0.5)",
        'yamldecode("a: &b 1")',
        'yamldecode("a: 2026-11-29")',
        'yamldecode("a: b\\n  c")',
        'true ? [1, 2] : ["a", 2]',
        'yamlencode(" x\\ny")',
        'coalesce(null, [1], ["a"])',
        'timeadd("2026-11-29T12:00:00Z", "1ms")',
    ],
)
def test_what_is_not_computed_exactly_is_unknown(text):
    assert isinstance(value(text), Unknown)


def test_a_template_shows_the_parts_that_are_known():
    assert value('"arn:${x}:${"s3"}"') == PartialString(
        "`x` is hidden", ("x",), ("arn:", Unknown("`x` is hidden", ("x",)), ":s3")
    )


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ('format("arn:%s:s3:%s", x, "b")', '"arn:${x}:s3:b"'),
        ('format("%v%%/%s", x, y)', '"${x}%/${y}"'),
        ('format("%s/*", "arn:${x}")', '"arn:${x}/*"'),
        ('join(":", ["arn", x, "s3"], [y])', '"arn:${x}:s3:${y}"'),
        ('format("%s", x)', "x"),
        ('join("", [x])', "x"),
    ],
)
def test_format_and_join_have_the_values_of_templates(text, template):
    assert value(text) == value(template)


def test_json_by_format_shows_its_document():
    assert value("""format("{\\"a\\": \\"%s\\"}", x)""").document == {"a": Unknown("`x` is hidden", ("x",))}


@pytest.mark.parametrize(
    "text",
    ['format("%5s", x)', 'format("%d", x)', "format(x, 1)", 'join(x, ["a"])', 'join(",", x)'],
)
def test_format_and_join_that_do_more_with_an_unknown_are_unknown(text):
    assert value(text) == Unknown("`x` is hidden", ("x",))


def test_format_shows_the_document_of_a_value_with_an_unknown():
    assert value('format("%v", [x])').document == [Unknown("`x` is hidden", ("x",))]


def test_jsonencode_with_an_unknown_shows_its_document():
    assert value("jsonencode({ a = x, b = 1 })").document == {"a": Unknown("`x` is hidden", ("x",)), "b": 1}


def test_json_written_by_hand_shows_its_document():
    found = value('<<X\n{"a": "${x}", "b": ["${x}/*", "\\n"]}\nX')
    hidden = Unknown("`x` is hidden", ("x",))
    assert found.document == {"a": hidden, "b": [PartialString(*_of(hidden), (hidden, "/*")), "\n"]}


def _of(hidden):
    return hidden.reason, hidden.references


HIDDEN = Unknown("`x` is hidden", ("x",))


HOLES = {
    "a value": ('{"a": ${x}, "b": 1}', {"a": HIDDEN, "b": 1}),
    "the JSON of a value": ('{"a": ${jsonencode([x, 1])}}', {"a": [HIDDEN, 1]}),
    "the last member of a list": ('{"a": [1, ${x}]}', {"a": [1, HIDDEN]}),
    "the first members of a list": ('{"a": [${x} 1]}', {"a": [HIDDEN, 1]}),
    "the only member": ('{"a": [${x}]}', {"a": [HIDDEN]}),
    "members of a list by a `for`": (
        '{"a": [%{ for y in x ~}{"b": "${y}"},%{ endfor ~} {"c": 2}]}',
        {"a": [HIDDEN, {"c": 2}]},
    ),
    "members of an object by an `if`": (
        '{"a": "1"%{ if x }, "b": 2%{ endif }, "c": 3}',
        PartialMap("`x` is hidden", ("x",), {"a": "1", "c": 3}, ((HIDDEN, HIDDEN),)),
    ),
    "a key": ('{${x}: 1, "b": 2}', PartialMap("`x` is hidden", ("x",), {"b": 2}, ((HIDDEN, 1),))),
    "a list of objects": ('[{"a": "${x}"}]', [{"a": HIDDEN}]),
}


@pytest.mark.parametrize(("text", "document"), HOLES.values(), ids=HOLES)
def test_json_with_an_unknown_part_outside_of_quotes_shows_the_rest(text, document):
    assert value(f"<<X\n{text}\nX\n").document == document


NO_DOCUMENT = {
    "no JSON": "{${x}}",
    "text beside an unknown part": '{"a": ${x}b}',
    "a digit beside an unknown part": '{"a": 1${x}}',
    "a missing comma": '{"a": "${x}" "b": 1}',
    "text after it": '{"a": "${x}"} b',
    "a list in brackets": "[${x}] b",
    "a trailing comma": '{"a": ["${x}", ]}',
    "a key without a value": '{"a", "${x}": 1}',
    "a word": '{"a": nil, "b": "${x}"}',
    "not closed": '{"a": "${x}"',
}


@pytest.mark.parametrize("text", NO_DOCUMENT.values(), ids=NO_DOCUMENT)
def test_text_that_is_no_json_whatever_is_unknown_has_no_document(text):
    assert isinstance(value(f"<<X\n{text}\nX\n"), PartialString)


def test_a_trailing_comma_is_known_to_be_no_json():
    assert json_problem(value('<<X\n{"a": ["${x}", ]}\nX\n')) == "trailing comma"
    assert json_problem(value('<<X\n{"a": "${x}" "b": 1}\nX\n')) is None


PREFIXED = PartialString("`x` is hidden", ("x",), (HIDDEN, ":sub"))


@pytest.mark.parametrize(
    ("text", "members", "others"),
    [
        ("merge(x, { a = 1 })", {"a": 1}, [(HIDDEN, HIDDEN)]),
        ("merge({ a = 1 }, x)", {"a": HIDDEN}, [(HIDDEN, HIDDEN)]),
        ("merge(merge(x, { a = 1 }), { b = 2 })", {"a": 1, "b": 2}, [(HIDDEN, HIDDEN)]),
        ("merge({ a = 1 }, { (x) = 2 }, null)", {"a": HIDDEN}, [(HIDDEN, 2)]),
        ("{ (x) = 1, a = 2 }", {"a": 2}, [(HIDDEN, 1)]),
        ("{ a = 1, (x) = 2 }", {"a": HIDDEN}, [(HIDDEN, 2)]),
        ('{ a = 1, "${x}:sub" = 2 }', {"a": 1}, [(PREFIXED, 2)]),
        ('{ "a:sub" = 1, "${x}:sub" = 2 }', {"a:sub": HIDDEN}, [(PREFIXED, 2)]),
    ],
)
def test_a_map_with_an_unknown_key_keeps_what_no_such_key_can_change(text, members, others):
    assert value(text) == PartialMap("`x` is hidden", ("x",), members, tuple(others))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("merge(x, { a = { b = 1 } }).a.b", 1),
        ('merge(x, { a = 1 })["a"]', 1),
    ],
)
def test_of_such_a_map_a_known_member_is_known(text, known):
    assert value(text) == known


@pytest.mark.parametrize(
    "text",
    [
        "merge(x, { a = 1 }).b",
        'merge(x, { a = 1 })["b"]',
        "merge(x, { a = 1 }).b.a",
        "[1][merge(x, { a = 1 })]",
        "[for k, v in merge(x, { a = 1 }) : k]",
        "{ for k, v in merge(x, { a = 1 }) : upper(k) => v }",
        "jsondecode(jsonencode({ a = x })).a",
    ],
)
def test_what_is_made_of_such_a_map_is_unknown_and_no_map(text):
    assert value(text) == HIDDEN


def test_a_splat_of_one_object_whose_attributes_are_known_is_a_list_of_one():
    one = Attributes("`x` is hidden", ("x",), attribute=lambda path: f"x{path[0]}")
    assert value("x[*].arn", x=one) == ["x.arn"]


def test_a_string_with_such_a_map_can_be_a_member_of_a_set():
    assert len({value('"arn:${merge(x, { a = [1] })}"'), value('"arn:${jsonencode({ a = x })}"')}) == 2


@pytest.mark.parametrize("text", ['jsonencode({ a = 1, "${x}:sub" = 2 })', '"{\\"a\\": 1, \\"${x}:sub\\": 2}"'])
def test_json_with_an_unknown_key_shows_the_others(text):
    found = value(text)
    assert isinstance(found, JsonText)
    assert (found.document.members, found.document.others) == ({"a": 1}, ((PREFIXED, 2),))


NUMBERS = st.recursive(
    st.integers(-20, 20).map(str),
    lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner),
    max_leaves=5,
)
BOOLEANS = st.builds("({} {} {})".format, NUMBERS, st.sampled_from(["<", ">", "<=", ">=", "==", "!="]), NUMBERS)
TEXT = st.text(alphabet="ab $%{}~é", max_size=6).map(lambda text: text.replace("${", "$${").replace("%{", "%%{"))
STRINGS = st.builds('"{}${{{}}}{}"'.format, TEXT.filter(lambda text: not text.endswith(("$", "%"))), NUMBERS, TEXT)
LISTS = st.lists(STRINGS, max_size=3).map(lambda members: f"[{', '.join(members)}]")
CHOICES = st.builds("({} && !{} ? {} : {})".format, BOOLEANS, BOOLEANS, STRINGS, STRINGS)
LOOPS = st.builds('[for i, v in {} : "${{i}}:${{v}}" if v != {}]'.format, LISTS, STRINGS)


@pytest.mark.terraform
@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NUMBERS | BOOLEANS | STRINGS | LISTS | CHOICES | LOOPS, min_size=20, max_size=40))
def test_generated_expressions_have_terraforms_values(tmp_path, expressions):
    theirs = outputs(tmp_path, named(expressions))
    ours = {f"o{index}": evaluate(parse_value(text), Nowhere()) for index, text in enumerate(expressions)}
    known = {name: value for name, value in ours.items() if not list(unknowns(value))}
    assert known == {name: theirs[name] for name in known}
