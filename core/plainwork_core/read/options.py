"""What a user passes beside the paths, as to `terraform plan`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from plainwork_core.frozen import frozen
from plainwork_core.read.module_files import ModuleFiles

if TYPE_CHECKING:
    from plainwork_core.read.planned_values import PlannedValues


@frozen()
class ReadOptions:
    """Values of variables and the workspace, for each root module of HCL, and arguments of the backend.

    Attributes:
        variables: `--var name=value`, as text by name.
        variable_files: `--var-file`, a later one before an earlier one.
        environment: `TF_VAR_name`, as text by name of the variable.
        workspace: the name of the workspace; `None` if it is unknown.
        backend_config: arguments of `terraform init -backend-config`, files and `key=value`, for the only backend.
    """

    variables: Mapping[str, str] = field(default_factory=dict)
    variable_files: tuple[Path, ...] = ()
    environment: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    backend_config: tuple[str, ...] = ()


@dataclass
class Reading:
    """What the root modules of a run share.

    Attributes:
        options: of the user.
        files: the modules on disk.
        declared: the names of the variables that the root modules declare.
        checked: the directory that contains all files that a function may read, beside those of called modules; `None`
            for that of the root module.
        planned: the values of a plan that was made of the root module; `None` without a plan.
    """

    options: ReadOptions = field(default_factory=ReadOptions)
    files: ModuleFiles = field(default_factory=ModuleFiles)
    declared: set[str] = field(default_factory=set)
    checked: Path | None = None
    planned: PlannedValues | None = None

    def undeclared(self) -> list[str]:
        """Return the names of `--var` that no root module declares."""
        return sorted(self.options.variables.keys() - self.declared)
