"""A state bucket that another stack or a person created."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork.errors import ArgumentsError
from plainwork.s3_state_backend.bucket import BucketLocation
from plainwork.s3_state_backend.encryption import existing_key, kms_key_id_problems
from plainwork.s3_state_backend.locking import StateLocking, existing_locks, locking_problems
from plainwork.s3_state_backend.state_keys import environment_problems
from plainwork.s3_state_backend.states import StateBucket, workspace_key_prefix_problems
from plainwork.terraform.location import account_of, region_of
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from plainwork.terraform import Construct
    from plainwork_core.waivers import Waiver


class ExistingStateBackend(StateBucket):
    """Backend blocks, values of states and grants on a bucket that exists: `S3StateBackend.existing(...)`.

    It creates no resource except the policies of grants. It cannot read the bucket, so nothing checks that versioning
    is enabled, that the bucket policy and the key policy allow the roles, that lifecycle rules delete old lock files,
    and that no other app uses a state key. Bucket, key, table and locking must be given as they are.

    Args:
        scope: the stack of the policies.
        id_: the name of the policies: `state` creates `aws_iam_policy.state_prod_web_apply`.
        bucket: the name of the bucket.
        kms_key_id: the ARN of the KMS key that the bucket encrypts with, or of its alias, which is `alias/<bucket>` for
            a bucket of `S3StateBackend`; `plainwork.kms.AWS_OWNED_KEY` if S3 manages the key.
        region: Region of the bucket; by default that of the stack's provider.
        account_id: the account of the bucket, 12 digits; by default that of the stack's provider.
        locking: where Terraform acquires the state lock: the same in every stack that uses a state.
        dynamodb_table: the name of the DynamoDB table, with locking in DynamoDB; None is the bucket name.
        environments: as in `S3StateBackend`.
        workspace_key_prefix: as in `S3StateBackend`.
        waive: the findings of `plainwork check` on the policies that are accepted.

    Raises:
        ArgumentsError: lists every argument that Terraform or AWS rejects.
        DuplicateBucketError: another backend of the app has this bucket.
    """

    def __init__(
        self,
        scope: Construct,
        id_: str,
        *,
        bucket: str,
        kms_key_id: str | None,
        region: str | None = None,
        account_id: str | None = None,
        locking: StateLocking = StateLocking.S3,
        dynamodb_table: str | None = None,
        environments: Collection[str] | None = None,
        workspace_key_prefix: str | None = None,
        waive: Iterable[Waiver] = (),
    ) -> None:
        location = BucketLocation(bucket, region_of(scope, region), account_of(scope, account_id))
        problems = [
            *location.problems(scope, exists=True),
            *kms_key_id_problems(kms_key_id, location, accepts_alias=True),
            *locking_problems(locking, dynamodb_table),
            *environment_problems(environments),
            *workspace_key_prefix_problems(workspace_key_prefix),
        ]
        if problems:
            raise ArgumentsError(f"S3StateBackend.existing {id_!r}", problems)
        super().__init__(
            scope, id_, location, environments=environments, workspace_key_prefix=workspace_key_prefix, waive=waive
        )
        encryption = existing_key(location.region, kms_key_id)
        locks = existing_locks(locking, dynamodb_table or bucket, location)
        self._use(f"arn:{partition(location.region)}:s3:::{bucket}", encryption, locks)
