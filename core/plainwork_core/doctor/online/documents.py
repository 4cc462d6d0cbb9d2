"""The IAM policies that decide on the caller's requests, as far as the caller may read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plainwork_core.doctor.online.answers import Answers, failure, found
from plainwork_core.doctor.online.connection import Connection
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.service import Service
from plainwork_core.iam.evaluation import RequestPrincipal, policy_statements, unread_policy
from plainwork_core.iam.evaluation.policies import Statements

_MOST = 40
"""The number of policies that are read; the rest is unknown."""


@dataclass
class Documents:
    """The policies of the caller.

    Attributes:
        principal: the caller; None if it is neither role nor user, or is not known.
        identity: the statements of its identity-based policies.
        boundary: those of its permissions boundary.
        session: those of the session policies in the backend block.
        is_readable: whether the identity-based policies could be read.
    """

    principal: RequestPrincipal | None = None
    identity: Statements = ()
    boundary: Statements | None = None
    session: Statements | None = None
    is_readable: bool = False


def read_documents(connection: Connection, answers: Answers, arn: str) -> Documents:
    """Return the policies of the identity with the *arn* that STS states."""
    kind, name = identity_of(arn)
    if not kind or not connection.may_ask("iam"):
        return Documents()
    reader = _Reader(connection.service("iam"), kind, name)
    found_documents = reader.read(arn)
    given = answers.facts.within("assume_role")
    policies = [*_texts(given.get("policy_arns")), *_texts(given.get("policy"))]
    if policies:
        found_documents.session = tuple(statement for text in policies for statement in reader.session(text))
    return found_documents


def identity_of(arn: str) -> tuple[str, str]:
    """Return the kind and the name of the identity in the ARN of a caller: `role` and `ci`; empty for others."""
    resource = arn.partition(":::")[2] or ":".join(arn.split(":")[5:])
    parts = resource.split("/")
    if parts[0] == "assumed-role" and len(parts) > 1:
        return "Role", parts[1]
    return ("User", parts[-1]) if parts[0] == "user" and len(parts) > 1 else ("", "")


def _texts(value: object) -> list[str]:
    return [text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str) and text]


class _Reader:
    """The requests for the policies of one role or user."""

    def __init__(self, iam: Service, kind: str, name: str) -> None:
        self._iam, self._kind, self._named = iam, kind, {f"{kind}Name": name}
        self._count = 0
        self._is_complete = True

    def read(self, arn: str) -> Documents:
        entity = found(self._iam.ask(f"Get{self._kind}", **self._named)).get(self._kind)
        if not entity:
            return Documents()
        tags = {tag["Key"]: tag["Value"] for tag in entity.get("Tags", [])}
        is_role = self._kind == "Role"
        principal = RequestPrincipal(
            entity["Arn"], "role" if is_role else "user", arn.split(":")[4], tags, arn if is_role else ""
        )
        boundary = entity.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
        identity = (*self._policies(self._kind, self._named), *(() if is_role else self._of_groups()))
        return Documents(
            principal,
            identity,
            self._managed(boundary) if boundary else None,
            is_readable=self._is_complete,
        )

    def session(self, text: str) -> Statements:
        return self._managed(text) if text.startswith("arn:") else policy_statements(text)

    def _of_groups(self) -> Statements:
        answer = self._iam.ask("ListGroupsForUser", **self._named)
        if (failed := failure(answer)) is not None:
            return self._unread(failed)
        groups = [group["GroupName"] for group in found(answer).get("Groups", [])]
        return tuple(statement for name in groups for statement in self._policies("Group", {"GroupName": name}))

    def _policies(self, kind: str, named: dict[str, str]) -> Statements:
        return tuple(statement for statements in self._each(kind, named) for statement in statements)

    def _each(self, kind: str, named: dict[str, str]) -> Iterator[Statements]:
        inline = self._iam.ask(f"List{kind}Policies", **named)
        if (failed := failure(inline)) is not None:
            yield self._unread(failed)
        for name in found(inline).get("PolicyNames", []):
            answer = self._iam.ask(f"Get{kind}Policy", PolicyName=name, **named)
            failed = failure(answer)
            yield self._unread(failed) if failed else policy_statements(found(answer)["PolicyDocument"], name=name)
        attached = self._iam.ask(f"ListAttached{kind}Policies", **named)
        if (failed := failure(attached)) is not None:
            yield self._unread(failed)
        for policy in found(attached).get("AttachedPolicies", []):
            yield self._managed(policy["PolicyArn"])
        if found(inline).get("IsTruncated") or found(attached).get("IsTruncated"):
            yield self._unread(None)

    def _managed(self, arn: str) -> Statements:
        self._count += 1
        if self._count > _MOST:
            return self._unread(None)
        policy = self._iam.ask("GetPolicy", PolicyArn=arn)
        if (failed := failure(policy)) is not None:
            return self._unread(failed)
        version = found(policy)["Policy"]["DefaultVersionId"]
        answer = self._iam.ask("GetPolicyVersion", PolicyArn=arn, VersionId=version)
        if (failed := failure(answer)) is not None:
            return self._unread(failed)
        return policy_statements(found(answer)["PolicyVersion"]["Document"], name=arn.rpartition("/")[2])

    def _unread(self, failed: Failure | None) -> Statements:
        self._is_complete = False
        return unread_policy(f"{failed.action} is denied" if failed else "there are too many policies")
