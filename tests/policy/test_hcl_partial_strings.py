"""What functions make of values of which parts are unknown."""

import pytest

from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere, traversal_text
from plainwork_core.hcl.syntax import parse_value
from plainwork_core.model.values import PartialMap, PartialString, Unknown


class Hidden(Nowhere):
    def look_up(self, name, steps):
        reference = traversal_text(name, steps)
        return Unknown(f"`{reference}` is hidden", (reference,))


def value(text):
    return evaluate(parse_value(text), Hidden())


X = value("x")


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ('lower("${x}-FOO")', '"${x}-foo"'),
        ('upper("a${x}b${y}")', '"A${x}B${y}"'),
        ('replace("a_${x}_b", "_", "-")', '"a-${x}-b"'),
        ('trimprefix("arn:${x}/a", "arn:")', '"${x}/a"'),
        ('trimprefix("arn:${x}", "arn:")', "x"),
        ('trimprefix("a${x}", "b")', '"a${x}"'),
        ('trimsuffix("arn:${x}/", "/")', '"arn:${x}"'),
        ('format("%s-%03d", "a", x)', '"a-${x}"'),
        ('format("%5s|%q", "a", x)', '"    a|${x}"'),
        ('tostring("a${x}")', '"a${x}"'),
        ('sensitive("a${x}")', '"a${x}"'),
        ('coalesce("", "a${x}", "b")', '"a${x}"'),
        ('formatlist("%s-%s", ["a", x], "c")[1]', '"${x}-c"'),
        ('flatten([["a${x}"], "b"])[0]', '"a${x}"'),
        ('zipmap(["b", "a"], x)["a"]', "x"),
    ],
)
def test_a_function_keeps_the_known_parts(text, template):
    assert value(text) == value(template)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ('startswith("arn:${x}", "arn:")', True),
        ('startswith("arn:${x}", "s3:")', False),
        ('endswith("${x}.json", ".json")', True),
        ('endswith("${x}.json", ".yaml")', False),
        ('strcontains("${x}.json", "js")', True),
        ('contains(["a", x], "a")', True),
        ('contains([["a", x]], ["b", x])', False),
        ('index(["a", x], "a")', 0),
        ("alltrue([x, false])", False),
        ("anytrue([true, x])", True),
        ("length([x, 1])", 2),
        ("element([x, 1], 1)", 1),
        ('coalesce("a", x)', "a"),
        ('coalescelist(["a"], x)', ["a"]),
        ('lookup({ a = x, b = 1 }, "b", 2)', 1),
        ('lookup(merge(x, { b = 1 }), "b", 2)', 1),
        ("[1, x] == [2, x]", False),
        ("{ a = x } != { b = x }", True),
        ('formatlist("%s", ["a", x])[0]', "a"),
        ("chunklist([1, x], 1)[0]", [1]),
    ],
)
def test_what_no_unknown_part_can_change_is_known(text, known):
    assert value(text) == known


@pytest.mark.parametrize(
    "text",
    [
        'startswith("a${x}", "ab")',
        'endswith("${x}a", "ba")',
        'strcontains("a${x}", "b")',
        'trimprefix("a${x}", "ab")',
        'replace("a_${x}_b", "_b", "-")',
        'replace("a${x}", "/b/", "-")',
        'contains(["a", x], "b")',
        'index([x, "a"], "a")',
        'coalesce("", x, "a")',
        'coalesce("${x}", "a")',
        'coalescelist(x, ["a"])',
        'lookup(merge(x, { b = 1 }), "a", 2)',
        "alltrue([x, true])",
        "[1, x] == [1, 2]",
        "flatten([x])",
        "concat([1], x)",
        'formatlist("%s", x)',
        "upper(x)",
        "ceil(x)",
    ],
)
def test_what_an_unknown_part_can_change_is_unknown(text):
    assert value(text) == X


def test_unknown_keys_of_zipmap_are_unknown_keys():
    assert value('zipmap(["b", "${x}:c"], [1, 2])') == PartialMap(
        X.reason, X.references, {"b": 1}, ((PartialString(X.reason, X.references, (X, ":c")), 2),)
    )


def test_an_unknown_that_decides_how_others_are_converted_makes_them_unknown():
    assert value('tolist([[1], ["a", 2], x])') == X
