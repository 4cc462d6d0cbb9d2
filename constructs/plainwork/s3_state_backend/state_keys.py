"""State keys, `environment/component.tfstate`: their rules, and which stack of the app uses which key."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from plainwork.errors import PlainworkError
from plainwork.tree import TerraformStack, is_a
from plainwork_core.aws.state_keys import VERSION_WORDS, slash_error, version_word
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from constructs import IConstruct

    from plainwork.terraform import Construct

_PART = re.compile(r"[a-z0-9][a-z0-9_-]*")
_SUFFIX = ".tfstate"
_MAX_LENGTH = 200
_BUCKETS: WeakKeyDictionary[IConstruct, dict[str, str]] = WeakKeyDictionary()
"""For each app: the bucket names, with the path of the backend that has the bucket."""


class StateKeyError(PlainworkError):
    """An invalid state key, or a state key that another stack uses."""


class DuplicateBucketError(PlainworkError):
    """Two backends of one app with the same bucket."""


def _words(path: str) -> list[str]:
    return re.split(r"[/_-]", path.removesuffix(_SUFFIX))


def _repeats_a_word(path: str) -> bool:
    return any(word == following for word, following in pairwise(_words(path)))


_RULES: tuple[tuple[Callable[[str], bool], str], ...] = (
    (
        lambda path: slash_error(path) is not None,
        "must not begin or end with '/', and must not contain '//' (Terraform rejects it)",
    ),
    (lambda path: not path.endswith(_SUFFIX), f"must end with {_SUFFIX!r}"),
    (lambda path: "/" not in path, "must begin with the environment"),
    (
        lambda path: not all(_PART.fullmatch(part) for part in path.removesuffix(_SUFFIX).split("/")),
        "must consist of lowercase letters, digits, '-' and '_'",
    ),
    (
        lambda path: version_word(path) is not None,
        f"must not have a part that ends with {', '.join(map(repr, VERSION_WORDS))}: the bucket keeps old versions",
    ),
    (_repeats_a_word, "must not repeat a word"),
    (lambda path: len(path) > _MAX_LENGTH, f"must not be longer than {_MAX_LENGTH} characters"),
)
"""A predicate that is true for an invalid key, and the rule. Source of the rules on slashes:
https://developer.hashicorp.com/terraform/language/backend/s3#key"""


@frozen()
class StateKey:
    """The key of one state in the bucket.

    Attributes:
        path: `environment/component.tfstate`, with optional directories between (`prod/eu-west-1/web.tfstate`).

    Raises:
        StateKeyError: the key breaks a rule; the message contains the rule and the key.
    """

    path: str

    def __post_init__(self) -> None:
        if not isinstance(self.path, str):
            raise StateKeyError(f"state key must be a string, as 'environment/component.tfstate': got {self.path!r}")
        for breaks_rule, rule in _RULES:
            if breaks_rule(self.path):
                raise StateKeyError(f"state key {self.path!r} {rule}: use 'environment/component.tfstate'")

    @property
    def environment(self) -> str:
        """The first part: `prod`."""
        return self.path.split("/", 1)[0]

    @property
    def slug(self) -> str:
        """The key as part of a name: `prod-web`."""
        return self.path.removesuffix(_SUFFIX).replace("/", "-")

    @property
    def lock_file(self) -> str:
        """The key of the lock file, which Terraform creates during a run and deletes at its end."""
        return f"{self.path}.tflock"


def environment_problems(environments: Collection[str] | None) -> Iterator[str]:
    """Yield a message if the collection is empty or a string, and for each name that cannot begin a state key."""
    if environments is None:
        return
    if isinstance(environments, str) or not environments:
        yield f"environments must be a list of at least one name, as ['prod']: got {environments!r}"
        return
    for name in environments:
        if not _PART.fullmatch(str(name)):
            yield f"environments must consist of lowercase letters, digits, '-' and '_': got {name!r}"


def claim_bucket(scope: Construct, bucket: str) -> None:
    """Reserve a bucket for one backend: two backends could not detect state keys that both use.

    Raises:
        DuplicateBucketError: another backend of the app has this bucket.
    """
    claimed = _BUCKETS.setdefault(scope.node.root, {})
    if bucket in claimed:
        raise DuplicateBucketError(
            f"bucket {bucket!r} has two backends: {claimed[bucket]!r} and {scope.node.path!r}; pass the first "
            "S3StateBackend to the other stacks"
        )
    claimed[bucket] = scope.node.path


class StateRegistry:
    """The state keys of one backend, and the stacks that use them."""

    def __init__(self, environments: Collection[str] | None) -> None:
        self._environments = None if environments is None else frozenset(environments)
        self._keys: dict[str, StateKey] = {}
        self._keys_by_slug: dict[str, StateKey] = {}
        self._stacks: dict[str, TerraformStack] = {}
        self._accounts: dict[str, set[str]] = {}

    def register(self, path: str) -> StateKey:
        """Check a key and remember it.

        Raises:
            StateKeyError: the key breaks a rule, belongs to another environment, or has the slug of another key.
        """
        key = StateKey(path)
        self._check_environment(key)
        self._check_slug(key)
        return self._keys.setdefault(path, key)

    def assign(self, path: str, stack: TerraformStack) -> StateKey:
        """Register a key as that of a stack.

        Raises:
            StateKeyError: as for `register`, or a stack uses the key already, or the value is not a stack.
        """
        if not is_a(stack, TerraformStack):
            raise StateKeyError(f"stack must be a Stack, as in store(shop, 'prod/shop.tfstate'): got {stack!r}")
        key = self.register(path)
        if other := self._stacks.get(path):
            if other is stack:
                raise StateKeyError(
                    f"state key {path!r} is stored twice for stack {stack.node.id!r}: call store() once"
                )
            names = f"{other.node.path!r} and {stack.node.path!r}"
            raise StateKeyError(f"state key {path!r} is used by two stacks: {names}")
        self._stacks[path] = stack
        return key

    def stack_of(self, key: StateKey) -> TerraformStack | None:
        """Return the stack of the app that uses a key."""
        return self._stacks.get(key.path)

    def check_foreign(self, path: str) -> None:
        """Check the key of a state of another app, which does not have to follow the rules of this one.

        Raises:
            StateKeyError: Terraform would reject the key, or a stack of the app uses it.
        """
        if not isinstance(path, str) or not path or slash_error(path):
            raise StateKeyError(f"state key must be the key of an object, as 'prod/network.tfstate': got {path!r}")
        if stack := self._stacks.get(path):
            raise StateKeyError(
                f"state key {path!r} is used by stack {stack.node.id!r} of this app: read it with stack.read(...), "
                "which checks what it exports"
            )

    def accounts_of(self, path: str) -> list[str]:
        """Return the other accounts whose roles use a state, sorted."""
        return sorted(self._accounts.get(path, ()))

    def add_account(self, key: StateKey, account_id: str) -> None:
        """Remember that a role of another account uses a state."""
        self._accounts.setdefault(key.path, set()).add(account_id)

    def keys(self) -> list[StateKey]:
        """Return all keys, sorted."""
        return [self._keys[path] for path in sorted(self._keys)]

    def _check_slug(self, key: StateKey) -> None:
        other = self._keys_by_slug.setdefault(key.slug, key)
        if other != key:
            raise StateKeyError(
                f"state keys {other.path!r} and {key.path!r} have the same name {key.slug!r} in lifecycle rules and "
                "IAM policies: rename one"
            )

    def _check_environment(self, key: StateKey) -> None:
        if self._environments is None:
            self._environments = frozenset([key.environment])
        if key.environment not in self._environments:
            both = sorted({*self._environments, key.environment})
            raise StateKeyError(
                f"state key {key.path!r} belongs to environment {key.environment!r}, but this bucket is for "
                f"{', '.join(sorted(self._environments))}: use another bucket, or set environments={both}"
            )
