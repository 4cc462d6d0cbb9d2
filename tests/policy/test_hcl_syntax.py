"""What is HCL and what is not, as Terraform's own parser has it, and where an error is."""

import hcl2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import HclError, nodes, parse, parse_value
from tests.policy.hcl_corpus import ACCEPTED, REJECTED
from tests.policy.hcl_oracle import unparsed
from tools.example_cases import cases

GOOD = [case.main for case in cases([]) if case.kind == "good"]


@pytest.mark.parametrize("text", ACCEPTED.values(), ids=ACCEPTED)
def test_hcl_is_parsed(text):
    assert isinstance(parse(text), nodes.Body)


@pytest.mark.parametrize(("text", "line"), REJECTED.values(), ids=REJECTED)
def test_invalid_hcl_is_an_error_with_its_line(text, line):
    with pytest.raises(HclError) as raised:
        parse(text)
    assert raised.value.line == line


@pytest.mark.terraform
def test_terraform_parses_it_too(tmp_path):
    assert unparsed(tmp_path, ACCEPTED) == set()


@pytest.mark.terraform
def test_terraform_rejects_it_too(tmp_path):
    texts = {name: text for name, (text, _) in REJECTED.items()}
    assert unparsed(tmp_path, texts) == REJECTED.keys()


def test_an_error_says_what_was_expected_and_what_was_found():
    with pytest.raises(HclError, match=r"expected `,` or `\)`, found the end of the text"):
        parse("a = f(1")


def test_everything_has_its_line():
    [block] = parse('\n/* a\n b */\nresource "a" "b" {\n  c = <<X\nd\nX\n  e = {\n    f = 1\n  }\n}\n').blocks
    first, second = block.body.attributes
    assert (block.line, first.line, second.line, second.expression.members[0].line) == (4, 5, 8, 9)


def test_text_nested_too_deeply_is_an_error():
    with pytest.raises(HclError, match="nested too deeply"):
        parse("a = " + "[" * 100_000)


@given(st.text(alphabet="ab=1\"{}[]()$%~<>-.,:?*\\/#\n !'é", max_size=40))
def test_any_text_is_parsed_or_rejected(text):
    assert 1 <= line_of_error(text) <= text.count("\n") + 1


def line_of_error(text):
    try:
        parse(text)
    except HclError as error:
        return error.line
    return 1


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("a || b && c == d", "a || (b && (c == d))"),
        ("a < b == c", "(a < b) == c"),
        ("!a == b", "(!a) == b"),
        ("-a.b[0]", "-(a.b[0])"),
        ("a ? b : c ? d : e", "a ? b : (c ? d : e)"),
        ("a + b ? c : d", "(a + b) ? c : d"),
        ("a.0.b", "a[0].b"),
        ('"${a}"', "a"),
    ],
)
def test_what_binds_tighter(text, same):
    assert parse_value(text) == parse_value(same)


def test_python_hcl2_finds_the_same_blocks_in_the_examples():
    text = "".join(file.read_text(encoding="utf-8") for file in GOOD)
    found = {type_: blocks for type_, blocks in hcl2.loads(text).items() if type_ in LANGUAGE}
    theirs = [(type_, *_labels(type_, block)) for type_, blocks in found.items() for block in blocks]
    assert sorted(theirs) == sorted((block.type, *block.labels) for block in parse(text).blocks)


def _labels(type_, block):
    """The labels of a block of python-hcl2, which nests blocks under them in quotes."""
    for _ in range(LANGUAGE[type_].labels):
        [(label, block)] = ((name, inner) for name, inner in block.items() if not name.startswith("__"))
        yield label.strip('"')
