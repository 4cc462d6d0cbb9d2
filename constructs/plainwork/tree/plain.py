"""The classes of a tree of plain Python: what `plainwork.terraform` uses of CDKTF's classes of the same names.

They write the files that CDKTF writes.
"""

from __future__ import annotations

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plainwork.errors import AddressError, PlainworkError
from plainwork.tree import document, files
from plainwork.tree.elements import (
    Construct,
    Stack,
    TerraformBackend,
    TerraformDataSource,
    TerraformElement,
    TerraformOutput,
    TerraformProvider,
    TerraformResource,
    stack_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_CONTEXT = "CDKTF_CONTEXT_JSON"
_FORMAT = "0.21.0"
"""The version of CDKTF whose files these are, where no runtime is installed."""


def create(construct: Any, base: type[Construct], scope: Any, id_: str, *arguments: Any, **config: Any) -> None:
    """Put a construct into the tree."""
    if scope is not None and not isinstance(scope, Construct):
        raise AddressError(f"the scope must be a Stack or a construct in a stack (got {scope!r})")
    base.__init__(construct, scope, id_, *arguments, **config)


def written(app: Any, stacks: Iterable[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Write all stacks of an app, and yield the name and the configuration of each of *stacks*."""
    texts = App.synth(app)
    yield from ((name, json.loads(texts[name])) for name in stacks)


def configuration(stack: TerraformStack) -> dict[str, Any]:
    """Return the configuration of one stack, without writing it."""
    stack.prepare_stack()
    stack.run_all_validations()
    config: dict[str, Any] = json.loads(document.text(stack.to_terraform()))
    return config


class Validation:
    """A check that runs before a stack is written."""

    def __init__(self, problems: Callable[[], list[str]]) -> None:
        self.validate = problems


class TerraformStack(Stack):
    """A part of the tree with a configuration of its own."""

    def __init__(self, scope: Any, id_: str) -> None:
        super().__init__(scope, id_)
        self.dependencies: list[TerraformStack] = []
        self._overrides: dict[str, Any] = {}

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path of the configuration; None removes the value."""
        *steps, last = path.split(".")
        inside = self._overrides
        for step in steps:
            if not isinstance(inside.get(step), dict):
                inside[step] = {}
            inside = inside[step]
        inside[last] = None if value is None else document.resolved(value, path)

    def add_dependency(self, dependency: TerraformStack) -> None:
        """Deploy this stack after another one."""
        if dependency is self or dependency.depends_on(self):
            raise PlainworkError(
                f"stack {dependency.node.path!r} depends on {self.node.path!r}; a circle is not possible"
            )
        if dependency not in self.dependencies:
            self.dependencies.append(dependency)

    def depends_on(self, stack: TerraformStack) -> bool:
        """Return whether this stack is deployed after another one."""
        return stack in self.dependencies or any(other.depends_on(stack) for other in self.dependencies)

    def all_providers(self) -> list[Any]:
        """Return the provider configurations."""
        return [node for node in self.node.find_all() if isinstance(node, TerraformProvider)]

    def ensure_backend_exists(self) -> TerraformBackend | None:
        """Return the backend."""
        return next((node for node in self.node.find_all() if isinstance(node, TerraformBackend)), None)

    def prepare_stack(self) -> None:
        """Complete the tree before it is written."""
        self.ensure_backend_exists()

    def run_all_validations(self) -> None:
        """Run the checks of the constructs in the stack.

        Raises:
            PlainworkError: a check has a problem.
        """
        problems = [
            f"[{node.node.path}] {problem}" for node in self.node.find_all() for problem in node.node.validate()
        ]
        if problems:
            raise PlainworkError("\n  ".join(["Validation failed with the following errors:", *problems]))

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration in Terraform's JSON syntax."""
        metadata: dict[str, Any] = {"stackName": self.node.id, "backend": "local"}
        if self._overrides:
            metadata["overrides"] = {"stack": list(self._overrides)}
        outputs: dict[str, Any] = {}
        config: dict[str, Any] = {"//": {"metadata": metadata, "outputs": outputs}}
        for element in _elements(self):
            document.merge(metadata, element.to_metadata())
            if isinstance(element, TerraformOutput):
                document.merge(outputs, _nested(element.node.path.split("/"), element.friendly_unique_id))
            document.merge(config, document.resolved(element.to_terraform(), element.node.path))
        document.merge(config, self._overrides)
        return config


class App(Construct):
    """The root of a tree."""

    def __init__(self, scope: Any, id_: str, *, outdir: str, **_config: Any) -> None:
        super().__init__(scope, id_)
        self.outdir = outdir
        files.stacks(Path(outdir)).mkdir(exist_ok=True)
        try:
            context = json.loads(os.environ.get(_CONTEXT) or "{}")
        except ValueError as error:
            raise PlainworkError(f"{_CONTEXT} is not JSON: {error}") from None
        for key, value in context.items():
            self.node.set_context(key, value)

    def synth(self) -> dict[str, str]:
        """Write the configuration of each stack, and the manifest, and return the text of each stack."""
        outdir = Path(self.outdir)
        stacks = [node for node in self.node.find_all() if isinstance(node, TerraformStack)]
        for stack in stacks:
            stack.prepare_stack()
        texts = {}
        for stack in stacks:
            stack.run_all_validations()
            texts[stack.node.id] = text = document.text(stack.to_terraform())
            files.write(files.document(outdir, stack.node.id), text)
        if problems := self.node.validate():
            raise PlainworkError("\n  ".join(["App-level validation failed with the following errors:", *problems]))
        manifest = {"version": _version(), "stacks": {stack.node.id: _entry(stack) for stack in stacks}}
        files.write(outdir / files.MANIFEST, document.text(manifest))
        return texts


def _elements(construct: Any) -> Iterator[TerraformElement]:
    """Yield the elements of a stack, without those of a stack in it."""
    for child in construct.node.children:
        if isinstance(child, TerraformElement):
            yield child
        if not isinstance(child, TerraformStack):
            yield from _elements(child)


def _nested(path: list[str], value: Any) -> dict[str, Any]:
    for name in reversed(path):
        value = {name: value}
    nested: dict[str, Any] = value
    return nested


def _entry(stack: TerraformStack) -> dict[str, Any]:
    directory = f"{files.STACKS}/{stack.node.id}"
    return {
        "name": stack.node.id,
        "constructPath": stack.node.path,
        "workingDirectory": directory,
        "synthesizedStackPath": f"{directory}/{files.DOCUMENT}",
        "stackMetadataPath": f"{directory}/metadata.json",
        "annotations": [],
        "dependencies": [other.node.path for other in stack.dependencies],
    }


def _version() -> str:
    """Return the version of the installed runtime, as it writes it. `importlib.metadata` takes as long as the rest."""
    for name in ("cdktf", "cdktn"):
        if (package := find_spec(name)) and package.origin:
            installed = Path(package.origin).parents[1].glob(f"{name}-*.dist-info")
            return next((folder.stem.partition("-")[2].replace(".dev", "-pre.") for folder in installed), _FORMAT)
    return _FORMAT


__all__ = [
    "App",
    "Construct",
    "TerraformBackend",
    "TerraformDataSource",
    "TerraformElement",
    "TerraformOutput",
    "TerraformProvider",
    "TerraformResource",
    "TerraformStack",
    "Validation",
    "configuration",
    "create",
    "stack_of",
    "written",
]
