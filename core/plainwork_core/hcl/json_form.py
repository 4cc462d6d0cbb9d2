"""HCL in Terraform's JSON syntax, as `cdktf synth` would write it.

See https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from plainwork_core.hcl.definitions import Block
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import nodes
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.write.strings import expression_text, template_text

Json = Any


def to_json(body: nodes.Body) -> dict[str, Json]:
    """Return what *body*, a file or the inside of a block, is in JSON.

    Keys of a block are its type and labels. One block is an object, several are a list of objects.
    """
    return _body(body, "")


def _body(body: nodes.Body, type_: str) -> dict[str, Json]:
    content = {attribute.name: _argument(type_, attribute) for attribute in body.attributes}
    for block in body.blocks:
        _place(content, (block.type, *block.labels), _body(block.body, block.type))
    return content


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


def value(node: Expression) -> Json:
    """Return an expression in JSON: literals as they are, anything else as a template."""
    match node:
        case nodes.Literal(str()) | nodes.TemplateExpr():
            return template_text(node)
        case nodes.Literal(plain):
            return plain
        case nodes.Sequence(items):
            return [value(item) for item in items]
        case nodes.Object(members):
            return {key(member.key): value(member.value) for member in members}
    return f"${{{expression_text(node)}}}"


def key(node: Expression) -> str:
    """Return the key of an object in JSON."""
    return (
        template_text(node) if isinstance(node, nodes.Literal | nodes.TemplateExpr) else f"${{{expression_text(node)}}}"
    )


def bare(node: Expression) -> Json:
    """Return a value that Terraform reads without `${}`: a reference, a type, or a literal."""
    match node:
        case nodes.Literal(plain):
            return plain
        case nodes.Sequence(items):
            return [bare(item) for item in items]
        case nodes.Object(members):
            return {key(member.key): bare(member.value) for member in members}
    return expression_text(node)


def is_bare(block: str, argument: str) -> bool:
    """Return whether Terraform reads the value of *argument* in a *block* without `${}`."""
    return (block, argument) in _BARE


def _argument(block: str, attribute: nodes.Attribute) -> Json:
    write = bare if is_bare(block, attribute.name) else value
    return write(attribute.expression)


def _bare_arguments(blocks: Mapping[str, Block]) -> Iterator[tuple[str, str]]:
    for name, block in blocks.items():
        if name != "dynamic":
            forms = {argument: each.form for argument, each in block.arguments.items()}
            yield from ((name, argument) for argument, form in forms.items() if form in {"reference", "literal"})
            yield from _bare_arguments(block.blocks)


_BARE = {*_bare_arguments(LANGUAGE), ("required_providers", "configuration_aliases")}
"""Block and argument of the values that Terraform reads without `${}`."""
