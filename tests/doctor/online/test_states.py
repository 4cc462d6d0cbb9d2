"""Every state of a backend has its own diagnosis, and a healthy one has none."""

from __future__ import annotations

import pytest

from plainwork_core.doctor.examination import Online
from plainwork_core.doctor.examination import examine as examine_all
from plainwork_core.doctor.online import collect, examine
from tests.doctor.online.conftest import MakeWorld, writes_of
from tests.support.doctor_server import DoctorServer
from tests.support.doctor_states import HEALTHY, ILL, healthy
from tests.support.doctor_states.state import State


@pytest.mark.parametrize("state", ILL, ids=lambda state: state.name)
def test_each_state_has_its_diagnosis_and_no_other(state: State, world: MakeWorld, server: DoctorServer) -> None:
    backend = world(state)
    diagnoses, *_ = examine(backend.facts(), try_lock=state.tries_lock)
    assert {diagnosis.name for diagnosis in diagnoses} == state.causes
    assert all(diagnosis.evidence and diagnosis.explanation and diagnosis.command for diagnosis in diagnoses)
    assert writes_of(server) == [] or state.tries_lock


@pytest.mark.parametrize("state", HEALTHY, ids=lambda state: state.name)
def test_a_healthy_backend_has_no_diagnosis(state: State, world: MakeWorld) -> None:
    backend = world(state)
    diagnoses, problems, *_ = examine(backend.facts(), try_lock=True)
    assert (diagnoses, problems) == ([], [])


@pytest.mark.parametrize("state", HEALTHY[:4], ids=lambda state: state.name)
def test_a_healthy_backend_is_only_read(state: State, world: MakeWorld, server: DoctorServer) -> None:
    backend = world(state)
    diagnoses, problems, *_ = examine(backend.facts())
    assert (diagnoses, problems) == ([], [])
    assert writes_of(server) == []


@pytest.mark.parametrize(
    ("is_supported", "tries_lock", "causes"),
    [
        (True, True, []),
        (True, False, ["conditional-writes-unknown"]),
        (False, True, ["lock-conditional-writes-unsupported"]),
    ],
)
def test_an_acquired_lock_settles_whether_another_store_has_conditional_writes(
    *, is_supported: bool, tries_lock: bool, causes: list[str], world: MakeWorld, server: DoctorServer
) -> None:
    backend = world(healthy.lock_file)
    server.has_conditional_writes = is_supported
    backend.arguments["endpoints"] = {"s3": server.url}
    facts = backend.facts()
    found = examine_all(facts, online=Online(*examine(facts, try_lock=tries_lock)))
    assert [diagnosis.name for diagnosis in found.diagnoses] == causes
    assert found.examined == "in the files, the environment and the answers of AWS"


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
