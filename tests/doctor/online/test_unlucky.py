"""Endpoints that do not answer, answer nonsense or never finish end in a diagnosis, in a short time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import pytest

from plainwork_core.doctor.online import examine, service
from tests.doctor.online.conftest import MakeWorld
from tests.support.doctor_states import healthy

Handler = Callable[[socket.socket], None]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"


def _silent(_: socket.socket) -> None:
    time.sleep(5)


def _closing(connection: socket.socket) -> None:
    connection.recv(65536)


def _garbage(connection: socket.socket) -> None:
    connection.recv(65536)
    connection.sendall(b"\x00\xff\x1b[31m" * 50)


def _dripping(connection: socket.socket) -> None:
    connection.recv(65536)
    for byte in HEAD:
        connection.send(bytes([byte]))
        time.sleep(0.2)


def _page(connection: socket.socket) -> None:
    connection.recv(65536)
    body = b"<!doctype html><p>Sign in"
    head = b"HTTP/1.1 403 Forbidden\r\nContent-Type: text/html\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
    connection.sendall(head % len(body) + body)


@contextmanager
def _listening(handler: Handler) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                threading.Thread(target=_quietly, args=(handler, connection), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


def _quietly(handler: Handler, connection: socket.socket) -> None:
    """The other side may close the connection first."""
    with connection, suppress(OSError):
        handler(connection)


@pytest.mark.parametrize("name", ["s3", "sts", "dynamodb"])
@pytest.mark.parametrize(
    ("handler", "cause"),
    [
        (_silent, "endpoint-timeout"),
        (_dripping, "endpoint-timeout"),
        (_closing, "endpoint-not-aws"),
        (_garbage, "endpoint-not-aws"),
        (_page, "endpoint-not-aws"),
    ],
)
def test_an_endpoint_that_is_not_of_aws_ends_in_a_diagnosis(
    name: str, handler: Handler, cause: str, world: MakeWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "CONNECT_SECONDS", 0.1)
    backend = world(healthy.both_locks)
    with _listening(handler) as url:
        backend.arguments["endpoints"] = {name: url}
        began = time.monotonic()
        diagnoses, *_ = examine(backend.facts(), try_lock=True, timeout=0.4)
    assert [diagnosis.name for diagnosis in diagnoses] == [cause]
    assert time.monotonic() - began < 15
    assert "\x1b" not in str(diagnoses)


def test_an_endpoint_that_cannot_be_reached_is_asked_once(world: MakeWorld) -> None:
    backend = world(healthy.both_locks)
    shown: list[str] = []
    with _listening(_closing) as url:
        backend.arguments["endpoints"] = {"dynamodb": url}
        examine(backend.facts(), progress=shown.append)
    assert [text for text in shown if text.startswith("dynamodb:")] == ["dynamodb:GetItem"]
