"""Which policy denies a request: by the text of AWS, otherwise by the policies that can be read.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from plainwork_core.doctor.diagnosis import Evidence
from plainwork_core.doctor.online.answers import Answers, found
from plainwork_core.doctor.online.causes import answered, aws
from plainwork_core.doctor.online.documents import Documents, identity_of
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.iam.evaluation import (
    Decision,
    Policies,
    Request,
    RequestResource,
    decide,
    policy_statements,
    unread_policy,
)
from plainwork_core.iam.evaluation.policies import Statements

POLICY_TYPES = {
    "identity-based policy": "the policies of the identity",
    "resource-based policy": "the policy of the resource",
    "permissions boundary": "the permissions boundary of the identity",
    "session policy": "the session policy",
    "service control policy": "a service control policy of the organization",
    "resource control policy": "a resource control policy of the organization",
    "VPC endpoint policy": "the policy of the VPC endpoint",
}
"""The names of the policy types in the texts of AWS, and what they are for a reader."""

_RESOURCE_POLICIES = {"s3": "the bucket policy", "kms": "the key policy", "dynamodb": "the policy of the table"}
_ACTION = re.compile(r"not authorized to perform: ([\w-]+:\w+)(?: on resource: \"?([^\s\"]+)\"?)?")
_TYPE = re.compile(rf"({'|'.join(POLICY_TYPES)})", re.IGNORECASE)
_EXPLICIT = "explicit deny"


@dataclass(frozen=True)
class Denial:
    """A denied request.

    Attributes:
        action: the IAM action.
        resource: the ARN.
        policy: what denies it, for a reader; empty if it is not known.
        is_explicit: whether a `Deny` statement denies it.
        evidence: the facts.
    """

    action: str
    resource: str
    policy: str
    is_explicit: bool
    evidence: tuple[Evidence, ...]

    @property
    def explanation(self) -> str:
        """What denies the request, as a sentence."""
        what = f"`{self.action}` on `{self.resource}`"
        if not self.policy:
            return f"{what} is denied. AWS does not state by which policy, and the policies cannot be read."
        if self.is_explicit:
            return f"{what} is denied by a `Deny` statement in {self.policy}."
        return f"{what} is not allowed by {self.policy}."


def denial(answers: Answers, failed: Failure, resource: str) -> Denial:
    """Return what is known about a request that AWS denied; *resource* is its ARN, if AWS does not state it."""
    stated = _ACTION.search(failed.message)
    action, arn = (stated[1], stated[2] or resource) if stated else (failed.action, resource)
    named = _TYPE.search(failed.message)
    decision = decision_on(answers, action, arn)
    evidence = [answered(failed)]
    if decision is not None and decision.is_denied:
        evidence.append(Evidence(decision.reason, "IAM policies"))
    if named:
        policy = _reader_name(POLICY_TYPES[_type_name(named[1])], action)
        return Denial(action, arn, policy, _EXPLICIT in failed.message, tuple(evidence))
    if decision is not None and decision.is_denied:
        policy = _policy_of(decision, action)
        return Denial(action, arn, policy, bool(decision.statements), tuple(evidence))
    return Denial(action, arn, "", is_explicit=False, evidence=tuple(evidence))


def predicted(answers: Answers, action: str, arn: str) -> Denial | None:
    """Return why the readable policies deny *action*; None if they do not, or do not decide."""
    decision = decision_on(answers, action, arn)
    if decision is None or not decision.is_denied:
        return None
    evidence = (Evidence(decision.reason, "IAM policies"),)
    return Denial(action, arn, _policy_of(decision, action), bool(decision.statements), evidence)


def decision_on(answers: Answers, action: str, arn: str) -> Decision | None:
    """Return what the readable policies decide; None if the identity is not known."""
    documents = answers.documents
    if not isinstance(documents, Documents) or documents.principal is None:
        return None
    owner = answers.account if action.startswith("s3:") and found(answers.owned) else ""
    request = Request(documents.principal, action, RequestResource(arn, owner), complete=False)
    policies = Policies(
        documents.identity,
        documents.boundary,
        documents.session,
        _resource_statements(answers, action.partition(":")[0]),
    )
    return decide(request, policies)


def _resource_statements(answers: Answers, service: str) -> Statements | None:
    if service == "s3":
        return _statements(answers.settings.get("GetBucketPolicy"), "NoSuchBucketPolicy")
    if service == "kms":
        return _statements(answers.settings.get("GetKeyPolicy"), "")
    if service == "dynamodb":
        return _statements(answers.settings.get("GetResourcePolicy"), "PolicyNotFoundException")
    return None


def _statements(answer: object, none: str) -> Statements | None:
    if isinstance(answer, Failure):
        return None if none and answer.code == none else unread_policy(f"{answer.action} is denied", "resource")
    if not isinstance(answer, dict):
        return unread_policy("the policy is not read", "resource")
    return policy_statements(str(answer.get("Policy", "")), "resource")


def _type_name(text: str) -> str:
    return next(name for name in POLICY_TYPES if name.lower() == text.lower())


def _reader_name(policy: str, action: str) -> str:
    service = action.partition(":")[0]
    return _RESOURCE_POLICIES.get(service, policy) if policy == POLICY_TYPES["resource-based policy"] else policy


def _policy_of(decision: Decision, action: str) -> str:
    for name, text in POLICY_TYPES.items():
        if name in decision.reason or name.removesuffix("y") + "ies" in decision.reason:
            return _reader_name(text, action)
    return POLICY_TYPES["identity-based policy"]


def grant_command(answers: Answers, denied: Denial, *, everything: bool = False) -> str:
    """Return the command that allows a denied request, or *everything*, or that shows the policy to change."""
    if denied.policy == _RESOURCE_POLICIES["s3"]:
        return aws(answers, "s3api", "get-bucket-policy", "--bucket", answers.bucket_name)
    if denied.policy == _RESOURCE_POLICIES["kms"]:
        return aws(answers, "kms", "get-key-policy", "--key-id", answers.key_id or denied.resource)
    kind, name = identity_of(answers.caller_arn)
    if denied.is_explicit or not kind or name.startswith("AWSReservedSSO_"):
        return aws(answers, "sts", "get-caller-identity")
    statements = list(required_statements(answers)) if everything else [_allow(denied.resource, denied.action)]
    document = json.dumps({"Version": "2012-10-17", "Statement": statements})
    words = ["aws", "iam", f"put-{kind.lower()}-policy", f"--{kind.lower()}-name", name]
    policy = "terraform-state" if everything else f"terraform-{denied.action.replace(':', '-')}"
    return shlex.join([*words, "--policy-name", policy, "--policy-document", document])


def required_statements(answers: Answers) -> Iterator[dict[str, Any]]:
    """Yield what Terraform requires on the state, the lock file, the lock table and the key.

    https://developer.hashicorp.com/terraform/language/backend/s3#permissions-required
    """
    yield _allow(answers.bucket_arn, "s3:ListBucket")
    yield _allow(answers.object_arn, "s3:GetObject", "s3:PutObject")
    if answers.uses_lock_file:
        lock = f"{answers.bucket_arn}/{answers.lock_file_key}"
        yield _allow(lock, "s3:GetObject", "s3:PutObject", "s3:DeleteObject")
    if answers.table_name:
        table = f"arn:{answers.partition}:dynamodb:{answers.region}:{answers.account}:table/{answers.table_name}"
        yield _allow(table, "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:DeleteItem")
    if (key := answers.facts.text("kms_key_id")).startswith("arn:") and ":key/" in key:
        yield _allow(key, "kms:Decrypt", "kms:GenerateDataKey")


def _allow(resource: str, *actions: str) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": resource}
