"""A root module, in either of Terraform's syntaxes: its variables, and the stack that it is with its modules."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.hcl.read.files import Files
from plainwork_core.model.stack import Format, Stack
from plainwork_core.read.configuration import stack
from plainwork_core.read.evaluation import Evaluation
from plainwork_core.read.module_scope import ModuleScope
from plainwork_core.read.modules import Installed, Module
from plainwork_core.read.options import Reading
from plainwork_core.read.planned_values import PlannedValues
from plainwork_core.read.variable_files import root_variables
from plainwork_core.read.variable_values import RootVariables


def root_stack(module: Module, source: str, format_: Format, reading: Reading, *, is_whole: bool) -> Stack:
    """Return the stack of a root module.

    Args:
        module: its files.
        source: its name for the user.
        format_: of its files.
        reading: shared by the root modules of a run.
        is_whole: whether the files are all files of their directory.

    Raises:
        InputError: a file with values of variables that cannot be read or parsed.
    """
    return stack(root_scope(module, format_, reading), source, format_, is_whole=is_whole)


def root_scope(module: Module, format_: Format, reading: Reading) -> ModuleScope:
    """Return the values in a root module. Without a plan, its variables have their defaults in HCL that is deployed.

    Raises:
        InputError: see `root_stack`.
    """
    declarations = module.declarations
    reading.declared.update(address[4:] for address in declarations.blocks if address.startswith("var."))
    evaluation = Evaluation(
        module,
        _variables(module, format_, reading),
        module_files=reading.files,
        files=Files(module.directory, reading.checked),
        installed=Installed(module.directory),
        workspace=reading.options.workspace,
        planned=reading.planned or PlannedValues(),
    )
    return ModuleScope(module, evaluation)


def _variables(module: Module, format_: Format, reading: Reading) -> RootVariables:
    if reading.planned is not None:
        return RootVariables(reading.planned.variables, follows_defaults=False)
    follows_defaults = format_ == "hcl" and module.declarations.is_root
    return root_variables(module.declarations, module.directory, reading.options, follows_defaults=follows_defaults)


def declared(scope: ModuleScope, prefix: str = "") -> Iterator[tuple[str, bool]]:
    """Yield the address of each resource and data source of a root module and the modules that it calls.

    An address has no keys of instances. A module that is not evaluated is one address, with `False`.
    """
    for address, found in scope.blocks.items():
        if found.block.type in ("resource", "data"):
            yield f"{prefix}{address}", True
        elif found.block.type == "module":
            child = scope.child(scope.every(address))
            if isinstance(child, ModuleScope):
                yield from declared(child, f"{prefix}{address}.")
            else:
                yield f"{prefix}{address}", False
