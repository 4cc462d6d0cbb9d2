"""The modules of others: what a finding is about may be in a module whose code is not in the repository."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from plainwork_core.addresses import without_keys
from plainwork_core.frozen import frozen
from plainwork_core.installed_modules import INSTALLED, installed_modules
from plainwork_core.model.module_sources import read_source
from plainwork_core.model.stack import Stack, cached_per_stack


@frozen()
class ForeignModule:
    """A module from a registry or a repository: its `source` and `version`, which is `""` if the call sets none."""

    source: str
    version: str = ""


def foreign_module(stack: Stack, address: str, file: str) -> ForeignModule | None:
    """Return the outermost module of others that has the block *address*, or its *file*; `None` if none has it.

    A plan has the calls of all modules. `terraform init` installs modules in `.terraform/modules`, with a manifest.
    """
    return _of_address(stack, address) or _of_file(stack, file)


def _of_address(stack: Stack, address: str) -> ForeignModule | None:
    for path in _modules_around(address):
        call = stack.module_call(path)
        source = call.values.get("source") if call else None
        if call and isinstance(source, str) and read_source(source).kind != "local":
            version = call.values.get("version")
            return ForeignModule(source, version if isinstance(version, str) else "")
    return None


def _modules_around(address: str) -> Iterator[str]:
    """Yield the addresses of the module calls around *address* without the keys of instances, the outermost first."""
    parts = without_keys(address).split(".")
    for end in range(2, len(parts), 2):
        if parts[end - 2] != "module":
            return
        yield ".".join(parts[:end])


@cached_per_stack
def _of_file(_stack: Stack, file: str) -> ForeignModule | None:
    parts = Path(file).absolute().parts
    starts = (index for index in range(len(parts) - 2) if parts[index : index + 2] == INSTALLED)
    start = next(starts, None)
    if start is None:
        return None
    for directory, module in _installed(Path(*parts[:start])).items():
        if Path(directory).parts[2:] == parts[start + 2 :][: len(Path(directory).parts) - 2]:
            return module
    return ForeignModule(parts[start + 2])


@cache
def _installed(root: Path) -> Mapping[str, ForeignModule]:
    """Return the modules of others that are installed in the directory *root* of a root module, by directory."""
    found = (module for module in installed_modules(root) if read_source(module.source).kind != "local")
    return {module.directory: ForeignModule(module.source, module.version) for module in found}
