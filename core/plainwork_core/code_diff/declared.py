"""The blocks of a configuration with the values of their arguments as they are written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePath

from plainwork_core.diff.masking import Expression
from plainwork_core.frozen import frozen
from plainwork_core.hcl import json_form
from plainwork_core.hcl.ignored_arguments import ignored_arguments
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.blocks import Location
from plainwork_core.model.values import JsonText, Value

_PREFIXES = {"resource": "", "variable": "var.", "backend": "terraform.backend.", "cloud": "terraform.cloud"}
"""The start of an address, if it is not the type of the block and a dot."""
_NAMED_BY = {"moved": "from", "import": "to", "removed": "from"}
"""The argument that names a block without labels."""
_META = ("lifecycle", "connection", "provisioner")


@frozen()
class Declared:
    """A block, or one of several things that a block declares: a local value, a requirement of a provider.

    Args:
        address: as in findings, such as `aws_sqs_queue.orders`, `var.region`, `provider.aws.east`.
        kind: the type of the block.
        type: the type of a resource or data source, otherwise the kind.
        values: the arguments; nested blocks are lists. An expression is a string with `${}`.
        location: of the block.
        section: the construct, or the comment above its section; `""` for none.
        ignored: the arguments in `ignore_changes`.
    """

    address: str
    kind: str
    type: str
    values: Mapping[str, Value]
    location: Location
    section: str = ""
    ignored: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.address.rpartition(".")[2]


def declared(body: nodes.Body, file: str) -> Iterator[Declared]:
    """Yield what the blocks of *body* declare. Arguments outside of blocks are those of a file of variables."""
    for attribute in body.attributes:
        yield Declared(
            f"{PurePath(file).name}:{attribute.name}",
            "variables file",
            "variables file",
            {"value": written(attribute.expression)},
            Location(file, attribute.line),
        )
    for block in body.blocks:
        yield from _of_block(block, file)


def _of_block(block: nodes.Block, file: str) -> Iterator[Declared]:
    place = Location(file, block.line)
    if block.type == "locals":
        for local in block.body.attributes:
            value = {"value": written(local.expression)}
            yield Declared(f"local.{local.name}", "local", "local", value, Location(file, local.line))
    elif block.type == "terraform":
        yield from _of_terraform(block, file)
    else:
        values = arguments(block.body, block.type)
        type_ = block.labels[0] if len(block.labels) > 1 else block.type
        yield Declared(_address(block, values), block.type, type_, values, place, ignored=ignored_arguments(block))


def _of_terraform(block: nodes.Block, file: str) -> Iterator[Declared]:
    own = nodes.Body(block.body.attributes, tuple(one for one in block.body.blocks if one.type not in _OF_TERRAFORM))
    if own.attributes or own.blocks:
        yield Declared("terraform", "terraform", "terraform", arguments(own, "terraform"), Location(file, block.line))
    for inner in block.body.blocks:
        place = Location(file, inner.line)
        if inner.type == "required_providers":
            for provider in inner.body.attributes:
                value = written(provider.expression)
                values = value if isinstance(value, dict) else {"version": value}
                address = f"terraform.required_providers.{provider.name}"
                yield Declared(address, "required provider", "terraform", values, Location(file, provider.line))
        elif inner.type in _OF_TERRAFORM:
            yield Declared(_address(inner, {}), inner.type, "terraform", arguments(inner.body, inner.type), place)


_OF_TERRAFORM = ("required_providers", "backend", "cloud")


def _address(block: nodes.Block, values: Mapping[str, Value]) -> str:
    if name := _NAMED_BY.get(block.type):
        return f"{block.type}.{values.get(name)}"
    labels = list(block.labels)
    if block.type == "provider" and isinstance(alias := values.get("alias"), str):
        labels.append(alias)
    prefix = _PREFIXES.get(block.type, f"{block.type}." if labels else block.type)
    return f"{prefix}{'.'.join(labels)}"


def arguments(body: nodes.Body, type_: str = "") -> dict[str, Value]:
    """Return the arguments of a block of *type_*; nested blocks with labels are maps by label."""
    values: dict[str, Value] = {}
    for attribute in body.attributes:
        is_bare = json_form.is_bare(type_, attribute.name)
        values[attribute.name] = json_form.bare(attribute.expression) if is_bare else written(attribute.expression)
    for block in body.blocks:
        inner = arguments(block.body, block.type if block.type in _META else "")
        name = ".".join((block.type, *block.labels))
        found = values.setdefault(name, [])
        values[name] = [*found, inner] if isinstance(found, list) else [found, inner]
    return values


def written(node: nodes.Expression) -> Value:
    """Return the value of an expression as it is written; JSON that is encoded is a `JsonText`."""
    match node:
        case nodes.Call("jsonencode", (argument,)):
            return JsonText("written as jsonencode", document=written(argument))
        case nodes.Sequence(items):
            return [written(item) for item in items]
        case nodes.Object(members):
            return {json_form.key(member.key): written(member.value) for member in members}
    value = json_form.value(node)
    is_text = isinstance(node, nodes.Literal | nodes.TemplateExpr) or not isinstance(value, str)
    return value if is_text or '"' in value else Expression(value)
