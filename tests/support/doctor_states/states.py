"""States."""

from __future__ import annotations

import json

from tests.support.doctor_states.state import state
from tests.support.doctor_world import BUCKET, KEY, LINEAGE, World

OTHER_LINEAGE = "77777777-5d0b-4d0c-9a4e-6d1f1c2b3a4d"
READS = {
    "Effect": "Allow",
    "Action": [
        "s3:GetBucket*",
        "s3:GetEncryptionConfiguration",
        "s3:GetReplicationConfiguration",
        "s3:ListBucketVersions",
    ],
    "Resource": "*",
}
IAM = {"Effect": "Allow", "Action": "iam:*", "Resource": "*"}
WRITES = {"Effect": "Allow", "Action": ["s3:PutObject", "s3:DeleteObject"], "Resource": "*"}


@state("state-denied", title="`s3:GetObject` of the state is denied")
def state_denied(world: World) -> None:
    objects = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::{BUCKET}/{KEY}.tflock"}
    world.as_user(READS, IAM, WRITES, objects, {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"})


@state("state-missing-list-denied", title="State does not exist, and `s3:ListBucket` is missing")
def state_missing_list_denied(world: World) -> None:
    world.remove_state()
    world.as_user(READS, IAM, WRITES, {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"})


@state("state-deleted", title="State is deleted")
def state_deleted(world: World) -> None:
    world.s3.delete_object(Bucket=BUCKET, Key=KEY)


@state("state-in-another-workspace", title="Only another workspace has a state")
def state_in_another_workspace(world: World) -> None:
    world.remove_state()
    world.put_state(key=f"env:/prod/{KEY}")


@state("state-empty", title="State object is empty")
def state_empty(world: World) -> None:
    world.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"", ServerSideEncryption="AES256")


@state("state-not-json", title="State object is not a state")
def state_not_json(world: World) -> None:
    world.s3.put_object(Bucket=BUCKET, Key=KEY, Body=b"<html></html>", ServerSideEncryption="AES256")


@state("state-older-than-version", title="An older state was uploaded over a newer one")
def state_older_than_version(world: World) -> None:
    world.put_state(serial=9)
    world.put_state(serial=7)


@state("state-lineage-changed", title="Another state replaced the state")
def state_lineage_changed(world: World) -> None:
    world.put_state(serial=1, lineage=OTHER_LINEAGE)


@state("state-older-than-local", title="`errored.tfstate` is newer than the state")
def state_older_than_local(world: World) -> None:
    _write_local(world, "errored.tfstate", 8, LINEAGE)


@state("state-other-lineage", title="A local state has another lineage")
def state_other_lineage(world: World) -> None:
    _write_local(world, "terraform.tfstate", 3, OTHER_LINEAGE)


def _write_local(world: World, name: str, serial: int, lineage: str) -> None:
    resource = {"mode": "managed", "type": "terraform_data", "name": "old", "provider": "p", "instances": []}
    resource["provider"] = 'provider["terraform.io/builtin/terraform"]'
    document = {"version": 4, "terraform_version": "1.11.4", "serial": serial, "lineage": lineage, "outputs": {}}
    world.directory.joinpath(name).write_text(json.dumps({**document, "resources": [resource]}))


@state("state-archived", title="State is in an archive storage class")
def state_archived(world: World) -> None:
    world.put_state(serial=8, StorageClass="GLACIER")


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
