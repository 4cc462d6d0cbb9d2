"""What Terraform prints for each state of a backend, beside what the doctor finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.doctor_page import PAGE, page

if TYPE_CHECKING:
    from tests.support.terraform import Terraform


@pytest.mark.proof
def test_the_page_of_the_states_is_current(terraform: Terraform) -> None:  # noqa: ARG001  it skips without Terraform
    """`python -m tests.support.doctor_page` writes it."""
    assert page() == PAGE.read_text(encoding="utf-8")
