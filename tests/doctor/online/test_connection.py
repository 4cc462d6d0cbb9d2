"""The doctor connects as Terraform's S3 backend does: proxies, certificates, roles, profiles."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online import examine
from plainwork_core.doctor.online.proxies import proxies
from plainwork_core.doctor.settings import Origin, Setting
from tests.doctor.online.conftest import MakeWorld
from tests.support.certificates import write_certificate
from tests.support.doctor_server import DoctorServer
from tests.support.doctor_states import healthy

HTTP, HTTPS = "http://proxy.acme.example:3128", "http://tls.acme.example:3128"


def _facts(**arguments: Any) -> BackendFacts:
    settings = {name: Setting(name, value, Origin.BLOCK, "main.tf:1") for name, value in arguments.items()}
    return BackendFacts(source=".", directory=Path(), type="s3", now=datetime.now(UTC), settings=settings)


@pytest.fixture(autouse=True)
def without_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.mark.parametrize(
    ("arguments", "url", "expected"),
    [
        ({}, "https://s3.eu-west-1.amazonaws.com", None),
        ({"http_proxy": HTTP}, "https://s3.eu-west-1.amazonaws.com", {"http": HTTP, "https": HTTP}),
        ({"https_proxy": HTTPS}, "https://s3.eu-west-1.amazonaws.com", {"https": HTTPS}),
        ({"http_proxy": HTTP, "https_proxy": HTTPS}, "https://sts.amazonaws.com", {"http": HTTP, "https": HTTPS}),
        ({"http_proxy": HTTP}, "http://127.0.0.1:5000", {}),
        ({"http_proxy": HTTP}, "http://localhost:5000", {}),
        ({"http_proxy": HTTP, "no_proxy": "amazonaws.com"}, "https://s3.eu-west-1.amazonaws.com", {}),
        ({"http_proxy": HTTP, "no_proxy": ".amazonaws.com"}, "https://s3.eu-west-1.amazonaws.com", {}),
        ({"http_proxy": HTTP, "no_proxy": ".acme.example"}, "https://acme.example", {"http": HTTP, "https": HTTP}),
        ({"http_proxy": HTTP, "no_proxy": "10.0.0.0/8"}, "http://10.1.2.3:9000", {}),
        ({"http_proxy": HTTP, "no_proxy": "10.1.2.3:9000"}, "http://10.1.2.3:9001", {"http": HTTP, "https": HTTP}),
        ({"http_proxy": HTTP, "no_proxy": "*"}, "https://s3.eu-west-1.amazonaws.com", {}),
    ],
)
def test_the_proxy_is_that_of_terraform(arguments: dict[str, str], url: str, expected: dict[str, str] | None) -> None:
    """https://pkg.go.dev/golang.org/x/net/http/httpproxy#Config"""
    assert proxies(_facts(**arguments), url) == expected


@pytest.mark.parametrize(("excluded", "hosts"), [("", {"s3.acme.example"}), ("acme.example", set())])
def test_requests_go_through_the_proxy_unless_excluded(
    excluded: str, hosts: set[str], world: MakeWorld, server: DoctorServer
) -> None:
    backend = world(healthy.lock_file)
    backend.arguments |= {"http_proxy": server.url, "endpoints": {"s3": "http://s3.acme.example"}}
    backend.arguments |= {"no_proxy": excluded} if excluded else {}
    server.calls.clear()
    diagnoses, *_ = examine(backend.facts())
    assert {call.headers["host"] for call in server.calls if call.service == "s3"} == hosts
    assert ("endpoint-name-unresolved" in {found.name for found in diagnoses}) == bool(excluded)


@pytest.fixture
def tls(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A moto server with a certificate of a private authority, and the certificate."""
    pem, key = write_certificate(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    app = DomainDispatcherApplication(create_backend_app)
    server = make_server("127.0.0.1", 0, app, threaded=True, ssl_context=context)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}", pem
    server.shutdown()
    thread.join()


def test_a_certificate_of_a_private_authority_requires_the_bundle(world: MakeWorld, tls: tuple[str, Path]) -> None:
    url, pem = tls
    backend = world(healthy.lock_file)
    backend.arguments["endpoints"] = {"s3": url}
    assert [found.name for found in examine(backend.facts())[0]] == ["endpoint-certificate-untrusted"]
    backend.arguments["custom_ca_bundle"] = str(pem)
    assert examine(backend.facts())[0] == []


def test_the_role_is_assumed_with_all_arguments(world: MakeWorld, server: DoctorServer) -> None:
    backend = world(healthy.assumed_role_with_policy)
    backend.arguments["assume_role"] |= {"external_id": "web", "duration": "1h30m", "session_name": "ci"}
    server.calls.clear()
    examine(backend.facts())
    sent = next(call.body.decode() for call in server.calls if call.name == "sts:AssumeRole")
    for part in ("ExternalId=web", "DurationSeconds=5400", "RoleSessionName=ci", "Tags.member.1.Key=Team", "Policy="):
        assert part in sent


def test_a_profile_precedes_the_environment(
    world: MakeWorld, server: DoctorServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = world(healthy.profile)
    backend.write_aws("credentials", "[dev]\naws_access_key_id = of-profile\naws_secret_access_key = testing\n")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "of-environment")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    server.calls.clear()
    examine(backend.facts())
    assert {call.key for call in server.calls} == {"of-profile"}


def test_a_credential_process_of_the_configuration_is_not_run(world: MakeWorld) -> None:
    """A file that the backend block names may be of the repository."""
    backend = world(healthy.profile)
    run = backend.directory / "run"
    backend.directory.joinpath("config").write_text(f"[profile dev]\ncredential_process = touch {run}\n")
    backend.directory.joinpath(".aws", "credentials").unlink()
    backend.arguments["shared_config_files"] = [str(backend.directory / "config")]
    diagnoses, *_ = examine(backend.facts())
    assert {found.name for found in diagnoses} == {"credentials-missing"}
    assert not run.exists()
