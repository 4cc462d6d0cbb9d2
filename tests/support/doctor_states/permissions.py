"""Permissions that no read requires."""

from __future__ import annotations

from tests.support.doctor_states.keys import OBJECTS
from tests.support.doctor_states.state import state
from tests.support.doctor_states.states import IAM, READS
from tests.support.doctor_world import BUCKET, KEY, World

_LOCK = f"arn:aws:s3:::{BUCKET}/{KEY}.tflock"
_STATE = f"arn:aws:s3:::{BUCKET}/{KEY}"


def _allow(*actions: str, on: str = "*") -> dict[str, object]:
    return {"Effect": "Allow", "Action": list(actions), "Resource": on}


@state("lock-release-denied", title="`s3:DeleteObject` of the lock file is missing", command="apply")
def lock_delete_missing(world: World) -> None:
    world.as_user(READS, IAM, OBJECTS, _allow("s3:PutObject"))


@state(
    "lock-release-denied",
    "lock-not-released",
    title="`s3:DeleteObject` of the lock file is missing, and policies are not readable",
    tries_lock=True,
)
def lock_delete_missing_tried(world: World) -> None:
    world.as_user(READS, OBJECTS, _allow("s3:PutObject"))


@state("lock-acquire-denied", title="`s3:PutObject` of the lock file is missing")
def lock_put_missing(world: World) -> None:
    world.as_user(READS, IAM, OBJECTS, _allow("s3:PutObject", on=_STATE), _allow("s3:DeleteObject", on=_LOCK))


@state(
    "lock-acquire-denied",
    title="`s3:PutObject` of the lock file is missing, and policies are not readable",
    tries_lock=True,
)
def lock_put_missing_tried(world: World) -> None:
    world.as_user(READS, OBJECTS, _allow("s3:PutObject", on=_STATE), _allow("s3:DeleteObject", on=_LOCK))


@state("lock-acquire-denied", title="Bucket policy denies the lock file")
def lock_put_denied_by_bucket(world: World) -> None:
    world.as_user(_allow("*"))
    world.deny_in_bucket_policy("s3:PutObject", f"{BUCKET}/{KEY}.tflock")


@state("state-write-denied", title="`s3:PutObject` of the state is missing", command="apply")
def state_put_missing(world: World) -> None:
    world.as_user(READS, IAM, OBJECTS, _allow("s3:PutObject", "s3:DeleteObject", on=_LOCK))


_READS_TABLE = _allow("dynamodb:GetItem", "dynamodb:DescribeTable", "dynamodb:GetResourcePolicy")


@state("lock-acquire-denied", "lock-release-denied", title="Permissions for the lock table are missing")
def table_write_missing(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]
    world.as_user(READS, IAM, OBJECTS, _allow("s3:PutObject"), _READS_TABLE)


@state("identity-read-only", title="Identity can only read")
def identity_read_only(world: World) -> None:
    world.as_user(READS, IAM, OBJECTS)


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
