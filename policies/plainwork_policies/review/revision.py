"""Another revision of the HCL of a plan: its configuration, and what the policies find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.read import find
from plainwork_policies.compare.base import Base, base_of
from plainwork_policies.compare.checkout import checkout
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry
from plainwork_policies.engine.run_result import RunResult
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.stack_check import check_of
from plainwork_policies.engine.waived import Waivers

Policies = Sequence[PolicyEntry | Policy]


@frozen()
class Revision:
    """The directory of the HCL of a plan in another revision.

    Args:
        stack: what is configured there; `None` if the directory is not there.
        findings: of the policies on it, as a base with which those on the plan are compared.
    """

    stack: Stack | None
    findings: Base


def revision_at(name: str, source: Path, plan: str, policies: Policies, settings: Settings) -> Revision:
    """Return the directory *source* in the revision *name*.

    Its findings have the path of the *plan*, so that they are compared with those on it, and so that the settings for
    this path select the same policies. Its variables have the values of the revision, not those of the plan: a value
    that the plan has from elsewhere is unknown there, or the default, so that a finding on it counts as new.

    Raises:
        InputError: *source* is outside of the repository, or the revision cannot be read or synthesized.
    """
    with checkout(name, [source], option="--against") as found:
        copy = found.copies[source]
        try:
            stack = find(copy)[0].read() if copy.is_dir() else None
        except InputError as error:
            fault = str(error).replace(f"{found.tree}/", "")
            raise InputError(f"--against: {name} cannot be read: {fault}") from error
        return Revision(stack, _findings(name, stack, plan, policies, settings))


def _findings(name: str, stack: Stack | None, plan: str, policies: Policies, settings: Settings) -> Base:
    stacks = together([replace(stack, source=plan)]) if stack else []
    checks = [check_of(one, policies, settings) for one in stacks]
    waivers = Waivers(settings, policies, date.today())
    results = tuple(check.result(check.evaluation(), waivers) for check in checks)
    return base_of(RunResult(results, known_policies=tuple(policy.id for policy in policies)), name)
