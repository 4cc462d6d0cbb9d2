"""The bucket and the table that hold a state and its lock, where a stack of the run makes them."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.references import is_computed_by_provider, referents
from plainwork_core.model.stack import Resource, Run, Stack, cached_per_run
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import s3_backends


def state_buckets(stack: Stack) -> list[Resource]:
    """Return the buckets of *stack* that a backend of the run names."""
    return _named(stack, "aws_s3_bucket", "bucket", "bucket")


def lock_tables(stack: Stack) -> list[Resource]:
    """Return the DynamoDB tables of *stack* that a backend of the run names."""
    return _named(stack, "aws_dynamodb_table", "name", "dynamodb_table")


def resources_referencing(bucket: Resource, stack: Stack, type_: str) -> Iterator[Resource | Unknown]:
    """Yield the resources of *type_* whose argument `bucket` is *bucket*; `Unknown` where that cannot be told."""
    for part in stack.managed(type_):
        named = part.get("bucket")
        if not isinstance(named, Unknown):
            if named == bucket.get("bucket"):
                yield part
            continue
        found = referents(stack, part, named)
        if bucket in found:
            yield part
        elif not found:
            yield named


def written(resource: Resource, block: str) -> list[object]:
    """Return the nested blocks *block* of *resource* that somebody wrote: a plan computes them otherwise."""
    return [each for each in resource.blocks(block) if not is_computed_by_provider(each)]


@cached_per_run
def _names(run: Run, by: str) -> frozenset[str]:
    backends = (backend for each in run.stacks for backend in s3_backends(each))
    return frozenset(name for each in backends if isinstance(name := each.get(by), str) and name)


def _named(stack: Stack, type_: str, argument: str, by: str) -> list[Resource]:
    names = _names(stack, by)
    return [each for each in stack.managed(type_) if isinstance(name := each.get(argument), str) and name in names]
