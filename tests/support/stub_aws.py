"""An endpoint of AWS on loopback that answers as a test says: the errors of S3, DynamoDB and STS that moto lacks.

Without an answer from the test it is an empty bucket, an empty table and an account.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

_SERVICE = re.compile(r"Credential=[^/]+/\d+/[^/]+/(?P<service>[^/]+)/")


class Answer(NamedTuple):
    """A response."""

    status: int
    body: str = ""
    headers: dict[str, str] = {}  # noqa: RUF012  it is not changed


def s3_error(status: int, code: str, message: str = "", **headers: str) -> Answer:
    """Return the XML of an error of S3."""
    return Answer(status, f"<Error><Code>{code}</Code><Message>{message}</Message></Error>", headers)


def dynamodb_error(code: str, message: str = "") -> Answer:
    """Return the JSON of an error of DynamoDB."""
    return Answer(400, json.dumps({"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": message}))


def sts_error(status: int, code: str, message: str = "") -> Answer:
    """Return the XML of an error of STS."""
    return Answer(
        status, f"<ErrorResponse><Error><Code>{code}</Code><Message>{message}</Message></Error></ErrorResponse>"
    )


_IDENTITY = (
    "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ci</Arn>"
    "<UserId>AIDA</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"
)
_DEFAULTS = {
    "s3:ListObjects": Answer(
        200, "<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>"
    ),
    "s3:GetObject": s3_error(404, "NoSuchKey"),
    "s3:HeadObject": Answer(404),
    "s3:DeleteObject": Answer(204),
    "dynamodb:GetItem": Answer(200, "{}"),
    "dynamodb:PutItem": Answer(200, "{}"),
    "dynamodb:DeleteItem": Answer(200, "{}"),
    "sts:GetCallerIdentity": Answer(200, _IDENTITY),
}


@dataclass
class StubAws:
    """The server.

    Attributes:
        url: its endpoint.
        answers: by service, by operation, such as `s3:GetObject`, or by `s3:GetObject .tflock` for keys that end so.
        asked: the operations that were called.
    """

    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, operation: str, key: str) -> Answer:
        """Return the response to a request."""
        self.asked.append(operation)
        for name, answer in self.answers.items():
            of, _, suffix = name.partition(" ")
            if suffix and of == operation and key.endswith(suffix):
                return answer
        general = self.answers.get(operation) or self.answers.get(operation.partition(":")[0])
        return general or _DEFAULTS.get(operation, Answer(200))


def _operation(request: BaseHTTPRequestHandler, body: bytes) -> tuple[str, str]:
    """Return the operation of a request and the key that it is about."""
    found = _SERVICE.search(request.headers.get("Authorization", ""))
    service = found["service"] if found else "s3"
    if service == "dynamodb":
        sent = json.loads(body)
        item = sent.get("Key") or sent.get("Item") or {}
        return f"dynamodb:{request.headers['X-Amz-Target'].partition('.')[2]}", item.get("LockID", {}).get("S", "")
    if service != "s3":
        return f"{service}:{parse_qs(body.decode())['Action'][0]}", ""
    key = urlsplit(request.path).path.lstrip("/").partition("/")[2]
    verb = {"GET": "Get", "HEAD": "Head", "PUT": "Put", "DELETE": "Delete", "POST": "Post"}[request.command]
    return ("s3:ListObjects" if verb == "Get" and not key else f"s3:{verb}{'Object' if key else 'Bucket'}"), key


@contextmanager
def stub_aws(**answers: Answer) -> Iterator[StubAws]:
    """Provide a server on a free port of loopback."""
    stub = StubAws(answers=dict(answers))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # headers and body in one packet: Terraform fails now and then where the body comes later

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            answer = stub.answer(*_operation(self, body))
            content = b"" if self.command == "HEAD" else answer.body.encode()
            self.send_response(answer.status)
            for name, value in {"Content-Length": str(len(content)), **answer.headers}.items():
                self.send_header(name.replace("_", "-"), value)
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()

        do_GET = do_HEAD = do_PUT = do_DELETE = do_POST = handle_any  # noqa: N815  the names of the base class

        def log_message(self, *_: object) -> None:
            """Write no log."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stub.url = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
