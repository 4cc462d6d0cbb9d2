"""Terraform's types by their names: `aws_s3_bucket.Resource(stack, "files", bucket="example-files")`.

`from plainwork.types import aws_s3_bucket` gives an object with `Resource`, `DataSource` and `Ephemeral`, which create
what the classes of these names in `plainwork` create. It costs nothing: no class or module exists for a type.

Editors and type checkers read a stub of each type instead. The wheel contains those of the AWS provider 6.69.1;
`plainwork stubs` writes those of another version or provider.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

import plainwork

if TYPE_CHECKING:
    from collections.abc import Callable

__path__ = []  # each stub is in a folder, which `import plainwork.types.aws_s3_bucket` would take for a package

_TYPE = re.compile(r"[a-z][a-z0-9_]*")
_KINDS = ("Resource", "DataSource", "Ephemeral")


class Type:
    """A type of a provider.

    Its attributes are `Resource`, `DataSource`, `Ephemeral`, and a dict for each of its nested blocks:
    `aws_s3_bucket.CorsRule(allowed_methods=["GET"], allowed_origins=["*"])`.
    """

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if not name[0].isupper():
            raise AttributeError(
                f"{self._name} has no attribute {name!r}; use {', '.join(_KINDS)} or the name of a block"
            )
        return Kind(self._name, name) if name in _KINDS else dict

    def __repr__(self) -> str:
        return f"plainwork.types.{self._name}"


class Kind:
    """The resource, data source or ephemeral resource of a type; a class for a type checker."""

    def __init__(self, type_: str, class_: str) -> None:
        self._type = type_
        self._class = class_

    def __call__(self, scope_: Any, id_: str | None = None, /, **arguments: Any) -> Any:
        """Create one; see `plainwork.Resource`."""
        return getattr(plainwork, self._class)(scope_, self._type, id_, **arguments)

    def __instancecheck__(self, instance: Any) -> bool:
        return isinstance(instance, getattr(plainwork, self._class)) and instance.block_type == self._type

    def __repr__(self) -> str:
        return f"plainwork.types.{self._type}.{self._class}"


def __getattr__(name: str) -> Any:
    if not _TYPE.fullmatch(name):
        raise AttributeError(f"module 'plainwork.types' has no attribute {name!r}")
    return _type(name)


_type = cache(Type)
