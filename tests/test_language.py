"""The text of the repository has no word that hides the subject of a sentence, and a common form.

CONTRIBUTING.md states the style. `SEARCHED` lists the files.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from plainwork_policies.engine.registry import entries

ROOT = Path(__file__).parent.parent
SEARCHED = (
    "*.md",
    "*.py",
    ".ci/run",
    ".editorconfig",
    ".gitattributes",
    ".pre-commit-config.yaml",
    ".pre-commit-hooks.yaml",
    ".github/**/*",
    "action.yml",
    "templates/*.yml",
    "examples/container/Dockerfile",
    "Makefile",
    "pyproject.toml",
    "cli/**/*.py",
    "cli/plainwork_cli/project_files/**/*.txt",
    "constructs/**/*.py",
    "core/**/*.py",
    "policies/**/*.py",
    "docs/**/*.md",
    "docs/*.py",
    "examples/**/*.md",
    "examples/**/*.py",
    "examples/**/*.tf",
    "examples/**/*.toml",
    "stacks/*.py",
    "tests/**/*.py",
    "tests/generated/messages/*.txt",
    "tools/**/*.py",
)
"""Patterns of the searched files below the root."""

WORDS = re.compile(
    r"\b(?:nobody|somebody|everybody|anybody|whoever|whomever|whom|be it|goes by|go by|stands?|lies|wants|knows|said|"
    r"heard of|meant|judg\w*|refus\w*|taste|lets? (?:\S+ ){0,4}in)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"^(`{3,}).*?^\1`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)
IDENTIFIER = re.compile(r"""['"][\w.-]*['"]""")
NOUN_PHRASE = re.compile(r"(?:The|An?|Whether|Those|Each|Every|What|How|Where|Which|Their|Its)\b")

EXCEPTIONS = {
    "tests/test_language.py": "the list of words",
}
"""Files that may contain the words, each with the reason."""

MAX_SLUG_WORDS, MAX_TITLE = 5, 100
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
REMEDY_VERBS = re.compile(
    "(?:Add|Allow|Apply|Attach|Call|Create|Define|Enable|For|Keep|Limit|List|Move|Propagate|Read|Reference|Remove|"
    "Rename|Replace|Revert|Scale|Set|Shorten|Spell|Split|Start|Test|Use) "
)
"""The first words of remedies; `For` begins a condition, as in "For an existing resource, ..."."""


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """The text of a file with line numbers: of Python strings, comments and test names, of Markdown all but code."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            kind = tokenize.tok_name[token.type]
            if kind in {"COMMENT", "FSTRING_MIDDLE"} or (kind == "STRING" and not IDENTIFIER.fullmatch(token.string)):
                yield token.start[0], token.string
            elif kind == "NAME" and token.string.startswith("test_"):
                yield token.start[0], token.string.replace("_", " ")
        return
    if file.suffix == ".md":
        text = CODE.sub(lambda code: "\n" * code[0].count("\n"), text)
    yield 1, text


def found(files: list[Path]) -> list[str]:
    """Each word with its file and line."""
    return [
        f"{file.relative_to(ROOT)}:{line + text[: word.start()].count(chr(10))}: {word[0]}"
        for file in files
        for line, text in prose(file)
        for word in WORDS.finditer(text)
    ]


def files_of(pattern: str) -> list[Path]:
    """The searched files of a pattern."""
    files = [file for file in sorted(ROOT.glob(pattern)) if file.is_file()]
    return [file for file in files if file.relative_to(ROOT).as_posix() not in EXCEPTIONS]


@pytest.mark.parametrize("pattern", SEARCHED)
def test_text_states_the_subject(pattern: str) -> None:
    assert files_of(pattern), "the pattern matches no file"
    assert found(files_of(pattern)) == []


def test_an_exception_is_a_file_that_has_one_of_the_words() -> None:
    unnecessary = [name for name in EXCEPTIONS if not (ROOT / name).exists() or not found([ROOT / name])]
    assert unnecessary == []


def noun_phrases(file: Path) -> Iterator[str]:
    """The functions of a file whose docstring does not begin with a verb; properties have nouns."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef) or not NOUN_PHRASE.match(ast.get_docstring(node) or ""):
            continue
        decorators = " ".join(map(ast.unparse, node.decorator_list))
        if "property" not in decorators and "fixture" not in decorators:
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}"


@pytest.mark.parametrize("root", ["cli", "constructs", "core", "policies", "tools"])
def test_the_docstring_of_a_function_begins_with_a_verb(root: str) -> None:
    assert [function for file in files_of(f"{root}/**/*.py") for function in noun_phrases(file)] == []


@pytest.mark.parametrize("policy", entries(), ids=lambda policy: policy.slug)
def test_a_policy_has_a_slug_and_a_title_in_the_common_form(policy) -> None:
    assert SLUG.fullmatch(policy.slug)
    assert len(policy.slug.split("-")) <= MAX_SLUG_WORDS
    assert len(policy.title) <= MAX_TITLE
    assert not re.search(r"[`*\[]|\bshould\b|\.$", policy.title)


@pytest.mark.parametrize("policy", entries(), ids=lambda policy: policy.slug)
def test_the_remedy_in_the_documentation_begins_with_a_verb(policy) -> None:
    assert REMEDY_VERBS.match(policy.load().sections["Remedy"])


@pytest.mark.parametrize("file", files_of("tests/generated/messages/*.txt"), ids=lambda file: file.stem)
def test_messages_have_no_full_stop_and_remedies_begin_with_a_verb(file: Path) -> None:
    lines = file.read_text(encoding="utf-8").splitlines()
    remedies = [line.strip() for line in lines if line.startswith("    ")]
    messages = [line for line in lines if line.startswith(("failed", "not_evaluated"))]
    assert [remedy for remedy in remedies if not REMEDY_VERBS.match(remedy)] == []
    assert [message for message in messages if message.endswith(".")] == []
