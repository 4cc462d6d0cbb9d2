"""A classical trap of IAM: a case written by hand, the answer of AWS, and the page that states it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from tools.iam_proof.case import Case, Json

OURS, THEIRS = "111122223333", "444455556666"
GUIDE = "https://docs.aws.amazon.com/IAM/latest/UserGuide/"
OPERATORS = f"{GUIDE}reference_policies_elements_condition_operators.html"
CONDITION = f"{GUIDE}reference_policies_elements_condition.html"
SETS = f"{GUIDE}reference_policies_condition-single-vs-multi-valued-context-keys.html"
LOGIC = f"{GUIDE}reference_policies_condition-logic-multiple-context-keys-or-values.html"
VARIABLES = f"{GUIDE}reference_policies_variables.html"
DECISION = f"{GUIDE}reference_policies_evaluation-logic_policy-eval-denyallow.html"
BASICS = f"{GUIDE}reference_policies_evaluation-logic_policy-eval-basics.html"
ACROSS = f"{GUIDE}reference_policies_evaluation-logic-cross-account.html"
BOUNDARIES = f"{GUIDE}access_policies_boundaries.html"
PRINCIPAL = f"{GUIDE}reference_policies_elements_principal.html"
NOT_PRINCIPAL = f"{GUIDE}reference_policies_elements_notprincipal.html"
KEYS = f"{GUIDE}reference_policies_condition-keys.html"

ROLE, USER = f"arn:aws:iam::{OURS}:role/ci", f"arn:aws:iam::{OURS}:user/ana"
SESSION, ROOT = f"arn:aws:sts::{OURS}:assumed-role/ci/plainwork", f"arn:aws:iam::{OURS}:root"
OBJECT, QUEUE = "arn:aws:s3:::reports/2026/january.csv", f"arn:aws:sqs:eu-west-1:{OURS}:orders"
FOREIGN_QUEUE, SEND = f"arn:aws:sqs:eu-west-1:{THEIRS}:orders", "sqs:SendMessage"
EVERY_REQUEST = {
    "aws:SourceIp": ["203.0.113.7"],
    "aws:CurrentTime": ["2026-01-15T09:30:00Z"],
    "aws:EpochTime": ["1768469400"],
    "aws:RequestedRegion": ["eu-west-1"],
    "aws:UserAgent": ["aws-cli/2.15"],
    "aws:SecureTransport": ["true"],
    "aws:ViaAWSService": ["false"],
}


@dataclass(frozen=True)
class Trap:
    """One trap.

    Args:
        title: what it shows.
        page: of AWS, which states the answer.
        answer: of AWS.
        case: the request and its policies.
    """

    title: str
    page: str
    answer: str
    case: Case


def allowed(title: str, page: str, case: Case) -> Trap:
    """Return a trap that AWS allows."""
    return Trap(title, page, "allowed", case)


def denied(title: str, page: str, case: Case) -> Trap:
    """Return a trap that AWS denies."""
    return Trap(title, page, "denied", case)


def ask(action: str, resource: str = OBJECT, /, principal: str = ROLE, **given: Any) -> Case:
    """Return a request of the role `ci`, or of *principal*, to a resource of the same account."""
    kinds = {":role/": "role", ":user/": "user", ":root": "root", ":oidc-provider/": "federated", ".com": "service"}
    kind = next((kind for part, kind in kinds.items() if part in principal), "anonymous")
    context = EVERY_REQUEST | {
        key: value if isinstance(value, list) else [value] for key, value in given.pop("context", {}).items()
    }
    case = Case(kind=kind, principal=principal, action=action, resource=resource, account=OURS, context=context)
    return replace(case, **given)


def allow(action: Any, resource: Any = "*", **elements: Any) -> list[Json]:
    """Return the identity-based policies of one `Allow` statement."""
    return [document({"Effect": "Allow", "Action": action, "Resource": resource, **elements})]


def deny(action: Any, resource: Any = "*", **elements: Any) -> list[Json]:
    """Return identity-based policies that allow everything but one `Deny` statement."""
    statement = {"Effect": "Deny", "Action": action, "Resource": resource, **elements}
    return [document({"Effect": "Allow", "Action": "*", "Resource": "*"}, statement)]


def grant(principal: Any, action: Any, resource: Any = "*", **elements: Any) -> Json:
    """Return a resource-based policy of one `Allow` statement; a text is an AWS principal, except `*`."""
    return document(granting(principal, action, resource, **elements))


def granting(principal: Any, action: Any, resource: Any = "*", effect: str = "Allow", **elements: Any) -> Json:
    """Return one statement of a resource-based policy."""
    named = (
        {"AWS": principal}
        if isinstance(principal, list) or str(principal).startswith(("arn:", "1", "4"))
        else principal
    )
    about = {} if resource is None else {"Resource": resource}
    return {"Effect": effect, "Principal": named, "Action": action, **about, **elements}


def document(*statements: Json, version: str = "2012-10-17") -> Json:
    """Return a policy document."""
    return {"Version": version, "Statement": list(statements)}
