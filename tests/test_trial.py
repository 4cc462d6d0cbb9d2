"""`make trial` checks Git repositories and writes a page of what was found."""

import subprocess

import pytest

from tools.trial.page import page
from tools.trial.repositories import trials

BAD = 'resource "aws_efs_file_system" "data" {\n  encrypted = false\n}\n'


@pytest.fixture
def repository(tmp_path):
    """`repository(name, text)`: a Git repository with one file."""

    def repository(name, text):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "main.tf").write_text(text, encoding="utf-8")
        author = ["-c", "user.name=test", "-c", "user.email=test@example.com"]
        for arguments in (["init", "-q"], ["add", "."], [*author, "commit", "-qm", "Add"]):
            subprocess.run(["git", "-C", str(folder), *arguments], check=True)
        return tmp_path

    return repository


def test_the_page_lists_repositories_and_failures_by_policy(repository):
    repository("bad", BAD)
    checkout = repository("empty-string", 'resource "aws_sns_topic" "orders" {\n  name = "orders"\n}\n')
    text = page(list(trials(checkout, with_checkov=False)))
    assert "2 repositories, 2 `.tf` files, 2 stacks, 2 resources and data sources:" in text
    assert "| [efs-unencrypted](policies/efs-unencrypted.md) | high | 1 | 1 |" in text


def test_an_input_that_cannot_be_read_is_named(repository):
    checkout = repository("broken", "resource {{")
    assert "- `broken`: main.tf:1: syntax error" in page(list(trials(checkout, with_checkov=False)))


def test_every_path_in_an_error_is_relative_to_its_repository(repository):
    checkout = repository("twice", 'variable "a" {\n}\nvariable "a" {\n}\n')
    text = page(list(trials(checkout, with_checkov=False)))
    assert "- `twice`: main.tf:3: syntax error: duplicate `var.a`, first declared at main.tf:1; run" in text


def test_a_directory_without_a_repository_is_an_error(tmp_path):
    with pytest.raises(SystemExit, match="no Git repository found; clone repositories"):
        list(trials(tmp_path, with_checkov=False))
