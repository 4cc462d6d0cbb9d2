"""What Terraform prints for each state of a backend, beside what the doctor finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.doctor_page import PAGE, VERSION, page

if TYPE_CHECKING:
    from tests.support.terraform import Terraform


@pytest.mark.proof
def test_the_page_of_the_states_is_current(terraform: Terraform) -> None:
    """`python -m tests.support.doctor_page` writes it, with the texts of one version of Terraform."""
    version = terraform.run(terraform.origin, "version").split()[1]
    if not version.startswith(f"v{VERSION}."):
        pytest.skip(f"the page has the texts of Terraform {VERSION}, this is {version}")
    assert page() == PAGE.read_text(encoding="utf-8")
