"""A moto server in this process that enforces IAM policies for some callers, as AWS does.

Moto's own enforcement has no conditions and denies requests that AWS allows, so it is not used.
"""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib import import_module
from pkgutil import iter_modules
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote
from urllib.request import Request, urlopen

import boto3
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from tests.support import moto_overlays
from tests.support.iam_policy import decide
from tests.support.moto_overlays.s3 import ACCOUNT_ID

OVERLAYS = [import_module(f"{moto_overlays.__name__}.{module.name}") for module in iter_modules(moto_overlays.__path__)]
"""What moto lacks, one module a service, put in place before the server starts and undone when it stops."""

_CREDENTIAL = re.compile(r"Credential=(?P<caller>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
_OBJECT_ACTIONS = {"GET": "s3:GetObject", "HEAD": "s3:GetObject", "PUT": "s3:PutObject", "DELETE": "s3:DeleteObject"}
_DENIALS = {
    "s3": ("403 Forbidden", b"<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"),
    "dynamodb": ("400 Bad Request", b'{"__type": "com.amazon.coral.service#AccessDeniedException"}'),
}

Ask = tuple[str, str, dict[str, str]]
"""An action, its resource and the context of the request."""


@dataclass
class AwsServer:
    """The server.

    Attributes:
        url: its endpoint.
        policies: the policy document of each restricted access key; other keys are allowed every action.
        used: the actions that were allowed for each of those keys.
        key_arn: the KMS key that represents every key in requests to S3; None if no key is checked.
    """

    url: str = ""
    policies: dict[str, dict[str, Any]] = field(default_factory=dict)
    used: dict[str, set[str]] = field(default_factory=dict)
    key_arn: str | None = None

    def client(self, service: str, region: str = "eu-west-1") -> Any:
        """A boto3 client without restrictions."""
        keys = {"aws_access_key_id": "root", "aws_secret_access_key": "root"}
        return boto3.client(service, region, endpoint_url=self.url, **keys)

    def hold(self, caller: str, policy: dict[str, Any]) -> None:
        """Hold an access key to a policy from now on."""
        self.policies[caller], self.used[caller] = policy, set()

    def allows(self, caller: str, ask: Ask) -> bool:
        """Whether a caller may, by its policy."""
        allowed = decide(self.policies[caller], *ask) == "Allow"
        if allowed:
            self.used[caller].add(ask[0])
        return allowed

    def asks(self, environ: dict[str, Any], service: str, region: str) -> list[Ask]:
        """What a request needs to be allowed."""
        if service == "dynamodb":
            return [_dynamodb_ask(environ, region)]
        if service != "s3":
            return []
        bucket, _, key = unquote(environ["PATH_INFO"]).removeprefix("/").partition("/")
        if not key:
            return [list_ask(bucket, parse_qs(environ["QUERY_STRING"]).get("prefix"))]
        asked: list[Ask] = [(_OBJECT_ACTIONS[environ["REQUEST_METHOD"]], f"arn:aws:s3:::{bucket}/{key}", {})]
        kms = {"GET": "kms:Decrypt", "PUT": "kms:GenerateDataKey"}.get(environ["REQUEST_METHOD"])
        if self.key_arn and kms:
            asked.append((kms, self.key_arn, {"kms:ViaService": f"s3.{region}.amazonaws.com"}))
        return asked


def list_ask(bucket: str, prefix: list[str] | None) -> Ask:
    """What listing needs, and what S3 asks for before it says that an object is not there."""
    return ("s3:ListBucket", f"arn:aws:s3:::{bucket}", {"s3:prefix": prefix[0]} if prefix else {})


def _dynamodb_ask(environ: dict[str, Any], region: str) -> Ask:
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    environ["wsgi.input"] = io.BytesIO(body)
    sent = json.loads(body)
    item = sent.get("Key") or sent.get("Item") or {}
    table = f"arn:aws:dynamodb:{region}:{ACCOUNT_ID}:table/{sent['TableName']}"
    action = environ["HTTP_X_AMZ_TARGET"].partition(".")[2]
    return (f"dynamodb:{action}", table, {"dynamodb:LeadingKeys": item["LockID"]["S"]})


class _Enforcing:
    """The application in front of moto's own."""

    def __init__(self, server: AwsServer, app: Callable[..., Iterable[bytes]]) -> None:
        self._server, self._app = server, app

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        if not found or found["caller"] not in self._server.policies:
            return self._app(environ, start_response)
        caller, service = found["caller"], found["service"]
        asks = self._server.asks(environ, service, found["region"])
        if not all([self._server.allows(caller, ask) for ask in asks]):  # noqa: C419  all of them are recorded
            status, body = _DENIALS[service]
            start_response(status, [("Content-Length", str(len(body)))])
            return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
        return self._app(environ, self._hiding(caller, environ, start_response) if service == "s3" else start_response)

    def _hiding(self, caller: str, environ: dict[str, Any], start_response: Callable[..., Any]) -> Callable[..., Any]:
        """S3 says that an object is not there only to those who may list the bucket."""

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            bucket = environ["PATH_INFO"].split("/")[1]
            if status.startswith("404") and not self._server.allows(caller, list_ask(bucket, None)):
                return start_response("403 Forbidden", headers, *rest)
            return start_response(status, headers, *rest)

        return start


@contextmanager
def aws_server() -> Iterator[AwsServer]:
    """A server with nothing in it, on a free port of loopback."""
    with pytest.MonkeyPatch.context() as patch:
        for overlay in OVERLAYS:
            overlay.lay(patch)
        server = AwsServer()
        app = _Enforcing(server, DomainDispatcherApplication(create_backend_app))
        listening = make_server("127.0.0.1", 0, app, threaded=True)
        server.url = f"http://127.0.0.1:{listening.server_port}"
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        urlopen(Request(f"{server.url}/moto-api/reset", method="POST"), timeout=60).close()
        try:
            yield server
        finally:
            listening.shutdown()
            thread.join()
