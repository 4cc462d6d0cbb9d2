"""Where something is made: in which stack, under which construct, and so by which name.

A name is made of the ids of the constructs between the stack and the thing, then its own id, joined by `_`. Nothing
is hashed: the address `aws_iam_policy.state_read` is public API, and reads as what it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from plainwork._cdktf import Construct, IConstruct, TerraformStack
from plainwork.errors import AddressError

if TYPE_CHECKING:
    from collections.abc import Iterator

_IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(slots=True)
class Ledger:
    """What one stack has declared so far.

    Attributes:
        stack: the id of the stack.
        root: the app, which tells the stacks of one app from those of another.
        claims: the path of the construct that claimed each address, in the order of creation.
        reported: what was warned of already.
        providers: the source and version of each provider.
    """

    stack: str
    root: IConstruct
    claims: dict[str, str] = field(default_factory=dict)
    reported: set[str] = field(default_factory=set)
    providers: dict[str, dict[str, str]] = field(default_factory=dict)

    def claim(self, address: str, path: str) -> int:
        """Take an address and return its position in the stack.

        Raises:
            AddressError: something else has it.
        """
        if address in self.claims:
            raise AddressError(
                f"{address} is claimed twice in stack {self.stack!r}: by {self.claims[address]!r} and by {path!r}; "
                "give one of them another id"
            )
        self.claims[address] = path
        return len(self.claims)

    def first_time(self, report: str) -> bool:
        """Whether this was not reported before; from now on it was."""
        is_new = report not in self.reported
        self.reported.add(report)
        return is_new


def identifier(name: Any, what: str) -> str:
    """The name, if Terraform takes it for one.

    Raises:
        AddressError: it does not.
    """
    if not isinstance(name, str) or not _IDENTIFIER.fullmatch(name):
        raise AddressError(
            f"{what} must have letters, digits, underscores and hyphens only, and begin with a letter or an "
            f"underscore (got {name!r})"
        )
    return name


@dataclass(frozen=True, slots=True)
class Place:
    """A scope that things are made in.

    Attributes:
        ledger: of the stack around it.
        ids: of the constructs between the stack and the things made here, outermost first.
        origin: the innermost construct as `S3StateBackend state`, or None directly in the stack.
    """

    ledger: Ledger
    ids: tuple[str, ...] = ()
    origin: str | None = None

    def name(self, id_: str | None, what: str) -> str:
        """The Terraform name of something made here.

        Raises:
            AddressError: there is no id, or the name is no Terraform identifier.
        """
        if not isinstance(id_, str | None):
            raise AddressError(f"the id of {what} must be a string (got {id_!r})")
        parts = [*self.ids, *([id_] if id_ is not None else [])]
        if not parts:
            raise AddressError(f"{what} needs an id: directly in stack {self.ledger.stack!r} nothing else names it")
        name = "_".join(parts)
        if not _IDENTIFIER.fullmatch(name):
            raise AddressError(
                f"{what} would be named {name!r}, from the ids {parts}: a Terraform name has letters, digits, "
                "underscores and hyphens only, and begins with a letter or an underscore"
            )
        return name

    def path(self, node_id: str) -> str:
        """The construct path of a node made here."""
        return "/".join((self.ledger.stack, *self.ids, node_id))


_PLACES: WeakKeyDictionary[IConstruct, Place] = WeakKeyDictionary()


def place_of(scope: IConstruct) -> Place:
    """The place that a scope is.

    Raises:
        AddressError: the scope is in no stack.
    """
    if scope not in _PLACES:
        _PLACES[scope] = _find(scope)
    return _PLACES[scope]


def ledger_of(stack: TerraformStack) -> Ledger:
    """What a stack has declared so far."""
    return place_of(stack).ledger


def stacks_of(app: IConstruct) -> list[TerraformStack]:
    """The stacks of an app that something of this library was made in."""
    return [scope for scope, each in _PLACES.items() if isinstance(scope, TerraformStack) and each.ledger.root is app]


def ledgers_beside(stack: TerraformStack) -> Iterator[Ledger]:
    """The ledgers of the other stacks in the same app."""
    own = ledger_of(stack)
    return (place_of(each).ledger for each in stacks_of(own.root) if each is not stack)


def _find(scope: IConstruct) -> Place:
    if not isinstance(scope, Construct):
        raise AddressError(f"the scope must be a Stack or a construct in one (got {scope!r})")
    node = scope.node
    if isinstance(scope, TerraformStack):
        return Place(Ledger(node.path, node.root))
    above = node.scope
    if above is None:
        raise AddressError(
            f"{type(scope).__name__} {node.path!r} is in no stack: give a Stack, or a construct inside one, as scope"
        )
    place = place_of(above)
    ids = (*place.ids, node.id)
    return Place(place.ledger, ids, f"{type(scope).__name__} {'/'.join(ids)}")
