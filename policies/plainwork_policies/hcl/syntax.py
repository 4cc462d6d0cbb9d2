"""The syntax tree of HCL: bodies, blocks, attributes and expressions, each with its line (from 1).

Two trees are equal when they mean the same; lines do not count.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Number = int | float
Expression = Any  # one of the classes below: a union of sixteen members says no more to a reader
Line = int


def _line() -> Any:
    return field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Literal:
    """A string without interpolation, a number, a boolean or null."""

    value: str | Number | bool | None
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Template:
    """A string with interpolations or directives: its parts are joined. `"${x}"` alone is `x` itself, no template."""

    parts: tuple[Expression, ...]
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class TemplateIf:
    """`%{ if condition }then%{ else }otherwise%{ endif }` inside a template."""

    condition: Expression
    then: Template
    otherwise: Template
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class TemplateFor:
    """`%{ for key, value in collection }body%{ endfor }` inside a template."""

    key: str | None
    value: str
    collection: Expression
    body: Template
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Sequence:
    """`[a, b]`."""

    items: tuple[Expression, ...]
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Member:
    """`key = value` in an object; a bare word as key is a `Literal`."""

    key: Expression
    value: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Object:
    """`{ key = value }`."""

    members: tuple[Member, ...]
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class For:
    """`[for key, value in collection : result if condition]`, or `{...: result_key => result...}`."""

    key: str | None
    value: str
    collection: Expression
    result_key: Expression | None
    result: Expression
    condition: Expression | None
    grouped: bool = False
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Variable:
    """The first name of a reference: `local` of `local.tags.Owner`. `*` is the item of a `Splat`."""

    name: str
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class GetAttribute:
    """`target.name`."""

    target: Expression
    name: str
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class GetIndex:
    """`target[key]`; the old `target.0` too."""

    target: Expression
    key: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Splat:
    """`target[*].each` (*full*) or `target.*.each`; *each* starts at `Variable("*")`."""

    target: Expression
    each: Expression
    full: bool = True
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Call:
    """`name(arguments)`; *expanded* when the last argument is followed by `...`."""

    name: str
    arguments: tuple[Expression, ...]
    expanded: bool = False
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Unary:
    """`-operand` or `!operand`."""

    operator: str
    operand: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Binary:
    """`left operator right`."""

    operator: str
    left: Expression
    right: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Conditional:
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Attribute:
    """`name = expression` in a body."""

    name: str
    expression: Expression
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Block:
    """`type "label" { body }`."""

    type: str
    labels: tuple[str, ...]
    body: Body
    line: Line = _line()


@dataclass(frozen=True, slots=True)
class Body:
    """What stands in a file or between a block's braces, in order.

    In Terraform's JSON syntax a nested block cannot be told from an argument: there it is an attribute.
    """

    attributes: tuple[Attribute, ...] = ()
    blocks: tuple[Block, ...] = ()
    line: Line = _line()

    def attribute(self, name: str) -> Expression | None:
        """Return the expression of the attribute *name*."""
        return next((attribute.expression for attribute in self.attributes if attribute.name == name), None)
