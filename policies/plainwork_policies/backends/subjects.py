"""What the policies on backends look at: backend blocks, state buckets and lock tables."""

from __future__ import annotations

from functools import partial

from plainwork_core.model.stack import Resource as ModelResource
from plainwork_core.model.stack import Run, Stack, cached_per_run, cached_per_stack
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Block, Resource, SetArgument, Subjects, is_certain, is_possible

USE_LOCKFILE = SetArgument("backend", "use_lockfile", "true")


class S3Backend(Block):
    """An S3 backend block.

    A block without `bucket` or `key` is partial. What it omits is unknown, because `-backend-config` may set it:
    https://developer.hashicorp.com/terraform/language/backend#partial-configuration
    """

    __slots__ = ()

    def __getitem__(self, path: str) -> Argument:
        argument = self.in_block(path)
        if argument.is_configured or not self._reason:
            return argument
        return Argument(self, argument.path, Unknown(self._reason))

    def in_block(self, path: str) -> Argument:
        """Return the argument at *path* as the block has it: not set if the block omits it, even in a partial block."""
        return super().__getitem__(path)

    def require_complete(self) -> None:
        """End in *not evaluated* if the block is partial."""
        if self._reason:
            raise self.not_evaluated(self._reason)

    @property
    def _reason(self) -> str:
        """Why the block is partial; `""` if it is complete."""
        omitted = next((name for name in ("bucket", "key") if not self.in_block(name).is_configured), "")
        return f"the backend block has no `{omitted}`; pass `--backend-config`" if omitted else ""


def buckets_of(backend: S3Backend) -> list[Resource]:
    """Return the bucket of *backend*, if a stack of the run creates it; several if several stacks have its name.

    Raises:
        NotEvaluated: a bucket of the same stack has an unknown name, which may be the backend's.
    """
    name = backend.in_block("bucket").raw
    if not isinstance(name, str):
        return []
    if sources := _sources_of_bucket(backend.stack).get(name):
        return [bucket for source in sources for bucket in _buckets_named(_stack(backend.stack, source), name)]
    own = [backend.view(bucket) for bucket in backend.stack.managed("aws_s3_bucket")]
    return [bucket for bucket in own if bucket["bucket"].is_one_of((name,))]


@cached_per_run
def _sources_of_bucket(run: Run) -> dict[str, dict[str, None]]:
    """Return the sources of the stacks with a bucket, by its name."""
    found: dict[str, dict[str, None]] = {}
    for stack in run.members:
        for bucket in stack.managed("aws_s3_bucket"):
            if isinstance(name := bucket.attribute("bucket"), str):
                found.setdefault(name, {})[stack.source] = None
    return found


def _stack(stack: Stack, source: str) -> Stack:
    return stack if stack.run is None or source == stack.source else stack.run.stack(source)


def _buckets_named(stack: Stack, name: str) -> list[Resource]:
    return [Resource(bucket, stack) for bucket in stack.managed("aws_s3_bucket") if bucket.attribute("bucket") == name]


def is_state_bucket(bucket: Resource) -> bool:
    """Return whether *bucket* is the `bucket` of a backend of the run."""
    return _is_in_backend(bucket["bucket"], "bucket")


def is_lock_table(table: Resource) -> bool:
    """Return whether *table* is the `dynamodb_table` of a backend of the run."""
    return _is_in_backend(table["name"], "dynamodb_table")


def _is_in_backend(name: Argument, argument: str) -> bool:
    """Return whether a backend of the run has *name* as its *argument*.

    An unknown name is compared with the backend of the same stack only: one variable in a module would otherwise end
    in *not evaluated* for every stack of the run.
    """
    stack = name.block.stack
    in_run = _names_in_run(stack, argument)
    if not in_run:
        return False
    return is_certain(lambda: name.is_one_of(in_run)) or name.is_one_of(_names(stack, argument))


@cached_per_run
def _names_in_run(run: Run, argument: str) -> frozenset[str]:
    return frozenset(name for stack in run.members for name in _names(stack, argument))


def _names(stack: Stack, argument: str) -> list[str]:
    found = [backend.get(argument) for backend in stack.backends("s3")]
    return [name for name in found if isinstance(name, str) and name]


@cached_per_stack
def _state_buckets(stack: Stack) -> list[ModelResource]:
    buckets = stack.managed("aws_s3_bucket") if _names_in_run(stack, "bucket") else []
    return [bucket for bucket in buckets if is_possible(partial(is_state_bucket, Resource(bucket, stack)))]


STATE_BUCKETS = Subjects(("aws_s3_bucket",), _state_buckets, Resource)
"""The S3 buckets that are the `bucket` of a backend of the run, or may be."""

S3_BACKENDS = Subjects(("backend",), lambda stack: stack.backends("s3"), S3Backend)
