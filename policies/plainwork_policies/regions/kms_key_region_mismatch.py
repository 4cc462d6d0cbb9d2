"""KMS key is in a different Region than the resource.

What: an argument that names a KMS key (`kms_key_id`, `kms_master_key_id`, `key_arn`, ...) by an ARN, or by reference to
    a key of the stack, in another region than the resource's own.
Why: a key works in its own region alone. The resource is not created, or it is and every read and write of it fails.
Remedy: name a key in the region of the resource; a multi-region key has a replica for that::

        resource "aws_kms_replica_key" "ireland" {
          provider        = aws.ireland
          primary_key_arn = aws_kms_key.frankfurt.arn
        }
Limitations: a key by its id or alias is looked up where the resource is, and has no region of its own. Not judged is
    what
    encrypts elsewhere: replicas, destinations, environment variables, and the types whose key belongs to their bucket
    (CloudTrail, AWS Config, Firehose, CodePipeline, S3 replication, SSM data sync).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Value
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.policy import policy
from plainwork_policies.regions.mentions import arguments
from plainwork_policies.regions.required import must_be_in, place_of
from plainwork_policies.regions.table import region_of_resource

_KEY = re.compile(r"(\w*kms_(\w+_)?(key|arn|id)\w*|\w*encryption_key(_arn|_id)?|key_arn|target_key_id)(\.\d+)?")
_ELSEWHERE = re.compile(r"(^|\.)(replica|destination|copy_action|variables|artifact_store|region)\w*\.")
_KEY_OF_ANOTHER = (
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


def encrypted(stack: Stack) -> list[Resource]:
    """Return the resources that name a key."""
    owners = (each for each in stack.managed() if each.type.startswith("aws_"))
    return [each for each in owners if not each.type.startswith(_KEY_OF_ANOTHER) and any(_keys(each))]


@policy(
    "PLW_REGION_006",
    "kms-key-region-mismatch",
    aliases=("key-in-another-region",),
    severity="high",
    subjects=encrypted,
    links=("https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",),
)
def kms_key_region_mismatch(resource: Resource, stack: Stack) -> Iterator[Finding]:
    """Compare the region of each key with that of *resource*."""
    home = region_of_resource(resource, stack)
    for path, value in _keys(resource):
        place = place_of(value, resource, stack, "aws_kms_")
        yield from must_be_in(home, path, place, "KMS key", f"the resource is in `{home}`")


def _keys(resource: Resource) -> Iterator[tuple[str, Value]]:
    for path, value in arguments(resource):
        name = re.search(r"[^.]+(\.\d+)?$", path)
        if name and _KEY.fullmatch(name[0]) and not _ELSEWHERE.search(path) and not isinstance(value, bool):
            yield path, value
