"""References to ephemeral values in a synthesized stack where Terraform would have to store them.

https://developer.hashicorp.com/terraform/language/manage-sensitive-data/ephemeral
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.terraform.synthesized_blocks import Block, named, resources, strings, templates
from plainwork_core.schema.versions import choice_of

if TYPE_CHECKING:
    from plainwork_core.hcl.expressions import ScannedString
    from plainwork_core.schema import BlockSchema, Mode

_STORED: tuple[Mode, ...] = ("resource", "data")
_NUMBER_OF_INSTANCES = {"count", "for_each"}
_WRITE_ONLY = "use a write-only argument, such as `password_wo`, or the function `ephemeralasnull`"


def ephemeral_problems(config: Mapping[str, Any], blocks: Iterable[Block]) -> Iterator[str]:
    """Yield a sentence for each ephemeral value in an argument that is stored, or in an output."""
    variables = {("var", name) for name, body in config.get("variable", {}).items() if body.get("ephemeral") is True}
    if not any(_ephemeral(block.templates.values(), variables) for block in blocks):
        return
    for address, body in resources(config):
        for argument in _NUMBER_OF_INSTANCES & body.keys():
            if reference := _ephemeral(_read(body[argument]), variables):
                yield f"{address} has {reference} in `{argument}`, which must not be ephemeral"
    for address, body, schema in _stored(config):
        if reference := _ephemeral(templates(_stored_strings(body, schema)).values(), variables):
            yield f"{address} stores {reference}, which is ephemeral; {_WRITE_ONLY}"
    for address, body in named(config, "output"):
        if reference := _ephemeral(_read(body.get("value")), variables):
            yield f"{address} is {reference}, which is ephemeral; a root module has no ephemeral outputs"


def _stored(config: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], BlockSchema]]:
    """Yield address, body and schema of each resource and data source that has a schema."""
    known = choice_of(config).schema()
    for mode in _STORED:
        for type_, blocks in config.get(mode, {}).items():
            if schema := known.block(mode, type_):
                yield from ((address, body, schema) for address, body in resources({mode: {type_: blocks}}))


def _stored_strings(body: Mapping[str, Any], schema: BlockSchema) -> Iterator[str]:
    for name, value in body.items():
        if nested := schema.blocks.get(name):
            for inner in value if isinstance(value, list) else [value]:
                yield from _stored_strings(inner, nested.block) if isinstance(inner, Mapping) else ()
        elif (attribute := schema.attributes.get(name)) and not attribute.write_only:
            yield from strings(value)


def _read(body: Any) -> Iterable[ScannedString]:
    return templates(strings(body)).values()


def _ephemeral(read: Iterable[ScannedString], variables: set[tuple[str, str]]) -> str | None:
    """Return the first ephemeral value in strings; the value of `ephemeralasnull` is none."""
    for scanned in read:
        found = (names for names in scanned.references if names[0] == "ephemeral" or names[:2] in variables)
        if "ephemeralasnull" not in scanned.functions and (names := next(found, None)):
            return ".".join(names)
    return None
