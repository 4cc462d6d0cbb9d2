"""What guardrails cover and what they do not, as lines of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from plainwork_core.aws.guardrail_calls import NOT_COVERED, newer_providers
from plainwork_core.guardrails.requests import EVERY_SERVICE, call_groups, covered_services
from plainwork_core.guardrails.tag_policy import policy_values
from plainwork_core.guardrails.tag_rules import TagRule, TagSettings, tag_rules
from plainwork_core.guardrails.tag_statements import Scope
from plainwork_core.text import enumeration

_CHECKED = "`plainwork check` checks it (`tag-value-not-allowed`)"


def tag_coverage(settings: TagSettings, scope: Scope, *, organizations: bool) -> Iterator[str]:
    """Yield the lines about tags.

    Raises:
        InputError: a rule of the settings, or a service, cannot be enforced.
    """
    services = covered_services(scope.services)
    calls = sorted(call for group in call_groups(services, settings.propagate_to) for call in group.calls)
    yield "Tags"
    for rule in tag_rules(settings):
        yield f"  {rule.key}: {_described(rule, organizations=organizations)}"
    yield f"Covered: {len(calls)} API calls of {len({_service(call) for call in calls})} services"
    for service, of_service in groupby(calls, _service):
        yield f"  {service}: {', '.join(call.partition(':')[2] for call in of_service)}"
    for service, version in newer_providers().items():
        if service in services:
            yield f"  {service} requires AWS provider {version} or later; an older one sends the tags after creation"
    yield "Not covered"
    yield from (f"  {line}" for line in _not_covered(settings, scope))
    if organizations:
        yield "  service-linked roles, which policies of an organization do not affect"


def region_coverage(regions: Sequence[str]) -> Iterator[str]:
    """Yield the lines about Regions."""
    yield "Regions"
    yield f"  allowed: {', '.join(regions)}"
    yield "  not denied in other Regions: the actions of global services, as AWS lists them"


def _described(rule: TagRule, *, organizations: bool) -> str:
    parts = ["required" if rule.is_required else "optional"]
    if rule.values:
        parts.append(f"value {enumeration(rule.values, 'or')}")
    if rule.values and organizations and not policy_values(rule):
        parts.append("the tag policy has no values, because it supports `*` once in a value and no `?`")
    if rule.inexpressible:
        parts.append(f"no policy can express the pattern `{rule.inexpressible}`; {_CHECKED}")
    elif rule.is_required and not rule.values:
        parts.append(f"any value; an empty one is not denied, and {_CHECKED}")
    return "; ".join(parts)


def _not_covered(settings: TagSettings, scope: Scope) -> Iterator[str]:
    services = covered_services(scope.services)
    for call, reason in NOT_COVERED.items():
        if not scope.services or _service(call) in services:
            yield f"{call}: {reason}"
    for service, version in newer_providers().items():
        if service not in services and (not scope.services or EVERY_SERVICE in scope.services):
            yield f"{service}: AWS provider {version} and later sends the tags on creation; add the service to cover it"
    if "network-interface" in settings.propagate_to:
        yield "network interfaces of ec2:RunInstances: a launch with an existing one sends no tags for it"
    if "s3" in services:
        yield "s3:PutBucketTagging: it replaces all tags, and its request has no condition keys on tags"
    yield "all other calls"
    if not scope.through_services:
        yield "requests that an AWS service makes for the caller, such as AWS CloudFormation"


def _service(call: str) -> str:
    return call.partition(":")[0]
