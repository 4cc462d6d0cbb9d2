"""The construct: a bucket for Terraform state, or one that exists, for backend blocks and grants."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.attributes import attribute_of
from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend.bucket import (
    BucketLocation,
    StateRetention,
    access_log_bucket_problems,
    configure_lifecycle,
    create_bucket,
    enable_versioning,
    lifecycle_rules,
    log_access,
    retention_problems,
)
from plainwork.s3_state_backend.bucket_policy import StateBucketPerimeter, attach_bucket_policy
from plainwork.s3_state_backend.encryption import NEW_KMS_KEY, existing_key, kms_key_id_problems, new_key
from plainwork.s3_state_backend.existing import ExistingStateBackend
from plainwork.s3_state_backend.locking import StateLocking, create_locks, locking_problems
from plainwork.s3_state_backend.state_keys import environment_problems
from plainwork.s3_state_backend.states import StateBucket, workspace_key_prefix_problems
from plainwork.terraform.location import account_of, region_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from plainwork.terraform import Construct, Resource
    from plainwork_core.waivers import Waiver


class S3StateBackend(StateBucket):
    """An S3 bucket for Terraform state with versioning, encryption, locking and blocked public access.

    Bucket, KMS key and DynamoDB table have `prevent_destroy`.

    Args:
        scope: the stack of the bucket.
        id_: the name of the resources: `state` creates `aws_s3_bucket.state`.
        bucket: the bucket name, without dots.
        region: Region of the resources; by default, and always with provider 5, that of the stack's provider.
        account_id: the account of the bucket, 12 digits; by default that of the stack's provider. Backend blocks allow
            only this account.
        kms_key_id: NEW_KMS_KEY creates a key. The ARN of a key in the Region of the bucket uses that key.
            `plainwork.kms.AWS_OWNED_KEY` uses keys that S3 manages (AES256).
        locking: where Terraform acquires the state lock.
        dynamodb_table: the name of the DynamoDB table, with locking in DynamoDB; None is the bucket name.
        noncurrent_versions: number of the newest noncurrent versions of a state that S3 keeps indefinitely, 1 to 100.
        noncurrent_days: days after which S3 deletes the other noncurrent versions, 1 to 2,147,483,647.
        environments: the environments whose states this bucket can contain. None is the environment of the first state.
        workspace_key_prefix: the prefix of workspaces other than `default`; None is Terraform's default, `env:`.
        access_log_bucket: the bucket for server access logs, by resource or name. None disables logging.
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
        region: str | None = None,
        account_id: str | None = None,
        kms_key_id: str | None = NEW_KMS_KEY,
        locking: StateLocking = StateLocking.S3,
        dynamodb_table: str | None = None,
        noncurrent_versions: int = 50,
        noncurrent_days: int = 90,
        environments: Collection[str] | None = None,
        workspace_key_prefix: str | None = None,
        access_log_bucket: str | Resource | None = None,
        perimeter: StateBucketPerimeter = StateBucketPerimeter(),  # noqa: B008  frozen
        waive: Iterable[Waiver] = (),
    ) -> None:
        location = BucketLocation(bucket, region_of(scope, region), account_of(scope, account_id))
        log_bucket = attribute_of(access_log_bucket, "bucket", "aws_s3_bucket")
        problems = [
            *location.problems(scope),
            *kms_key_id_problems(kms_key_id, location),
            *locking_problems(locking, dynamodb_table),
            *retention_problems(noncurrent_versions, noncurrent_days),
            *perimeter.problems(location.account_id),
            *environment_problems(environments),
            *workspace_key_prefix_problems(workspace_key_prefix),
            *access_log_bucket_problems(log_bucket, bucket),
        ]
        if problems:
            raise ArgumentsError(f"S3StateBackend {id_!r}", problems)
        super().__init__(
            scope, id_, location, environments=environments, workspace_key_prefix=workspace_key_prefix, waive=waive
        )
        self._retention = StateRetention(noncurrent_versions, noncurrent_days)
        self.bucket = create_bucket(self, bucket)
        versioning = enable_versioning(self, self.bucket)
        is_new = kms_key_id == NEW_KMS_KEY
        encryption = new_key(self, location) if is_new else existing_key(location.region, kms_key_id)
        encryption.set_bucket_default(self, self.bucket)
        locks = create_locks(self, locking, dynamodb_table or bucket)
        attach_bucket_policy(self, self.bucket, encryption, perimeter)
        self._lifecycle = configure_lifecycle(self, self.bucket, versioning, self._retention)
        self._use(self.bucket["arn"], encryption, locks)
        if log_bucket:
            log_access(self, self.bucket, bucket, log_bucket)

    existing = ExistingStateBackend
    """A bucket that another stack or a person created; see `ExistingStateBackend`."""

    @property
    def dynamodb_table(self) -> Resource | None:
        """The `aws_dynamodb_table` of the state locks, or None with locking in S3 only."""
        return self._resources.locks.table

    def _keys_changed(self) -> None:
        if self._resources.locks.locking.uses_lock_file:
            self._lifecycle.add_override("rule", lifecycle_rules(self._retention, self._states.keys()))
