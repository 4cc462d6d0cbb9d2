"""Where a stack keeps its state, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork import emission
from plainwork._cdktf import Construct, TerraformBackend, TerraformRemoteState
from plainwork.errors import DuplicateBackendError

NODE_ID = "backend"
"""CDKTF's own backends have it, too: a stack has one child of this name."""


class Backend(TerraformBackend):
    """A backend of any type with Terraform's own argument names; `Stack.set_backend` makes it.

    Attributes:
        type: as `s3`.
        arguments: the arguments, or None for what Terraform does without a backend block: a local file beside the
            configuration.
    """

    def __init__(self, scope: Construct, type_: str, arguments: Mapping[str, Any] | None) -> None:
        self.type, self.arguments = type_, arguments
        super().__init__(scope, NODE_ID, type_)

    def to_terraform(self) -> dict[str, Any]:
        """What CDKTF writes."""
        return {} if self.arguments is None else {"terraform": {"backend": {self.type: emission.plain(self.arguments)}}}

    def get_remote_state_data_source(self, scope: Construct, name: str, from_stack: str) -> TerraformRemoteState:
        """Refused: CDKTF asks for it where a token of one stack is used in another."""
        raise DuplicateBackendError(
            f"a value of stack {from_stack!r} is used in {scope.node.path} ({name}): make an Output of it there, "
            'and read it here with DataSource(self, "terraform_remote_state", ...)'
        )
