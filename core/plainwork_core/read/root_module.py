"""A root module, in either of Terraform's syntaxes: its variables, and the stack that it is with its modules."""

from __future__ import annotations

from plainwork_core.hcl.read.files import Files
from plainwork_core.model.stack import Format, Stack
from plainwork_core.read.configuration import stack
from plainwork_core.read.evaluation import Evaluation
from plainwork_core.read.module_scope import ModuleScope
from plainwork_core.read.modules import Installed, Module
from plainwork_core.read.options import Reading
from plainwork_core.read.variable_files import root_variables


def root_stack(module: Module, source: str, format_: Format, reading: Reading, *, is_whole: bool) -> Stack:
    """Return the stack of a root module. In HCL with a provider or a backend its variables have their defaults.

    Args:
        module: its files.
        source: its name for the user.
        format_: of its files.
        reading: shared by the root modules of a run.
        is_whole: whether the files are all files of their directory.

    Raises:
        InputError: a file with values of variables that cannot be read or parsed.
    """
    declarations = module.declarations
    follows_defaults = format_ == "hcl" and declarations.is_root
    variables = root_variables(declarations, module.directory, reading.options, follows_defaults=follows_defaults)
    reading.declared.update(address[4:] for address in declarations.blocks if address.startswith("var."))
    evaluation = Evaluation(
        module,
        variables,
        module_files=reading.files,
        files=Files(module.directory, reading.checked),
        installed=Installed(module.directory),
        workspace=reading.options.workspace,
    )
    return stack(ModuleScope(module, evaluation), source, format_, is_whole=is_whole)
