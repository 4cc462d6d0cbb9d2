"""The resources of a module in a plan and in the configuration."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.eject.calls import Call
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.plan import Planned
from plainwork_core.eject.resources import addresses_of
from plainwork_core.eject.tree import Tree
from plainwork_core.moves import is_within
from plainwork_core.text import count


def compared(call: Call, every: Iterable[Placed], plan: Planned) -> tuple[list[str], list[str]]:
    """Return a problem for each resource of *call* that is in the plan or in the configuration alone, and notes."""
    listed = [addresses_of(one) for one in every if one.mode == "resource" and is_within(one.place, call.path)]
    if None in listed:
        return [], []
    made = {address for addresses in listed for address in addresses or ()}
    planned = plan.inside(call.path)
    problems = [
        f"{place_of(call.tree)}: `{address}` {_where(address in made)}; make the plan of this configuration"
        for address in sorted(made ^ planned)
    ]
    changed = sum(address in planned for address in plan.changed)
    note = f"the plan changes {count(changed, 'resource')} of `{call.path}`; apply it first"
    return problems, [note] if changed else []


def _where(is_made: bool) -> str:  # noqa: FBT001  a row of a table of two
    return "is not in the plan" if is_made else "is in the plan, and the configuration does not make it"


def place_of(tree: Tree) -> str:
    """Return the file and line of a call."""
    return f"{tree.declared.location.file}:{tree.declared.location.line}"
