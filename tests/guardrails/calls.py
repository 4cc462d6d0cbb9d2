"""The requests of one API call: what AWS authorizes for it, with the tags where the request has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plainwork_core.aws.guardrail_calls import COVERED_CALLS
from plainwork_core.iam.api_calls import authorizations
from plainwork_core.iam.evaluation import (
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)

ACCOUNT = "111122223333"
CALLS = [call for calls in COVERED_CALLS.values() for call in calls]
ROLE = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/deploy")
EVERYTHING = policy_statements({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
KEY_POLICY = policy_statements(
    {"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": ACCOUNT}}]}, "resource"
)
_VALUES = {"Partition": "aws", "Region": "eu-west-1", "Account": ACCOUNT}

Tags = Mapping[str, str]
TAGGED_TYPES = {"ec2:RunInstances": ("instance", "volume")}
"""What a request tags, if it is more than the created resource."""

Documents = Sequence[Mapping[str, Any]]


def is_allowed(call: str, documents: Documents, tags: Tags, *, identity: bool = False, **asked: Any) -> bool:
    """Return whether AWS allows everything that an API call asks for.

    Args:
        call: the API call.
        documents: the guardrail.
        tags: of the request; they are on every resource that the request can tag.
        identity: whether the guardrail is IAM policies of the role instead of service control policies.
        asked: `principal`, `context`.
    """
    decisions = [
        decide(request, _policies(documents, request, identity=identity)) for request in requests(call, tags, **asked)
    ]
    assert decisions
    assert not any(decision.is_unknown for decision in decisions), [one.reason for one in decisions if one.is_unknown]
    return all(decision.is_allowed for decision in decisions)


def requests(
    call: str, tags: Tags, *, principal: RequestPrincipal = ROLE, context: Mapping[str, str] | None = None
) -> Iterator[Request]:
    """Yield the request for each authorization of an API call. A service makes the call of another service."""
    keys = {**{f"aws:RequestTag/{key}": (value,) for key, value in tags.items()}, "aws:TagKeys": tuple(tags)}
    for one in authorizations(call, tags=bool(tags), tagged_types=TAGGED_TYPES.get(call, ())):
        is_by_service = one.action in CALLS and one.action != call
        given = {**one.context, **({"aws:ViaAWSService": "true"} if is_by_service else {}), **(context or {})}
        values = {key: (value,) for key, value in given.items()} | (keys if one.has_request_tags else {})
        yield Request(principal, one.action, RequestResource(_sample(one.arn_format), ACCOUNT), values)


def _sample(arn_format: str) -> str:
    return re.sub(r"\$\{(\w+)\}", lambda name: _VALUES.get(name[1], "x"), arn_format)


def _policies(documents: Documents, request: Request, *, identity: bool) -> Policies:
    guardrail = tuple(statement for document in documents for statement in policy_statements(document))
    resource = KEY_POLICY if request.service == "kms" else None
    if identity:
        return Policies(EVERYTHING + guardrail, resource=resource)
    return Policies(EVERYTHING, scp=(EVERYTHING + guardrail,), resource=resource)
