"""Titles, messages, docstrings, comments and pages contain no word that hides the subject of a sentence.

CONTRIBUTING.md states the style. `CLEAN` lists what is searched: add a directory when its text is converted.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
CLEAN = (
    "*.md",
    "*.py",
    ".ci/run",
    ".editorconfig",
    ".gitattributes",
    ".pre-commit-config.yaml",
    ".github/**/*",
    "Makefile",
    "pyproject.toml",
    "constructs/**/*.py",
    "cli/plainwork_cli/canary*.py",
    "core/plainwork_core/aws/*.py",
    "core/plainwork_core/canary/*.py",
    "core/plainwork_core/iam/*.py",
    "core/plainwork_core/schema/*.py",
    "docs/conf.py",
    "docs/architecture.md",
    "docs/checkov.md",
    "docs/efs-access-points.md",
    "docs/emulator.md",
    "docs/index.md",
    "docs/reference-application.md",
    "docs/runtimes.md",
    "docs/s3-state-backend.md",
    "docs/valkey.md",
    "docs/vpc-endpoints.md",
    "docs/weighted-canary.md",
    "docs/decisions/*.md",
    "examples/*.py",
    "examples/*/main.py",
    "examples/policies/**/*.toml",
    "examples/policies/privileges/*/*.tf",
    "examples/policies/regions/*/*.tf",
    "examples/policies/tags/*/*.tf",
    "policies/plainwork_policies/backends/*.py",
    "policies/plainwork_policies/changes/*.py",
    "policies/plainwork_policies/conditions/*.py",
    "policies/plainwork_policies/modules/*.py",
    "policies/plainwork_policies/privileges/*.py",
    "policies/plainwork_policies/regions/*.py",
    "policies/plainwork_policies/tags/*.py",
    "stacks/*.py",
    "tests/*.py",
    "tests/policy/backends/*.py",
    "tests/policy/changes/*.py",
    "tests/policy/privileges/*.py",
    "tests/policy/regions/*.py",
    "tests/policy/tags/*.py",
    "tests/policy/test_iam*.py",
    "tools/bench/*.py",
    "tools/environment.py",
)
"""What is searched: patterns of files below the root."""

WORDS = re.compile(
    r"\b(?:nobody|somebody|everybody|anybody|whoever|whomever|whom|be it|goes by|go by|stands?|lies|wants|knows|said|"
    r"heard of|meant|judg\w*|refus\w*|taste|lets? (?:\S+ ){0,4}in)\b",
    re.IGNORECASE,
)
CODE = re.compile(r"^(`{3,}).*?^\1`*$|`[^`\n]+`", re.MULTILINE | re.DOTALL)

EXCEPTIONS = {
    "policies/plainwork_policies/tags/tag_invalid.py": "a former slug",
    "tests/test_language.py": "the list of words",
}
"""Files that may contain the words, each with the reason."""


def prose(file: Path) -> Iterator[tuple[int, str]]:
    """The text of a file with line numbers: of Python its strings and comments, of Markdown all but code."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".py":
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if tokenize.tok_name[token.type] in {"STRING", "COMMENT", "FSTRING_MIDDLE"}:
                yield token.start[0], token.string
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


@pytest.mark.parametrize("pattern", CLEAN)
def test_text_states_the_subject(pattern: str) -> None:
    files = [file for file in sorted(ROOT.glob(pattern)) if file.is_file()]
    assert files, "the pattern matches no file"
    assert found([file for file in files if file.relative_to(ROOT).as_posix() not in EXCEPTIONS]) == []


def test_an_exception_is_a_file_that_has_one_of_the_words() -> None:
    unnecessary = [name for name in EXCEPTIONS if not (ROOT / name).exists() or not found([ROOT / name])]
    assert unnecessary == []
