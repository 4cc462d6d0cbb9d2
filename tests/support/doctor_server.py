"""A moto server that answers as AWS does where moto does not: Regions, owners, keys, policies, credentials.

Each part states the page of AWS with the answer. The server records every request.
"""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, unquote
from urllib.request import Request, urlopen

import boto3
import pytest
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import make_server

from tests.support.aws_answers import Answer
from tests.support.aws_denials import denied_by_policies
from tests.support.aws_objects import object_answer
from tests.support.moto_overlays import s3

ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"
_CREDENTIAL = re.compile(r"Credential=(?P<key>[^/]+)/\d+/(?P<region>[^/]+)/(?P<service>[^/]+)/")
_BUCKET_READS = {
    "versions": "ListObjectVersions",
    "versioning": "GetBucketVersioning",
    "encryption": "GetBucketEncryption",
    "policy": "GetBucketPolicy",
    "publicAccessBlock": "GetPublicAccessBlock",
    "replication": "GetBucketReplication",
    "location": "GetBucketLocation",
}
_OBJECTS = {"GET": "GetObject", "HEAD": "HeadObject", "PUT": "PutObject", "DELETE": "DeleteObject"}
_KEY_CODES = {
    "ExpiredToken": ("The provided token has expired.", "The security token included in the request is expired"),
    "InvalidClientTokenId": (
        "The AWS Access Key Id you provided does not exist in our records.",
        "The security token included in the request is invalid.",
    ),
    "SignatureDoesNotMatch": (
        "The request signature we calculated does not match the signature you provided.",
        "The request signature we calculated does not match the signature you provided.",
    ),
    "RequestTimeTooSkewed": (
        "The difference between the request time and the current time is too large.",
        "Signature expired: 20261130T000000Z is now earlier than 20261130T010000Z",
    ),
}
"""What S3 and STS answer to credentials that they reject.

https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
"""
_CODES_OF_STS = {"RequestTimeTooSkewed": "SignatureDoesNotMatch"}
_CODES_OF_S3 = {"InvalidClientTokenId": "InvalidAccessKeyId"}


@dataclass(frozen=True)
class Call:
    """A request to the server.

    Attributes:
        service: such as `s3`.
        operation: such as `HeadBucket`.
        region: that it is signed for.
        key: the access key.
        bucket: of S3.
        path: the key of an object.
        headers: in lower case.
        body: what was sent.
    """

    service: str
    operation: str
    region: str
    key: str
    bucket: str
    path: str
    headers: dict[str, str]
    query: dict[str, list[str]]
    body: bytes

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation}"


@dataclass
class DoctorServer:
    """The server.

    Attributes:
        url: its endpoint.
        calls: the requests.
        rejected: the access keys that AWS rejects, with the code.
        owners: the buckets of other accounts, with the account.
        replication: the replication status of objects.
        answers: what is answered to an operation instead of moto's answer.
        pauses: the operations that are answered late, with the seconds.
        has_conditional_writes: whether `If-None-Match` is honored.
    """

    url: str = ""
    calls: list[Call] = field(default_factory=list)
    rejected: dict[str, str] = field(default_factory=dict)
    owners: dict[str, str] = field(default_factory=dict)
    replication: dict[str, str] = field(default_factory=dict)
    answers: dict[str, Answer] = field(default_factory=dict)
    pauses: dict[str, float] = field(default_factory=dict)
    has_conditional_writes: bool = True

    def client(self, service: str, region: str = REGION) -> Any:
        """A boto3 client without restrictions."""
        keys = {"aws_access_key_id": "root", "aws_secret_access_key": "root"}
        return boto3.client(service, region, endpoint_url=self.url, **keys)

    def reset(self) -> None:
        """Forget everything."""
        urlopen(Request(f"{self.url}/moto-api/reset", method="POST"), timeout=60).close()
        for part in (self.calls, self.rejected, self.owners, self.replication, self.answers, self.pauses):
            part.clear()
        self.has_conditional_writes = True

    def rejects_conditional_writes(self) -> None:
        """Answer as a store without conditional writes that tells so."""
        text = "A header you provided implies functionality that is not implemented"
        self.answers["s3:PutObject"] = Answer.s3(501, "NotImplemented", text)

    def echo(self, text: str) -> Answer:
        """An error with *text*."""
        return Answer.query(403, "ExpiredToken", text)

    def hide_bucket(self) -> None:
        """Show no bucket of the account."""
        names = "<Owner><ID>1</ID></Owner><Buckets></Buckets>"
        body = f"<ListAllMyBucketsResult>{names}</ListAllMyBucketsResult>".encode()
        self.answers["s3:ListBuckets"] = Answer(200, body, {"Content-Type": "application/xml"})

    def answer(self, call: Call) -> Answer | None:
        """What AWS answers where moto answers otherwise; None for moto's answer."""
        if call.key in self.rejected:
            return _rejection(call, self.rejected[call.key])
        if call.name in self.answers:
            return self.answers[call.name]
        if call.service == "s3" and call.bucket:
            return _of_bucket(call, self.owners) or denied_by_policies(call, self.owners) or object_answer(call)
        return denied_by_policies(call, self.owners)


def _rejection(call: Call, code: str) -> Answer:
    of_s3, of_sts = _KEY_CODES[code]
    if call.service == "s3":
        name = _CODES_OF_S3.get(code, code)
        return Answer.s3(400 if code == "ExpiredToken" else 403, name, of_s3)
    if call.service in ("dynamodb", "kms"):
        return Answer.json(400, f"{code}Exception", of_sts)
    return Answer.query(403, _CODES_OF_STS.get(code, code), of_sts)


def _of_bucket(call: Call, owners: dict[str, str]) -> Answer | None:
    """What S3 answers in another Region, and to a request that expects another owner.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/Redirects.html
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
    """
    from moto.s3.models import s3_backends  # noqa: PLC0415  it takes a second

    bucket = s3_backends[ACCOUNT_ID]["aws"].buckets.get(call.bucket)
    if bucket is None:
        return None
    region = {"x-amz-bucket-region": bucket.region_name}
    if bucket.region_name != call.region:
        text = "The bucket you are attempting to access must be addressed using the specified endpoint."
        return Answer.s3(301, "PermanentRedirect", text, region, {"Endpoint": f"{call.bucket}.s3.amazonaws.com"})
    expected = call.headers.get("x-amz-expected-bucket-owner")
    if expected and expected != owners.get(call.bucket, ACCOUNT_ID):
        return Answer.s3(403, "AccessDenied", "Access Denied", region)
    return None


def _call(environ: dict[str, Any]) -> Call:
    length = int(environ.get("CONTENT_LENGTH") or 0)
    body = environ["wsgi.input"].read(length) if length else b""
    environ["wsgi.input"] = io.BytesIO(body)
    found = _CREDENTIAL.search(environ.get("HTTP_AUTHORIZATION", ""))
    key, region, service = found.group("key", "region", "service") if found else ("", "", "sts")
    headers = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    query = parse_qs(environ["QUERY_STRING"], keep_blank_values=True)
    bucket, _, path = (
        unquote(environ["PATH_INFO"]).removeprefix("/").partition("/") if service == "s3" else ("", "", "")
    )
    if service == "s3":
        operation = _operation_of_s3(environ["REQUEST_METHOD"], bucket, path, query)
    elif target := headers.get("x-amz-target"):
        operation = target.rpartition(".")[2]
    else:
        operation = parse_qs(body.decode("latin-1")).get("Action", [""])[0]
    return Call(service, operation, region, key, bucket, path, headers, query, body)


def _operation_of_s3(method: str, bucket: str, path: str, query: dict[str, list[str]]) -> str:
    if path:
        return _OBJECTS.get(method, method)
    if not bucket:
        return "ListBuckets"
    read = next((name for part, name in _BUCKET_READS.items() if part in query), "")
    if method == "GET":
        return read or "ListObjectsV2"
    return "HeadBucket" if method == "HEAD" else f"{method}:{read}"


def _served(server: DoctorServer, app: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith("/moto-api"):
            return app(environ, start_response)
        call = _call(environ)
        if call.key == "root":
            return app(environ, start_response)
        server.calls.append(call)
        time.sleep(server.pauses.get(call.name, 0))
        answer = server.answer(call)
        if answer is not None:
            return answer.send(start_response, without_body=environ["REQUEST_METHOD"] == "HEAD")
        if not server.has_conditional_writes:
            environ.pop("HTTP_IF_NONE_MATCH", None)
        return app(environ, _with_replication(server, call, start_response))

    return application


def _with_replication(server: DoctorServer, call: Call, start_response: Callable[..., Any]) -> Callable[..., Any]:
    """Moto has no replication status. https://docs.aws.amazon.com/AmazonS3/latest/userguide/replication-status.html"""
    status = server.replication.get(call.path)
    if status is None or call.operation not in ("GetObject", "HeadObject"):
        return start_response
    return lambda code, headers, *rest: start_response(code, [*headers, ("x-amz-replication-status", status)], *rest)


@contextmanager
def doctor_server() -> Iterator[DoctorServer]:
    """A server with nothing in it, on a free port of loopback."""
    server = DoctorServer()
    app = _served(server, DomainDispatcherApplication(create_backend_app))
    with pytest.MonkeyPatch.context() as patch:
        s3.lay(patch)
        listening = make_server("127.0.0.1", 0, app, threaded=True)
        server.url = f"http://127.0.0.1:{listening.server_port}"
        thread = Thread(target=listening.serve_forever, daemon=True)
        thread.start()
        try:
            server.reset()
            yield server
        finally:
            listening.shutdown()
            thread.join()


def body_of(call: Call) -> dict[str, Any]:
    """The JSON of a request to DynamoDB or KMS."""
    return dict(json.loads(call.body or b"{}"))
