"""The requests of one API call: what it asks for, with the tags where the Service Authorization Reference has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plainwork_core.aws.create_calls import CREATE_CALLS, NEVER_TAGGED
from plainwork_core.aws.iam_actions import Action, ActionOn, expand, resource_types
from plainwork_core.iam.authorization_reference import tagging_actions
from plainwork_core.iam.evaluation import (
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)

ACCOUNT = "111122223333"
CALLS = [call for calls in CREATE_CALLS.values() for call in calls]
ROLE = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/deploy")
EVERYTHING = policy_statements({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
_VALUES = {"Partition": "aws", "Region": "eu-west-1", "Account": ACCOUNT}

Tags = Mapping[str, str]
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
    decisions = [decide(request, _policies(documents, identity=identity)) for request in requests(call, tags, **asked)]
    assert decisions
    assert not any(decision.is_unknown for decision in decisions), [one.reason for one in decisions if one.is_unknown]
    return all(decision.is_allowed for decision in decisions)


def requests(
    call: str, tags: Tags, *, principal: RequestPrincipal = ROLE, context: Mapping[str, str] | None = None
) -> Iterator[Request]:
    """Yield what an API call asks for: the action on each resource type, and the action that sets the tags."""
    (action,) = expand(call)
    keys = {**{f"aws:RequestTag/{key}": (value,) for key, value in tags.items()}, "aws:TagKeys": tuple(tags)}
    always = {key: (value,) for key, value in (context or {}).items()}
    created = "*"
    for type_, row in action.on.items():
        if type_ or not any(action.on):
            has_tags = tags and (_lists_tags(row) or _lists_tags(action.on.get("", row)))
            has_tags = has_tags and type_ not in NEVER_TAGGED.get(call, ())
            arn = sample(action, type_)
            created = arn if has_tags else created
            yield Request(principal, call, RequestResource(arn, ACCOUNT), always | (keys if has_tags else {}))
    for tagging in tagging_actions(action)[:1] if tags else ():
        yield Request(principal, tagging, RequestResource(created, ACCOUNT), always | keys)


def sample(action: Action, type_: str) -> str:
    """Return an ARN of a resource type."""
    if not type_:
        return "*"
    return re.sub(r"\$\{(\w+)\}", lambda name: _VALUES.get(name[1], "x"), resource_types(action.service)[type_].arn)


def _lists_tags(row: ActionOn) -> bool:
    return any(key.startswith("aws:RequestTag/") for key in row.keys)


def _policies(documents: Documents, *, identity: bool) -> Policies:
    guardrail = tuple(statement for document in documents for statement in policy_statements(document))
    return (
        Policies(identity=EVERYTHING + guardrail) if identity else Policies(EVERYTHING, scp=(EVERYTHING + guardrail,))
    )
