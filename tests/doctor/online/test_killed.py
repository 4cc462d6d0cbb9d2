"""A doctor that is told to end releases its lock; what one that is killed leaves is named by the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from plainwork_core.doctor.online import examine
from tests.support.doctor_states import healthy
from tests.support.doctor_world import BUCKET, KEY, TABLE

if TYPE_CHECKING:
    from tests.doctor.online.conftest import MakeWorld
    from tests.support.doctor_server import DoctorServer
    from tests.support.doctor_world import World

RUN = """
import os, sys
from pathlib import Path
from plainwork_core.doctor.online import examine
from plainwork_core.doctor.reading import Request, read
examine(read(Path(sys.argv[1]), Request(environ=dict(os.environ))), try_lock=True)
"""


def _killed_in(backend: World, server: DoctorServer, operation: str, number: int) -> int:
    """Send a signal while the server answers *operation*; return the exit code of the doctor."""
    backend.write()
    server.pauses[operation] = 0.5
    doctor = subprocess.Popen([sys.executable, "-c", RUN, str(backend.directory)], env=os.environ.copy())
    deadline = time.monotonic() + 60
    while not any(call.name == operation for call in server.calls):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    doctor.send_signal(number)
    return doctor.wait(timeout=60)


def _locks(backend: World) -> list[str]:
    listed = backend.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{KEY}.tflock").get("Contents", [])
    item = backend.dynamodb.get_item(TableName=TABLE, Key={"LockID": {"S": f"{BUCKET}/{KEY}"}})
    return [*(entry["Key"] for entry in listed), *(["item"] if "Item" in item else [])]


@pytest.mark.parametrize(
    ("operation", "number"),
    [
        ("s3:PutObject", signal.SIGTERM),
        ("dynamodb:PutItem", signal.SIGINT),
        ("s3:DeleteObject", signal.SIGHUP),
    ],
)
def test_a_doctor_that_is_told_to_end_releases_its_locks(
    operation: str, number: signal.Signals, world: MakeWorld, server: DoctorServer
) -> None:
    backend = world(healthy.both_locks)
    code = _killed_in(backend, server, operation, number)
    assert code == 128 + number
    assert _locks(backend) == []


def test_the_lock_of_a_killed_doctor_is_named_by_the_next(world: MakeWorld, server: DoctorServer) -> None:
    backend = world(healthy.both_locks)
    _killed_in(backend, server, "dynamodb:PutItem", signal.SIGKILL)
    diagnoses, *_ = examine(backend.facts())
    assert "lock-of-doctor" in {diagnosis.name for diagnosis in diagnoses}
