"""The engine answers each classical trap as the page of AWS says."""

from __future__ import annotations

from collections import Counter

import pytest

from tools.iam_proof.case import decided
from tools.iam_proof.traps import TRAPS, Trap


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.title)
def test_the_answer_is_that_of_aws(trap: Trap) -> None:
    decision = decided(trap.case)

    assert decision.answer == trap.answer, (decision.reason, trap.page)


def test_each_trap_has_a_title_of_its_own_and_a_page_of_aws() -> None:
    assert [title for title, number in Counter(trap.title for trap in TRAPS).items() if number > 1] == []
    assert {trap.page.partition("/latest/")[0] for trap in TRAPS} == {
        f"https://docs.aws.amazon.com/{guide}" for guide in ("IAM", "STS", "kms", "organizations", "vpc")
    }
