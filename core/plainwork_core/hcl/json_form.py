"""HCL in Terraform's JSON syntax, as `cdktf synth` would write it.

See https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plainwork_core.hcl.definitions import Block
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.write.strings import expression_text, template_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from plainwork_core.hcl.definitions import Form
    from plainwork_core.hcl.syntax.nodes import Expression

Json = Any

_FILE = Block(blocks=LANGUAGE)
_OF_PROVIDER = Block(blocks={"dynamic": LANGUAGE["resource"].blocks["dynamic"]}, of_provider=True)
_OPEN = Block()


def to_json(body: nodes.Body) -> dict[str, Json]:
    """Return what *body*, a file, is in JSON.

    Keys of a block are its type and labels. One block is an object, several are a list of objects.
    """
    return block_body(body, _FILE)


def block_body(body: nodes.Body, block: Block) -> dict[str, Json]:
    """Return the inside of a *block* in JSON."""
    content = {attribute.name: _argument(attribute, block) for attribute in body.attributes}
    for nested in body.blocks:
        inner = _definition(block, nested)
        if nested.type == "provisioner":  # a list, because the order of different types is kept
            _place(content, (nested.type,), {nested.labels[0]: block_body(nested.body, inner)})
        else:
            _place(content, (nested.type, *nested.labels), block_body(nested.body, inner))
    return content


def _definition(block: Block, nested: nodes.Block) -> Block:
    """Return the definition of a block in another one; what Terraform does not define is the provider's."""
    found = block.blocks.get(nested.type, _OF_PROVIDER if block.of_provider else _OPEN)
    return replace(found, blocks=found.by_label.get(nested.labels[0], {})) if found.by_label else found


def _place(content: dict[str, Json], path: tuple[str, ...], block: dict[str, Json]) -> None:
    """Put *block* at *path*; with a second block the value becomes a list."""
    *above, last = path
    for name in above:
        content = content.setdefault(name, {})
    if last not in content:
        content[last] = block
    elif isinstance(content[last], list):
        content[last].append(block)
    else:
        content[last] = [content[last], block]


def _argument(attribute: nodes.Attribute, block: Block) -> Json:
    argument = block.arguments.get(attribute.name)
    return _WRITERS[argument.form if argument else block.form](attribute.expression)


def value(node: Expression) -> Json:
    """Return an expression in JSON: literals as they are, anything else as a template."""
    match node:
        case nodes.Literal(str()) | nodes.TemplateExpr():
            return template_text(node)
        case nodes.Literal(plain):
            return plain
        case nodes.Unary("-", nodes.Literal(int() | float() as number)) if not isinstance(number, bool):
            return -number
        case nodes.Sequence(items):
            return [value(item) for item in items]
        case nodes.Object(members):
            return {key(member.key): value(member.value) for member in members}
    return f"${{{expression_text(node)}}}"


def key(node: Expression) -> str:
    """Return the key of an object in JSON."""
    is_text = isinstance(node, nodes.Literal | nodes.TemplateExpr)
    return template_text(node) if is_text else f"${{{expression_text(node)}}}"


def literal(node: Expression) -> Json:
    """Return a value whose strings are literal text; an expression, which only OpenTofu reads there, as a template."""
    match node:
        case nodes.Literal(plain):
            return plain
        case nodes.Sequence(items):
            return [literal(item) for item in items]
        case nodes.Object(members):
            return {_literal_key(member.key): literal(member.value) for member in members}
    return value(node)


def _literal_key(node: Expression) -> str:
    return str(node.value) if isinstance(node, nodes.Literal) else key(node)


def bare(node: Expression) -> Json:
    """Return a value that Terraform reads without `${}`: a reference, a type, or a keyword."""
    match node:
        case nodes.Literal(plain):
            return plain
        case nodes.Sequence(items):
            return [bare(item) for item in items]
        case nodes.Object(members):
            return {expression_text(member.key).strip('"'): bare(member.value) for member in members}
    return expression_text(node)


def _requirement(node: Expression) -> Json:
    """Return an entry of `required_providers`: literal but for `configuration_aliases`."""
    if not isinstance(node, nodes.Object):
        return literal(node)
    writers: dict[str, Callable[[Expression], Json]] = {"configuration_aliases": bare}
    keys = [(_literal_key(member.key), member.value) for member in node.members]
    return {name: writers.get(name, literal)(expression) for name, expression in keys}


_WRITERS: dict[Form, Callable[[Expression], Json]] = {
    "template": value,
    "literal": literal,
    "reference": bare,
    "requirement": _requirement,
}


def is_bare(block: str, argument: str) -> bool:
    """Return whether Terraform reads the value of *argument* in a *block* of its own without `${}`."""
    return (block, argument) in _BARE


def _bare_arguments(blocks: Mapping[str, Block]) -> Iterator[tuple[str, str]]:
    for name, block in blocks.items():
        if name != "dynamic":
            forms = {argument: each.form for argument, each in block.arguments.items()}
            yield from ((name, argument) for argument, form in forms.items() if form in {"reference", "literal"})
            yield from _bare_arguments(block.blocks)


_BARE = {*_bare_arguments(LANGUAGE), ("required_providers", "configuration_aliases")}
