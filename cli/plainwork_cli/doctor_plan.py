"""`plainwork doctor --plan`: limits of AWS that an apply would reach."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.errors import InputError

if TYPE_CHECKING:
    from plainwork_core.doctor.diagnosis import Examination, Progress
    from plainwork_core.doctor.limits.examination import Account, Use
    from plainwork_core.model.stack import Stack


def examine_plan(plan: Path, *, online: bool, timeout: float | None, progress: Progress) -> list[Examination]:
    """Return what the stacks of *plan* exceed: the default quotas of AWS, or with *online* those of the account.

    Raises:
        InputError: the input is no plan and no configuration, or *online* requires boto3.
    """
    from plainwork_core.doctor.limits.examination import examine, uses  # noqa: PLC0415  --help does not need it
    from plainwork_core.read import read  # noqa: PLC0415  as above

    stacks = list(read(plan))
    if not any(stack.resources or stack.changes or stack.module_calls or stack.providers for stack in stacks):
        raise InputError(f"{plan}: no resource, data source, provider, module or change found")
    return [examine(stack, _account(stack, uses(stack), timeout, progress) if online else None) for stack in stacks]


def _account(stack: Stack, found: list[Use], timeout: float | None, progress: Progress) -> Account:
    try:
        from plainwork_core.doctor.limits.account import read_account  # noqa: PLC0415  boto3 is slow, and optional
    except ImportError as error:
        raise InputError('--online requires boto3; run `pip install "plainwork[doctor]"`') from error
    limit = {} if timeout is None else {"read_seconds": timeout}
    try:
        return read_account(found, _regions(stack), progress, **limit)
    finally:
        progress("")


def _regions(stack: Stack) -> set[str]:
    """Return the Regions of the provider configurations of *stack*.

    Raises:
        InputError: none states its Region.
    """
    named = {provider.get("region") for provider in stack.providers if provider.name == "aws"}
    regions = {region for region in named if isinstance(region, str)}
    if not regions:
        raise InputError(f"{stack.source}: no provider configuration states a Region; set `region` in it")
    return regions
