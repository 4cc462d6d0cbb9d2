"""The base classes of everything in a tree of constructs: of plain Python, or of CDKTF if the program imports CDKTF.

Nothing here is CDKTF's until a construct is created. An app that is created while `cdktf`, `cdktn` or `constructs` is
imported is an object of CDKTF; any other app is plain Python, and its program does not start Node.js. Each construct
follows its scope: its class is then a subclass of its own class and of the class in `plainwork._cdktf` or
`plainwork.tree.plain` that has the name of its base class here.
"""

from __future__ import annotations

import sys
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeGuard, TypeVar

from plainwork.tree.document import IMPORT_FIRST
from plainwork.tree.node_js import use_bundled_node

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

    from plainwork._cdktf import (
        App,
        Construct,
        IConstruct,
        TerraformBackend,
        TerraformDataSource,
        TerraformElement,
        TerraformOutput,
        TerraformProvider,
        TerraformResource,
        TerraformStack,
    )
else:

    class Construct:
        """A node of the tree: `Construct(scope, "network")`.

        Args:
            scope: the construct that contains it.
            id: distinguishes it from the others in its scope.
        """

        def __init__(self, scope: Any, id: str, *arguments: Any, **config: Any) -> None:  # noqa: A002  the name in `constructs`
            module = _module(scope)
            self.__class__, base = _joined(type(self), module)
            module.create(self, base, scope, id, *arguments, **config)

        @staticmethod
        def is_construct(x: Any) -> bool:
            """Return whether a value is a construct."""
            return is_a(x, Construct)

    IConstruct = Construct

    class App(Construct):
        """The root of a tree."""

        def __init__(self, **config: Any) -> None:
            super().__init__(None, "", **config)

        @staticmethod
        def is_app(x: Any) -> bool:
            """Return whether a value is an app."""
            return is_a(x, App)

    class TerraformStack(Construct):
        """A part of the tree with a configuration of its own."""

        @staticmethod
        def is_stack(x: Any) -> bool:
            """Return whether a value is a stack."""
            return is_a(x, TerraformStack)

        @staticmethod
        def of(construct: Any) -> Any:
            """Return the stack that contains a construct."""
            return _module(construct).stack_of(construct)

    class TerraformElement(Construct):
        """A construct with a fragment of the configuration."""

    class TerraformResource(TerraformElement):
        """A resource."""

    class TerraformDataSource(TerraformElement):
        """A data source."""

    class TerraformProvider(TerraformElement):
        """A provider configuration."""

    class TerraformOutput(TerraformElement):
        """An output value."""

    class TerraformBackend(TerraformElement):
        """A backend."""


_T = TypeVar("_T")
RUNTIMES = ("cdktf", "cdktn", "constructs")

use_bundled_node()


def is_a(value: Any, *classes: type[_T]) -> TypeGuard[_T]:
    """Return whether a value is a construct of one of the classes of this module, or of CDKTF's class of that name."""
    if isinstance(value, classes):
        return True
    return is_of_cdktf(value) and isinstance(value, tuple(getattr(_cdktf(), class_.__name__) for class_ in classes))


def is_of_cdktf(value: Any) -> bool:
    """Return whether a value is an object of CDKTF."""
    return getattr(value, "__jsii_ref__", None) is not None


def add_validation(construct: Any, problems: Callable[[], list[str]]) -> None:
    """Call *problems* before a stack is written; a problem is an error of the synthesis."""
    construct.node.add_validation(_module(construct).Validation(problems))


def written(app: Any, stacks: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write all stacks of an app, and yield the name and the configuration of each of *stacks*."""
    yield from _module(app).written(app, stacks)


def configuration(stack: Any) -> dict[str, Any]:
    """Return the configuration of one stack, without writing it."""
    config: dict[str, Any] = _module(stack).configuration(stack)
    return config


def _module(scope: Any) -> ModuleType:
    """Return the module with the classes of the constructs in *scope*."""
    if is_of_cdktf(scope) or (scope is None and any(map(sys.modules.get, RUNTIMES))):
        return _cdktf()
    return _plain()


@cache
def _cdktf() -> ModuleType:
    return import_module("plainwork._cdktf")


@cache
def _plain() -> ModuleType:
    return import_module("plainwork.tree.plain")


@cache
def _joined(class_: type, module: ModuleType) -> tuple[type, type]:
    """Return the subclass of *class_* and of a class of *module*, whose methods come last, and this class."""
    base: type = getattr(module, next(known.__name__ for known in class_.__mro__ if known.__module__ == __name__))
    if issubclass(class_, base):
        return class_, base
    own, other = type(class_), type(base)
    metaclass = other if issubclass(other, own) else type(other.__name__, (own, other), {})
    names = {name: getattr(class_, name) for name in ("__module__", "__qualname__", "__doc__")}
    if module is _plain():  # an error of CDKTF about its type then has the remedy
        names["__qualname__"] += f" of plain Python ({IMPORT_FIRST})"
    return metaclass(class_.__name__, (class_, base), names), base


__all__ = [
    "App",
    "Construct",
    "IConstruct",
    "TerraformBackend",
    "TerraformDataSource",
    "TerraformElement",
    "TerraformOutput",
    "TerraformProvider",
    "TerraformResource",
    "TerraformStack",
    "add_validation",
    "configuration",
    "is_a",
    "is_of_cdktf",
    "written",
]
