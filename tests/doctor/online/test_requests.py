"""What the doctor sends: reads, and with `--try-lock` the requests of Terraform's lock."""

from __future__ import annotations

import json
import socket

import pytest

from plainwork_core.doctor.online import examine
from plainwork_core.doctor.online.lock_info import DOCTOR_OPERATION, lock_info
from plainwork_core.doctor.online.requests import LOCK_WRITES, READS
from plainwork_core.doctor.online.service import Service
from plainwork_core.doctor.reading import Request, read
from tests.doctor.online.conftest import MakeWorld, writes_of
from tests.support.doctor_server import DoctorServer, body_of
from tests.support.doctor_states import HEALTHY, ILL
from tests.support.doctor_world import BUCKET, KEY, TABLE

BY_NAME = {state.name: state for state in (*HEALTHY, *ILL)}
LOCK_FILE = f"{KEY}.tflock"


@pytest.mark.parametrize(
    ("name", "writes"),
    [
        ("lock-file", ["s3:PutObject", "s3:PutObject", "s3:DeleteObject"]),
        ("lock-table", ["dynamodb:PutItem", "dynamodb:DeleteItem"]),
        ("both-locks", ["s3:PutObject", "dynamodb:PutItem", "s3:PutObject", "s3:DeleteObject", "dynamodb:DeleteItem"]),
    ],
)
def test_try_lock_writes_the_lock_only(name: str, writes: list[str], world: MakeWorld, server: DoctorServer) -> None:
    """The second `PutObject` is the request of another run, which the store must reject."""
    backend = world(BY_NAME[name])
    server.calls.clear()
    examine(backend.facts(), try_lock=True)
    assert writes_of(server) == writes
    written = [call for call in server.calls if call.name in writes]
    assert {call.path for call in written if call.service == "s3"} <= {LOCK_FILE}
    items = [body_of(call).get("Item") or body_of(call)["Key"] for call in written if call.service == "dynamodb"]
    assert {item["LockID"]["S"] for item in items} <= {f"{BUCKET}/{KEY}"}
    assert "Contents" not in backend.s3.list_objects_v2(Bucket=BUCKET, Prefix=LOCK_FILE)


def test_the_lock_file_is_that_of_terraform_and_names_the_doctor(world: MakeWorld, server: DoctorServer) -> None:
    backend = world(BY_NAME["lock-file"])
    server.calls.clear()
    examine(backend.facts(), try_lock=True)
    put = next(call for call in server.calls if call.name == "s3:PutObject")
    assert put.headers["if-none-match"] == "*"
    assert put.headers["x-amz-server-side-encryption"] == "AES256"
    sent = json.loads(put.body[put.body.index(b"{") : put.body.rindex(b"}") + 1])
    assert set(sent) == {"ID", "Operation", "Info", "Who", "Version", "Created", "Path"}
    assert lock_info(json.dumps(sent)).is_of_doctor
    assert sent["Operation"] == DOCTOR_OPERATION


@pytest.mark.parametrize("name", ["lock-held", "lock-item-stale"])
def test_a_lock_that_is_held_is_not_touched(name: str, world: MakeWorld, server: DoctorServer) -> None:
    backend = world(BY_NAME[name])
    server.calls.clear()
    examine(backend.facts(), try_lock=True)
    assert writes_of(server) == []


@pytest.mark.parametrize(
    ("operation", "parameters"),
    [
        ("PutObject", {"Bucket": BUCKET, "Key": KEY}),
        ("DeleteObject", {"Bucket": BUCKET, "Key": KEY}),
        ("PutBucketPolicy", {"Bucket": BUCKET}),
    ],
)
def test_the_service_rejects_any_other_write(
    operation: str, parameters: dict[str, str], world: MakeWorld, server: DoctorServer
) -> None:
    world(BY_NAME["lock-file"])
    service = Service("s3", server.client("s3"))
    with pytest.raises(KeyError, match=operation):
        service.ask(operation, **parameters)
    with pytest.raises(KeyError, match=operation):
        service.write_lock(operation, **parameters)


def test_no_operation_that_writes_is_in_the_table_of_reads() -> None:
    names = {operation for operations in READS.values() for operation in operations}
    assert all(name.startswith(("Get", "List", "Head", "Describe", "AssumeRole")) for name in names)
    assert {name for operations in LOCK_WRITES.values() for name in operations} == {
        "PutObject",
        "DeleteObject",
        "PutItem",
        "DeleteItem",
    }


def test_offline_no_connection_is_opened(world: MakeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = world(BY_NAME["lock-table"])
    backend.write()

    def connect(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", connect)
    facts = read(backend.directory, Request(environ=backend.environ))
    assert facts.text("dynamodb_table") == TABLE


def test_no_secret_is_in_the_report(world: MakeWorld) -> None:
    """A server may repeat in its error what it was sent."""
    backend = world(BY_NAME["token-expired"])
    secret = "hunter2-secret-of-the-session"
    backend.arguments |= {"access_key": "ASIAEXPIRED", "secret_key": secret, "token": f"{secret}-token"}
    backend.server.answers["sts:GetCallerIdentity"] = backend.server.echo(f"token {secret}-token of {secret}")
    backend.server.rejected.clear()
    diagnoses, problems, lines, _ = examine(backend.facts())
    assert secret not in f"{diagnoses}{problems}{lines}"
    assert "(sensitive)" in f"{diagnoses}{problems}"


def test_each_request_is_shown_before_it_is_made(world: MakeWorld) -> None:
    shown: list[str] = []
    examine(world(BY_NAME["lock-file"]).facts(), progress=shown.append)
    assert {"sts:GetCallerIdentity", "s3:HeadBucket", "s3:GetObject"} <= set(shown)


def test_text_of_an_answer_is_quoted_in_a_command(world: MakeWorld) -> None:
    """A lock file, a header or a key of an object may contain commands of a shell."""
    backend = world(BY_NAME["lock-stale"])
    content = json.loads(backend.s3.get_object(Bucket=BUCKET, Key=LOCK_FILE)["Body"].read())
    backend.s3.put_object(Bucket=BUCKET, Key=LOCK_FILE, Body=json.dumps({**content, "ID": "1; rm -rf ~"}))
    diagnoses, *_ = examine(backend.facts())
    assert [diagnosis.command for diagnosis in diagnoses] == ["terraform force-unlock '1; rm -rf ~'"]


def test_the_trust_policy_is_evidence(world: MakeWorld) -> None:
    diagnoses, *_ = examine(world(BY_NAME["assume-role-without-external-id"]).facts())
    texts = [evidence.text for evidence in diagnoses[0].evidence]
    assert "the trust policy has a condition on `sts:ExternalId`, and `external_id` is not set" in texts
