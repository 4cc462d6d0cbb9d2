"""Which stack keeps its state where: keys are unique, and a bucket holds one environment unless more are allowed."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from plainwork.errors import PlainworkError
from plainwork.s3_state_backend.keys import FOLDER, StateKey, StateKeyError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from constructs import IConstruct

    from plainwork.terraform import Construct

_BUCKETS: WeakKeyDictionary[IConstruct, dict[str, str]] = WeakKeyDictionary()


class BucketTakenError(PlainworkError):
    """A second backend of one app on the same bucket."""


def environment_problems(environments: Collection[str] | None) -> Iterator[str]:
    """One sentence where no state could lie in the bucket, or for each name that no key can begin with."""
    if environments is None:
        return
    if isinstance(environments, str) or not environments:
        yield f"environments must be a list of at least one name, as ['prod']: got {environments!r}"
        return
    for name in environments:
        if not FOLDER.fullmatch(str(name)):
            yield f"environments must be made of lower case letters, digits, '-' and '_': got {name!r}"


def claim_bucket(scope: Construct, bucket: str) -> None:
    """Take a bucket for one backend.

    Raises:
        BucketTakenError: another backend of the app has it, so that neither would know the other's keys.
    """
    claimed = _BUCKETS.setdefault(scope.node.root, {})
    if bucket in claimed:
        raise BucketTakenError(
            f"bucket {bucket!r} belongs to S3StateBackend {claimed[bucket]!r}, and {scope.node.path!r} wants it too: "
            "pass the first one on"
        )
    claimed[bucket] = scope.node.path


class States:
    """The states that a backend knows of."""

    def __init__(self, environments: Collection[str] | None) -> None:
        self._allowed = None if environments is None else frozenset(environments)
        self._known: dict[str, StateKey] = {}
        self._named: dict[str, StateKey] = {}
        self._stored: dict[str, str] = {}

    def know(self, path: str) -> StateKey:
        """Check a key and remember it.

        Raises:
            StateKeyError: the key breaks a rule, is of another environment, or would be named as another is.
        """
        key = StateKey(path)
        self._check_environment(key)
        self._check_name(key)
        return self._known.setdefault(path, key)

    def store(self, path: str, stack: str) -> StateKey:
        """Give a key to a stack.

        Raises:
            StateKeyError: as for `know`, or the key is given already.
        """
        key = self.know(path)
        if self._stored.get(path) == stack:
            raise StateKeyError(f"state key {path!r} is given to stack {stack!r} twice: store it once")
        if path in self._stored:
            raise StateKeyError(f"state key {path!r} is claimed by two stacks: {self._stored[path]!r} and {stack!r}")
        self._stored[path] = stack
        return key

    def known(self) -> list[StateKey]:
        """All keys, sorted."""
        return [self._known[path] for path in sorted(self._known)]

    def _check_name(self, key: StateKey) -> None:
        named = self._named.setdefault(key.words, key)
        if named != key:
            raise StateKeyError(
                f"state keys {named.path!r} and {key.path!r} come to the same name {key.words!r}, which is that of "
                "lifecycle rules and policies: rename one"
            )

    def _check_environment(self, key: StateKey) -> None:
        if self._allowed is None:
            self._allowed = frozenset([key.environment])
        if key.environment not in self._allowed:
            every = sorted({*self._allowed, key.environment})
            raise StateKeyError(
                f"state key {key.path!r} is of environment {key.environment!r}, and this bucket holds "
                f"{', '.join(sorted(self._allowed))}: use another bucket, or allow both with environments={every}"
            )
