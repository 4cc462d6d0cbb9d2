"""What an argument names, a key or a certificate, and the region that it must be in."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.regions import known_partition
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import JsonText, PartialString, Unknown, Value
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.regions.mentions import region_in
from plainwork_policies.regions.table import are_same, region_of_resource, resolved

Place = str | Unknown | None


def place_of(value: Value, owner: Resource, stack: Stack, types: str) -> Place:
    """Return the region in which the thing is that *value* names by its ARN or by reference.

    Args:
        value: an argument of *owner*.
        owner: whose argument it is.
        stack: theirs.
        types: what the types of the things begin with, such as `aws_kms_`.

    Returns:
        The region; `None` where the value has none (an id, an alias, nothing); `Unknown` where nobody can tell.
    """
    if is_computed_by_provider(value) or isinstance(value, JsonText):
        return None
    if isinstance(value, str | PartialString):
        region = region_in(value)
        return region if region is None else resolved(region, owner, stack)
    if not isinstance(value, Unknown):
        return None
    thing = only_referent(stack, owner, value)
    return region_of_resource(thing, stack) if thing and thing.type.startswith(types) else value


def must_be_in(required: str | Unknown, path: str, place: Place, what: str, why: str) -> Iterator[Finding]:
    """Judge the *place* of *what* the argument at *path* names: fail where it is not the one that is *required*."""
    if place is None:
        return
    same = are_same(place, required)
    if isinstance(same, Unknown):
        yield not_evaluated(path, same)
    elif not same:
        remedy = f"name a {what} in `{required}`"
        yield fail(path, f"names a {what} in `{place}`, but {why}", value=str(place), remedy=remedy)


def is_commercial(place: Place) -> bool:
    """Tell whether *place* may be in the partition `aws`: where it is not known, nothing says otherwise."""
    return not isinstance(place, str) or known_partition(place) in (None, "aws")
