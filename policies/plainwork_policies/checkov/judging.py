"""Judges what Checkov scans: reads each unit with our readers, once in each run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from plainwork_policies import runner, settings
from plainwork_policies.checkov.answer import Answer
from plainwork_policies.checkov.judged import Judged, Refused
from plainwork_policies.checkov.scan import Entity, Unit, address_of, asking, entities_of, unit_of
from plainwork_policies.model import Stack
from plainwork_policies.policy import Policy
from plainwork_policies.readers import cdktf, hcl, plan

READERS = {"terraform": hcl.read, "terraform_json": cdktf.read, "terraform_plan": plan.read}


class Judging:
    """Answers for *policies*. Judgements live as long as the runner of Checkov for whose run they were made."""

    def __init__(self, policies: tuple[Policy, ...]) -> None:
        self.policies = policies
        self._runs: WeakKeyDictionary[Any, dict[Unit, Judged | Refused]] = WeakKeyDictionary()

    def answer(self, policy_id: str, type_: str, name: str, conf: Mapping[str, Any]) -> Answer | None:
        """Return what *policy_id* says of the entity that Checkov asks about now; `None` if it is not a subject."""
        asked = asking()
        unit = unit_of(asked.runner, asked.key)
        units = self._runs.setdefault(asked.runner, {})
        if unit not in units:
            units[unit] = self._judge(unit, entities_of(asked.runner, unit))
        return units[unit].answer(policy_id, address_of(unit.framework, asked.block_type, type_, name, conf))

    def _judge(self, unit: Unit, entities: Sequence[Entity]) -> Judged | Refused:
        try:
            chosen = settings.load(Path.cwd())
            stack: Stack = READERS[unit.framework](unit.path)
            judgements = runner.judge(stack, self.policies, chosen)
            return Judged(stack, judgements, entities, fail_on_unknown=chosen.fail_on == "unknown")
        except Exception as problem:  # noqa: BLE001  whatever it is, it must not end in a green run
            return Refused(problem, entities)
