"""One policy for one state at one level, and its attachment to roles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.errors import GrantError
from plainwork.roles import role_identifier
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from plainwork.s3_state_backend.grant import Grant
    from plainwork.s3_state_backend.granted_on import GrantedOn
    from plainwork.terraform import Construct

_LONGEST_POLICY_NAME = 128


class Grants:
    """What one backend has granted."""

    def __init__(self, scope: Construct, granted_on: GrantedOn) -> None:
        self._scope = scope
        self._granted_on = granted_on
        self._named: dict[str, Grant] = {}
        self._policies: dict[Grant, Resource] = {}
        self._roles: dict[str, str] = {}

    def give(self, grant: Grant, role: str) -> Resource:
        """Attach a grant's policy to a role, given by its name or as `role["name"]`; make the policy if there is none.

        Raises:
            GrantError: the role is none, or names would be the same: IAM compares them without case
                (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
        """
        self._claim_policy_name(grant)
        attachment = f"{grant.identifier}_{role_identifier(role)}"
        self._claim_attachment(attachment, grant, role)
        if grant not in self._policies:
            self._policies[grant] = _make_policy(self._scope, self._granted_on, grant)
        policy = self._policies[grant]
        Resource(self._scope, "aws_iam_role_policy_attachment", attachment, role=role, policy_arn=policy["arn"])
        return policy

    def _claim_policy_name(self, grant: Grant) -> None:
        named = self._named.setdefault(grant.identifier.lower(), grant)
        if named != grant:
            raise GrantError(
                f"{grant} and {named} come to the same name {grant.identifier!r}: rename a state key or a workspace"
            )

    def _claim_attachment(self, attachment: str, grant: Grant, role: str) -> None:
        if attachment not in self._roles:
            self._roles[attachment] = role
        elif self._roles[attachment] == role:
            raise GrantError(f"role {role!r} is granted {grant} twice: grant it once")
        else:
            raise GrantError(
                f"roles {self._roles[attachment]!r} and {role!r} come to the same resource name {attachment!r} for "
                f"{grant}: rename one"
            )


def _make_policy(scope: Construct, granted_on: GrantedOn, grant: Grant) -> Resource:
    name = f"{granted_on.bucket_name}-{grant.words}"
    if len(name) > _LONGEST_POLICY_NAME:
        raise GrantError(
            f"policy name {name!r} has more than IAM's {_LONGEST_POLICY_NAME} characters: use a shorter state key"
        )
    document = DataSource(scope, "aws_iam_policy_document", grant.identifier, statement=granted_on.statements(grant))
    return Resource(
        scope,
        "aws_iam_policy",
        grant.identifier,
        name=name,
        description=f"Terraform state {grant.key.path}: {grant.access}",
        policy=document["json"],
    )
