"""The results of one unit by the entities that Checkov visits."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from os.path import realpath
from pathlib import Path

from plainwork_core.addresses import without_keys
from plainwork_core.errors import InputError
from plainwork_core.model.stack import Stack
from plainwork_policies.checkov.outcome import CheckOutcome, error_outcome, outcome_of
from plainwork_policies.checkov.scan import Entity
from plainwork_policies.engine.runner import Result
from plainwork_policies.engine.subjects import Subject

IGNORED = CheckOutcome("SKIPPED", comment="ignored in the settings")


class Attribution:
    """The results of one unit by policy and entity.

    A result without an entity belongs to the carrier: the first provider block that Checkov visits in the unit, or the
    first block if there is no provider. Such results are about the backend, deleted resources, data sources that a plan
    has read, and policies that crashed before they returned their subjects. A result about a resource in a module
    belongs to the `module` block of the unit. Results about a file that Checkov does not scan are omitted.

    Args:
        stack: the unit as plainwork reads it.
        results: of the policies on the stack.
        entities: that Checkov visits in the unit; never empty.
        selected: ids of the policies that the settings select.
        fail_on_not_evaluated: whether *not evaluated* fails.
    """

    def __init__(
        self,
        stack: Stack,
        results: Iterable[Result],
        entities: Sequence[Entity],
        selected: Set[str],
        *,
        fail_on_not_evaluated: bool,
    ) -> None:
        self._source = stack.source
        self._carrier = carrier(entities)
        self._selected = selected
        self._fail_on_not_evaluated = fail_on_not_evaluated
        subjects: tuple[Subject, ...] = (*stack.resources, *stack.providers, *stack.module_calls)
        is_expanded = stack.format != "plan"
        self._known = {without_keys(subject.address) if is_expanded else subject.address for subject in subjects}
        self._known.update(entity.address for entity in entities if entity.may_be_none)
        self._by_entity: dict[tuple[str, str], list[Result]] = defaultdict(list)
        visited, files = {entity.address for entity in entities}, {entity.file for entity in entities}
        for result in results:
            file = Path(result.location.file).absolute()
            if file in files or not file.is_file() or realpath(file.parent) in stack.directories:
                address = without_keys(result.address) if is_expanded else result.address
                owner = _nearest(address, visited) or self._carrier
                self._by_entity[result.policy.id, owner].append(result)

    def outcome(self, policy_id: str, address: str) -> CheckOutcome | None:
        """Return the outcome of *policy_id* for *address*; `None` if it has no result there.

        Raises:
            InputError: Checkov visits an entity that is not in the stack.
        """
        if policy_id not in self._selected:
            return IGNORED if address == self._carrier else None
        if address not in self._known:
            raise InputError(f"{address} was not found in {self._source}; report it as a bug of plainwork")
        results = self._by_entity.get((policy_id, address), ())
        return outcome_of(results, fail_on_not_evaluated=self._fail_on_not_evaluated)


class UnreadableUnit:
    """A unit that could not be read or evaluated: every policy fails once, on its carrier."""

    def __init__(self, reason: object, entities: Sequence[Entity]) -> None:
        self._error = error_outcome(reason)
        self._carrier = carrier(entities)

    def outcome(self, policy_id: str, address: str) -> CheckOutcome | None:
        """Return the error for the carrier, for every policy."""
        del policy_id
        return self._error if address == self._carrier else None


def carrier(entities: Sequence[Entity]) -> str:
    """Return the address of the entity that represents its unit."""
    return min(entities, key=lambda entity: entity.block_type != "provider").address


def _nearest(address: str, visited: set[str]) -> str:
    while address and address not in visited:
        address = address.rpartition(".")[0]
    return address
