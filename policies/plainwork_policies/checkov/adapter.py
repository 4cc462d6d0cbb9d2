"""Judges what Checkov scans: reads each unit with our readers, once in each run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakKeyDictionary

from plainwork_core.model.stack import Stack
from plainwork_core.read import read
from plainwork_core.read.detection import root_module
from plainwork_policies.checkov.attribution import Attribution, Refused
from plainwork_policies.checkov.outcome import CheckOutcome
from plainwork_policies.checkov.scan import PLAN, Entity, Unit, address_of, asking, entities_by_unit, unit_of
from plainwork_policies.engine import runner, settings_file
from plainwork_policies.engine.policy import Policy


class CheckovAdapter:
    """Answers for *policies*. Judgements live as long as the runner of Checkov for whose run they were made."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies
        self._runs: WeakKeyDictionary[Any, _Run] = WeakKeyDictionary()

    def answer(self, policy_id: str, type_: str, name: str, conf: Mapping[str, Any]) -> CheckOutcome | None:
        """Return what *policy_id* says of the entity that Checkov asks about now; `None` if it is not a subject."""
        asked = asking()
        if asked.runner not in self._runs:
            self._runs[asked.runner] = _Run(entities_by_unit(asked.runner))
        judged = self._runs[asked.runner].judged(unit_of(asked.runner, asked.key), self.policies)
        return judged.answer(policy_id, address_of(asked.runner.check_type, asked.block_type, type_, name, conf))


@dataclass(slots=True)
class _Run:
    entities: Mapping[Unit, Sequence[Entity]]
    units: dict[Unit, Attribution | Refused] = field(default_factory=dict)

    def judged(self, unit: Unit, policies: Sequence[Policy]) -> Attribution | Refused:
        if unit not in self.units:
            self.units[unit] = _judge(unit, policies, self.entities[unit])
        return self.units[unit]


def _judge(unit: Unit, policies: Sequence[Policy], entities: Sequence[Entity]) -> Attribution | Refused:
    try:
        chosen = settings_file.load()
        stack = _read(unit)
        return Attribution(stack, runner.evaluate(stack, policies, chosen), entities, chosen)
    except (Exception, SystemExit) as problem:  # noqa: BLE001  whatever it is, it must not end in a green run
        return Refused(problem, entities)


def _read(unit: Unit) -> Stack:
    if unit.framework == PLAN:
        (stack,) = read(unit.path)
        return stack
    (found,) = root_module(unit.path, [entry.name for entry in unit.path.iterdir()])
    return found.read()
