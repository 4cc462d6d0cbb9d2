"""What a root module and the modules that it calls have in common, and the calls between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.bodies import names
from plainwork_core.hcl.read.budget import Budget
from plainwork_core.hcl.read.files import Files
from plainwork_core.hcl.read.instances import Instance
from plainwork_core.hcl.syntax import nodes
from plainwork_core.read.declarations import Declared
from plainwork_core.read.module_files import ModuleFiles
from plainwork_core.read.modules import Installed, Module
from plainwork_core.read.planned_values import PlannedValues
from plainwork_core.read.variable_values import RootVariables

if TYPE_CHECKING:
    from plainwork_core.read.module_scope import ModuleScope

MOST_INSTANCES = 50_000
"""Instances of all blocks in a root module and in the modules that it calls."""
MOST_MODULES = 2_000
"""Instances of modules below a root module."""


@dataclass
class Evaluation:
    """What a root module and the modules that it calls have in common.

    Attributes:
        root: the root module.
        variables: the values of its variables.
        module_files: the modules on disk.
        files: those that a function may read.
        installed: those that `terraform init` installed.
        workspace: the name of the workspace; `None` if it is unknown.
        planned: the values in a plan of the root module.
        budget: what the evaluation may cost.
        instances: how many instances of blocks are left.
        modules: how many instances of modules are left.
        follows_default: whether what is evaluated now depends on the default of a variable of the root module.
    """

    root: Module
    variables: RootVariables
    module_files: ModuleFiles
    files: Files
    installed: Installed
    workspace: str | None = None
    planned: PlannedValues = field(default_factory=PlannedValues)
    budget: Budget = field(default_factory=Budget)
    instances: int = MOST_INSTANCES
    modules: int = MOST_MODULES
    follows_default: bool = False


@frozen()
class Call:
    """One instance of a module call: *instance* of the `module` block *declared* in the module of *caller*."""

    caller: ModuleScope
    instance: Instance
    declared: Declared

    @property
    def body(self) -> nodes.Body:
        """The arguments of the call."""
        return self.declared.block.body

    @cached_property
    def given(self) -> frozenset[str]:
        """The names of the arguments; each reference to a variable of the module asks for one."""
        return frozenset(names(self.body))
