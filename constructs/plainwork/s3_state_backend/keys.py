"""State keys: `environment/component.tfstate`, checked when made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from plainwork.errors import PlainworkError

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]*")
"""One part of a key: an environment, a folder or a component."""

_HISTORY = {"final", "old", "copy", "bak", "tmp", "latest"}
_SUFFIX = ".tfstate"
_LONGEST = 200


class StateKeyError(PlainworkError):
    """A state key that Terraform would reject, that says nothing, or that another stack has."""


def _words(path: str) -> list[str]:
    return re.split(r"[/_-]", path.removesuffix(_SUFFIX))


def _says_a_word_twice(path: str) -> bool:
    return any(word == following for word, following in pairwise(_words(path)))


_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (lambda path: path.startswith("/") or path.endswith("/"), "must not begin or end with '/' (Terraform rejects it)"),
    (lambda path: "//" in path, "must not contain '//' (Terraform rejects it)"),
    (lambda path: not path.endswith(_SUFFIX), f"must end in {_SUFFIX!r}"),
    (lambda path: "/" not in path, "must name its environment first"),
    (
        lambda path: not all(FOLDER.fullmatch(part) for part in path.removesuffix(_SUFFIX).split("/")),
        "must be made of lower case letters, digits, '-' and '_'",
    ),
    (
        lambda path: bool(_HISTORY.intersection(_words(path))),
        "must say what the state holds, not what became of it: older versions are kept by the bucket",
    ),
    (_says_a_word_twice, "must not say a word twice"),
    (lambda path: len(path) > _LONGEST, f"must not be longer than {_LONGEST} characters"),
)


@dataclass(frozen=True)
class StateKey:
    """Where one stack keeps its state inside the bucket.

    Attributes:
        path: `environment/component.tfstate`; folders may stand between them (`prod/eu-west-1/web.tfstate`).

    Raises:
        StateKeyError: naming the rule and the key. The rules on slashes are Terraform's
            (https://developer.hashicorp.com/terraform/language/backend/s3#key).
    """

    path: str

    def __post_init__(self) -> None:
        if not isinstance(self.path, str):
            raise StateKeyError(f"state key must be a string, environment/component.tfstate: got {self.path!r}")
        for breaks, rule in _RULES:
            if breaks(self.path):
                raise StateKeyError(f"state key {self.path!r} {rule}: write environment/component.tfstate")

    @property
    def environment(self) -> str:
        """The first folder: `prod`."""
        return self.path.split("/", 1)[0]

    @property
    def words(self) -> str:
        """The key as part of a name: `prod-web`."""
        return self.path.removesuffix(_SUFFIX).replace("/", "-")

    @property
    def lock(self) -> str:
        """The key of the lock file, which Terraform writes while it works and deletes afterwards."""
        return f"{self.path}.tflock"
