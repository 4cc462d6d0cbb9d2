"""What can go wrong, one class for each failure that a user can act on.

Every message is complete: it names the resource or file, the rule and the value, and says what to do. The command
line shows it without a traceback and exits with 2.
"""

from __future__ import annotations

import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LIBRARY = {"plainwork", "jsii"}


class PlainworkError(Exception):
    """The base of every error that this library raises for a user's mistake."""


class ArgumentsError(PlainworkError):
    """Arguments that Terraform or the provider would reject.

    Attributes:
        address: what they were given to, as `aws_s3_bucket.state`.
        problems: one sentence each, beginning with the argument's path.
    """

    def __init__(self, address: str, problems: Iterable[str]) -> None:
        self.address = address
        self.problems = tuple(problems)
        super().__init__("\n  ".join([f"{address} cannot be made:", *self.problems]))


class AddressError(PlainworkError):
    """A name that is no Terraform identifier, or an address that something else has claimed."""


class BackendError(PlainworkError):
    """A second backend in one stack."""


class UnknownReferenceError(PlainworkError):
    """A reference to an attribute that the type does not have, or to a resource that the stack does not declare."""


class GrantError(PlainworkError):
    """A grant that could not be named, is given twice, or contradicts itself."""


class SchemaError(PlainworkError):
    """A provider schema that cannot be read, or cannot be asked from Terraform."""


class PlainworkWarning(UserWarning):
    """The base of every warning of this library."""


class DeprecatedArgumentWarning(PlainworkWarning):
    """The provider will remove this argument."""


class UncheckedTypeWarning(PlainworkWarning):
    """There is no schema for this type, so its arguments are not checked."""


def warn(message: str, category: type[PlainworkWarning]) -> None:
    """Warn at the line outside this library that led here."""
    frame, level = sys._getframe(1), 2  # noqa: SLF001  warnings.warn's skip_file_prefixes is not in Python 3.11
    while frame.f_back and str(frame.f_globals.get("__name__")).partition(".")[0] in _LIBRARY:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, category, stacklevel=level)
