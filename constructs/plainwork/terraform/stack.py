"""Stacks: one Terraform configuration with one state."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from plainwork._cdktf import Construct, TerraformBackend, TerraformStack
from plainwork.errors import AddressError, DuplicateBackendError
from plainwork.terraform.backend import NODE_ID, Backend
from plainwork.terraform.element import Element

_ID = re.compile(r"[\w-][\w.-]*")


class Stack(TerraformStack):
    """One Terraform configuration.

    Without a backend Terraform keeps the state in a file beside the configuration.

    Args:
        scope: the app.
        id_: the name of the stack and of its directory.
        required_version: the versions of Terraform that may run it; None for any.
    """

    def __init__(self, scope: Construct, id_: str, *, required_version: str | None = ">= 1.10") -> None:
        super().__init__(scope, _checked(scope, id_))
        if required_version:
            Element(self, "required_version", {"terraform": {"required_version": required_version}})

    def set_backend(self, type_: str, arguments: Mapping[str, Any]) -> Backend:
        """Store the state in a backend: `stack.set_backend("s3", {"bucket": ..., "key": ..., "use_lockfile": True})`.

        Raises:
            DuplicateBackendError: the stack has a backend already.
        """
        if existing := self.node.try_find_child(NODE_ID):
            raise DuplicateBackendError(
                f"stack {self.node.id!r} has a backend already: {_spell(existing)}; "
                f"got another: {type_} {dict(arguments)}"
            )
        return Backend(self, type_, arguments)

    def ensure_backend_exists(self) -> TerraformBackend:
        """The backend. CDKTF's default, a local file at an absolute path, is replaced by none at all."""
        given = self.node.try_find_child(NODE_ID)
        backend = super().ensure_backend_exists()
        if given or not self.node.try_find_child(NODE_ID):
            return backend
        self.node.try_remove_child(NODE_ID)
        return Backend(self, "local", None)


def _checked(scope: Construct, id_: str) -> str:
    """The id, which is a directory's name too.

    Raises:
        AddressError: the scope is no construct, the id cannot be one, or the scope has it already.
    """
    if not isinstance(scope, Construct):
        raise AddressError(f"the scope of a stack must be an App (got {scope!r})")
    if not isinstance(id_, str) or not _ID.fullmatch(id_):
        raise AddressError(
            "the id of a stack must be letters, digits, dots, underscores and hyphens, and begin with no dot "
            f"(got {id_!r})"
        )
    if scope.node.try_find_child(id_):
        raise AddressError(f"there are two stacks with the id {id_!r}: give one of them another")
    return id_


def _spell(backend: Any) -> str:
    return f"{backend.type} {dict(backend.arguments or {})}" if isinstance(backend, Backend) else type(backend).__name__
