"""The backend of a stack, as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork._cdktf import Construct, TerraformBackend, TerraformRemoteState
from plainwork.arguments.language import OpenBlockSchema
from plainwork.errors import UndefinedReferenceError
from plainwork.terraform.element import checked_body

NODE_ID = "backend"
"""The id of CDKTF's own backends too: a stack has one child with it."""


class Backend(TerraformBackend):
    """A backend of any type with Terraform's argument names; `Stack.set_backend` creates it.

    Attributes:
        type: such as `s3`.
        arguments: the arguments, or None for a stack without a backend block, whose state is a local file beside the
            configuration.
    """

    def __init__(self, scope: Construct, type_: str, arguments: Mapping[str, Any] | None) -> None:
        self.type, self.arguments = type_, arguments
        self._body = None if arguments is None else checked_body(f"backend {type_}", arguments, OpenBlockSchema())
        super().__init__(scope, NODE_ID, type_)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        return {} if self._body is None else {"terraform": {"backend": {self.type: self._body}}}

    def get_remote_state_data_source(self, scope: Construct, name: str, from_stack: str) -> TerraformRemoteState:
        """Raise an error: CDKTF calls this where a token of one stack is used in another.

        Raises:
            UndefinedReferenceError: always.
        """
        raise UndefinedReferenceError(
            f"{scope.node.path} uses a value of stack {from_stack!r} ({name}): create an Output of the value there, "
            'and read it here with DataSource(self, "terraform_remote_state", ...)'
        )
