"""An evaluation ends in *not evaluated* where its cost would not be in proportion to the size of the configuration."""

import os

import pytest

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.budget import OF_MODULE
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import parse_value
from plainwork_core.model.conversion import as_number
from plainwork_core.model.values import Unknown, unknowns
from plainwork_core.read import find, hcl

NINES = "9" * 5000
EXPRESSIONS = {
    "a number of many digits": ("9" * 200, "more than 154 digits"),
    "a number of 5,000 digits": (NINES, "beyond 1e400"),
    "a number with a large exponent": ("1e9999999", "beyond 1e400"),
    "a fraction of many digits": ("0.12345678901234567890", "more than 17 digits"),
    "a number in a string": (f'"{NINES}" + 1', "so many digits"),
    "a number in JSON": ('jsondecode("1e9999999")', "beyond 1e400"),
    "a number in a base": (f'parseint("{NINES}", 16)', "more than 100 digits"),
    "a product beyond every number": ("1e400 * 1e400", "beyond 1e400"),
    "a remainder beyond every number": ("1e400 * 1e400 % 3", "beyond 1e400"),
    "a width": ('format("%2000000000d", 1)', "beyond 1,000,000 characters"),
    "a smaller width": ('format("%9000000d", 1)', "1,000,000 characters"),
    "a precision": ('format("%.9000000f", 1)', "1,000,000 characters"),
    "an indentation": ('indent(2000000000, "a\\nb")', "1,000,000 characters"),
    "a replacement": (f'replace("{"a" * 2000}", "a", "{"b" * 2000}")', "1,000,000 characters"),
    "a separator": (f'join("{"b" * 2000}", range(1000))', "1,000,000 characters"),
    "a product of sets": ("setproduct(range(1000), range(1000), range(1000))", "500,000 members"),
    "loops in loops": ("[for a in range(1000) : [for b in range(1000) : [for c in range(1000) : 1]]]", "500,000 steps"),
    "loops in a template": (
        f'"%{{ for a in range(1000) }}%{{ for b in range(1000) }}{"x" * 100}%{{ endfor }}%{{ endfor }}"',
        "500,000 steps",
    ),
    "a reference of many steps": (f"local.a{'.b' * 100_000}", "100 steps of a reference"),
}


def value(text):
    return evaluate(parse_value(text), Nowhere())


@pytest.mark.parametrize(("text", "reason"), EXPRESSIONS.values(), ids=EXPRESSIONS)
def test_an_expression_that_costs_too_much_is_not_evaluated(text, reason):
    found = value(text)
    assert isinstance(found, Unknown)
    assert "not evaluated" in found.reason
    assert reason in found.reason


def test_what_costs_less_is_evaluated():
    assert len(value("[for a in range(200) : [for b in range(200) : a * b]]")) == 200
    assert len(value("setproduct(range(40), range(40), range(40))")) == 64_000
    assert len(value('format("%100000d", 1)')) == 100_000


def test_the_limit_does_not_count_as_an_error_of_terraform():
    assert isinstance(value("try([for a in range(1000) : [for b in range(1000) : 1]], 7)"), Unknown)


def chain(first, rest, count=40):
    links = "".join(f"  a{number} = {rest.replace('?', f'local.a{number - 1}')}\n" for number in range(1, count))
    return f"locals {{\n  a0 = {first}\n{links}}}\n"


def blocks(count):
    text = "x = 1\n"
    for number in range(count):
        text = f'dynamic "b{number}" {{\nfor_each = [1, 2]\ncontent {{\n{text}}}\n}}\n'
    return text


MODULES = {
    "a string of twice another": (chain('"aaaaaaaaaa"', '"${?}${?}"'), "x = local.a39"),
    "a list of twice another": (chain("[1]", "[?, ?]"), "x = jsonencode(local.a39)"),
    "a map of twice another": (chain("{ a = 1 }", "{ a = ?, b = ? }"), "x = local.a39"),
    "a string of twice an unknown one": (chain("var.a", '"${?}${?}"'), "x = local.a39"),
    "a list of lists of lists": (chain("[1]", "[?]", 300), "x = local.a299"),
    "blocks in blocks": ("", blocks(25)),
    "a list of 300 levels": ("", f"x = {'[' * 300}{']' * 300}"),
}


@pytest.mark.parametrize(("text", "arguments"), MODULES.values(), ids=MODULES)
def test_a_module_that_costs_too_much_is_read_without_that_value(tmp_path, text, arguments):
    (tmp_path / "main.tf").write_text(f'{text}resource "aws_sqs_queue" "q" {{\nname = "q"\n{arguments}\n}}\n')
    [queue] = hcl.read(tmp_path).resources
    assert queue.get("name") == "q"
    assert list(unknowns(queue.values))


def test_the_steps_of_a_module_are_limited_too(tmp_path):
    loops = "[for a in range(400) : [for b in range(400) : 1]]"
    many = OF_MODULE // 400**2
    text = "".join(f"  a{number} = length({loops})\n" for number in range(many))
    (tmp_path / "main.tf").write_text(f'resource "aws_sqs_queue" "q" {{\n{text}}}\n')
    [queue] = hcl.read(tmp_path).resources
    assert queue.get("a0") == 400
    assert "10,000,000 in a root module" in queue.get(f"a{many - 1}").reason


@pytest.fixture
def deep_folder(tmp_path):
    folder = tmp_path
    for _ in range(1500):
        folder /= "d"
        folder.mkdir()
    yield folder
    (folder / "main.tf").unlink()
    while folder != tmp_path:
        folder.rmdir()
        folder = folder.parent


def test_a_directory_of_many_levels_is_searched(tmp_path, deep_folder):
    (deep_folder / "main.tf").write_text("")
    assert [found.source for found in find(tmp_path)] == [str(deep_folder)]


@pytest.mark.parametrize("name", ["x.tf", "plan.json"])
def test_only_regular_files_and_the_pipes_of_a_shell_are_read(tmp_path, name):
    os.mkfifo(tmp_path / name)
    with pytest.raises(InputError, match="not a regular file"):
        find(tmp_path / name)[0].read()
    (tmp_path / name).unlink()
    (tmp_path / name).symlink_to("/dev/zero")
    with pytest.raises(InputError, match="not a regular file"):
        find(tmp_path / name)[0].read()


@pytest.mark.parametrize(
    ("text", "number"),
    [("60", 60), ("1.5", 1.5), ("1.0", 1), (".5", 0.5), ("1e3", 1000), ("nan", None), ("1_0", None), ("", None)],
)
def test_the_number_in_a_string_is_terraforms(text, number):
    assert as_number(text) == number


@pytest.mark.parametrize("text", [NINES, "1e9999999", "0.12345678901234567890", "9007199254740993.5"])
def test_a_number_that_would_be_rounded_is_no_number(text):
    assert as_number(text) is None


def test_a_number_in_a_string_keeps_all_digits():
    assert as_number("9007199254740993") == 9007199254740993
