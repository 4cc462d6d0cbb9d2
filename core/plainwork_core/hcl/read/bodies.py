"""The arguments of a body: its attributes and nested blocks as values, and the line of each."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.hcl.read.errors import Rejected, Unsupported
from plainwork_core.hcl.read.evaluator import evaluate, items, value_of
from plainwork_core.hcl.read.heredocs import json_lines
from plainwork_core.hcl.read.references import Bound, Scope
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.model.values import Unknown, Value

_STEPS_OF_BLOCK = 10

Lines = dict[str, int]
"""Line by dotted path: `tags.Owner`, `statement.1.actions`."""


def names(body: nodes.Body) -> list[str]:
    """Return the names of the arguments of *body*; a `dynamic` block has the name of the blocks that it generates."""
    found = [attribute.name for attribute in body.attributes]
    found += [block_name(block) for block in body.blocks]
    return list(dict.fromkeys(found))


def block_name(block: nodes.Block) -> str:
    """Return the name of the argument that *block* is; a `dynamic` block has the name of what it generates."""
    return block.labels[0] if block.type == "dynamic" and block.labels else block.type


def arguments(body: nodes.Body, scope: Scope) -> tuple[dict[str, Value], Lines]:
    """Return the values of all arguments of *body*, and their lines."""
    values: dict[str, Value] = {}
    lines: Lines = {}
    for name in names(body):
        values[name], inner = argument(body, name, scope)
        lines |= inner
    return values, lines


def argument(body: nodes.Body, name: str, scope: Scope) -> tuple[Value, Lines]:
    """Return the value of one argument of *body*, which it has, and the lines of it and of what is in it.

    Nested blocks are a list of maps. A `dynamic` block adds what it makes, or one `Unknown` where that is not known;
    where it makes nothing, the block is not set.
    """
    found = [attribute for attribute in body.attributes if attribute.name == name]
    made = [made for block in body.blocks if block_name(block) == name for made in _made(block, scope)]
    if not made and not found:
        return None, _first_line(body, name)
    if not made:
        return evaluate(found[0].expression, scope), dict(_expression_lines(name, found[0].line, found[0].expression))
    lines = _first_line(body, name)
    for index, (_, line, inner) in enumerate(made):
        lines[f"{name}.{index}"] = line
        lines |= {f"{name}.{index}.{path}": inner_line for path, inner_line in inner.items()}
    values = [value for value, _, _ in made]
    return [*_as_list(found, scope), *values], lines


def _first_line(body: nodes.Body, name: str) -> Lines:
    return {name: next(block.line for block in body.blocks if block_name(block) == name)}


def _as_list(found: list[nodes.Attribute], scope: Scope) -> list[Value]:
    """Return the blocks that Terraform's JSON spells as an argument, beside its `dynamic` ones."""
    value = evaluate(found[0].expression, scope) if found else []
    return value if isinstance(value, list) else [value]


_Made = tuple[Value, int, Lines]
"""A nested block's value, its line, and the lines in it."""


def _made(block: nodes.Block, scope: Scope) -> list[_Made]:
    if block.type != "dynamic":
        values, lines = arguments(block.body, scope)
        return [(values, block.line, lines)]
    try:
        return _expanded(block, scope)
    except Rejected as error:
        return [(Unknown(f"the `dynamic` block `{block_name(block)}` has no value: {error}"), block.line, {})]
    except Unsupported as error:
        return [(Unknown(f"the `dynamic` block `{block_name(block)}` is not evaluated {error}"), block.line, {})]


def _expanded(block: nodes.Block, scope: Scope) -> list[_Made]:
    collection = value_of(_required(block, "for_each"), scope)
    if isinstance(collection, Unknown):
        reason = f"the `dynamic` block `{block_name(block)}` repeats for an unknown `for_each`: {collection.reason}"
        return [(Unknown(reason, collection.references), block.line, {})]
    content = next((inner.body for inner in block.body.blocks if inner.type == "content"), nodes.Body())
    made = []
    for key, value in items(collection):
        values, lines = arguments(content, Bound(scope, {_iterator(block): {"key": key, "value": value}}))
        scope.budget.spend(_STEPS_OF_BLOCK + len(lines))
        made.append((values, block.line, lines))
    return made


def _required(block: nodes.Block, name: str) -> Expression:
    expression = block.body.attribute(name)
    if expression is None:
        raise Rejected(f"it has no `{name}`")
    return expression


def _iterator(block: nodes.Block) -> str:
    match block.body.attribute("iterator"):
        case nodes.Variable(name) | nodes.Literal(str(name)):
            return name
    return block_name(block)


def _expression_lines(path: str, line: int, expression: Expression) -> Iterator[tuple[str, int]]:
    left = [(path, line, expression)]
    while left:
        path, line, expression = left.pop()
        yield path, line
        match expression:
            case nodes.Object(members):
                left += [
                    (f"{path}.{member.key.value}", member.line, member.value)
                    for member in members
                    if isinstance(member.key, nodes.Literal)
                ]
            case nodes.Sequence(members):
                left += [(f"{path}.{index}", member.line, member) for index, member in enumerate(members)]
            case nodes.Call("jsonencode", (encoded,)):
                left.append((path, line, encoded))
            case _:
                yield from ((f"{path}.{inner}", line) for inner, line in json_lines(expression).items() if inner)
