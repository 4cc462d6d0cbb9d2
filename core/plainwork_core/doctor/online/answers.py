"""What the backend's settings are and what AWS answered: the subject of the rules.

An answer is a mapping as boto3 returns it, a `Failure`, or `None` if the request was not made.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from plainwork_core.doctor.diagnosis import Evidence
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.lock_info import LockInfo

Answer = Mapping[str, Any] | Failure | None


@dataclass
class StateVersion:
    """A version of the state object.

    Attributes:
        id: its version id.
        modified: when it was written.
        head: the first members of the state: `serial`, `lineage`, `terraform_version`; empty if they cannot be read.
        is_latest: whether it is the current version.
    """

    id: str
    modified: datetime
    head: Mapping[str, Any]
    is_latest: bool


@dataclass
class TryLock:
    """What `--try-lock` met.

    Attributes:
        id: of the lock.
        taken: the locks that were acquired: `lock file`, `lock table`.
        failures: the requests that failed, by step: `acquire lock file`, `release lock table`, ...
        is_overwritten: whether a second conditional request replaced the lock file.
        is_exclusive: whether the store rejected the second conditional request.
        left: the locks that were not released.
    """

    id: str
    taken: list[str] = field(default_factory=list)
    failures: dict[str, Failure] = field(default_factory=dict)
    is_overwritten: bool = False
    is_exclusive: bool = False
    left: list[str] = field(default_factory=list)


@dataclass
class Answers:
    """The settings of a backend and the answers about it.

    Attributes:
        facts: the settings.
        region: of the backend.
        now: the time of the examination.
        method: where the credentials are from, as botocore names it.
        session: why there are no credentials; None if there are.
        assumed: the answer to `AssumeRole` or `AssumeRoleWithWebIdentity`.
        base_arn: the identity that assumes the role.
        caller: the answer to `GetCallerIdentity`.
        bucket: the answer to `HeadBucket`.
        bucket_status: its first HTTP status, before a redirect.
        bucket_region: the Region that S3 states.
        owned: the answer to `HeadBucket` that expects the caller's account as owner.
        own_buckets: the answer to `ListBuckets` with the name as prefix.
        workspaces: the answer to the list of the workspaces, as Terraform requests it.
        listing: the answer to a list of the state's key.
        state: the answer to `GetObject` for the state.
        head: the first members of the state.
        versions: the newest versions of the state.
        is_deleted: whether a delete marker is the current version of the state.
        was_deleted: whether it has a delete marker.
        lock_file: the answer to `GetObject` for the lock file.
        lock_item: the answer to `GetItem` for the lock.
        digest: the answer to `GetItem` for the digest.
        file_lock: the lock in the lock file.
        table_lock: the lock in the lock table.
        table: the answer to `DescribeTable`.
        tables_elsewhere: the other Regions that have a table with this name.
        key_id: the KMS key of the state: of the block, of the object, or of the bucket.
        key: the answer to `DescribeKey`.
        keys_elsewhere: the other Regions that have a key with this id.
        account_block: the answer to the request for the public access block of the account.
        settings: the answers to the requests for the settings of the bucket, by operation.
        documents: the policies of the identity and of the resources.
        try_lock: the result of `--try-lock`; None without it.
        is_aws: whether S3's endpoint is of AWS.
    """

    facts: BackendFacts
    region: str
    now: datetime
    method: str = ""
    session: Failure | None = None
    assumed: Answer = None
    base_arn: str = ""
    caller: Answer = None
    bucket: Answer = None
    bucket_status: int = 0
    bucket_region: str = ""
    owned: Answer = None
    own_buckets: Answer = None
    workspaces: Answer = None
    listing: Answer = None
    state: Answer = None
    head: Mapping[str, Any] = field(default_factory=dict)
    versions: list[StateVersion] = field(default_factory=list)
    version_list: Answer = None
    is_deleted: bool = False
    was_deleted: bool = False
    lock_file: Answer = None
    lock_item: Answer = None
    digest: Answer = None
    file_lock: LockInfo | None = None
    table_lock: LockInfo | None = None
    table: Answer = None
    tables_elsewhere: list[str] = field(default_factory=list)
    key_id: str = ""
    key: Answer = None
    keys_elsewhere: list[str] = field(default_factory=list)
    account_block: Answer = None
    settings: dict[str, Answer] = field(default_factory=dict)
    documents: Any = None
    try_lock: TryLock | None = None
    is_aws: bool = True

    @property
    def other_regions(self) -> list[str]:
        """The other Regions that the configuration, the environment and the bucket name."""
        named = [
            self.bucket_region,
            *(provider.region for provider in self.facts.providers),
            *(self.facts.environment.get(name, "") for name in ("AWS_REGION", "AWS_DEFAULT_REGION")),
            *(profile.settings.get("region", "") for profile in self.facts.aws.profiles.values()),
            "us-east-1",
        ]
        return list(dict.fromkeys(name for name in named if isinstance(name, str) and name and name != self.region))

    @property
    def bucket_name(self) -> str:
        """The name of the bucket."""
        return self.facts.text("bucket")

    @property
    def state_key(self) -> str:
        """The key of the state."""
        return self.facts.state_key

    @property
    def lock_file_key(self) -> str:
        """The key of the lock file."""
        return f"{self.state_key}.tflock"

    @property
    def lock_id(self) -> str:
        """The `LockID` of the lock in the lock table."""
        return f"{self.bucket_name}/{self.state_key}"

    @property
    def table_name(self) -> str:
        """The name of the lock table; empty if there is none."""
        return self.facts.text("dynamodb_table")

    @property
    def uses_lock_file(self) -> bool:
        """Whether Terraform locks with a lock file."""
        return self.facts.is_true("use_lockfile")

    @property
    def account(self) -> str:
        """The account of the caller; empty if it is not known."""
        return str(self.caller.get("Account", "")) if isinstance(self.caller, Mapping) else ""

    @property
    def caller_arn(self) -> str:
        """The ARN of the caller; empty if it is not known."""
        return str(self.caller.get("Arn", "")) if isinstance(self.caller, Mapping) else ""

    @property
    def object_arn(self) -> str:
        """The ARN of the state object."""
        return f"{self.bucket_arn}/{self.state_key}"

    @property
    def partition(self) -> str:
        """The partition of the caller: `aws`, `aws-cn`, ..."""
        return self.caller_arn.split(":")[1] if self.caller_arn.count(":") > 1 else "aws"

    @property
    def bucket_arn(self) -> str:
        """The ARN of the bucket."""
        return f"arn:{self.partition}:s3:::{self.bucket_name}"

    def evidence(self, *paths: str) -> tuple[Evidence, ...]:
        """Return the settings at *paths* as evidence."""
        return tuple(found.evidence for path in paths if (found := self.facts.setting(path)) is not None)


def failure(answer: Answer) -> Failure | None:
    """Return the failure that an answer is; None for an answer, and for no request."""
    return answer if isinstance(answer, Failure) else None


def found(answer: Answer) -> Mapping[str, Any]:
    """Return the members of an answer; none of a failure, and without a request."""
    return answer if isinstance(answer, Mapping) else {}


def is_denied(answer: Answer) -> bool:
    """Return whether AWS denied a request."""
    return isinstance(answer, Failure) and answer.is_denied


def is_missing(answer: Answer) -> bool:
    """Return whether what a request names does not exist."""
    return isinstance(answer, Failure) and answer.is_missing
