"""Error answers in the three forms of AWS: XML of S3, XML of the query protocol, JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from xml.sax.saxutils import escape


@dataclass(frozen=True)
class Answer:
    """An answer of HTTP."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)

    @classmethod
    def s3(
        cls,
        status: int,
        code: str,
        message: str,
        headers: dict[str, str] | None = None,
        more: dict[str, str] | None = None,
    ) -> Answer:
        """An error of S3. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html"""
        members = {"Code": code, "Message": message, **(more or {}), "RequestId": "4442587FB7D0A2F9"}
        inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in members.items())
        body = f'<?xml version="1.0" encoding="UTF-8"?><Error>{inner}</Error>'.encode()
        return cls(status, body, {"Content-Type": "application/xml", **(headers or {})})

    @classmethod
    def query(cls, status: int, code: str, message: str) -> Answer:
        """An error of STS or IAM."""
        inner = f"<Type>Sender</Type><Code>{code}</Code><Message>{escape(message)}</Message>"
        body = f"<ErrorResponse><Error>{inner}</Error><RequestId>1</RequestId></ErrorResponse>".encode()
        return cls(status, body, {"Content-Type": "text/xml"})

    @classmethod
    def json(cls, status: int, code: str, message: str) -> Answer:
        """An error of DynamoDB or KMS."""
        body = json.dumps({"__type": code, "message": message}).encode()
        return cls(status, body, {"Content-Type": "application/x-amz-json-1.0"})

    def send(self, start_response: Callable[..., Any], *, without_body: bool) -> Iterable[bytes]:
        """Send it; a `HEAD` request gets no body."""
        headers = [*self.headers.items(), ("Content-Length", str(len(self.body)))]
        start_response(f"{self.status} {HTTPStatus(self.status).phrase}", headers)
        return [] if without_body else [self.body]
