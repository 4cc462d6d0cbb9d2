"""A bucket for Terraform state, the backend block that goes with it, and access to one state at a time."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend.bucket import keep_versions, log_access, log_bucket_problems, make_bucket
from plainwork.s3_state_backend.bucket_policy import Perimeter, attach_bucket_policy
from plainwork.s3_state_backend.encryption import EncryptedWith, Encryption, SseKms, encryption_problems
from plainwork.s3_state_backend.grant import Grant
from plainwork.s3_state_backend.granted_on import GrantedOn
from plainwork.s3_state_backend.grants import Grants
from plainwork.s3_state_backend.location import Location
from plainwork.s3_state_backend.locking import Locks, StateLocking, locking_problems
from plainwork.s3_state_backend.retention import Retention, keep_states, lifecycle_rules
from plainwork.s3_state_backend.states import States, claim_bucket, environment_problems
from plainwork.terraform import Construct, Resource, Stack

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from plainwork.s3_state_backend.access import StateAccess

_WORKSPACE_KEY_PREFIX = re.compile(r"(?=.{1,200}$)[A-Za-z0-9][A-Za-z0-9_:.-]*(/[A-Za-z0-9_:.-]+)*")


class S3StateBackend(Construct):
    """A bucket that keeps Terraform state: versioned, encrypted, private, locked, and not to be destroyed.

    Args:
        scope: the stack that the bucket is made in.
        id_: the name of the resources: `state` makes `aws_s3_bucket.state`.
        bucket: the bucket's name, without dots.
        region: the region of the stack's provider, where the bucket is made.
        account_id: the account of the stack's provider, 12 digits. Backend blocks allow this account only.
        encryption: `SseKms()`, the default, makes a KMS key, `SseKms(key_arn=...)` takes an existing one, `SseS3()`
            leaves the keys to S3 (AES256).
        locking: where the lock on a state is taken; an S3 object by default.
        lock_table: the DynamoDB table's name, where locking uses one; the bucket's name if None.
        retention: how long replaced states are kept; by default the 50 newest for ever, others 90 days.
        environments: which environments' states may lie here. None is the first one that is stored.
        workspace_key_prefix: the folder of workspaces other than `default`; None is Terraform's own, `env:`.
        access_log_bucket: a bucket that every request is logged to. None logs none.
        perimeter: from where states can be reached at all; by default from wherever IAM policies allow.

    Raises:
        ArgumentsError: naming every argument that Terraform or AWS would reject.
        BucketTakenError: the app has a backend on this bucket.

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
        lock_table: str | None = None,
        retention: Retention = Retention(),  # noqa: B008  frozen
        environments: Collection[str] | None = None,
        workspace_key_prefix: str | None = None,
        access_log_bucket: str | None = None,
        perimeter: Perimeter = Perimeter(),  # noqa: B008  frozen
    ) -> None:
        self._location = location = Location(bucket, region, account_id)
        problems = [
            *location.problems(),
            *encryption_problems(encryption, location),
            *locking_problems(locking, lock_table),
            *retention.problems(),
            *perimeter.problems(account_id),
            *environment_problems(environments),
            *_prefix_problems(workspace_key_prefix),
            *log_bucket_problems(access_log_bucket, bucket),
        ]
        if problems:
            raise ArgumentsError(f"S3StateBackend {id_!r}", problems)
        super().__init__(scope, id_)
        claim_bucket(self, bucket)
        self._workspace_key_prefix = workspace_key_prefix
        self._retention = retention
        self._states = States(environments)
        self.bucket = make_bucket(self, bucket)
        versioning = keep_versions(self, self.bucket)
        self._encrypted = EncryptedWith(self, encryption, location)
        self._encrypted.encrypt(self, self.bucket)
        self._locks = Locks(self, locking, lock_table or bucket)
        attach_bucket_policy(self, self.bucket, self._encrypted, perimeter)
        self._lifecycle = keep_states(self, self.bucket, versioning, retention)
        self._grants = Grants(self, self._granted_on())
        if access_log_bucket:
            log_access(self, self.bucket, bucket, access_log_bucket)

    @property
    def kms_key_arn(self) -> str | None:
        """The key that states are encrypted with: a reference where it is made here, None with `SseS3`."""
        return self._encrypted.key_arn

    @property
    def lock_table(self) -> Resource | None:
        """The `aws_dynamodb_table` that holds the locks, if there is one."""
        return self._locks.table

    def store(self, stack: Stack, key: str, *, bootstrap: bool = False) -> None:
        """Keep a stack's state here: write its backend block.

        Args:
            stack: any stack of the app, this backend's own too.
            key: `environment/component.tfstate`.
            bootstrap: leave the block out for now, because the bucket is still to be made: Terraform then keeps the
                state in a local file, which it moves into the bucket once the block is there.

        Raises:
            StateKeyError: the key breaks a rule, is of an environment that is not for this bucket, or is another
                stack's.
            DuplicateBackendError: the stack has a backend already.
        """
        path = self._states.store(key, stack.node.path).path
        self._expire_locks()
        if not bootstrap:
            stack.set_backend("s3", self._backend_arguments(path))

    def grant(self, role: str, key: str, access: StateAccess, *, workspace: str | None = None) -> Resource:
        """Give a role access to one state.

        Args:
            role: the name of an IAM role of this account, or `role["name"]` of one in this backend's stack.
            key: `environment/component.tfstate`.
            access: the level; see `StateAccess`.
            workspace: a workspace other than `default`, to give access to its state instead.

        Returns:
            The `aws_iam_policy`. Roles with the same access share it.

        Raises:
            GrantError: the role, the level or the workspace is none, the same is granted twice, or two names would be
                the same.
            StateKeyError: as for `store`.
        """
        grant = Grant(self._states.know(key), access, workspace)
        self._expire_locks()
        return self._grants.give(grant, role)

    def _backend_arguments(self, path: str) -> dict[str, Any]:
        arguments = {
            "bucket": self._location.bucket,
            "key": path,
            "region": self._location.region,
            **self._encrypted.backend_arguments,
            **self._locks.backend_arguments,
            "allowed_account_ids": [self._location.account_id],
        }
        if self._workspace_key_prefix:
            arguments["workspace_key_prefix"] = self._workspace_key_prefix
        return arguments

    def _granted_on(self) -> GrantedOn:
        return GrantedOn(
            bucket_name=self._location.bucket,
            bucket_arn=self.bucket["arn"],
            encrypted=self._encrypted,
            locks=self._locks,
            workspace_key_prefix=self._workspace_key_prefix,
        )

    def _expire_locks(self) -> None:
        if self._locks.locking.uses_lock_file:
            self._lifecycle.add_override("rule", lifecycle_rules(self._retention, self._states.known()))


def _prefix_problems(prefix: str | None) -> Iterator[str]:
    if prefix is not None and not _WORKSPACE_KEY_PREFIX.fullmatch(str(prefix)):
        yield (
            "workspace_key_prefix must be a folder of at most 200 characters, without slashes at its ends, as "
            f"'workspaces': got {prefix!r}"
        )
