"""Locks."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

from plainwork_core.doctor.online.lock_info import DOCTOR_OPERATION
from tests.support.doctor_states.state import state
from tests.support.doctor_world import BUCKET, KEY, World

FIRST, SECOND = "1f0c9e3a-0000-4000-8000-000000000001", "1f0c9e3a-0000-4000-8000-000000000002"


def _lock(hours: float, id_: str = FIRST, operation: str = "OperationTypeApply") -> str:
    created = datetime.now(UTC) - timedelta(hours=hours)
    return json.dumps(
        {
            "ID": id_,
            "Operation": operation,
            "Info": "",
            "Who": "ana@build-7",
            "Version": "1.11.4",
            "Created": f"{created:%Y-%m-%dT%H:%M:%S.%f}123Z",
            "Path": f"{BUCKET}/{KEY}",
        }
    )


def _lock_file(world: World, content: str) -> None:
    world.s3.put_object(Bucket=BUCKET, Key=f"{KEY}.tflock", Body=content.encode(), ServerSideEncryption="AES256")


@state("lock-held", title="Another run has the lock")
def lock_held(world: World) -> None:
    _lock_file(world, _lock(0.2))


@state("lock-stale", title="Lock file of a run that was killed")
def lock_stale(world: World) -> None:
    _lock_file(world, _lock(75))


@state("lock-stale", title="Item of a run that was killed, in the lock table")
def lock_item_stale(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]
    world.put_item(Info=_lock(75))


@state("lock-of-doctor", title="Lock of a doctor that was killed")
def lock_of_doctor(world: World) -> None:
    _lock_file(world, _lock(1, operation=DOCTOR_OPERATION))


@state("lock-unreadable", title="Lock file is not of Terraform")
def lock_file_unreadable(world: World) -> None:
    _lock_file(world, "locked by ana")


@state("lock-unreadable", title="Item in the lock table has no `Info`")
def lock_item_unreadable(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]
    world.put_item(By="ana")


@state("lock-file-only", "lock-held", title="Lock file without an item in the lock table")
def lock_file_only(world: World) -> None:
    world.with_table()
    _lock_file(world, _lock(0.2))


@state("lock-item-only", "lock-held", title="Item in the lock table without a lock file")
def lock_item_only(world: World) -> None:
    world.with_table()
    world.put_item(Info=_lock(0.2))


@state("locks-differ", "lock-held", title="Lock file and lock table have different locks")
def locks_differ(world: World) -> None:
    world.with_table()
    _lock_file(world, _lock(0.2))
    world.put_item(Info=_lock(0.3, SECOND))


@state("lock-file-ignored", "lock-held", title="Backend with a lock table ignores the lock file of another run")
def lock_file_ignored(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]
    _lock_file(world, _lock(0.2))


@state("lock-conditional-writes-unsupported", title="Store ignores `If-None-Match`", tries_lock=True)
def conditional_writes_ignored(world: World) -> None:
    world.server.has_conditional_writes = False


@state("lock-conditional-writes-unsupported", title="Store rejects `If-None-Match`", tries_lock=True)
def conditional_writes_rejected(world: World) -> None:
    world.server.rejects_conditional_writes()


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
