"""The functions whose result is known although members of their arguments are not: `concat([a], [b])` is `[a, b]`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from plainwork_core.eject import certainty, folding, known
from plainwork_core.eject.collection_functions import COUNTS, FUNCTIONS, Folded, element
from plainwork_core.eject.known import Invalid, Known, NotLiteral, content, items_of, members_of, together
from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import unknowns

Arguments = tuple[Expression, ...]

_WRITTEN = frozenset(("concat", "jsondecode", "length", "merge", "toset", "yamldecode"))
"""Functions of which a person writes the call rather than the result, if an argument is a reference."""
_KEPT = frozenset(
    (
        *("jsonencode", "yamlencode", "base64encode", "base64gzip", "templatefile", "templatestring", "file"),
        *("filebase64", "filemd5", "filesha1", "filesha256", "filesha512", "filebase64sha256", "filebase64sha512"),
        *("timestamp", "uuid", "bcrypt", "sensitive", "nonsensitive", "plantimestamp", "md5", "sha1", "sha256"),
        *("sha512", "base64sha256", "fileset", "fileexists", "abspath", "pathexpand"),
    )
)
"""Functions that stay calls."""


def call(node: nodes.Call, arguments: Arguments) -> Expression:
    """Return the call *node* with *arguments*, or its result."""
    arguments, expanded = _spread(node, arguments)
    if node.name in ("concat", "merge") and not expanded:
        arguments = tuple(part for one in arguments for part in _parts(node.name, one))
        arguments = tuple(one for one in arguments if not _adds_nothing(one)) or arguments[:1]
    made = replace(node, arguments=arguments, expanded=expanded)
    if expanded:
        return made
    if node.name == "element" and (chosen := _chosen(*arguments)) is not None:
        return chosen
    found = FUNCTIONS[node.name](*arguments) if _takes(node.name, arguments) else None
    if found is None and node.name not in _KEPT:
        found = _evaluated(node.name, arguments)
    if found is None:
        return made
    is_operand = any(found is argument for argument in arguments)
    is_written = _is_written(node.name, found) or _is_of_root(found, arguments)
    return together(made, found, arguments) if is_written and not is_operand else found


def _parts(name: str, argument: Expression) -> Arguments:
    """Return the arguments of a nested call of *name*: `merge(merge(a, b), c)` is `merge(a, b, c)`."""
    written = argument.written if isinstance(argument, Known) and not argument.is_whole else argument
    is_same = isinstance(written, nodes.Call) and written.name == name and not written.expanded
    return written.arguments if is_same else (argument,)


def _is_of_root(result: Expression, arguments: Arguments) -> bool:
    """Return whether *result* is of a reference of the root module, which it follows if that changes."""
    of_root = any(isinstance(one, Known) and not one.names for one in arguments)
    is_decision = isinstance(result, nodes.Literal) and not isinstance(result.value, str)
    return (
        of_root
        and not is_decision
        and not (isinstance(result, Known) and isinstance(result.written, nodes.TemplateExpr))
    )


def _chosen(of: Expression, place: Expression) -> Folded:
    """Return a member of a list to which a person would refer by its index."""
    found = element(of, place)
    items = items_of(of)
    if found is None or not items:
        return None
    number = nodes.Literal(int(str(content(place).value)) % len(items))
    return folding.index(nodes.GetIndex(of, number), of, number)


def _is_written(name: str, result: Expression) -> bool:
    is_text = isinstance(result, nodes.Literal) and isinstance(result.value, str)
    return name in _WRITTEN or (name not in FUNCTIONS and is_text)


def _adds_nothing(node: Expression) -> bool:
    return known.is_null(node) or members_of(node) == {} or items_of(node) == []


def _takes(name: str, arguments: Arguments) -> bool:
    fewest, most = COUNTS.get(name, (1, 1))
    return name in FUNCTIONS and fewest <= len(arguments) <= most


def _spread(node: nodes.Call, arguments: Arguments) -> tuple[Arguments, bool]:
    if node.expanded and (last := items_of(arguments[-1])) is not None:
        return (*arguments[:-1], *last), False
    return arguments, node.expanded


def _evaluated(name: str, arguments: Arguments) -> Folded:
    from plainwork_core.hcl.read.functions import call as evaluated  # noqa: PLC0415  many a module calls no function

    try:
        value = evaluated(name, [known.literal_of(argument) for argument in arguments], Nowhere())
    except Rejected as error:
        raise Invalid(str(error)) from error
    except (NotLiteral, Unsupported, TypeError):
        return None
    return None if list(unknowns(value)) else known.node_of(value)


def attempt(node: nodes.Call, value_of: Callable[[Expression], Expression]) -> Expression:
    """Return `try(...)` or `can(...)`, whose arguments *value_of* returns; those that have no value are omitted.

    Raises:
        Invalid: no argument of `try` has a value.
    """
    left: list[Expression] = []
    for argument in node.arguments:
        try:
            found = value_of(argument)
        except Invalid:
            continue
        if certainty.is_certain(found):
            if node.name == "can":
                return nodes.Literal(value=True)
            left.append(found)
            break
        left.append(found)
    if node.name == "can":
        return replace(node, arguments=tuple(left)) if left else nodes.Literal(value=False)
    if not left:
        raise Invalid("`try()`: no argument has a value")
    return left[0] if len(left) == 1 else replace(node, arguments=tuple(left))
