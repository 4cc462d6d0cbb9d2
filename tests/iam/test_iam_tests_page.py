"""The outputs on the page of tests of permissions are those of the commands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "iam-tests.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```console\n\$ plainwork (?P<command>.+)\n(?P<output>(?:.*\n)+?)```", PAGE)
TEST = re.findall(r"```python\n((?:.*\n)+?)```", PAGE)


@pytest.mark.parametrize(("command", "output"), COMMANDS)
def test_a_command_prints_what_the_page_shows(command, output, monkeypatch):
    monkeypatch.chdir(ROOT)

    assert CliRunner().invoke(main, shlex.split(command)).output == output


def test_the_test_on_the_page_passes(monkeypatch):
    monkeypatch.chdir(ROOT)
    (text,) = TEST
    names: dict[str, object] = {}

    exec(text, names)
    (test,) = (value for name, value in names.items() if name.startswith("test_"))
    test()


def test_the_page_has_commands():
    assert len(COMMANDS) == 2
