"""Errors and warnings of constructs: one class for each failure that a user can act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork_core.errors import InputError, PlainworkError, PlainworkWarning, SchemaError, warn

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "AddressError",
    "ArgumentsError",
    "CrossStackError",
    "DeprecatedArgumentWarning",
    "DuplicateBackendError",
    "GrantError",
    "InputError",
    "MissingSchemaWarning",
    "PlainworkError",
    "PlainworkWarning",
    "SchemaError",
    "UndefinedReferenceError",
    "UnverifiedValueWarning",
    "warn",
]


class ArgumentsError(PlainworkError):
    """Arguments that Terraform, the provider or AWS would reject.

    Attributes:
        address: of the block, such as `aws_s3_bucket.state`.
        problems: one sentence for each reason, with the path of the argument and its value.
    """

    def __init__(self, address: str, problems: Iterable[str]) -> None:
        self.address = address
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{address}: invalid arguments:", *self.problems]))


class AddressError(PlainworkError):
    """A name that is not a Terraform identifier, or a duplicate address."""


class DuplicateBackendError(PlainworkError):
    """A second backend in one stack."""


class CrossStackError(PlainworkError):
    """A value of another stack that cannot be read: not exported, without a backend, or in a circle of stacks."""


class UndefinedReferenceError(PlainworkError):
    """A reference to an attribute that the type does not have, or to a resource that the stack does not declare."""


class GrantError(PlainworkError):
    """A grant without a role name, a duplicate grant, or a grant that contradicts itself."""


class DeprecatedArgumentWarning(PlainworkWarning):
    """The provider has deprecated this argument."""


class MissingSchemaWarning(PlainworkWarning):
    """There is no schema for this type, so its arguments are not checked."""


class UnverifiedValueWarning(PlainworkWarning):
    """AWS may reject this value: it exceeds a default quota, or AWS did not list it in November 2026."""
