"""The construct: a bucket for Terraform state, or one that exists, for backend blocks and grants."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

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
from plainwork.s3_state_backend.encryption import (
    NEW_KMS_KEY,
    blocked_encryption_types_problems,
    existing_key,
    kms_key_id_problems,
    new_key,
)
from plainwork.s3_state_backend.existing import ExistingStateBackend
from plainwork.s3_state_backend.grants import Grant, grant_statements
from plainwork.s3_state_backend.locking import StateLocking, create_locks, locking_problems
from plainwork.s3_state_backend.replication import StateReplica, alarm_of_failures, check_replica, replicate
from plainwork.s3_state_backend.sharing import SharedStates
from plainwork.s3_state_backend.state_keys import environment_problems
from plainwork.s3_state_backend.states import StateBucket, workspace_key_prefix_problems
from plainwork.terraform.location import account_of, region_of
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from plainwork.alarms import AlarmActions
    from plainwork.s3_state_backend.access import StateAccess
    from plainwork.terraform import Construct, Provider, Resource
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
        blocked_encryption_types: `["SSE-C"]` makes S3 reject uploads with keys of the caller before it evaluates the
            bucket policy, which denies them too. S3 blocks them in buckets created since April 2026. It requires
            provider 6.22; before 6.40, a plan removes a block that is not configured.
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
        blocked_encryption_types: Sequence[str] = (),
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
            *blocked_encryption_types_problems(scope, blocked_encryption_types),
        ]
        if problems:
            raise ArgumentsError(f"S3StateBackend {id_!r}", problems)
        super().__init__(
            scope, id_, location, environments=environments, workspace_key_prefix=workspace_key_prefix, waive=waive
        )
        self._retention = StateRetention(noncurrent_versions, noncurrent_days)
        self.bucket = create_bucket(self, bucket)
        self._versioning = enable_versioning(self, self.bucket)
        is_new = kms_key_id == NEW_KMS_KEY
        encryption = new_key(self, location) if is_new else existing_key(location.region, kms_key_id)
        encryption.set_bucket_default(self, self.bucket, blocked=blocked_encryption_types)
        locks = create_locks(self, locking, dynamodb_table or bucket)
        policy = attach_bucket_policy(self, self.bucket, encryption, perimeter)
        self._perimeter, self._shares = perimeter, SharedStates(location, perimeter, policy)
        self._lifecycles = [configure_lifecycle(self, self.bucket, self._versioning, self._retention)]
        self._use(self.bucket["arn"], encryption, locks)
        if log_bucket:
            log_access(self, self.bucket, bucket, log_bucket)

    existing = ExistingStateBackend
    """A bucket that another stack or a person created; see `ExistingStateBackend`."""

    @property
    def dynamodb_table(self) -> Resource | None:
        """The `aws_dynamodb_table` of the state locks, or None with locking in S3 only."""
        return self._resources.locks.table

    def share(
        self, role_arn: str, key: str, access: StateAccess, *, workspace: str | None = None
    ) -> list[dict[str, Any]]:
        """Allow a role of another account access to one state, in the bucket policy and the policy of the created key.

        The backend block of the stack allows this account too. An IAM policy of the role must allow the same: attach
        the returned statements in the other account. The policy of an existing key must allow the role.

        Args:
            role_arn: the ARN of the role, as literal text; the role can be created later.
            key: `environment/component.tfstate`.
            access: the access level.
            workspace: see `grant`.

        Returns:
            The statements for an `aws_iam_policy_document` of the role.

        Raises:
            GrantError: role, level or workspace is invalid, the perimeter excludes the account, or the role has this
                access.
            StateKeyError: as for `store`.
        """
        grant = Grant(self._states.register(key), access, workspace)
        self._states.add_account(grant.key, self._shares.add(role_arn, grant, self._resources))
        if block := self._blocks.get(key):
            block.add_override("allowed_account_ids", self._backend_arguments(key)["allowed_account_ids"])
        self._keys_changed()
        bucket_arn = f"arn:{partition(self._location.region)}:s3:::{self._location.bucket}"
        encryption = existing_key(self._location.region, self._resources.encryption.kms_key_id)
        return grant_statements(grant, replace(self._resources, bucket_arn=bucket_arn, encryption=encryption))

    def replicate(
        self,
        region: str,
        *,
        bucket: str | None = None,
        provider: Provider | None = None,
        alarm_actions: AlarmActions | None = None,
    ) -> StateReplica:
        """Replicate the states to a bucket in another Region, with an alarm on versions that S3 cannot replicate.

        Args:
            region: Region of the replica.
            bucket: name of the bucket of the replica; by default the name of the state bucket and `-replica`.
            provider: the configuration of the AWS provider in `region`; required with provider 5.
            alarm_actions: actions of the alarm; by default those of the stack.

        Raises:
            ArgumentsError: lists every argument that Terraform or AWS rejects.
            AddressError: the backend has a replica already.
        """
        source = self._location
        location = BucketLocation(bucket or f"{source.bucket}-replica", region, source.account_id)
        check_replica(self, location, source, provider, alarm_actions)
        replica = StateReplica(
            self,
            location,
            has_key=self._resources.encryption.kms_key_arn is not None,
            provider=provider,
            retention=self._retention,
            perimeter=self._perimeter,
        )
        encryption = self._resources.encryption
        replicate(self, self.bucket, self._versioning, source=source, encryption=encryption, replica=replica)
        alarm_of_failures(self, source, location, alarm_actions)
        self._lifecycles.append(replica.lifecycle)
        self._keys_changed()
        return replica

    def _keys_changed(self) -> None:
        if self._resources.locks.locking.uses_lock_file:
            for lifecycle in self._lifecycles:
                lifecycle.add_override("rule", lifecycle_rules(self._retention, self._states.keys()))
