"""The variables that a statement can use: those of the statements before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from plainwork_core.python_source.layout import Inserted

if TYPE_CHECKING:
    from plainwork_core.python_source.elements import Element

LOCALS = "local"
"""The variable of the local values that refer to no resource."""
_VALUES = ("var.", "local.")


@dataclass
class Scope:
    """What is defined so far.

    Attributes:
        names: the variable of each address, whether it is defined already or not.
        bodies: the body of each block that is defined, by address.
        together: the local values that are keys of one variable.
        functions: the functions of the library that were used.
    """

    names: Mapping[str, str]
    bodies: dict[str, Any] = field(default_factory=dict)
    together: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)

    def define(self, element: Element) -> None:
        """Add a block, which the following statements can refer to."""
        self.bodies[element.address] = element.body

    def block(self, address: str, repeated: str) -> str | None:
        """Return the variable of a block with the argument *repeated*; `""` for neither `count` nor `for_each`."""
        body = self.bodies.get(address)
        if not isinstance(body, Mapping) or address not in self.names or address.startswith(_VALUES):
            return None
        has = next((name for name in ("count", "for_each") if name in body), "")
        return self.names[address] if has == repeated else None

    def address(self, address: str) -> str | None:
        """Return the variable of a block, for arguments that take the block itself."""
        return self.names[address] if address in self.bodies and address in self.names else None

    def value(self, address: str) -> Inserted | None:
        """Return the value of a variable of Terraform or of a local value."""
        if address in self.together:
            return Inserted(LOCALS, (address.removeprefix("local."),))
        if address not in self.bodies or address not in self.names:
            return None
        step = ".reference" if address.startswith("var.") else address.removeprefix("local.")
        return Inserted(self.names[address], (step,))
