"""What the files of a root module declare, each thing once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

from plainwork_core.errors import InputError
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.read.root_blocks import NESTED, ROOT
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.stack import Location


@dataclass(frozen=True)
class Source:
    """One file: its name as the user gave it, and what is in it."""

    file: str
    body: nodes.Body


@dataclass(frozen=True)
class Declared:
    """A block, and where it stands."""

    block: nodes.Block
    location: Location


@dataclass
class Declarations:
    """All that a root module declares.

    Args:
        blocks: by address: `aws_s3_bucket.logs`, `data.aws_region.here`, `provider.aws.west`, `module.m`, `var.x`, ...
        locals: the expression of each local value, and where it stands.
        backend: the `backend` or `cloud` block.
        required_version: each constraint on Terraform's version.
    """

    blocks: dict[str, Declared] = field(default_factory=dict)
    locals: dict[str, nodes.Attribute] = field(default_factory=dict)
    backend: Declared | None = None
    required_version: list[nodes.Attribute] = field(default_factory=list)
    _places: dict[str, Location] = field(default_factory=dict)

    @property
    def is_root(self) -> bool:
        """Whether it says itself where it is deployed, and so is no module that others call."""
        return self.backend is not None or any(each.block.type == "provider" for each in self.blocks.values())

    @classmethod
    def of(cls, sources: list[Source]) -> Declarations:
        """Collect what *sources* declare.

        Raises:
            InputError: a block that Terraform does not have, or something declared twice.
        """
        declarations = cls()
        for source in sources:
            for attribute in source.body.attributes:
                refuse(source.file, attribute.line, f"the argument `{attribute.name}` stands outside any block")
            for block in source.body.blocks:
                declarations._add(block, source.file)
        return declarations

    def _add(self, block: nodes.Block, file: str) -> None:
        _check(block, file)
        declared = Declared(block, Location(file, block.line))
        if block.type == "locals":
            for attribute in block.body.attributes:
                self._claim(f"local.{attribute.name}", Location(file, attribute.line))
                self.locals[attribute.name] = attribute
        elif block.type == "terraform":
            self._add_settings(block, file)
        elif block.labels:
            address = _address(block)
            self._claim(address, declared.location)
            self.blocks[address] = declared

    def _add_settings(self, block: nodes.Block, file: str) -> None:
        self.required_version += [each for each in block.body.attributes if each.name == "required_version"]
        for nested in block.body.blocks:
            labels = NESTED["terraform"].get(nested.type)
            if labels is None:
                refuse(file, nested.line, f"a `terraform` block has no `{nested.type}` block")
            if nested.type in ("backend", "cloud"):
                location = Location(file, nested.line)
                self._claim("terraform.backend", location)
                self.backend = Declared(nested, location)

    def _claim(self, address: str, location: Location) -> None:
        first = self._places.setdefault(address, location)
        if first is not location:
            refuse(location.file, location.line, f"`{address}` is declared twice, first at {first.file}:{first.line}")


def refuse(file: str, line: int, problem: str) -> NoReturn:
    """Raise the error that *file* is not what Terraform reads, because of *problem* at *line*."""
    raise InputError(f"{file}:{line}: {problem}; mend it until `terraform validate` accepts it")


def _check(block: nodes.Block, file: str) -> None:
    labels = ROOT.get(block.type)
    if labels is None:
        refuse(file, block.line, f"`{block.type}` is no block type of Terraform")
    if len(block.labels) != labels:
        refuse(file, block.line, f"a `{block.type}` block has {labels} labels, and this one has {len(block.labels)}")


def _address(block: nodes.Block) -> str:
    if block.type == "resource":
        return ".".join(block.labels)
    prefix = {"variable": "var"}.get(block.type, block.type)
    return ".".join((prefix, *block.labels, *_alias(block)))


def _alias(block: nodes.Block) -> tuple[str, ...]:
    alias = block.body.attribute("alias") if block.type == "provider" else None
    return () if alias is None else (str(evaluate(alias, Nowhere())),)
