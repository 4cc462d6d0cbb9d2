"""The instances of a module in the configuration, and its resources in a plan or state."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork_core.eject.calls import Call
from plainwork_core.eject.inventory import Inventory
from plainwork_core.eject.known import Invalid
from plainwork_core.eject.placed import Placed
from plainwork_core.eject.resources import addresses_of
from plainwork_core.eject.tree import Tree
from plainwork_core.moves import is_within
from plainwork_core.text import count

_MISSING = "pass --plan or --state"
_LITERAL = {
    "count": "write its number, such as `count = 1`",
    "for_each": 'write its keys, such as `for_each = toset(["a", "b"])`',
}
_REMEDIES = {"plan": "make the plan of this configuration", "state": "apply this configuration first"}


def instance_problems(call: Call) -> Iterator[str]:
    """Yield a problem if the instances of *call*, or of a call in it, have no form."""
    place = place_of(call.tree)
    try:
        if call.keys is None:
            yield f"{place}: the instances of `{call.path}` are not known from `{call.shape.argument}`; {_MISSING}"
        elif call.shape.keys is None and not call.repeats:
            argument = call.shape.argument
            text = f"`{call.path}` has `{argument}` of unknown keys and repeats a resource itself; {_LITERAL[argument]}"
            yield f"{place}: {text}"
        else:
            for scope in [call.generic] if call.repeats else call.scopes.values():
                for inner in scope.calls.values():
                    yield from instance_problems(inner)
    except Invalid as error:
        yield f"{place}: `{call.path}`: {error}"


def compared(call: Call, every: Iterable[Placed], inventory: Inventory) -> tuple[list[str], list[str]]:
    """Return a problem for each resource of *call* that only one of the two has, and notes."""
    addresses = [addresses_of(one) for one in every if one.mode == "resource" and is_within(one.place, call.path)]
    if None in addresses:
        return [], []
    made = {address for inner in addresses for address in inner or ()}
    listed, kind = inventory.inside(call.path), inventory.kind
    if made and made.isdisjoint(listed):
        text = f"no resource of `{call.path}` is in the {kind}; {_REMEDIES[kind]}, or pass the {kind} of it"
        return [f"{place_of(call.tree)}: {text}"], []
    problems = [
        f"{place_of(call.tree)}: `{address}` {_where(kind, is_made=address in made)}; {_REMEDIES[kind]}"
        for address in sorted(made ^ listed)
    ]
    changed = sum(address in listed for address in inventory.changed)
    note = f"the plan changes {count(changed, 'resource')} of `{call.path}`; apply it first"
    return problems, [note] if changed else []


def _where(kind: str, *, is_made: bool) -> str:
    return f"is not in the {kind}" if is_made else f"is in the {kind}, and the configuration does not make it"


def place_of(tree: Tree) -> str:
    """Return the file and line of a call."""
    return f"{tree.declared.location.file}:{tree.declared.location.line}"
