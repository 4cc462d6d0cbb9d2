"""What the files of a root module declare, each address once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NoReturn

from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.hcl.language import LANGUAGE
from plainwork_core.hcl.read.bodies import names
from plainwork_core.hcl.read.evaluator import evaluate
from plainwork_core.hcl.read.references import Nowhere
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.stack import Location
from plainwork_core.read.overrides import is_override, overridden


@frozen()
class ParsedFile:
    """One file.

    Attributes:
        file: its name, as the user gave it.
        body: its content.
        is_marked: whether it is a synthesized stack for OpenTofu.
    """

    file: str
    body: nodes.Body
    is_marked: bool = False


@frozen()
class Declared:
    """A block and its location.

    Attributes:
        block: the block.
        location: where it is.
        overridden: the names of its arguments that are from override files.
    """

    block: nodes.Block
    location: Location
    overridden: frozenset[str] = frozenset()


@dataclass
class Declarations:
    """Everything that a root module declares.

    Args:
        blocks: by address: `aws_s3_bucket.logs`, `data.aws_region.here`, `provider.aws.west`, `module.m`, `var.x`, ...
        locals: the attribute of each local value.
        backend: the `backend` or `cloud` block.
        encryption: the `encryption` block of OpenTofu.
        required_providers: by local name, each attribute of the blocks `required_providers`, with its location.
        required_version: each constraint on Terraform's version.
    """

    blocks: dict[str, Declared] = field(default_factory=dict)
    locals: dict[str, nodes.Attribute] = field(default_factory=dict)
    backend: Declared | None = None
    encryption: Declared | None = None
    required_providers: dict[str, tuple[nodes.Attribute, Location]] = field(default_factory=dict)
    required_version: list[nodes.Attribute] = field(default_factory=list)
    _locations: dict[str, Location] = field(default_factory=dict)

    @property
    def is_root(self) -> bool:
        """Whether it configures a backend or a provider, which a module that others call leaves to its caller."""
        return self.backend is not None or any(declared.block.type == "provider" for declared in self.blocks.values())

    @classmethod
    def of(cls, files: list[ParsedFile]) -> Declarations:
        """Collect what *files* declare.

        Raises:
            InputError: a block that Terraform does not have, or a duplicate declaration.
        """
        declarations = cls()
        for parsed in sorted(files, key=lambda parsed: is_override(Path(parsed.file).name)):
            add = declarations._override if is_override(Path(parsed.file).name) else declarations._add
            for attribute in parsed.body.attributes:
                syntax_error(parsed.file, attribute.line, f"the argument `{attribute.name}` is outside of a block")
            for block in parsed.body.blocks:
                add(block, parsed.file)
        return declarations

    def _add(self, block: nodes.Block, file: str) -> None:
        _check(block, file)
        declared = Declared(block, Location(file, block.line))
        if block.type == "locals":
            for attribute in block.body.attributes:
                self._register(f"local.{attribute.name}", Location(file, attribute.line))
                self.locals[attribute.name] = attribute
        elif block.type == "terraform":
            self._add_settings(block, file)
        elif block.labels:
            address = _address(block)
            self._register(address, declared.location)
            self.blocks[address] = declared
        if block.type == "check":
            for nested in block.body.blocks:
                if nested.type == "data":
                    self._add(nested, file)

    def _override(self, block: nodes.Block, file: str) -> None:
        """Merge a block of an override file into the block that it overrides."""
        _check(block, file)
        if block.type == "locals":
            for attribute in block.body.attributes:
                self._require(f"local.{attribute.name}", file, attribute.line)
                self.locals[attribute.name] = attribute
        elif block.type == "terraform":
            self._override_settings(block, file)
        elif block.type == "provider" and not _alias(block) and _address(block) not in self._locations:
            self._add(block, file)  # a default configuration that is not declared is an empty one
        else:
            address = _address(block)
            self._require(address, file, block.line)
            before = self.blocks[address]
            arguments = before.overridden.union(names(block.body))
            self.blocks[address] = replace(before, block=overridden(before.block, block), overridden=arguments)

    def _override_settings(self, block: nodes.Block, file: str) -> None:
        if block.body.attribute("required_version") is not None:
            self.required_version.clear()
        if any(nested.type in ("backend", "cloud") for nested in block.body.blocks):
            self._locations.pop("terraform.backend", None)
        self._add_settings(block, file)

    def _require(self, address: str, file: str, line: int) -> None:
        if address not in self._locations:
            syntax_error(file, line, f"`{address}` is in no other file, so an override file cannot override it")

    def _add_settings(self, block: nodes.Block, file: str) -> None:
        attributes = block.body.attributes
        self.required_version += [attribute for attribute in attributes if attribute.name == "required_version"]
        for nested in block.body.blocks:
            if nested.type not in LANGUAGE["terraform"].blocks:
                syntax_error(file, nested.line, f"a `terraform` block has no `{nested.type}` block")
            if nested.type in ("backend", "cloud"):
                location = Location(file, nested.line)
                self._register("terraform.backend", location)
                self.backend = Declared(nested, location)
            if nested.type == "encryption":
                self.encryption = Declared(nested, Location(file, nested.line))
            if nested.type == "required_providers":
                for attribute in nested.body.attributes:
                    self.required_providers[attribute.name] = attribute, Location(file, attribute.line)

    def _register(self, address: str, location: Location) -> None:
        first = self._locations.setdefault(address, location)
        if first is not location:
            problem = f"duplicate `{address}`, first declared at {first.file}:{first.line}"
            syntax_error(location.file, location.line, problem)


def syntax_error(file: str, line: int, problem: str) -> NoReturn:
    """Raise the error that Terraform would reject *file* because of *problem* at *line*."""
    raise InputError(f"{file}:{line}: syntax error: {problem}; run `terraform validate`")


def _check(block: nodes.Block, file: str) -> None:
    known = LANGUAGE.get(block.type)
    if known is None:
        syntax_error(file, block.line, f"unknown block type `{block.type}`{did_you_mean(block.type, LANGUAGE)}")
    if len(block.labels) != known.labels:
        found = f"a `{block.type}` block requires {known.labels} labels; this one has {len(block.labels)}"
        syntax_error(file, block.line, found)


def _address(block: nodes.Block) -> str:
    if block.type == "resource":
        return ".".join(block.labels)
    prefix = {"variable": "var"}.get(block.type, block.type)
    return ".".join((prefix, *block.labels, *_alias(block)))


def _alias(block: nodes.Block) -> tuple[str, ...]:
    alias = block.body.attribute("alias") if block.type == "provider" else None
    return () if alias is None else (str(evaluate(alias, Nowhere())),)
