"""What is granted: one level of access to one state, in one workspace or in the default one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plainwork.errors import GrantError
from plainwork.roles import to_identifier
from plainwork.s3_state_backend.access import StateAccess

if TYPE_CHECKING:
    from plainwork.s3_state_backend.keys import StateKey

_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,89}")


@dataclass(frozen=True)
class Grant:
    """One level of access to one state.

    Attributes:
        key: the state.
        access: the level.
        workspace: None for the `default` workspace.

    Raises:
        GrantError: the access is no level, the workspace is no workspace name, or WORKSPACE_ADMIN is limited to one.
    """

    key: StateKey
    access: StateAccess
    workspace: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.access, StateAccess):
            levels = ", ".join(f"StateAccess.{level.name}" for level in StateAccess)
            raise GrantError(f"access must be one of {levels}: got {self.access!r}")
        if self.workspace is None:
            return
        if self.access is StateAccess.WORKSPACE_ADMIN:
            raise GrantError(f"workspace must be left out for {self.access}, which is for all: got {self.workspace!r}")
        if self.workspace == "default" or not _WORKSPACE.fullmatch(self.workspace):
            raise GrantError(f"workspace must name one other than 'default', or be left out: got {self.workspace!r}")

    @property
    def words(self) -> str:
        """The grant as part of a name: `prod-web-apply`."""
        return "-".join(filter(None, (self.key.words, self.workspace, self.access)))

    @property
    def identifier(self) -> str:
        """The grant as part of a Terraform name: `prod_web_apply`."""
        return to_identifier(self.words)

    def __str__(self) -> str:
        return f"{self.access} on {self.key.path!r}" + (f" in workspace {self.workspace!r}" if self.workspace else "")
