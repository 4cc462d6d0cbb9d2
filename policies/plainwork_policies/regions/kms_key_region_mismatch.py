"""KMS key is in a different Region than the resource.

What: An argument for a KMS key (`kms_key_id`, `kms_master_key_id`, `key_arn`, ...) that holds the ARN of a key, or
    refers to a key of the stack, in another Region than the resource.
Why: A KMS key can be used in its own Region only. The resource is not created, or every read and write of it fails.
Remedy: Use a key in the Region of the resource. A multi-Region key needs an `aws_kms_replica_key` there.
Limitations: AWS looks up a key ID or alias in the Region of the resource, so those pass, and so does the ID of a
    multi-Region key of the stack, which all its replicas share. Arguments that encrypt in another Region are not
    checked: replicas, destinations, environment variables, and the types whose key belongs to their bucket (CloudTrail,
    AWS Config, Firehose, CodePipeline, S3 replication, SSM data sync).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from plainwork_core.model.references import only_referent
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Findings, Resource, check_each, policy
from plainwork_policies.regions.literal_arns import leaf_arguments, resources_with
from plainwork_policies.regions.referenced_regions import referenced_region
from plainwork_policies.regions.resource_regions import is_same, resource_region

_KEY = re.compile(r"(\w*kms_(\w+_)?(key|arn|id)\w*|\w*encryption_key(_arn|_id)?|key_arn|target_key_id)(\.\d+)?")
_OTHER_REGION = re.compile(r"(^|\.)(replica|destination|copy_action|variables|artifact_store|region)\w*\.")
_KEY_OF_BUCKET = (
    "aws_ami_from_",
    "aws_appflow_",
    "aws_cloudtrail",
    "aws_codepipeline",
    "aws_config_",
    "aws_iam_",
    "aws_kinesis_firehose_",
    "aws_kms_replica_",
    "aws_redshift_snapshot_copy",
    "aws_s3_bucket_replication_configuration",
    "aws_ssm_association",
    "aws_ssm_resource_data_sync",
    "aws_ssmincidents_",
)
"""Types, or beginnings of types, whose key is in the Region of another resource, such as a bucket or a replica."""
_REPLICAS = ("aws_kms_replica_external_key", "aws_kms_replica_key")
_ID_ATTRIBUTES = (".id", ".key_id")


@cache
def _is_key(path: str) -> bool:
    name = re.search(r"[^.]+(\.\d+)?$", path)
    return bool(name and _KEY.fullmatch(name[0])) and not _OTHER_REGION.search(path)


def has_key(resource: Resource) -> bool:
    """Return whether *resource* has an argument for a KMS key of its own Region."""
    is_regional = resource.type.startswith("aws_") and not resource.type.startswith(_KEY_OF_BUCKET)
    return is_regional and any(True for _ in _keys(resource))


@policy(
    "PLW_REGION_006",
    "kms-key-region-mismatch",
    aliases=("key-in-another-region",),
    severity="high",
    on=resources_with(_is_key),
    where=has_key,
    links=("https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",),
)
def kms_key_region_mismatch(resource: Resource) -> Findings:
    """Compare the Region of each key with that of the resource."""
    yield from check_each(_keys(resource), lambda key: _check(resource, key))


def _check(resource: Resource, key: Argument) -> Findings:
    region, required = referenced_region(key, "aws_kms_"), resource_region(resource)
    if region is not None and not is_same(key, region, required) and not _is_id_of_replicas(key):
        yield key.fail(
            f"`{key.path}` is a KMS key in `{region}`, but the resource is in `{required}`",
            value=str(region),
            remedy=f"Use a KMS key in `{required}`, or a replica of the multi-Region key.",
        )


def _is_id_of_replicas(argument: Argument) -> bool:
    """Return whether it refers to the ID of a multi-Region key, which is the same in each Region."""
    if not isinstance(argument.raw, Unknown):
        return False
    source = only_referent(argument.block.stack, argument.block.owner, argument.raw)
    if source is None or not any(reference.endswith(_ID_ATTRIBUTES) for reference in argument.raw.references):
        return False
    return source.type in _REPLICAS or argument.block.view(source)["multi_region"].bool(default=False)


def _keys(resource: Resource) -> Iterator[Argument]:
    return (argument for argument in leaf_arguments(resource, _is_key) if not isinstance(argument.raw, bool))
