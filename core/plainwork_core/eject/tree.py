"""The modules that a call leads to, and what of them cannot be written into the root module."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.hcl.syntax import nodes
from plainwork_core.model.module_sources import read_source
from plainwork_core.read.declarations import Declared
from plainwork_core.read.modules import Installed, Module, local_directory

_WRITTEN = frozenset(("resource", "data", "ephemeral", "module", "variable", "output", "locals", "terraform"))
_OMITTED = frozenset(("moved", "removed", "import", "check", "provider"))


@frozen()
class Tree:
    """A call, the module that it leads to, and the calls in that.

    Attributes:
        name: of the call.
        declared: its block.
        module: the files.
        directory: of the module, relative to the root module, as `path.module` has it.
        is_local: whether the files of the module are in the repository, so that they are there after the ejection.
        children: the calls in the module by name.
    """

    name: str
    declared: Declared
    module: Module
    directory: str
    is_local: bool
    children: Mapping[str, Tree]

    def all(self) -> Iterator[Tree]:
        """Yield the tree and those in it."""
        yield self
        for child in self.children.values():
            yield from child.all()


class Reader:
    """Reads the modules below a root module, and collects what cannot be written.

    Args:
        root: the root module.

    Attributes:
        problems: what prevents the ejection, each with its file and line.
        notes: what is not written.
    """

    def __init__(self, root: Module) -> None:
        self._root = root
        self._installed = Installed(root.directory)
        self.problems: list[str] = []
        self.notes: list[str] = []

    def tree(self, name: str, caller: Module | None = None, path: tuple[str, ...] = ()) -> Tree | None:
        """Return the call *name* in *caller*; `None` if it has a problem."""
        caller = caller or self._root
        declared = caller.declarations.blocks[f"module.{name}"]
        module = self._module(declared, caller, (*path, name))
        if module is None:
            return None
        self._check(module)
        names = [address[7:] for address in module.declarations.blocks if address.startswith("module.")]
        children = {inner: self.tree(inner, module, (*path, name)) for inner in names}
        directory = os.path.relpath(module.directory, self._root.directory)
        is_local = ".terraform" not in Path(directory).parts
        return Tree(name, declared, module, directory, is_local, {key: one for key, one in children.items() if one})

    def _module(self, declared: Declared, caller: Module, path: tuple[str, ...]) -> Module | None:
        match declared.block.body.attribute("source"):
            case nodes.Literal(str(source)):
                pass
            case _:
                self._problem(declared, f"the `source` of `module.{'.'.join(path)}` is not a literal string")
                return None
        directory = self._installed.directory(path)
        if directory is None and read_source(source).kind == "local":
            directory = local_directory(caller, source)
        if directory is None:
            self._problem(declared, f"`module.{'.module.'.join(path)}` is not installed; run `terraform init`")
            return None
        if len(path) > _DEEPEST:
            self._problem(declared, "the module calls itself")
            return None
        try:
            return Module.at(directory)
        except InputError as error:
            self.problems.append(str(error))
            return None

    def _check(self, module: Module) -> None:
        for parsed in module.files:
            if parsed.file.endswith(".json"):
                self.problems.append(f"{parsed.file}:1: Terraform's JSON syntax in a module is not supported")
        for declared in module.declarations.blocks.values():
            type_ = declared.block.type
            if type_ == "provider":
                key = ".".join(declared.block.labels)
                self._problem(declared, f"the module configures the provider `{key}`; pass it with `providers`")
            elif type_ not in _WRITTEN and type_ not in _OMITTED:
                self._problem(declared, f"`{type_}` blocks are not supported")
        for parsed in module.files:
            for block in parsed.body.blocks:
                if block.type in _OMITTED - {"provider"}:
                    self.notes.append(f"{parsed.file}:{block.line}: the `{block.type}` block is not written")

    def _problem(self, declared: Declared, text: str) -> None:
        self.problems.append(f"{declared.location.file}:{declared.location.line}: {text}")


_DEEPEST = 30
