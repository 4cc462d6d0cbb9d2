"""Blocks whose argument names are checked against the schema of the provider, for the policies of a team."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from plainwork_core.errors import PlainworkError, did_you_mean
from plainwork_core.model.blocks import Resource as ModelResource
from plainwork_core.model.values import Value
from plainwork_core.schema import BlockSchema, Mode, Schema
from plainwork_core.schema.store import SHIPPED, load_own
from plainwork_policies.reading.argument import Argument
from plainwork_policies.reading.block import Block, Resource
from plainwork_policies.reading.members import Members


class UnknownArgumentError(PlainworkError):
    """A policy reads an argument that the resource type does not have."""


class CheckedBlock(Block):
    """A nested block whose names are checked."""

    __slots__ = ()

    def __getitem__(self, path: str) -> Argument:
        """Return the argument at *path*, as `Block` does.

        Raises:
            UnknownArgumentError: the schema of the resource type does not have it.
        """
        _check(self, path)
        return super().__getitem__(path)

    def view(self, resource: ModelResource) -> Resource:
        """Return another resource of the stack, whose names are checked too."""
        return CheckedResource(resource, self.stack)

    def inner(self, values: Mapping[str, Value], path: str) -> Block:
        """Return the nested block at *path*, whose names are checked too."""
        return CheckedBlock(self.owner, self.stack, values, path)


class CheckedResource(CheckedBlock, Resource):
    """A resource or data source whose names are checked."""

    __slots__ = ()

    def referenced_by(
        self, type_: str, argument: str, attribute: str = "id", *, in_modules: bool = True
    ) -> Members[Resource]:
        """Return the resources of *type_* whose *argument* refers to this one, as `Resource` does.

        Raises:
            UnknownArgumentError: the schema of *type_* does not have *argument*.
        """
        _require("resource", type_, tuple(argument.split(".")), load_own())
        return super().referenced_by(type_, argument, attribute, in_modules=in_modules)


def _check(block: Block, path: str) -> None:
    mode: Mode = "data" if getattr(block.owner, "mode", "") == "data" else "resource"
    steps = tuple(step for step in f"{block.path}.{path}".split(".") if step and not step.isdigit())
    _require(mode, block.type, steps, load_own())


@cache
def _require(mode: Mode, type_: str, steps: tuple[str, ...], own: Schema) -> None:
    """Raise `UnknownArgumentError` if each schema that has *type_* has no argument at *steps*."""
    schemas = [own] if own.block(mode, type_) else _shipped()
    blocks = [block for schema in schemas if (block := schema.block(mode, type_))]
    problems = [_problem(block, steps) for block in blocks]
    if problems and all(problems):
        name = f"data.{type_}" if mode == "data" else type_
        raise UnknownArgumentError(f"`{name}` has no argument {problems[0]}")


@cache
def _shipped() -> tuple[Schema, ...]:
    return tuple(map(Schema, SHIPPED.values()))


def _problem(schema: BlockSchema, steps: tuple[str, ...]) -> str:
    """Return the name that *schema* does not have, with a similar one; `""` if it has all."""
    for index, step in enumerate(steps):
        if step in schema.attributes:
            return ""
        if step not in schema.blocks:
            known = (*schema.attributes, *schema.blocks)
            return f"`{'.'.join(steps[: index + 1])}`{did_you_mean(step, known)}"
        schema = schema.blocks[step].block
    return ""
