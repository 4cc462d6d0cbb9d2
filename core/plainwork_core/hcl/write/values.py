"""From values of Terraform's JSON syntax to the writer's tree.

Which strings are templates, literal text or expressions is defined by
https://developer.hashicorp.com/terraform/language/syntax/json ("Expressions" and the exceptions by block type).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from plainwork_core.hcl.write import expressions, strings
from plainwork_core.hcl.write.errors import RenderError
from plainwork_core.hcl.write.literals import number
from plainwork_core.hcl.write.tree import Atom, Entry, Group, Object

if TYPE_CHECKING:
    from plainwork_core.hcl.write.tree import Expression

Writer: TypeAlias = Callable[[Any], "Expression"]

_CONSTANTS = {None: (Atom("name", "null"),), True: (Atom("name", "true"),), False: (Atom("name", "false"),)}


def template(value: Any) -> Expression:
    """Return a value whose strings, keys of objects included, are templates."""
    return _value(value, template, strings.template, strings.template_key)


def literal(value: Any) -> Expression:
    """Return a value whose strings are literal, as in a backend or a variable's default."""
    return _value(value, literal, expressions.literal, expressions.literal_key)


def bare(value: Any) -> Expression:
    """Return a value whose strings, keys of objects included, are expressions, as in `depends_on` or `providers`."""
    return _value(value, bare, strings.reference, strings.reference)


def requirement(value: Any) -> Expression:
    """Return an entry of `required_providers`: literal but for `configuration_aliases`."""
    if not isinstance(value, Mapping):
        return literal(value)
    writers = {"configuration_aliases": bare}
    return (Object(tuple(Entry(expressions.literal_key(k), writers.get(k, literal)(v)) for k, v in value.items())),)


def _value(value: Any, again: Writer, string: Writer, key: Writer) -> Expression:
    match value:
        case str():
            return string(value)
        case None | bool():
            return _CONSTANTS[value]
        case int() | float() | Decimal():
            return (Atom("number", number(value)),)
        case Mapping():
            return (Object(tuple(Entry(key(name), again(inner)) for name, inner in value.items())),)
        case list() | tuple():
            return (Group("[", tuple(again(member) for member in value)),)
        case _:
            raise RenderError(
                f"{value!r} is not a value of JSON; use a string, a number, true, false, null, a list or an object"
            )
