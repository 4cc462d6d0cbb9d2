"""A server that records the calls of Terraform and rejects most of them, so that one apply shows every creation.

Route 53 and one bucket answer as moto does: the provider tags these resources after their creation. So do the reads of
Amazon EC2 and Elastic Load Balancing, by which the provider finds that a resource does not exist.
"""

from __future__ import annotations

import gzip
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

import botocore
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

_CREDENTIAL = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/")
BUCKET = "tagged"
"""The bucket that can be created."""
_PREFIXES = {"monitoring": "cloudwatch", "email": "ses"}
"""Signing names that are not the prefix of the actions."""
_MODELS = {
    "elasticfilesystem": "efs",
    "es": "opensearch",
    "states": "stepfunctions",
}
"""Models of botocore by signing name, of services whose operation is in the path of the request."""
_ACTIONS = {
    "cloudfront:CreateDistributionWithTags": "cloudfront:CreateDistribution",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutBucketNotificationConfiguration": "s3:PutBucketNotification",
    "s3:PutBucketReplication": "s3:PutReplicationConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
"""Actions whose name is not that of the operation."""
_PARAMETER = re.compile(r"\{[^}+]*(\+?)\}")
_READ = ("ec2", "elasticloadbalancing")
"""Services whose reads moto answers."""
_VALID = {"ValidateStateMachineDefinition": {"result": "OK", "diagnostics": []}}
"""Answers that a plan needs."""


@dataclass(frozen=True)
class Call:
    """One call.

    Attributes:
        action: that authorizes it, such as `ec2:RunInstances`.
        text: what it sends.
    """

    action: str
    text: str


@dataclass
class Recorder:
    """The server.

    Attributes:
        url: its endpoint.
        calls: what it has received.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Record a request, and answer it."""
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = io.BytesIO(body)
        found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
        service = found["service"] if found else ""
        operation = _operation(service, environ, body.decode("latin1"))
        action = f"{_PREFIXES.get(service, service)}:{operation}"
        text = body.decode("latin1") + environ.get("HTTP_X_AMZ_TAGGING", "")
        self.calls.append(Call(_ACTIONS.get(action, action), text))
        is_read = service in _READ and operation.startswith("Describe")
        if is_read or service == "route53" or environ["PATH_INFO"] == f"/{BUCKET}":
            return _moto()(environ, start_response)
        is_valid = operation in _VALID
        start_response("200 OK" if is_valid else "400 Bad Request", [("Content-Type", "application/x-amz-json-1.0")])
        return [json.dumps(_VALID.get(operation, {"__type": "ValidationException"})).encode()]


@contextmanager
def recorder() -> Iterator[Recorder]:
    """A server on a free port of loopback."""
    server = Recorder()
    listening = make_server("127.0.0.1", 0, server, threaded=True)
    server.url = f"http://127.0.0.1:{listening.server_port}"
    thread = Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        thread.join()


def _operation(service: str, environ: dict[str, Any], body: str) -> str:
    if target := environ.get("HTTP_X_AMZ_TARGET"):
        return target.rpartition(".")[2]
    query = environ["QUERY_STRING"]
    for named in (parse_qs(body).get("Action"), parse_qs(query).get("x-id")):
        if named:
            return named[0]
    path = environ["PATH_INFO"].rstrip("/")
    for name, method, pattern, parameters in _routes(_MODELS.get(service, service)):
        if (
            method == environ["REQUEST_METHOD"]
            and pattern.fullmatch(path)
            and parameters <= {part.rstrip("=") for part in query.split("&")}
        ):
            return name
    return f"{environ['REQUEST_METHOD']} {path}"


@cache
def _routes(model: str) -> list[tuple[str, str, re.Pattern[str], set[str]]]:
    """The operations of a service with method, path and fixed parameters; those with the most parameters first."""
    files = sorted(Path(botocore.__file__).parent.glob(f"data/{model}/*/service-2.json.gz"))
    if not files:
        return []
    operations = json.loads(gzip.decompress(files[-1].read_bytes()))["operations"]
    found = []
    for name, operation in operations.items():
        if operation.get("deprecated"):
            continue
        path, _, query = operation["http"]["requestUri"].partition("?")
        pattern = re.compile(_PARAMETER.sub(lambda part: ".+" if part[1] else "[^/]+", path.rstrip("/")))
        found.append((name, operation["http"]["method"], pattern, {*filter(None, query.split("&"))}))
    return sorted(found, key=lambda route: -len(route[3]))


@cache
def _moto() -> Any:
    return DomainDispatcherApplication(create_backend_app)
