"""The place of a construct in a tree of plain Python, with the members that `constructs.Node` has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from plainwork.errors import AddressError, PlainworkError
from plainwork.tree.document import IMPORT_FIRST


def missing_member(value: object, name: str) -> AttributeError:
    """Return the error for a member that a plain object does not have."""
    hint = "" if name.startswith("_") else f"; if it is one of CDKTF, {IMPORT_FIRST}"
    return AttributeError(f"{type(value).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=value)


class Validation(Protocol):
    """What `Node.add_validation` accepts."""

    def validate(self) -> list[str]:
        """Return the problems."""


class Node:
    """The place of a construct in its tree.

    Attributes:
        id: distinguishes the construct from the others in its scope; empty for the root.
        scope: the construct that contains it; None for the root.
        path: the ids from the root to the construct, joined by `/`.
    """

    __slots__ = ("_children", "_construct", "_context", "_validations", "id", "path", "scope")

    def __init__(self, construct: Any, scope: Any, id_: str) -> None:
        self.id = id_.replace("/", "--")
        self.scope = scope
        self._construct = construct
        self._children: dict[str, Any] = {}
        self._context: dict[str, Any] | None = None
        self._validations: list[Validation] | None = None
        above = scope.node.path if scope is not None else ""
        self.path: str = f"{above}/{self.id}" if above else self.id
        if scope is not None:
            scope.node._add(construct, self.id)  # noqa: SLF001  the same class

    def _add(self, child: Any, id_: str) -> None:
        if not id_:
            raise AddressError(f"the id of a {type(child).__name__} in {self.path!r} must not be empty")
        if existing := self._children.get(id_):
            raise AddressError(
                f"duplicate id {id_!r} in {self.path!r}: {type(existing).__name__} and {type(child).__name__}; "
                "change one of the ids"
            )
        self._children[id_] = child

    def __getattr__(self, name: str) -> Any:
        raise missing_member(self, name)

    @property
    def addr(self) -> str:
        """A hash of the path, which `constructs` defines."""
        from hashlib import sha1  # noqa: PLC0415  few programs ask for it

        ids = [scope.node.id for scope in self.scopes]
        text = "".join(f"{id_}\n" for id_ in ids if id_ != "Default")
        return f"c8{sha1(text.encode(), usedforsecurity=False).hexdigest()}"

    @property
    def root(self) -> Any:
        """The root of the tree."""
        return self.scopes[0]

    @property
    def scopes(self) -> list[Any]:
        """The constructs from the root to this one."""
        found = [self._construct]
        while (scope := found[-1].node.scope) is not None:
            found.append(scope)
        return found[::-1]

    @property
    def children(self) -> list[Any]:
        """The constructs in this one, in the order of creation."""
        return list(self._children.values())

    def find_all(self) -> list[Any]:
        """Return this construct and all in it, each before those in it."""
        return list(self._walk())

    def _walk(self) -> Iterator[Any]:
        yield self._construct
        for child in self._children.values():
            yield from child.node._walk()  # noqa: SLF001  the same class

    def try_find_child(self, id: str) -> Any:  # noqa: A002  the name in `constructs`
        """Return the construct with this id in this one, or None."""
        return self._children.get(id.replace("/", "--"))

    def find_child(self, id: str) -> Any:  # noqa: A002  the name in `constructs`
        """Return the construct with this id in this one."""
        if child := self.try_find_child(id):
            return child
        raise PlainworkError(f"{self.path!r} has no construct with the id {id!r}")

    def try_remove_child(self, child_name: str) -> bool:
        """Remove the construct with this id, and return whether there was one."""
        return self._children.pop(child_name.replace("/", "--"), None) is not None

    def set_context(self, key: str, value: Any) -> None:
        """Set a value for this construct and those in it."""
        self._context = {**(self._context or {}), key: value}

    def try_get_context(self, key: str) -> Any:
        """Return the value of the nearest scope that has the key, or None."""
        return self.get_all_context().get(key)

    def get_context(self, key: str) -> Any:
        """Return the value of the nearest scope that has the key."""
        if (value := self.try_get_context(key)) is None:
            raise PlainworkError(f"{self.path!r} has no context value for the key {key!r}")
        return value

    def get_all_context(self, defaults: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """Return the values of this construct and its scopes."""
        found = dict(defaults or {})
        for scope in self.scopes:
            found.update(scope.node._context or {})  # noqa: SLF001  the same class
        return found

    def add_validation(self, validation: Validation) -> None:
        """Add a check that runs before a stack is written."""
        self._validations = [*(self._validations or ()), validation]

    def validate(self) -> list[str]:
        """Return the problems of the construct itself."""
        return [problem for validation in self._validations or () for problem in validation.validate()]
