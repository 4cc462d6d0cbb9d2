"""A replica of the state bucket in another Region, with the role and the alarm of the replication."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.alarms import Alarm, alarm_actions_of, alarm_actions_problems, make_alarm
from plainwork.checks import identifiers, scalars
from plainwork.errors import ArgumentsError
from plainwork.iam import allow, condition
from plainwork.s3_state_backend.bucket import (
    BucketLocation,
    bucket_name_problems,
    configure_lifecycle,
    create_bucket,
    enable_versioning,
)
from plainwork.s3_state_backend.bucket_policy import attach_bucket_policy
from plainwork.s3_state_backend.encryption import existing_key, new_key, use_key
from plainwork.terraform import DataSource, Provider, Resource
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.unique_construct import UniqueConstruct
from plainwork_core.aws.regions import partition

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.alarms import AlarmActions
    from plainwork.s3_state_backend.bucket import StateRetention
    from plainwork.s3_state_backend.bucket_policy import StateBucketPerimeter
    from plainwork.s3_state_backend.encryption import StateEncryption
    from plainwork.terraform import Construct

_RULE = "states"
_MAX_ROLE_NAME = 64
_READ = ("s3:GetObjectVersionAcl", "s3:GetObjectVersionForReplication", "s3:GetObjectVersionTagging")
_WRITE = ("s3:ReplicateDelete", "s3:ReplicateObject", "s3:ReplicateTags")
_FAILED = Alarm(
    name="replication",
    metric_name="OperationsFailedReplication",
    threshold=0,
    statistic="Sum",
    period=300,
    evaluation_periods=1,
    description="States are not replicated. Check the replication role, the replica bucket and its key.",
)
"""S3 publishes this metric in the Region of the source bucket, where the other metrics of replication are not:
https://docs.aws.amazon.com/AmazonS3/latest/userguide/repl-metrics.html"""


class StateReplica(UniqueConstruct):
    """A bucket in another Region that S3 copies each new version of a state to; `S3StateBackend.replicate` creates it.

    Attributes:
        bucket: the `aws_s3_bucket` of the replica.
        lifecycle: its lifecycle configuration.
        versioning: its versioning, which the replication requires.
        encryption: its encryption, with a KMS key of its own if the state bucket has a KMS key.
    """

    def __init__(
        self,
        scope: Construct,
        location: BucketLocation,
        *,
        has_key: bool,
        provider: Provider | None,
        retention: StateRetention,
        perimeter: StateBucketPerimeter,
    ) -> None:
        super().__init__(scope, "replica", region=location.region)
        self.bucket = create_bucket(self, location.bucket, provider)
        self.versioning = enable_versioning(self, self.bucket, provider)
        replicated = ("kms:Encrypt",)
        self.encryption = (
            new_key(self, location, provider, replicated) if has_key else existing_key(location.region, None)
        )
        self.encryption.set_bucket_default(self, self.bucket, provider)
        attach_bucket_policy(self, self.bucket, self.encryption, perimeter, provider)
        self.lifecycle = configure_lifecycle(self, self.bucket, self.versioning, retention, provider)


def check_replica(
    scope: Construct,
    location: BucketLocation,
    source: BucketLocation,
    provider: Any,
    alarm_actions: AlarmActions | None,
) -> None:
    """Raise an error if S3 or the provider would reject the replica.

    Raises:
        ArgumentsError: lists every reason.
    """
    problems = [
        *bucket_name_problems("bucket", location.bucket),
        *_bucket_problems(location.bucket, source.bucket),
        *_region_problems(location.region, source.region),
        *_provider_problems(scope, provider, location.region),
        *alarm_actions_problems("alarm_actions", alarm_actions_of(scope, alarm_actions)),
    ]
    if problems:
        raise ArgumentsError(f"replica of S3StateBackend {scope.node.id!r}", problems)


def replicate(
    scope: Construct,
    bucket: Resource,
    versioning: Resource,
    *,
    source: BucketLocation,
    encryption: StateEncryption,
    replica: StateReplica,
) -> Resource:
    """Create the role and the replication configuration of the state bucket.

    Delete markers are replicated too, so that released locks disappear from the replica. Replication copies new
    versions only; those that exist need a job of S3 Batch Replication.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-what-is-isnot-replicated.html
    """
    role = _create_role(scope, bucket, source)
    policy = _attach_permissions(scope, role, bucket, encryption, replica)
    destination: dict[str, Any] = {"bucket": replica.bucket["arn"], "metrics": {"status": "Enabled"}}
    criteria = None
    if replica.encryption.kms_key_arn:
        destination["encryption_configuration"] = {"replica_kms_key_id": replica.encryption.kms_key_arn}
        criteria = {"sse_kms_encrypted_objects": {"status": "Enabled"}}
    return Resource(
        scope,
        "aws_s3_bucket_replication_configuration",
        bucket=bucket["id"],
        role=role["arn"],
        rule={
            "id": _RULE,
            "priority": 1,
            "status": "Enabled",
            "filter": {},
            "delete_marker_replication": {"status": "Enabled"},
            "source_selection_criteria": criteria,
            "destination": destination,
        },
        depends_on=[versioning, replica.versioning, policy],
    )


def alarm_of_failures(
    scope: Construct, source: BucketLocation, replica: BucketLocation, alarm_actions: AlarmActions | None
) -> Resource:
    """Create the alarm on operations that S3 failed to replicate."""
    return make_alarm(
        scope,
        _FAILED,
        name=source.bucket,
        namespace="AWS/S3",
        dimensions={"SourceBucket": source.bucket, "DestinationBucket": replica.bucket, "RuleId": _RULE},
        alarm_actions=alarm_actions_of(scope, alarm_actions),
    )


def _create_role(scope: Construct, bucket: Resource, source: BucketLocation) -> Resource:
    """Create the role that S3 assumes for this bucket only.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/setting-repl-config-perm-overview.html
    """
    service = {"type": "Service", "identifiers": ["s3.amazonaws.com"]}
    conditions = (
        condition("StringEquals", "aws:SourceAccount", source.account_id),
        condition("ArnEquals", "aws:SourceArn", bucket["arn"]),
    )
    trust = DataSource(
        scope,
        "aws_iam_policy_document",
        "replication_trust",
        statement=allow("LetS3Replicate", ["sts:AssumeRole"], [], *conditions, principals=service),
    )
    suffix = "-replication"
    name = f"{source.bucket[: _MAX_ROLE_NAME - len(suffix)]}{suffix}"
    return Resource(scope, "aws_iam_role", "replication", name=name, assume_role_policy=trust["json"])


def _attach_permissions(
    scope: Construct, role: Resource, bucket: Resource, encryption: StateEncryption, replica: StateReplica
) -> Resource:
    """Allow S3 to read versions of the source, and to write them to the replica.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-config-for-kms-objects.html
    """
    source, copy = bucket["arn"], replica.bucket["arn"]
    statements = [
        allow("ReadConfiguration", ["s3:GetReplicationConfiguration", "s3:ListBucket"], [source]),
        allow("ReadVersions", _READ, [f"{source}/*"]),
        allow("WriteReplicas", _WRITE, [f"{copy}/*"]),
    ]
    if encryption.kms_key_arn and replica.encryption.kms_key_arn:
        on_replica = ["kms:Encrypt", "kms:GenerateDataKey"]
        statements += [
            use_key("DecryptVersions", ["kms:Decrypt"], encryption.kms_key_arn, encryption.region),
            use_key("EncryptReplicas", on_replica, replica.encryption.kms_key_arn, replica.encryption.region),
        ]
    document = DataSource(scope, "aws_iam_policy_document", "replication", statement=statements)
    return Resource(
        scope, "aws_iam_role_policy", "replication", name="replication", role=role["name"], policy=document["json"]
    )


def _bucket_problems(bucket: str, source: str) -> Iterator[str]:
    if bucket == source:
        yield f"bucket must be another one than the state bucket: got {bucket!r}"


def _region_problems(region: Any, source: str) -> Iterator[str]:
    if not isinstance(region, str) or scalars.is_reference(region):
        yield f"region must be a literal, because names of the key and the policies contain it: got {region!r}"
    elif problems := [*identifiers.region_problems("region", region)]:
        yield from problems
    elif region == source:
        yield f"region must be another one than that of the state bucket: got {region!r}"
    elif partition(region) != partition(source):
        yield f"region must be in partition {partition(source)}, as the state bucket: got {region!r}"


def _provider_problems(scope: Construct, provider: Any, region: Any) -> Iterator[str]:
    registry = naming_scope(scope).registry
    if provider is None:
        if not registry.schema_choice.has_regions:
            yield (
                f'provider must be given, such as Provider(stack, "aws", alias="replica", region="{region}"): '
                "resources have a Region of their own from provider 6 on, and this stack requires "
                f"`{registry.schema_choice.required}`"
            )
    elif not isinstance(provider, Provider):
        yield f"provider must be a Provider: got {provider!r}"
    elif (own := registry.regions.get(provider.reference, region)) != region:
        yield f"provider must be in Region {region!r}: {provider.reference} is in {own!r}"
