"""The calls that a tag guardrail covers, grouped by the resources on which their requests have tags.

A `Deny` for requests without a tag on a resource that the request cannot tag, such as the image and the subnet of
`ec2:RunInstances`, would deny every request:
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from plainwork_core.aws.guardrail_calls import COVERED_CALLS, LAUNCHED_TYPES, NEVER_TAGGED, newer_providers
from plainwork_core.aws.iam_actions import Action, expand, resource_types
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.iam.authorization_reference import lists_request_tags, removes_tags, sets_tags

EVERY_SERVICE = "ALL"
_ALL = "*"


@frozen()
class CallGroup:
    """Calls, and the resources whose tags the request of each of them has."""

    calls: tuple[str, ...]
    resources: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    """A group in the making.

    Attributes:
        calls: its calls.
        tagged: the resources on which their requests must have tags.
        untagged: the other resources of the calls, on which a request may have no tags.
    """

    calls: list[str]
    tagged: set[str]
    untagged: set[str]

    def fits(self, other: _Group) -> bool:
        """Return whether one statement can be about both."""
        if _ALL in (self.tagged | other.tagged):
            return self.tagged == other.tagged
        return not self.tagged & other.untagged and not self.untagged & other.tagged

    def add(self, other: _Group) -> None:
        """Add the calls of *other*, which fits."""
        self.calls += other.calls
        self.tagged |= other.tagged
        self.untagged |= other.untagged


def covered_services(names: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the service prefixes *names*; `ALL`, and no name, are all that every supported provider can tag.

    Raises:
        InputError: no call of a service is covered.
    """
    found: dict[str, None] = {}
    for name in names or (EVERY_SERVICE,):
        if name == EVERY_SERVICE:
            found |= dict.fromkeys(service for service in COVERED_CALLS if service not in newer_providers())
        elif name in COVERED_CALLS:
            found[name] = None
        else:
            hint = did_you_mean(name, COVERED_CALLS) or f"; use {EVERY_SERVICE} or one of {', '.join(COVERED_CALLS)}"
            raise InputError(f"the service is {name!r}, of which no call is covered{hint}")
    return tuple(found)


def call_groups(services: Collection[str], launched: Collection[str]) -> tuple[CallGroup, ...]:
    """Return the covered calls of *services*, each in one group.

    Args:
        services: see `covered_services`.
        launched: `[tags] propagate_to`.
    """
    groups: list[_Group] = []
    for call in (call for service in services for call in COVERED_CALLS[service]):
        one = _group(call, launched)
        if not one.tagged:
            continue
        group = next((group for group in groups if group.fits(one)), None)
        if group is None:
            groups.append(one)
        else:
            group.add(one)
    return tuple(CallGroup(tuple(group.calls), tuple(sorted(group.tagged))) for group in groups)


def tagging_actions(services: Collection[str], *, removing: bool) -> tuple[str, ...]:
    """Return the actions of *services* that set tags of existing resources, or those that remove them."""
    is_included = removes_tags if removing else sets_tags
    actions = (action for service in services for action in expand(f"{service}:*"))
    return tuple(str(action) for action in actions if is_included(action))


def _group(call: str, launched: Collection[str]) -> _Group:
    (action,) = expand(call)
    must = set(_must_have_tags(action, launched))
    if "" in must:
        return _Group([call], {_ALL}, set())
    types = {type_: _arn(action, type_) for type_ in action.on if type_}
    tagged = {types[type_] for type_ in must}
    return _Group([call], tagged, {*types.values()} - tagged)


def _must_have_tags(action: Action, launched: Collection[str]) -> Iterator[str]:
    for type_, row in action.on.items():
        condition = LAUNCHED_TYPES.get((str(action), type_))
        is_never = type_ in NEVER_TAGGED.get(str(action), ())
        if lists_request_tags(row.keys) and not is_never and (condition is None or condition in launched):
            yield type_


def _arn(action: Action, type_: str) -> str:
    """Return the ARN format of a type with a wildcard for each part that is not fixed."""
    return resource_types(action.service)[type_].pattern
