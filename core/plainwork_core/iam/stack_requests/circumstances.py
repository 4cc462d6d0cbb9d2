"""The request context of a question about a stack.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field

from plainwork_core.aws.iam_actions import key_type
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.iam.evaluation import Policies, RequestPrincipal
from plainwork_core.iam.stack_requests.places import Place
from plainwork_core.iam.statement import Statement, Text, Texts
from plainwork_core.model.values import PartialString

_REQUEST_TAG = "aws:requesttag/"
# https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html: optional headers of a request.
_HEADER, _SIGNED_HEADER = "s3:x-amz-", "s3:x-amz-content-sha256"
_TAG_VARIABLE = re.compile(r"\$\{\s*(aws:RequestTag/[^,}]+)", re.IGNORECASE)
# "IAM calls are always made to the us-east-1 Region": the page above, aws:RequestedRegion.
_GLOBAL_SERVICES = ("iam", "organizations")
_GLOBAL_REGION = "us-east-1"
_DIRECT: Mapping[str, Texts] = {
    "aws:CalledVia": (),
    "aws:CalledViaFirst": (),
    "aws:CalledViaLast": (),
    "aws:SourceAccount": (),
    "aws:SourceArn": (),
    "aws:SourceOrgID": (),
    "aws:SourceOrgPaths": (),
    "kms:ViaService": (),
}
"""The keys of a request that a role or user makes itself, without a service in between."""
# https://aws.amazon.com/blogs/security/tls-1-2-required-for-aws-endpoints/
_TLS_VERSION: Mapping[str, Texts] = {"s3:TlsVersion": ("1.2",)}


@frozen()
class Circumstances:
    """What is given of a request beside its principal, action and resource.

    Args:
        request_tags: the tags that the request sets. A request has no others; `None` if they are unknown.
        resource_tags: all tags of the resource; `None` for those that the stack has.
        context: other condition keys, such as `aws:SourceIp`; a key without values is absent. A key that is not given
            is unknown, except that the request uses TLS 1.2, is made by the principal itself, and has no optional
            headers of Amazon S3 (`s3:x-amz-...`).
    """

    request_tags: Mapping[str, Text] | None = field(default_factory=dict)
    resource_tags: Mapping[str, str] | None = None
    context: Mapping[str, Texts] = field(default_factory=dict)


def context_of(
    given: Circumstances, principal: RequestPrincipal, action: str, place: Place, absent: Iterable[str]
) -> dict[str, Texts]:
    """Return the values of condition keys by key.

    Args:
        given: by the user.
        principal: of the request.
        action: of the request.
        place: of the resource, whose Region the request goes to.
        absent: keys of tags and of optional headers that the request does not have if they are not given.

    Raises:
        InputError: a global condition key that has one value is given several.
    """
    _check_single_values(given.context)
    service = action.partition(":")[0].lower()
    region = _GLOBAL_REGION if service in _GLOBAL_SERVICES and place.partition == "aws" else place.region
    found: dict[str, Texts] = {"aws:RequestedRegion": (region,), **_TLS_VERSION}
    if principal.kind in ("role", "user", "root"):
        found |= _DIRECT
    if given.request_tags is not None:
        found |= dict.fromkeys(absent, ())
        found |= {f"aws:RequestTag/{key}".lower(): (value,) for key, value in given.request_tags.items()}
        found["aws:TagKeys"] = tuple(given.request_tags)
    names = {key.lower() for key in given.context}
    return {key: values for key, values in found.items() if key.lower() not in names} | dict(given.context)


def _check_single_values(context: Mapping[str, Texts]) -> None:
    for key, values in context.items():
        if len(values) > 1 and key.lower().startswith("aws:") and not (key_type(key) or "Array").startswith("Array"):
            raise InputError(f"`{key}` has {len(values)} values; a request has one value of this condition key")


def absent_keys(policies: Policies) -> tuple[str, ...]:
    """Return the keys of tags and of optional headers, in lower case, that *policies* test."""
    return tuple(dict.fromkeys(key for group in _groups(policies) for key in _tested(group)))


def _tested(statements: Iterable[Statement]) -> Iterator[str]:
    for statement in statements:
        for condition in statement.conditions:
            key = condition.key.lower() if isinstance(condition.key, str) else ""
            if key.startswith((_REQUEST_TAG, _HEADER)) and key != _SIGNED_HEADER:
                yield key
            yield from _variables(condition.values)
        yield from _variables((*statement.resources, *statement.not_resources))


def _variables(texts: Texts) -> Iterator[str]:
    for text in texts:
        for part in text.parts if isinstance(text, PartialString) else (text,):
            if isinstance(part, str) and "${" in part:
                yield from (key.strip().lower() for key in _TAG_VARIABLE.findall(part))


def _groups(policies: Policies) -> Iterator[tuple[Statement, ...]]:
    several = (policies.identity, policies.boundary, policies.session, policies.resource, policies.endpoint)
    yield from (group for group in several if group)
    yield from (*policies.scp, *policies.rcp)
