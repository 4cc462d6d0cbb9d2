"""Policies of a team in a temporary directory, which is the working directory."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.support.own_rule import RULE

BAD = 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n'


@pytest.fixture
def command(tmp_path, monkeypatch):
    """`command(*arguments, rule=..., hcl=...)`: plainwork in a directory with the rule and the HCL."""
    monkeypatch.chdir(tmp_path)
    for variable in ("PLAINWORK_CONFIG", "FORCE_COLOR"):
        monkeypatch.delenv(variable, raising=False)

    def command(*arguments, rule=RULE, hcl=BAD, settings='own_policies = ["policies"]\n', files=None):
        texts = {"plainwork.toml": settings, "stack/main.tf": hcl, "policies/queues.py": rule, **(files or {})}
        for name, text in texts.items():
            if text is not None:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_text(dedent(text), encoding="utf-8")
        return CliRunner().invoke(main, list(arguments))

    return command


@pytest.fixture
def check(command):
    """`check(rule)`: the check of the stack by own policies only."""
    return lambda rule=RULE, *arguments, **texts: command(
        "check", "stack", "--select", "ACME", *arguments, rule=rule, **texts
    )
