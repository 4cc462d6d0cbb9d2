"""What a created and an existing state bucket have in common: backend blocks, values of other states, and grants."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.errors import ArgumentsError
from plainwork.roles import ROLE_NAME, role_name
from plainwork.s3_state_backend.grants import BackendResources, Grant, PolicyAttachments
from plainwork.s3_state_backend.state_keys import StateRegistry, claim_bucket
from plainwork.terraform.exports import remote_state
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.aws.arn import parse_literal_arn
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from plainwork.roles import Role
    from plainwork.s3_state_backend.access import StateAccess
    from plainwork.s3_state_backend.bucket import BucketLocation
    from plainwork.s3_state_backend.encryption import StateEncryption
    from plainwork.s3_state_backend.locking import StateLocks
    from plainwork.terraform import Backend, Construct, Resource, Stack
    from plainwork.terraform.exports import RemoteState
    from plainwork_core.waivers import Waiver

_WORKSPACE_KEY_PREFIX = re.compile(r"(?=.{1,200}$)[A-Za-z0-9][A-Za-z0-9_:.-]*(/[A-Za-z0-9_:.-]+)*")


class StateBucket(UniqueConstruct):
    """A bucket with the states of stacks; see `S3StateBackend`."""

    def __init__(
        self,
        scope: Construct,
        id_: str,
        location: BucketLocation,
        *,
        environments: Collection[str] | None,
        workspace_key_prefix: str | None,
        waive: Iterable[Waiver],
    ) -> None:
        super().__init__(scope, id_, region=location.region, waive=waive)
        claim_bucket(self, location.bucket)
        self._location = location
        self._workspace_key_prefix = workspace_key_prefix
        self._states = StateRegistry(environments)
        self._blocks: dict[str, Backend] = {}

    def _use(self, bucket_arn: str, encryption: StateEncryption, locks: StateLocks) -> None:
        """Set what the backend blocks and the grants refer to."""
        self._resources = BackendResources(
            bucket_name=self._location.bucket,
            bucket_arn=bucket_arn,
            encryption=encryption,
            locks=locks,
            workspace_key_prefix=self._workspace_key_prefix,
        )
        self._attachments = PolicyAttachments(self, self._resources, self._states)

    @property
    def kms_key_arn(self) -> str | None:
        """The ARN of the KMS key, or a reference to that of a created key; None if S3 manages the key."""
        return self._resources.encryption.kms_key_arn

    def store(self, stack: Stack, key: str, *, bootstrap: bool = False, assume_role: str | None = None) -> None:
        """Store the state of a stack in this bucket: write the backend block of the stack.

        Args:
            stack: a stack of the app; the stack of this backend too.
            key: `environment/component.tfstate`.
            bootstrap: omit the backend block, because the bucket does not exist yet. Terraform then uses a local state
                file, and `terraform init -migrate-state` moves the state into the bucket when the block exists.
            assume_role: name or ARN of a role in the account of the bucket that Terraform assumes to use the state, for
                a stack that is applied with credentials of another account.

        Raises:
            ArgumentsError: `assume_role` is not the name or the ARN of a role.
            StateKeyError: the key breaks a rule, belongs to an environment that is not in `environments`, or another
                stack uses it.
            DuplicateBackendError: the stack has a backend.
        """
        role = {} if assume_role is None else {"assume_role": {"role_arn": self._role_arn(assume_role)}}
        path = self._states.assign(key, stack).path
        self._keys_changed()
        block = stack.set_backend("s3", {**self._backend_arguments(path), **role}, bootstrap=bootstrap)
        block.after_read = self._attachments.update
        self._blocks[path] = block
        self._attachments.update()

    def read(self, stack: Stack, key: str) -> RemoteState:
        """Return the outputs of a stack of another app that stores its state in this bucket.

        `backend.read(shop, "prod/network.tfstate")["vpc_id"]` is a reference to an output of unknown type, which is not
        marked as sensitive. A stack of the same app is read by `stack.read(other)`.

        Args:
            stack: the stack that reads.
            key: of the other state.

        Raises:
            StateKeyError: the key is not valid, or a stack of this app uses it.
        """
        self._states.check_foreign(key)
        return remote_state(stack, key.removesuffix(".tfstate"), "s3", self._backend_arguments(key))

    def grant(self, role: Role, key: str, access: StateAccess, *, workspace: str | None = None) -> Resource:
        """Grant a role access to one state, and from PLAN on to the states that its stack reads.

        Args:
            role: an `aws_iam_role` in the stack of this backend, or the name of a role of this account.
            key: `environment/component.tfstate`.
            access: the access level.
            workspace: a workspace other than `default`. The grant then covers only the state of this workspace.

        Returns:
            The `aws_iam_policy`. Roles with the same access share it.

        Raises:
            GrantError: role, level or workspace is invalid, the role has this grant, or names conflict.
            StateKeyError: as for `store`.
        """
        grant = Grant(self._states.register(key), access, workspace)
        self._keys_changed()
        return self._attachments.attach(grant, role_name(role))

    def _backend_arguments(self, path: str) -> dict[str, Any]:
        location, resources = self._location, self._resources
        arguments = {
            "bucket": location.bucket,
            "key": path,
            "region": location.region,
            **resources.encryption.backend_arguments,
            **resources.locks.backend_arguments,
            "allowed_account_ids": [location.account_id, *self._states.accounts_of(path)],
        }
        if self._workspace_key_prefix:
            arguments["workspace_key_prefix"] = self._workspace_key_prefix
        return arguments

    def _keys_changed(self) -> None:
        """Do what follows from a new state key."""

    def _role_arn(self, role: Any) -> str:
        location = self._location
        prefix = f"arn:{partition(location.region)}:iam::{location.account_id}:role/"
        text = str(role)
        if ROLE_NAME.fullmatch(text):
            return f"{prefix}{text}"
        if (arn := parse_literal_arn(text)) is None or not text.startswith(prefix):
            rule = f"the name or the ARN of a role in account {location.account_id}, as literal text"
            raise ArgumentsError(f"S3StateBackend {self.node.id!r}", [f"assume_role must be {rule}: got {role!r}"])
        return f"{prefix}{arn.resource.removeprefix('role/')}"


def workspace_key_prefix_problems(prefix: str | None) -> Iterator[str]:
    """Yield a message if the value is not a path without '/' at either end."""
    if prefix is not None and not _WORKSPACE_KEY_PREFIX.fullmatch(str(prefix)):
        yield (
            "workspace_key_prefix must be a path of at most 200 characters without '/' at either end, as "
            f"'workspaces': got {prefix!r}"
        )
