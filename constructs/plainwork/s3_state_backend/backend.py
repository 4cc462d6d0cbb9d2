"""The construct: a bucket for Terraform state, backend blocks for stacks, and grants for single states."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend.bucket import (
    BucketLocation,
    VersionRetention,
    access_log_bucket_problems,
    configure_lifecycle,
    create_bucket,
    enable_versioning,
    lifecycle_rules,
    log_access,
)
from plainwork.s3_state_backend.bucket_policy import StateBucketPerimeter, attach_bucket_policy
from plainwork.s3_state_backend.encryption import AppliedEncryption, Encryption, SseKms, encryption_problems
from plainwork.s3_state_backend.grants import BackendResources, Grant, PolicyAttachments
from plainwork.s3_state_backend.locking import StateLocking, StateLocks, locking_problems
from plainwork.s3_state_backend.state_keys import StateRegistry, claim_bucket, environment_problems
from plainwork.terraform import Construct, Resource, Stack
from plainwork.terraform.exports import remote_state
from plainwork.terraform.location import region_problems
from plainwork.terraform.unique_construct import UniqueConstruct

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from plainwork.s3_state_backend.access import StateAccess
    from plainwork.terraform.exports import RemoteState
    from plainwork_core.waivers import Waiver

_WORKSPACE_KEY_PREFIX = re.compile(r"(?=.{1,200}$)[A-Za-z0-9][A-Za-z0-9_:.-]*(/[A-Za-z0-9_:.-]+)*")


class S3StateBackend(UniqueConstruct):
    """An S3 bucket for Terraform state with versioning, encryption, locking and blocked public access.

    Bucket, KMS key and DynamoDB table have `prevent_destroy`.

    Args:
        scope: the stack of the bucket.
        id_: the name of the resources: `state` creates `aws_s3_bucket.state`.
        bucket: the bucket name, without dots.
        region: Region of the resources; with provider 5 that of the stack's provider.
        account_id: the account of the stack's provider, 12 digits. Backend blocks allow only this account.
        encryption: `SseKms()` creates a KMS key, `SseKms(kms_key_id=...)` uses an existing key, `SseS3()` uses keys
            that S3 manages (AES256).
        locking: where Terraform acquires the state lock.
        dynamodb_table: the name of the DynamoDB table, with locking in DynamoDB; None is the bucket name.
        version_retention: how long S3 keeps noncurrent versions; by default the 50 newest indefinitely, others 90 days.
        environments: the environments whose states this bucket can contain. None is the environment of the first state.
        workspace_key_prefix: the prefix of workspaces other than `default`; None is Terraform's default, `env:`.
        access_log_bucket: the bucket for server access logs. None disables logging.
        perimeter: networks and principals that can access the bucket; by default the bucket policy sets no limit.
        waive: the findings of `plainwork check` on its resources that are accepted.

    Raises:
        ArgumentsError: lists every argument that Terraform or AWS rejects.
        DuplicateBucketError: another backend of the app has this bucket.

    Attributes:
        bucket: the `aws_s3_bucket`.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        bucket: str,
        region: str,
        account_id: str,
        encryption: Encryption = SseKms(),  # noqa: B008  frozen
        locking: StateLocking = StateLocking.S3,
        dynamodb_table: str | None = None,
        version_retention: VersionRetention = VersionRetention(),  # noqa: B008  frozen
        environments: Collection[str] | None = None,
        workspace_key_prefix: str | None = None,
        access_log_bucket: str | None = None,
        perimeter: StateBucketPerimeter = StateBucketPerimeter(),  # noqa: B008  frozen
        waive: Iterable[Waiver] = (),
    ) -> None:
        self._location = location = BucketLocation(bucket, region, account_id)
        problems = [
            *location.problems(),
            *region_problems(scope, region),
            *encryption_problems(encryption, location),
            *locking_problems(locking, dynamodb_table),
            *version_retention.problems(),
            *perimeter.problems(account_id),
            *environment_problems(environments),
            *_workspace_key_prefix_problems(workspace_key_prefix),
            *access_log_bucket_problems(access_log_bucket, bucket),
        ]
        if problems:
            raise ArgumentsError(f"S3StateBackend {id_!r}", problems)
        super().__init__(scope, id_, region=region, waive=waive)
        claim_bucket(self, bucket)
        self._workspace_key_prefix = workspace_key_prefix
        self._version_retention = version_retention
        self._states = StateRegistry(environments)
        self.bucket = create_bucket(self, bucket)
        versioning = enable_versioning(self, self.bucket)
        self._encryption = AppliedEncryption(self, encryption, location)
        self._encryption.set_bucket_default(self, self.bucket)
        self._locks = StateLocks(self, locking, dynamodb_table or bucket)
        attach_bucket_policy(self, self.bucket, self._encryption, perimeter)
        self._lifecycle = configure_lifecycle(self, self.bucket, versioning, version_retention)
        self._attachments = PolicyAttachments(self, self._resources(), self._states)
        if access_log_bucket:
            log_access(self, self.bucket, bucket, access_log_bucket)

    @property
    def kms_key_arn(self) -> str | None:
        """The ARN of the KMS key: a reference to a created key, the ARN of an existing key, or None with `SseS3`."""
        return self._encryption.kms_key_arn

    @property
    def dynamodb_table(self) -> Resource | None:
        """The `aws_dynamodb_table` of the state locks, or None with locking in S3 only."""
        return self._locks.table

    def store(self, stack: Stack, key: str, *, bootstrap: bool = False) -> None:
        """Store the state of a stack in this bucket: write the backend block of the stack.

        Args:
            stack: a stack of the app; the stack of this backend too.
            key: `environment/component.tfstate`.
            bootstrap: omit the backend block, because the bucket does not exist yet. Terraform then uses a local state
                file, and `terraform init -migrate-state` moves the state into the bucket when the block exists.

        Raises:
            StateKeyError: the key breaks a rule, belongs to an environment that is not in `environments`, or another
                stack uses it.
            DuplicateBackendError: the stack has a backend.
        """
        path = self._states.assign(key, stack).path
        self._update_lifecycle_rules()
        block = stack.set_backend("s3", self._backend_arguments(path), bootstrap=bootstrap)
        block.after_read = self._attachments.update
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

    def grant(self, role: str, key: str, access: StateAccess, *, workspace: str | None = None) -> Resource:
        """Grant a role access to one state, and from PLAN on to the states that its stack reads.

        Args:
            role: the name of an IAM role of this account, or `role["name"]` of a role in the stack of this backend.
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
        self._update_lifecycle_rules()
        return self._attachments.attach(grant, role)

    def _backend_arguments(self, path: str) -> dict[str, Any]:
        arguments = {
            "bucket": self._location.bucket,
            "key": path,
            "region": self._location.region,
            **self._encryption.backend_arguments,
            **self._locks.backend_arguments,
            "allowed_account_ids": [self._location.account_id],
        }
        if self._workspace_key_prefix:
            arguments["workspace_key_prefix"] = self._workspace_key_prefix
        return arguments

    def _resources(self) -> BackendResources:
        return BackendResources(
            bucket_name=self._location.bucket,
            bucket_arn=self.bucket["arn"],
            encryption=self._encryption,
            locks=self._locks,
            workspace_key_prefix=self._workspace_key_prefix,
        )

    def _update_lifecycle_rules(self) -> None:
        if self._locks.locking.uses_lock_file:
            self._lifecycle.add_override("rule", lifecycle_rules(self._version_retention, self._states.keys()))


def _workspace_key_prefix_problems(prefix: str | None) -> Iterator[str]:
    if prefix is not None and not _WORKSPACE_KEY_PREFIX.fullmatch(str(prefix)):
        yield (
            "workspace_key_prefix must be a path of at most 200 characters without '/' at either end, as "
            f"'workspaces': got {prefix!r}"
        )
