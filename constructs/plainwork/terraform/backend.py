"""The backend of a stack, as plain data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from plainwork.arguments.language import OpenBlockSchema
from plainwork.errors import ArgumentsError, UndefinedReferenceError
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import checked_body
from plainwork.terraform.overrides import override
from plainwork.terraform.synthesized_blocks import strings
from plainwork.tree import Construct, TerraformBackend, TerraformStack
from plainwork_core.hcl.expressions import scan

if TYPE_CHECKING:
    from plainwork._cdktf import TerraformRemoteState

NODE_ID = "backend"
"""The id of CDKTF's own backends too: a stack has one child with it."""

READ_THERE = "export the value there, stack.export(name, value), and read it here, self.read(stack)[name]"
"""The remedy for a reference to a resource of another stack."""


class Backend(TerraformBackend):
    """A backend of any type with Terraform's argument names; `Stack.set_backend` creates it.

    Attributes:
        type: such as `s3`.
        arguments: the arguments, or None for a stack without a backend block, whose state is a local file beside the
            configuration.
        after_read: what is called when the stack reads the state of another one.
    """

    def __init__(
        self, scope: Construct, type_: str, arguments: Mapping[str, Any] | None, *, bootstrap: bool = False
    ) -> None:
        self.type, self.arguments = type_, arguments
        self.after_read: Callable[[], None] = lambda: None
        body = None if arguments is None else _body(scope, type_, arguments)
        self._body, self._bootstrap = body, bootstrap
        naming_scope(scope).registry.record_line(f"terraform.backend.{type_}")
        super().__init__(scope, NODE_ID, type_)

    def to_terraform(self) -> dict[str, Any]:
        """Return the configuration that CDKTF writes."""
        is_written = self._body is not None and not self._bootstrap
        return {"terraform": {"backend": {self.type: self._body}}} if is_written else {}

    def add_override(self, path: str, value: Any) -> None:
        """Set a value without checks at a dotted path; None removes the value."""
        if self._body is not None:
            override(self._body, path, value)

    def get_remote_state_data_source(self, scope: Construct, name: str, from_stack: str) -> TerraformRemoteState:
        """Raise an error: CDKTF calls this where a token of one stack is used in another.

        Raises:
            UndefinedReferenceError: always.
        """
        raise UndefinedReferenceError(f"{scope.node.path} uses a value of stack {from_stack!r} ({name}): {READ_THERE}")


def backend_of(stack: TerraformStack) -> Backend | None:
    """Return the backend of a stack; None if it has none, or one of CDKTF's own."""
    backend = stack.node.try_find_child(NODE_ID)
    return backend if isinstance(backend, Backend) else None


def _body(scope: Construct, type_: str, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments in JSON syntax. Those for OpenTofu are marked: there, their strings are templates."""
    body = checked_body(f"backend {type_}", arguments, OpenBlockSchema())
    if naming_scope(scope).registry.target == "opentofu":
        return {**body, "//": {"plainwork": {"target": "opentofu"}}}
    if problems := [_reference_problem(name, value) for name, value in body.items() if _refers(value)]:
        raise ArgumentsError(f"backend {type_}", problems)
    return body


def _refers(value: Any) -> bool:
    return any(scan(text).references for text in strings(value))


def _reference_problem(name: str, value: Any) -> str:
    return (
        f"`{name}` is {value!r}; Terraform has no references in a backend block; use a literal value, "
        "or App(target='opentofu') for OpenTofu 1.8"
    )
