"""The syntax tree of HCL: bodies, blocks, attributes and expressions, each with its line (from 1).

Two trees are equal when they mean the same: lines and spelling do not count.
"""

from __future__ import annotations

from dataclasses import field
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.values import Unknown

Number = int | float
Expression = Any  # one of the classes below; a union of sixteen members is not more precise


@frozen(slots=True, kw_only=True)
class Node:
    """A part of the tree.

    Attributes:
        line: where it begins, counted from 1.
        parenthesized: the text has parentheses around it; the writer keeps them.
    """

    line: int = field(default=0, compare=False)
    parenthesized: bool = field(default=False, compare=False)


@frozen(slots=True)
class Literal(Node):
    """A string without interpolation, a number, a boolean or null; an `Unknown` where the value is not represented.

    Attributes:
        text_line: where the text of a heredoc begins; 0 where that is not recorded.
    """

    value: str | Number | bool | Unknown | None
    text_line: int = field(default=0, compare=False, kw_only=True)


@frozen(slots=True)
class TemplateExpr(Node):
    """A string with interpolations or directives: its parts are joined. `"${x}"` alone is `x` itself, no template."""

    parts: tuple[Expression, ...]


@frozen(slots=True)
class TemplateIf(Node):
    """`%{ if condition }then%{ else }otherwise%{ endif }` inside a template."""

    condition: Expression
    then: TemplateExpr
    otherwise: TemplateExpr


@frozen(slots=True)
class TemplateFor(Node):
    """`%{ for key, value in collection }body%{ endfor }` inside a template."""

    key: str | None
    value: str
    collection: Expression
    body: TemplateExpr


@frozen(slots=True)
class Sequence(Node):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@frozen(slots=True)
class Member(Node):
    """`key = value` in an object; a bare word as key is a `Literal`."""

    key: Expression
    value: Expression


@frozen(slots=True)
class Object(Node):
    """`{ key = value }`."""

    members: tuple[Member, ...]


@frozen(slots=True)
class For(Node):
    """`[for key, value in collection : result if condition]`, or `{...: result_key => result...}`."""

    key: str | None
    value: str
    collection: Expression
    result_key: Expression | None
    result: Expression
    condition: Expression | None
    grouped: bool = False


@frozen(slots=True)
class Variable(Node):
    """The first name of a reference: `local` of `local.tags.Owner`. `*` is the item of a `Splat`."""

    name: str


@frozen(slots=True)
class GetAttribute(Node):
    """`target.name`."""

    target: Expression
    name: str


@frozen(slots=True)
class GetIndex(Node):
    """`target[key]`, or the old form `target.0` (*dotted*)."""

    target: Expression
    key: Expression
    dotted: bool = field(default=False, compare=False)


@frozen(slots=True)
class Splat(Node):
    """`target[*].each` (*full*) or `target.*.each`; *each* starts at `Variable("*")`."""

    target: Expression
    each: Expression
    full: bool = True


@frozen(slots=True)
class Call(Node):
    """`name(arguments)`; *expanded* when the last argument is followed by `...`."""

    name: str
    arguments: tuple[Expression, ...]
    expanded: bool = False


@frozen(slots=True)
class Unary(Node):
    """`-operand` or `!operand`."""

    operator: str
    operand: Expression


@frozen(slots=True)
class Binary(Node):
    """`left operator right`."""

    operator: str
    left: Expression
    right: Expression


@frozen(slots=True)
class Conditional(Node):
    """`condition ? then : otherwise`."""

    condition: Expression
    then: Expression
    otherwise: Expression


@frozen(slots=True)
class Attribute(Node):
    """`name = expression` in a body."""

    name: str
    expression: Expression


@frozen(slots=True)
class Block(Node):
    """`type "label" { body }`."""

    type: str
    labels: tuple[str, ...]
    body: Body


@frozen(slots=True)
class Body(Node):
    """The content of a file or of a block, in order.

    In Terraform's JSON syntax a nested block of a provider has the form of an argument: there it is an attribute.
    """

    attributes: tuple[Attribute, ...] = ()
    blocks: tuple[Block, ...] = ()

    def attribute(self, name: str) -> Expression | None:
        """Return the expression of the attribute *name*."""
        return next((attribute.expression for attribute in self.attributes if attribute.name == name), None)
