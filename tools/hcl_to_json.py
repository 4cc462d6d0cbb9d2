"""Writes a file of HCL in Terraform's JSON syntax, as `cdktf synth` would: `python -m tools.hcl_to_json main.tf`.

It makes the CDKTF twin of an example from its HCL.
See https://developer.hashicorp.com/terraform/language/syntax/json
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plainwork_policies.hcl import HclError, parse, syntax
from plainwork_policies.hcl.source import source, template_source
from plainwork_policies.hcl.syntax import Expression

Json = Any


def to_json(body: syntax.Body) -> dict[str, Json]:
    """Return what *body*, a file or the inside of a block, is in JSON.

    Blocks stand under their type and labels: one as an object, several as a list of objects.
    """
    return _body(body, "")


def _body(body: syntax.Body, type_: str) -> dict[str, Json]:
    content = {attribute.name: _argument(type_, attribute) for attribute in body.attributes}
    for block in body.blocks:
        _place(content, (block.type, *block.labels), _body(block.body, block.type))
    return content


def _place(content: dict[str, Json], path: tuple[str, ...], block: dict[str, Json]) -> None:
    """Put *block* at *path*; what stands there already becomes a list with it."""
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
        case syntax.Literal(str()) | syntax.Template():
            return template_source(node)
        case syntax.Literal(plain):
            return plain
        case syntax.Sequence(items):
            return [value(item) for item in items]
        case syntax.Object(members):
            return {_key(member.key): value(member.value) for member in members}
    return f"${{{source(node)}}}"


def _key(key: Expression) -> str:
    return template_source(key) if isinstance(key, syntax.Literal | syntax.Template) else f"${{{source(key)}}}"


def _reference(node: Expression) -> Json:
    """Return a reference that Terraform reads as such: its text alone, without `${}`."""
    match node:
        case syntax.Literal(plain):
            return plain
        case syntax.Sequence(items):
            return [_reference(item) for item in items]
        case syntax.Object(members):
            return {_key(member.key): _reference(member.value) for member in members}
    return source(node)


def _literal(node: Expression) -> Json:
    """Return a value that Terraform takes as it stands, in which `${` is no template."""
    match node:
        case syntax.Literal(plain):
            return plain
        case syntax.Sequence(items):
            return [_literal(item) for item in items]
        case syntax.Object(members):
            return {_key(member.key): _literal(member.value) for member in members}
    return source(node)


_ARGUMENTS: dict[tuple[str, str], Callable[[Expression], Json]] = {
    **dict.fromkeys((("resource", "provider"), ("data", "provider"), ("module", "providers")), _reference),
    **dict.fromkeys(((kind, "depends_on") for kind in ("resource", "data", "module", "output")), _reference),
    **dict.fromkeys((("lifecycle", "ignore_changes"), ("lifecycle", "replace_triggered_by")), _reference),
    **dict.fromkeys((("moved", "from"), ("moved", "to"), ("removed", "from")), _reference),
    **dict.fromkeys((("import", "to"), ("import", "provider")), _reference),
    ("required_providers", "configuration_aliases"): _reference,
    ("variable", "type"): _reference,
    ("variable", "default"): _literal,
}
"""How an argument is written, by the block it stands in, where it is not a value."""


def _argument(block: str, attribute: syntax.Attribute) -> Json:
    return _ARGUMENTS.get((block, attribute.name), value)(attribute.expression)


def main() -> None:
    """Convert the file that the command line names."""
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and one argument
        sys.exit("usage: python -m tools.hcl_to_json FILE.tf > FILE.tf.json")
    try:
        body = parse(Path(sys.argv[1]).read_text(encoding="utf-8"))
    except HclError as error:
        sys.exit(f"{sys.argv[1]}:{error.line}: {error}")
    print(json.dumps(to_json(body), indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
