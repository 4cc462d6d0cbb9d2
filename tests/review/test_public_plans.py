"""What is riskiest in plans of public repositories is on the first screen of a terminal."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main

PLANS = tomllib.loads((Path(__file__).parent / "public_plans.toml").read_text(encoding="utf-8"))["plan"]
CLONES = os.environ.get("PLAINWORK_PUBLIC_PLANS", "")
SCREEN = 24
"""Lines of a terminal."""


def test_there_are_ten_plans() -> None:
    assert len({plan["file"] for plan in PLANS}) == 10


@pytest.mark.skipif(not CLONES, reason="PLAINWORK_PUBLIC_PLANS names no directory with clones of public repositories")
@pytest.mark.parametrize("plan", PLANS, ids=[plan["file"] for plan in PLANS])
def test_the_riskiest_change_is_on_the_first_screen(plan: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLAINWORK_CONFIG", raising=False)
    done = CliRunner().invoke(main, ["review", str(Path(CLONES) / plan["file"])])
    assert done.exit_code == 0, done.output
    screen = " ".join(" ".join(done.output.splitlines()[:SCREEN]).split())
    assert plan["riskiest"] in screen.replace("`", "")
