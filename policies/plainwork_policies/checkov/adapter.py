"""Evaluates the policies on the units that Checkov scans: reads each unit once in a run of Checkov."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

from plainwork_core.model.stack import Stack
from plainwork_core.read import read
from plainwork_core.read.detection import root_module
from plainwork_core.read.options import Reading
from plainwork_policies.checkov.attribution import Attribution, UnreadableUnit
from plainwork_policies.checkov.outcome import CheckOutcome
from plainwork_policies.checkov.scan import PLAN, Entity, Unit, address_of, current_visit, entities_by_unit, unit_of
from plainwork_policies.engine import settings_file
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.stack_check import check_of
from plainwork_policies.engine.waived import Waivers


class CheckovAdapter:
    """The results of *policies* for the entities that Checkov visits. They are kept as long as Checkov's runner."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies
        self._runs: WeakKeyDictionary[Any, _Run] = WeakKeyDictionary()

    def outcome(self, policy_id: str, type_: str, name: str, conf: Mapping[str, Any]) -> CheckOutcome | None:
        """Return the outcome of *policy_id* for the entity that Checkov visits; `None` if it is not a subject."""
        visit = current_visit()
        if visit.runner not in self._runs:
            self._runs[visit.runner] = _Run(entities_by_unit(visit.runner))
        outcomes = self._runs[visit.runner].outcomes(unit_of(visit.runner, visit.key), self.policies)
        return outcomes.outcome(policy_id, address_of(visit.runner.check_type, visit.block_type, type_, name, conf))


@dataclass(slots=True)
class _Run:
    entities: Mapping[Unit, Sequence[Entity]]
    units: dict[Unit, Attribution | UnreadableUnit] = field(default_factory=dict)

    def outcomes(self, unit: Unit, policies: Sequence[Policy]) -> Attribution | UnreadableUnit:
        if unit not in self.units:
            self.units[unit] = _evaluate(unit, policies, self.entities[unit])
        return self.units[unit]


def _evaluate(unit: Unit, policies: Sequence[Policy], entities: Sequence[Entity]) -> Attribution | UnreadableUnit:
    try:
        stack = _read(unit)
        settings = settings_file.load()
        checked = check_of(stack, policies, settings)
        fails = checked.settings.fail_on == "not-evaluated"
        ids = {policy.id for policy in checked.selected.policies}
        return Attribution(
            stack,
            checked.result(checked.evaluation(), Waivers(settings, policies, date.today())).results,
            entities,
            ids,
            fail_on_not_evaluated=fails,
        )
    except (Exception, SystemExit) as problem:  # noqa: BLE001  no problem may end in a run that passes
        return UnreadableUnit(problem, entities)


def _read(unit: Unit) -> Stack:
    if unit.framework == PLAN:
        (stack,) = read(unit.path)
        return stack
    (found,) = root_module(unit.path, [entry.name for entry in unit.path.iterdir()], Reading())
    return found.read()
