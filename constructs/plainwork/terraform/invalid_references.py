"""References in a synthesized stack to declared blocks that Terraform rejects, and functions that it does not have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from plainwork.terraform.ephemeral_values import ephemeral_problems
from plainwork.terraform.synthesized_blocks import KINDS, Block, resources, scoped_data
from plainwork_core.errors import did_you_mean
from plainwork_core.hcl.function_names import FUNCTIONS
from plainwork_core.schema.versions import choice_of

if TYPE_CHECKING:
    from plainwork_core.schema import Mode, Schema

_REQUIRED = {"each": "for_each", "count": "count"}
_MODES: dict[str, Mode] = {"data": "data", "ephemeral": "ephemeral", "action": "action"}
_INDEX = {"count": "[0]", "for_each": '["key"]'}
Bodies = Mapping[str, Mapping[str, Any]]


def invalid_references(config: Mapping[str, Any], blocks: Sequence[Block]) -> Iterator[str]:
    """Yield a sentence for each reference or function call that `terraform validate` rejects."""
    scopes = {address: check for check, address, _ in scoped_data(config)}
    bodies = {**dict(resources(config)), **{address: body for _, address, body in scoped_data(config)}}
    schema = choice_of(config).schema()
    providers = set(_providers(config))
    yield from ephemeral_problems(config, blocks)
    for block in blocks:
        yield from (f"{block.address} {problem}" for problem in _provider_problems(block, providers))
        for scanned in block.templates.values():
            yield from (f"{block.address} {problem}" for problem in _function_problems(scanned.functions))
            for names in scanned.references:
                problems = (
                    *_iteration_problems(block.body, names),
                    *_attribute_problems(bodies, names, schema),
                    *_scope_problems(scopes, block.address, names),
                )
                yield from (f"{block.address} refers to {'.'.join(names)}{problem}" for problem in problems)


def _function_problems(functions: tuple[str, ...]) -> Iterator[str]:
    for name in functions:
        if name not in FUNCTIONS and "::" not in name:
            yield f"calls `{name}`, which is not a function of Terraform{did_you_mean(name, FUNCTIONS)}"


def _iteration_problems(body: Any, names: tuple[str, ...]) -> Iterator[str]:
    """`each` and `count` are defined in a resource, data source or module call that has the meta-argument."""
    argument = _REQUIRED.get(names[0])
    if argument and len(names) > 1 and not (isinstance(body, Mapping) and argument in body):
        yield f", but has no `{argument}`"


def _attribute_problems(bodies: Bodies, names: tuple[str, ...], schema: Schema) -> Iterator[str]:
    mode: Mode = _MODES.get(names[0], "resource")
    *type_, _name = kind = names[: 3 if mode in KINDS else 2]
    address, attributes = ".".join(kind), names[len(kind) :]
    if address not in bodies or not attributes:
        return
    attribute, own = attributes[0], schema.block(mode, type_[-1])
    if argument := next((name for name in _INDEX if name in bodies[address]), None):
        yield f", but {address} has `{argument}`; write {address}{_INDEX[argument]}.{attribute}"
    elif own and attribute not in own.names:
        yield f": no attribute `{attribute}`{did_you_mean(attribute, own.names)}"


def _scope_problems(scopes: Mapping[str, str], block: str, names: tuple[str, ...]) -> Iterator[str]:
    """Yield a problem for the data source of a check, which is defined in that check only."""
    check = scopes.get(".".join(names[:3]))
    if check not in (None, block):
        yield f", which only {check} can refer to"


def _provider_problems(block: Block, providers: set[str]) -> Iterator[str]:
    body = block.body
    if not isinstance(body, Mapping) or block.address.startswith(("output.", "local.", "provider.")):
        return
    passed = body.get("providers", {})
    for value in (body.get("provider"), *(passed.values() if isinstance(passed, Mapping) else ())):
        name = value.partition("[")[0] if isinstance(value, str) else ""
        if "." in name and name not in providers:
            yield f"has the provider `{name}`, which the stack does not configure{did_you_mean(name, providers)}"


def _providers(config: Mapping[str, Any]) -> Iterator[str]:
    """Yield `aws` or `aws.replica` for each provider configuration."""
    for name, configurations in config.get("provider", {}).items():
        for body in configurations if isinstance(configurations, list) else [configurations]:
            yield f"{name}.{body['alias']}" if body.get("alias") else name
