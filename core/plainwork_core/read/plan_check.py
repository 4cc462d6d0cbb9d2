"""Whether a document is a plan or a state that can be read: its format, its shape, and that it is complete."""

from __future__ import annotations

import re
from typing import Any

from plainwork_core.errors import InputError
from plainwork_core.read.plan_shape import problem, problem_of_state

_FORMAT = re.compile(r"[01]\.[0-9]+")
_SHOW = "`terraform plan -out plan.bin && terraform show -json plan.bin > plan.json`"
_SHOW_STATE = "`terraform show -json > state.json`"


def check_plan(document: Any, source: str) -> None:
    """Check a plan in the format of `terraform show -json plan.bin`.

    Args:
        document: the plan's JSON.
        source: the file's name for the user.

    Raises:
        InputError: a plan that is incomplete or damaged, or of an unknown format.
    """
    if not isinstance(document, dict):
        raise damaged_plan(source, "it is not a map")
    _check_format(document, source, "plan")
    if document.get("errored") is True:
        raise InputError(
            f"{source}: incomplete plan (`errored` is true); fix the error of `terraform plan` and create it again"
        )
    if found := problem(document):
        raise damaged_plan(source, found)


def check_state(document: Any, source: str) -> None:
    """Check a state in the format of `terraform show -json`; see `check_plan`.

    Raises:
        InputError: as for a plan.
    """
    _check_format(document, source, "state")
    if found := problem_of_state(document):
        raise InputError(f"{source}: damaged state: {found}; create it again with {_SHOW_STATE}")


def _check_format(document: dict[str, Any], source: str, kind: str) -> None:
    version = document.get("format_version")
    if not isinstance(version, str) or not _FORMAT.fullmatch(version):
        raise InputError(f"{source}: {kind} with `format_version` {version!r}; 0.1 to 1.x are supported")


def damaged_plan(source: str, fault: str) -> InputError:
    """Return the error of a plan with a *fault*."""
    return InputError(f"{source}: damaged plan: {fault}; create it again with {_SHOW}")
