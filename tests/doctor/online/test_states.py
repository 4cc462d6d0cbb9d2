"""Every state of a backend has its own diagnosis, and a healthy one has none."""

from __future__ import annotations

import pytest

from plainwork_core.doctor.online import collect, examine
from tests.doctor.online.conftest import MakeWorld, writes_of
from tests.support.doctor_server import DoctorServer
from tests.support.doctor_states import HEALTHY, ILL, healthy
from tests.support.doctor_states.state import State


@pytest.mark.parametrize("state", ILL, ids=lambda state: state.name)
def test_each_state_has_its_diagnosis_and_no_other(state: State, world: MakeWorld, server: DoctorServer) -> None:
    backend = world(state)
    diagnoses, _, _ = examine(backend.facts(), try_lock=state.tries_lock)
    assert {diagnosis.name for diagnosis in diagnoses} == state.causes
    assert all(diagnosis.evidence and diagnosis.explanation and diagnosis.command for diagnosis in diagnoses)
    assert writes_of(server) == [] or state.tries_lock


@pytest.mark.parametrize("state", HEALTHY, ids=lambda state: state.name)
def test_a_healthy_backend_has_no_diagnosis(state: State, world: MakeWorld) -> None:
    backend = world(state)
    diagnoses, problems, _ = examine(backend.facts(), try_lock=True)
    assert (diagnoses, problems) == ([], [])


@pytest.mark.parametrize("state", HEALTHY[:4], ids=lambda state: state.name)
def test_a_healthy_backend_is_only_read(state: State, world: MakeWorld, server: DoctorServer) -> None:
    backend = world(state)
    diagnoses, problems, _ = examine(backend.facts())
    assert (diagnoses, problems) == ([], [])
    assert writes_of(server) == []


def test_there_are_enough_states() -> None:
    assert len({name for state in ILL for name in state.causes}) >= 50


def test_a_run_that_writes_meanwhile_is_no_fault(
    world: MakeWorld, server: DoctorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The state is read before the run writes it, and the digest afterwards."""
    backend = world(healthy.lock_table)
    digest = backend.digest()
    backend.put_item("-md5", Digest="0" * 32)

    def write(_: float) -> None:
        backend.put_item("-md5", Digest=digest)

    monkeypatch.setattr(collect.time, "sleep", write)
    assert examine(backend.facts())[0] == []
    assert writes_of(server) == []
