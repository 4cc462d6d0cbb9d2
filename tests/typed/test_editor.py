"""What an editor proposes and shows: the language server of pyright."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.support.language_server import LanguageServer
from tests.typed.conftest import IMPORTS, Project

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = (
    IMPORTS
    + """
from plainwork.types import aws_s3_bucket_v
load_balancer = aws_lb.Resource(stack, "web", acc)
load_balancer["d"]
aws_lb.Resource(stack, "logs", access_logs={"p"})
"""
)
SERVER = str(Path(sys.executable).parent / "basedpyright-langserver")


@pytest.fixture(scope="module")
def editor(project: Project) -> Iterator[tuple[LanguageServer, Path]]:
    file = project.write("editor.py", CODE)
    with LanguageServer([SERVER, "--stdio"], project.folder) as server:
        server.open(file)
        yield server, file


@pytest.mark.parametrize(
    ("after", "proposed"),
    [
        ("import aws_s3_bucket_v", "aws_s3_bucket_versioning"),
        ('"web", acc', "access_logs="),
        ('access_logs={"p', "prefix"),
        ('load_balancer["d', "dns_name"),
    ],
    ids=["type", "argument", "argument of a nested block", "attribute"],
)
def test_an_editor_completes_it(editor: tuple[LanguageServer, Path], after: str, proposed: str) -> None:
    server, file = editor
    assert proposed in [label.strip('"') for label in server.completions(file, after)]


def test_an_editor_shows_the_page_of_the_provider_and_what_differs(editor: tuple[LanguageServer, Path]) -> None:
    server, file = editor
    text = server.hover(file, "aws_lb.Resource")
    assert "https://registry.terraform.io/providers/hashicorp/aws/6.69.1/docs/resources/lb" in text
    assert "Not in provider 5.100.0: " in text
