from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from plainwork_core.doctor.online import collect
from plainwork_core.doctor.online.requests import READS
from tests.support.doctor_server import DoctorServer, doctor_server
from tests.support.doctor_states.state import State
from tests.support.doctor_world import World

MakeWorld = Callable[[State], World]


READ_CALLS = {f"{service}:{operation}" for service, operations in READS.items() for operation in operations}


def writes_of(server: DoctorServer) -> list[str]:
    """The requests that do not only read."""
    return [call.name for call in server.calls if call.name not in READ_CALLS]


@pytest.fixture(scope="module")
def server() -> Iterator[DoctorServer]:
    """A server for all tests of a module."""
    with doctor_server() as found:
        yield found


@pytest.fixture
def world(server: DoctorServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MakeWorld:
    """Put a backend into a state; boto3 finds the environment of its user."""

    def make(state: State) -> World:
        server.reset()
        found = World(server, tmp_path)
        state.prepare(found)
        for name in [name for name in os.environ if name.startswith(("AWS_", "TF_"))]:
            monkeypatch.delenv(name)
        monkeypatch.setattr(collect, "REREAD_SECONDS", 0.0)
        for name, value in found.environ.items():
            monkeypatch.setenv(name, value)
        return found

    return make
