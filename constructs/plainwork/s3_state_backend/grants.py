"""Grants: one access level for one state, as an IAM policy that is attached to roles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.errors import GrantError
from plainwork.iam import allow, condition
from plainwork.roles import role_identifier, to_identifier
from plainwork.s3_state_backend.access import ACTIONS, WORKSPACE_ACTIONS, StateAccess, StateActions
from plainwork.s3_state_backend.remote_reads import read_statements
from plainwork.terraform import DataSource, Resource
from plainwork.terraform.exports import remote_states
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.encryption import StateEncryption
    from plainwork.s3_state_backend.locking import StateLocks
    from plainwork.s3_state_backend.state_keys import StateKey, StateRegistry
    from plainwork.terraform import Construct
    from plainwork.terraform.exports import RemoteState

_DEFAULT_WORKSPACE_KEY_PREFIX = "env:"
"""Terraform's default for `workspace_key_prefix`."""

_EVERY_WORKSPACE = "*"
"""The name of the workspace in the ARNs of WORKSPACE_ADMIN."""

_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,89}")
_MAX_POLICY_NAME = 128


@frozen()
class Grant:
    """One access level for one state.

    Attributes:
        key: the state.
        access: the level.
        workspace: None is the `default` workspace.

    Raises:
        GrantError: `access` is not a StateAccess, `workspace` is not a valid name, or WORKSPACE_ADMIN has a workspace.
    """

    key: StateKey
    access: StateAccess
    workspace: str | None = None

    def __post_init__(self) -> None:
        if not isinstance(self.access, StateAccess):
            levels = ", ".join(f"StateAccess.{level.name}" for level in StateAccess)
            raise GrantError(f"access must be one of {levels}: got {self.access!r}")
        if self.workspace is None:
            return
        if self.access is StateAccess.WORKSPACE_ADMIN:
            raise GrantError(
                f"workspace must not be set with {self.access}, which covers all workspaces: got {self.workspace!r}"
            )
        if self.workspace == "default" or not _WORKSPACE.fullmatch(self.workspace):
            raise GrantError(
                f"workspace must be a workspace other than 'default', or not be set: got {self.workspace!r}"
            )

    @property
    def slug(self) -> str:
        """The grant as part of a name: `prod-web-apply`."""
        return "-".join(filter(None, (self.key.slug, self.workspace, self.access)))

    @property
    def resource_id(self) -> str:
        """The grant as part of a Terraform name: `prod_web_apply`."""
        return to_identifier(self.slug)

    def __str__(self) -> str:
        return f"{self.access} on {self.key.path!r}" + (f" in workspace {self.workspace!r}" if self.workspace else "")


@frozen()
class BackendResources:
    """The resources of one backend that the statements of a grant refer to.

    Attributes:
        bucket_name: name of the bucket.
        bucket_arn: ARN of the bucket.
        encryption: the encryption of the bucket.
        locks: the locking of the backend.
        workspace_key_prefix: None is Terraform's default.
    """

    bucket_name: str
    bucket_arn: str
    encryption: StateEncryption
    locks: StateLocks
    workspace_key_prefix: str | None

    @property
    def workspaces(self) -> str:
        """The prefix of the states of workspaces other than `default`."""
        return self.workspace_key_prefix or _DEFAULT_WORKSPACE_KEY_PREFIX


def grant_statements(grant: Grant, resources: BackendResources) -> list[dict[str, Any]]:
    """Return the statements of the IAM policy of a grant."""
    actions, key = ACTIONS[grant.access], grant.key.path
    path = f"{resources.workspaces}/{grant.workspace}/{key}" if grant.workspace else key
    statements = [_list_statement(grant, path, resources), *_state_statements(path, actions, resources)]
    if grant.access is StateAccess.WORKSPACE_ADMIN:
        every_path = f"{resources.workspaces}/{_EVERY_WORKSPACE}/{key}"
        statements += _state_statements(every_path, WORKSPACE_ACTIONS, resources, sid_suffix="OfWorkspaces")
    on_key = actions.on_kms_key(uses_lock_file=resources.locks.locking.uses_lock_file)
    return [*statements, *resources.encryption.use_statement("UseKey", on_key)]


class PolicyAttachments:
    """The IAM policies of the grants of one backend, and the roles that they are attached to."""

    def __init__(self, scope: Construct, resources: BackendResources, states: StateRegistry) -> None:
        self._scope = scope
        self._resources = resources
        self._states = states
        self._grants: dict[str, Grant] = {}
        self._policies: dict[Grant, Resource] = {}
        self._documents: dict[Grant, DataSource] = {}
        self._roles: dict[str, str] = {}

    def attach(self, grant: Grant, role: str) -> Resource:
        """Attach the policy of a grant to a role, and create the policy for the first role.

        Args:
            grant: the access level and the state.
            role: name of an IAM role of this account, or `role["name"]` of a role in the same stack.

        Raises:
            GrantError: the role is invalid, the role has the grant, or names conflict: IAM compares them without case
                (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
        """
        self._claim_policy_name(grant)
        attachment = f"{grant.resource_id}_{role_identifier(role)}"
        self._claim_attachment(attachment, grant, role)
        if grant not in self._policies:
            self._policies[grant] = self._create_policy(grant)
        policy = self._policies[grant]
        Resource(self._scope, "aws_iam_role_policy_attachment", attachment, role=role, policy_arn=policy["arn"])
        return policy

    def update(self) -> None:
        """Add the permissions to read the states that the stacks read meanwhile."""
        for grant, document in self._documents.items():
            if any(self._states_read_by(grant)):
                document.add_override("statement", self._statements(grant))

    def _statements(self, grant: Grant) -> list[dict[str, Any]]:
        resources = self._resources
        own = (resources.bucket_name, resources.bucket_arn, resources.encryption.region)
        return [*grant_statements(grant, resources), *read_statements(self._states_read_by(grant), *own)]

    def _states_read_by(self, grant: Grant) -> list[RemoteState]:
        """Return the states that a plan reads: those that the stack of the key reads."""
        stack = self._states.stack_of(grant.key)
        return [] if stack is None or grant.access is StateAccess.READ else remote_states(stack)

    def _claim_policy_name(self, grant: Grant) -> None:
        other = self._grants.setdefault(grant.resource_id.lower(), grant)
        if other != grant:
            raise GrantError(
                f"{grant} and {other} have the same policy name {grant.resource_id!r}: rename a state key or a "
                "workspace"
            )

    def _claim_attachment(self, attachment: str, grant: Grant, role: str) -> None:
        other = self._roles.get(attachment)
        if other == role:
            raise GrantError(f"role {role!r} is granted {grant} twice: grant it once")
        if other is not None:
            raise GrantError(
                f"roles {other!r} and {role!r} have the same resource name {attachment!r} for {grant}: rename one"
            )
        self._roles[attachment] = role

    def _create_policy(self, grant: Grant) -> Resource:
        name = f"{self._resources.bucket_name}-{grant.slug}"
        if len(name) > _MAX_POLICY_NAME:
            raise GrantError(
                f"policy name {name!r} has more than the {_MAX_POLICY_NAME} characters of IAM: use a shorter state key"
            )
        document = self._documents[grant] = DataSource(
            self._scope, "aws_iam_policy_document", grant.resource_id, statement=self._statements(grant)
        )
        return Resource(
            self._scope,
            "aws_iam_policy",
            grant.resource_id,
            name=name,
            description=f"Terraform state {grant.key.path}: {grant.access}",
            policy=document["json"],
        )


def _list_statement(grant: Grant, path: str, resources: BackendResources) -> dict[str, Any]:
    """Allow `s3:ListBucket`: without it S3 answers 403 instead of 404 for a state that does not exist.

    A HEAD request has no prefix, so a level that can create a state needs `IfExists`. It then can also list the keys
    of other states, but not read them. https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
    """
    prefixes = [path]
    if resources.workspace_key_prefix or grant.workspace or grant.access is StateAccess.WORKSPACE_ADMIN:
        prefixes.append(f"{resources.workspaces}/")
    operator = "StringEquals" if grant.access is StateAccess.READ else "StringEqualsIfExists"
    return allow("FindState", ["s3:ListBucket"], [resources.bucket_arn], condition(operator, "s3:prefix", *prefixes))


def _state_statements(
    path: str, actions: StateActions, resources: BackendResources, *, sid_suffix: str = ""
) -> Iterator[dict[str, Any]]:
    state = f"{resources.bucket_arn}/{path}"
    yield allow(f"UseState{sid_suffix}", actions.state, [state])
    if resources.locks.locking.uses_lock_file and actions.lock_file:
        yield allow(f"UseLockFile{sid_suffix}", actions.lock_file, [f"{state}.tflock"])
    if resources.locks.table_arn is None:
        return
    table, lock_id = [resources.locks.table_arn], f"{resources.bucket_name}/{path}"
    yield allow(f"UseDigest{sid_suffix}", actions.digest, table, _item_condition(f"{lock_id}-md5"))
    if actions.lock_item:
        yield allow(f"UseLockItem{sid_suffix}", actions.lock_item, table, _item_condition(lock_id))


def _item_condition(lock_id: str) -> dict[str, Any]:
    """Limit the statement to one item of the table.

    https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
    """
    operator = "ForAllValues:StringLike" if _EVERY_WORKSPACE in lock_id else "ForAllValues:StringEquals"
    return condition(operator, "dynamodb:LeadingKeys", lock_id)
