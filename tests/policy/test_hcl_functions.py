"""The values of functions: Terraform's own for each expression of a list."""

from importlib import import_module
from pathlib import Path

import pytest

from plainwork_core.hcl.read import functions
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import parse_value
from plainwork_core.model.values import Unknown, unknowns
from tests.policy.hcl_oracle import named, outputs

EXPRESSIONS = [
    line
    for line in Path(__file__).with_name("hcl_functions.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]
REJECTED = "Terraform rejects it"


def value(text):
    return evaluate(parse_value(text), Nowhere())


@pytest.fixture(scope="module")
def terraforms(tmp_path_factory):
    folder = tmp_path_factory.mktemp("functions")
    return outputs(folder, named([f'try([{text}], "{REJECTED}")' for text in EXPRESSIONS]))


@pytest.mark.terraform
@pytest.mark.parametrize("index", range(len(EXPRESSIONS)), ids=EXPRESSIONS)
def test_a_value_is_terraforms(terraforms, index):
    theirs, ours = terraforms[f"o{index}"], value(EXPRESSIONS[index])
    if theirs == REJECTED:
        assert "has no value" in ours.reason
    else:
        assert (repr(ours), not list(unknowns(ours))) == (repr(theirs[0]), True)


def test_a_function_is_imported_from_the_module_that_has_it():
    for module, names in functions.SELDOM.items():
        assert sorted(import_module(f"plainwork_core.hcl.read.{module}").FUNCTIONS) == sorted(names)


@pytest.mark.parametrize("text", ['regexall("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")'])
def test_a_regular_expression_takes_linear_time(text):
    assert value(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('cidrcontains("10.0.0.0/8", "10.1.2.3")', True),
        ('cidrcontains("10.0.0.0/8", "10.0.0.0/7")', False),
        ('cidrcontains("fd00::/8", "fe80::1")', False),
        ('urldecode("a+b%C3%A9")', "a bé"),
        ('base64gunzip("H4sIAAAAAAAAA0tMSgYAwkEkNQMAAAA=")', "abc"),
    ],
)
def test_a_function_of_opentofu_is_evaluated(text, expected):
    assert value(text) == expected


def test_a_regular_expression_on_a_long_text_is_not_evaluated():
    text = "abc" * 50
    found = value(f'regexall("(a|b|c)+d", join("", [for i in range(1000) : "{text}"]))')
    assert isinstance(found, Unknown)
    assert "steps" in found.reason
