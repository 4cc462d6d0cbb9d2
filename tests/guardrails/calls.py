"""The requests of one API call: what AWS authorizes for it, with the tags where the request has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from plainwork_core.iam.evaluation import (
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from tools.iam_proof.guarded_calls import CALLS, Tags, authorized, sample

__all__ = ["ACCOUNT", "CALLS", "EVERYTHING", "ROLE", "Tags", "is_allowed", "requests"]

ACCOUNT = "111122223333"
ROLE = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/deploy")
EVERYTHING = policy_statements({"Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
KEY_POLICY = policy_statements(
    {"Statement": [{"Effect": "Allow", "Action": "kms:*", "Resource": "*", "Principal": {"AWS": ACCOUNT}}]}, "resource"
)
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
    """Yield the request for each authorization of an API call."""
    given = {key: (value,) for key, value in (context or {}).items()}
    for one, keys in authorized(call, tags):
        values = {key: tuple(texts) for key, texts in keys.items()} | given
        yield Request(principal, one.action, RequestResource(sample(one.arn_format), ACCOUNT), values)


def _policies(documents: Documents, request: Request, *, identity: bool) -> Policies:
    guardrail = tuple(statement for document in documents for statement in policy_statements(document))
    resource = KEY_POLICY if request.service == "kms" else None
    if identity:
        return Policies(EVERYTHING + guardrail, resource=resource)
    return Policies(EVERYTHING, scp=(EVERYTHING + guardrail,), resource=resource)
