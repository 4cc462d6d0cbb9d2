"""What is riskiest in plans of public repositories is on the first screen of the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.review.test_public_plans import CLONES, PLANS
from tests.support.browser import Page

VISIBLE = """[...document.querySelectorAll('.card, .row')]
    .filter(one => one.checkVisibility() && one.getBoundingClientRect().bottom < innerHeight)
    .map(one => one.innerText).join(' ')"""
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(not CLONES, reason="PLAINWORK_PUBLIC_PLANS names no directory with clones of repositories"),
]


@pytest.mark.parametrize("plan", PLANS, ids=[plan["file"] for plan in PLANS])
def test_the_riskiest_change_is_on_the_first_screen(plan: dict[str, str], tab: Page) -> None:
    done = CliRunner().invoke(main, ["review", str(Path(CLONES) / plan["file"]), "--format", "html=review.html"])
    assert done.exit_code == 0, done.output
    tab.open(Path("review.html"))
    assert plan["riskiest"] in " ".join(tab.run(VISIBLE).split())
