"""Values that `plainwork init` proposes: what most of the resources in a directory already have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from plainwork_core.errors import PlainworkError
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.read import find
from plainwork_policies.engine.inputs import together
from plainwork_policies.engine.registry import settings_tables
from plainwork_policies.engine.settings import Proposal, settings_class


@frozen()
class Proposals:
    """The proposals for one directory.

    Args:
        by_key: by table and key.
        stacks: the number of stacks that were read.
    """

    by_key: Mapping[tuple[str, str], Proposal]
    stacks: int = 0


NONE = Proposals({})


def proposals(directory: Path) -> Proposals:
    """Return the proposals for the settings of *directory*. An input that cannot be read is omitted."""
    stacks = together(list(_stacks(directory)))
    tables = {name: settings_class(package) for name, (package, _) in settings_tables().items()}
    found = {(name, one.key): one for name, table in tables.items() for one in table.proposals(stacks)}
    return Proposals(found, len(stacks))


def common(values: Iterable[Iterable[str]]) -> tuple[list[str], int, int]:
    """Return what more than half of *values* have, the number of those that have all of it, and of *values*."""
    groups = [frozenset(group) for group in values]
    counted = Counter(value for group in groups for value in group)
    most = sorted(value for value, number in counted.items() if number * 2 > len(groups))
    return most, sum(group.issuperset(most) for group in groups), len(groups)


def _stacks(directory: Path) -> Iterable[Stack]:
    with suppress(PlainworkError):
        for source in find(directory):
            with suppress(PlainworkError):
                yield source.read()
