"""Network openings that one version of a stack has and the other does not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from plainwork_core.access.change import AccessChange, Direction
from plainwork_core.access.names import Names
from plainwork_core.access.openings import Opening, by_target, openings_of
from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value

_BLOCK = "aws_s3_bucket_public_access_block"
_ACCOUNT_BLOCK = "aws_s3_account_public_access_block"
_FLAGS = {
    "block_public_acls": "new public ACLs",
    "block_public_policy": "new public bucket policies",
    "ignore_public_acls": "access by public ACLs",
    "restrict_public_buckets": "access by public bucket policies",
}


def network_changes(before: Stack, after: Stack, names_before: Names, names_after: Names) -> Iterator[AccessChange]:
    """Yield the openings that are gained and lost, and public access that is no longer or newly blocked.

    The block of a bucket that is created or deleted with it is no change.
    """
    old, new = openings_of(before, names_before), openings_of(after, names_after)
    yield from _left(new, by_target(old), "gained")
    replaced = _buckets(before, names_before) ^ _buckets(after, names_after)
    blocked, blocking = (
        {bucket: block for bucket, block in _blocked(*version).items() if bucket not in replaced}
        for version in ((before, names_before), (after, names_after))
    )
    yield from _unblocked(blocked, blocking, "gained")
    yield from _left(old, by_target(new), "lost")
    yield from _unblocked(blocking, blocked, "lost")


def _left(
    openings: Sequence[Opening], others: Mapping[str, list[Opening]], change: Direction
) -> Iterator[AccessChange]:
    seen = set()
    for opening in openings:
        candidates = others.get(opening.target, ())
        key = opening.source, opening.label, opening.target
        if key in seen or any(other.includes(opening) for other in candidates):
            continue
        seen.add(key)
        reason = opening.unknown or next((other.unknown for other in candidates if _may_be(other, opening)), "")
        if reason and change == "lost":
            continue
        yield AccessChange(
            kind="network",
            change="unknown" if reason else change,
            principal=opening.source if opening.protocol or not opening.is_public else "*",
            actions=(opening.label,),
            resources=(opening.target,),
            address=opening.address,
            location=opening.location,
            reason=reason,
        )


def _may_be(other: Opening, opening: Opening) -> bool:
    return bool(other.unknown) and bool(other.protocol) is bool(opening.protocol)


_Blocked = Mapping[str, tuple[Resource, Mapping[str, Value]]]


def _buckets(stack: Stack, names: Names) -> set[str]:
    return {names.renamed(bucket.address) for bucket in stack.managed("aws_s3_bucket")}


def _blocked(stack: Stack, names: Names) -> _Blocked:
    """Return the public access blocks with their flags, by the bucket or `account`."""
    found: dict[str, tuple[Resource, Mapping[str, Value]]] = {}
    for block in stack.managed(_BLOCK, _ACCOUNT_BLOCK):
        found[_bucket(stack, block, names)] = block, {flag: block.get(flag) for flag in _FLAGS}
    return found


def _bucket(stack: Stack, block: Resource, names: Names) -> str:
    """Return the address of the bucket of *block*, its name if it is not in *stack*, or `account`."""
    value = block.get("bucket")
    if block.type == _ACCOUNT_BLOCK or not isinstance(value, (str, Unknown)):
        return "account" if block.type == _ACCOUNT_BLOCK else names.renamed(block.address)
    bucket = resolve_reference(block, value, stack, "aws_s3_bucket", "bucket")
    return quote(value) if isinstance(bucket, Unknown) else names.renamed(bucket.address)


def _unblocked(before: _Blocked, after: _Blocked, change: Direction) -> Iterator[AccessChange]:
    """Yield the flags that are set before and not after."""
    for bucket, (block, flags) in before.items():
        other, now = after.get(bucket, (block, {}))
        gone = [flag for flag, value in flags.items() if value is True and now.get(flag) is not True]
        unknown = next((value for flag in gone if isinstance(value := now.get(flag), Unknown)), None)
        if gone:
            yield AccessChange(
                kind="network",
                change=change if unknown is None else "unknown",
                principal="*",
                actions=tuple(_FLAGS[flag] for flag in gone),
                resources=(bucket,),
                address=other.address,
                location=other.location,
                reason="" if unknown is None else unknown.reason,
            )
