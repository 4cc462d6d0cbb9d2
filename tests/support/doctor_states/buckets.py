"""Buckets."""

from __future__ import annotations

from tests.support.doctor_states.state import state
from tests.support.doctor_world import ARGUMENTS, BUCKET, FULL, KEY, World


@state("bucket-missing", title="Bucket does not exist")
def bucket_missing(world: World) -> None:
    world.arguments["bucket"] = "acme-stat"


@state("bucket-in-another-region", title="Bucket is in another Region")
def bucket_in_another_region(world: World) -> None:
    world.remove_bucket()
    world.make_bucket("eu-central-1")


@state("bucket-of-another-account", title="Bucket belongs to another account")
def bucket_of_another_account(world: World) -> None:
    world.as_user(FULL)
    world.server.owners[BUCKET] = "999988887777"
    world.server.hide_bucket()


@state("bucket-denied", title="Every action on the bucket is denied")
def bucket_denied(world: World) -> None:
    world.as_user({"Effect": "Allow", "Action": "dynamodb:*", "Resource": "*"})


@state("bucket-denied", title="Bucket policy denies the identity")
def bucket_policy_denies(world: World) -> None:
    world.as_user(FULL)
    world.deny_in_bucket_policy("s3:*", BUCKET, f"{BUCKET}/*")


@state("bucket-list-denied", title="List of the workspaces is denied, with another prefix than `env:`")
def bucket_list_denied(world: World) -> None:
    world.as_user(
        {"Effect": "Allow", "Action": ["s3:Get*", "s3:PutObject", "s3:DeleteObject", "iam:*"], "Resource": "*"},
        {"Effect": "Allow", "Action": "s3:ListBucketVersions", "Resource": "*"},
    )
    world.arguments["workspace_key_prefix"] = "workspaces"


@state("bucket-is-replica", title="Bucket is the destination of a replication")
def bucket_is_replica(world: World) -> None:
    world.server.replication[KEY] = "REPLICA"


@state("state-replication-failed", title="Replication of the state failed")
def replication_failed(world: World) -> None:
    world.server.replication[KEY] = "FAILED"


@state("bucket-replication-disabled", title="Replication is disabled")
def replication_disabled(world: World) -> None:
    rule = {
        "Status": "Disabled",
        "Priority": 1,
        "Filter": {"Prefix": ""},
        "DeleteMarkerReplication": {"Status": "Disabled"},
        "Destination": {"Bucket": "arn:aws:s3:::acme-state-replica"},
    }
    world.s3.create_bucket(
        Bucket="acme-state-replica", CreateBucketConfiguration={"LocationConstraint": ARGUMENTS["region"]}
    )
    world.s3.put_bucket_versioning(Bucket="acme-state-replica", VersioningConfiguration={"Status": "Enabled"})
    configuration = {"Role": "arn:aws:iam::123456789012:role/replication", "Rules": [rule]}
    world.s3.put_bucket_replication(Bucket=BUCKET, ReplicationConfiguration=configuration)


@state("bucket-versioning-off", title="Versioning is off")
def versioning_off(world: World) -> None:
    world.remove_bucket()
    world.make_bucket(versioned=False)
    world.put_state()


@state("bucket-versioning-suspended", title="Versioning is suspended")
def versioning_suspended(world: World) -> None:
    world.s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Suspended"})


@state("bucket-encryption-missing", title="No encryption")
def encryption_missing(world: World) -> None:
    del world.arguments["encrypt"]
    world.s3.delete_bucket_encryption(Bucket=BUCKET)
    world.put_plain_state()


@state("bucket-public-access-not-blocked", title="Public access is not blocked")
def public_access_not_blocked(world: World) -> None:
    world.s3.delete_public_access_block(Bucket=BUCKET)


@state("bucket-public-access-not-blocked", title="Public access is blocked in part")
def public_access_blocked_in_part(world: World) -> None:
    block = {
        "BlockPublicAcls": True,
        "IgnorePublicAcls": True,
        "BlockPublicPolicy": False,
        "RestrictPublicBuckets": False,
    }
    world.s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=block)


@state("bucket-tls-not-required", title="TLS is not required")
def tls_not_required(world: World) -> None:
    world.s3.delete_bucket_policy(Bucket=BUCKET)


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
