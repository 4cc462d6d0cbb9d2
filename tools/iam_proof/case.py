"""One request with the policies that apply to it, as JSON: for the engine, and for `@cloud-copilot/iam-simulate`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any

from plainwork_core.iam.evaluation import (
    Decision,
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from plainwork_core.iam.statement import Kind, Statement

Json = Mapping[str, Any]
FULL_ACCESS: Json = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
TYPES = {"role": "AssumedRole", "user": "User", "root": "Account", "anonymous": "Anonymous"}
"""`aws:PrincipalType` of each kind of principal.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principaltype
"""
MULTIVALUED = frozenset(
    {
        "aws:calledvia",
        "aws:principalorgpaths",
        "aws:principalservicenameslist",
        "aws:tagkeys",
        "dynamodb:attributes",
        "dynamodb:leadingkeys",
        "kms:encryptioncontextkeys",
        "kms:resourcealiases",
    }
)
"""The multivalued condition keys of the cases, in lower case: those of AWS, and of the Service Authorization Reference.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
"""


MAY_BE_ABSENT = (
    *("aws:MultiFactorAuthAge", "aws:MultiFactorAuthPresent", "aws:PrincipalOrgID", "aws:PrincipalOrgPaths"),
    *("aws:ResourceOrgID", "aws:ResourceOrgPaths", "aws:TokenIssueTime"),
)
"""Keys that the engine takes as unknown if a request does not state them."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One request, and the policies that apply to it as JSON documents.

    Args:
        kind: of the principal (`RequestPrincipal`).
        principal: its ARN, its name if it is a service, `*` if it is anonymous.
        account: of the resource.
        context: the values of each condition key, but for those that follow from the principal and the resource.
        resource_policy: the resource-based policy. Of a role, it is the trust policy.
    """

    kind: str
    principal: str
    principal_tags: Mapping[str, str] = field(default_factory=dict)
    action: str
    resource: str
    account: str
    resource_tags: Mapping[str, str] = field(default_factory=dict)
    context: Mapping[str, list[str]] = field(default_factory=dict)
    identity: list[Json] = field(default_factory=list)
    boundary: Json | None = None
    session: Json | None = None
    resource_policy: Json | None = None
    scp: list[list[Json]] = field(default_factory=list)
    rcp: list[list[Json]] = field(default_factory=list)
    endpoint: Json | None = None

    @property
    def digest(self) -> str:
        """The first characters of a hash of everything in it."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    @property
    def is_trust(self) -> bool:
        """Whether the resource-based policy is the trust policy of a role."""
        return self.action.lower().startswith("sts:") and ":role/" in self.resource


def decided(case: Case) -> Decision:
    """Return the decision of the engine."""
    return decide(request_of(case), policies_of(case))


def request_of(case: Case) -> Request:
    """Return the request of *case*, in which every key is known."""
    return Request(
        principal=RequestPrincipal(case.principal, case.kind, tags=case.principal_tags),  # type: ignore[arg-type]
        action=case.action,
        resource=RequestResource(case.resource, case.account, case.resource_tags),
        context=dict.fromkeys(MAY_BE_ABSENT, ()) | {key: tuple(values) for key, values in case.context.items()},
    )


def policies_of(case: Case) -> Policies:
    """Return the policies of *case*."""
    return Policies(
        identity=_statements(case.identity, "identity"),
        boundary=None if case.boundary is None else policy_statements(case.boundary, "boundary"),
        session=None if case.session is None else policy_statements(case.session, "identity"),
        resource=None
        if case.resource_policy is None
        else policy_statements(case.resource_policy, "trust" if case.is_trust else "resource"),
        scp=tuple(_statements(level, "organization") for level in case.scp),
        rcp=tuple(_statements([FULL_ACCESS, *level], "organization") for level in case.rcp),
        endpoint=None if case.endpoint is None else policy_statements(case.endpoint, "endpoint"),
    )


def simulated(case: Case) -> dict[str, Any]:
    """Return the input of `tools/iam_simulate/simulate.mjs`, which derives no condition key and has no root user.

    The root user of an account has every permission without a policy of its own. A service principal is in no account,
    so no service control policy applies to it; neither does one to an anonymous principal.
    """
    is_identity = case.kind in ("role", "user", "root")
    return {
        "principal": None if case.kind == "anonymous" else session_arn(case) if case.kind == "role" else case.principal,
        "action": case.action,
        "resource": case.resource,
        "account": case.account,
        "context": {key: _value(key, values) for key, values in context_of(case).items()},
        "identity": [*case.identity, *([FULL_ACCESS] if case.kind == "root" else [])] if is_identity else [],
        "boundary": case.boundary,
        "session": case.session,
        "resource_policy": case.resource_policy,
        "is_trust": case.is_trust,
        "scp": case.scp if is_identity else [],
        "rcp": case.rcp,
        "endpoint": case.endpoint,
    }


def session_arn(case: Case) -> str:
    """Return the ARN of the session of a role, which has no path."""
    partition, account, role = (case.principal.split(":", 5)[index] for index in (1, 4, 5))
    return f"arn:{partition}:sts::{account}:assumed-role/{role.rpartition('/')[2]}/plainwork"


def context_of(case: Case) -> dict[str, list[str]]:
    """Return the condition keys of the request, those included that follow from the principal and the resource."""
    derived = {f"aws:PrincipalTag/{key}": [value] for key, value in case.principal_tags.items()}
    derived |= {f"aws:ResourceTag/{key}": [value] for key, value in case.resource_tags.items()}
    derived["aws:ResourceAccount"] = [case.account]
    derived["aws:PrincipalIsAWSService"] = [json.dumps(case.kind == "service")]
    if case.kind in TYPES:
        derived["aws:PrincipalType"] = [TYPES[case.kind]]
    if case.kind in ("role", "user", "root"):
        derived |= {"aws:PrincipalArn": [case.principal], "aws:PrincipalAccount": [case.principal.split(":")[4]]}
    if case.kind == "service":
        derived["aws:PrincipalServiceName"] = [case.principal]
    if case.kind == "user":
        derived["aws:username"] = [case.principal.rpartition("/")[2]]
    return derived | dict(case.context)


def _value(key: str, values: list[str]) -> str | list[str]:
    return values if key.lower() in MULTIVALUED else values[0]


def _statements(documents: Iterable[Json], kind: Kind) -> tuple[Statement, ...]:
    return tuple(statement for document in documents for statement in policy_statements(document, kind))
