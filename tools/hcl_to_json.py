"""Writes a file of HCL in Terraform's JSON syntax, as `cdktf synth` would: `python -m tools.hcl_to_json main.tf`.

It makes the CDKTF twin of an example from its HCL.
See https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from plainwork_core.hcl.definitions import Block
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.syntax import HclError, nodes, parse
from plainwork_core.hcl.syntax.nodes import Expression
from plainwork_core.hcl.write.strings import expression_text, template_text

Json = Any


def twin(file: Path) -> str:
    """Return the HCL of *file* in Terraform's JSON syntax, as CDKTF writes it."""
    return json.dumps(to_json(parse(file.read_text(encoding="utf-8"))), indent=2, ensure_ascii=False) + "\n"


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
            return {_key(member.key): value(member.value) for member in members}
    return f"${{{expression_text(node)}}}"


def _key(key: Expression) -> str:
    return template_text(key) if isinstance(key, nodes.Literal | nodes.TemplateExpr) else f"${{{expression_text(key)}}}"


def _bare(node: Expression) -> Json:
    """Return a value that Terraform reads without `${}`: a reference, a type, or a literal."""
    match node:
        case nodes.Literal(plain):
            return plain
        case nodes.Sequence(items):
            return [_bare(item) for item in items]
        case nodes.Object(members):
            return {_key(member.key): _bare(member.value) for member in members}
    return expression_text(node)


def _argument(block: str, attribute: nodes.Attribute) -> Json:
    write = _bare if (block, attribute.name) in _BARE else value
    return write(attribute.expression)


def _bare_arguments(blocks: Mapping[str, Block]) -> Iterator[tuple[str, str]]:
    for name, block in blocks.items():
        if name != "dynamic":
            forms = {argument: each.form for argument, each in block.arguments.items()}
            yield from ((name, argument) for argument, form in forms.items() if form in {"reference", "literal"})
            yield from _bare_arguments(block.blocks)


_BARE = {*_bare_arguments(LANGUAGE), ("required_providers", "configuration_aliases")}
"""Block and argument of the values that Terraform reads without `${}`."""


def main() -> None:
    """Convert the file that the command line names."""
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and one argument
        sys.exit("usage: python -m tools.hcl_to_json FILE.tf > FILE.tf.json")
    try:
        print(twin(Path(sys.argv[1])), end="")
    except HclError as error:
        sys.exit(f"{sys.argv[1]}:{error.line}: {error}")


if __name__ == "__main__":
    main()
