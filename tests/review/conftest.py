"""Reviews of small plans."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from plainwork_cli.main import main
from plainwork_core.read.options import ReadOptions
from plainwork_policies.engine import registry
from plainwork_policies.engine.run import run
from plainwork_policies.engine.settings import Settings
from plainwork_policies.review.build import review_of
from plainwork_policies.review.model import Review
from tests.support.plan_documents import plan

MakeReview = Callable[..., Review]


@pytest.fixture
def directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    for variable in ("PLAINWORK_CONFIG", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(variable, raising=False)
    return tmp_path


@pytest.fixture
def make_review(directory: Path) -> MakeReview:
    """`make_review(*changes, **members)`: the review of a plan."""

    def make(*changes: dict[str, Any], source: Path | None = None, **members: Any) -> Review:
        file = directory / "plan.json"
        file.write_text(json.dumps(plan(*changes, **members)), encoding="utf-8")
        return review_of(run([Path("plan.json")], registry.entries(), Settings(), ReadOptions(), source=source))

    return make


@pytest.fixture
def command(directory: Path) -> Callable[..., Result]:
    """`command(document, *arguments)`: `plainwork review` on a plan in an empty directory."""

    def invoke(document: dict[str, Any], *arguments: str) -> Result:
        (directory / "plan.json").write_text(json.dumps(document), encoding="utf-8")
        return CliRunner().invoke(main, ["review", "plan.json", *arguments])

    return invoke
