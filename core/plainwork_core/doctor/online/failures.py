"""Why a request has no result: the answer of AWS, or what prevented an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plainwork_core.doctor.online.requests import action_of

UNREACHABLE = {
    "ConnectTimeoutError": "timeout",
    "DeadlineExceeded": "timeout",
    "ReadTimeoutError": "timeout",
    "ProxyConnectionError": "proxy",
    "SSLError": "certificate",
    "ConnectionClosedError": "closed",
    "EndpointConnectionError": "connection",
    "HTTPClientError": "closed",
    "IncompleteReadError": "closed",
    "ResponseStreamingError": "closed",
}
"""What an exception of botocore states about the way to an endpoint."""

_NAME = re.compile(r"NameResolution|Name or service not known|getaddrinfo|Temporary failure in name|nodename nor")
_OBJECT = re.compile(r"<[\w.]+ object at \w+>: |\w+\([^()]*\): ")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_LONGEST = 400
_DENIED = {"AccessDenied", "AccessDeniedException", "Forbidden", "403", "AllAccessDisabled", "UnauthorizedOperation"}
_MISSING = {"404", "NoSuchKey", "NotFound", "NoSuchEntity", "NotFoundException"}


@dataclass(frozen=True)
class Failure:
    """A request without a result.

    Attributes:
        service: such as `s3`.
        operation: such as `HeadBucket`.
        code: the error code of AWS, or the name of an exception.
        message: its text, without control characters and not longer than a few lines.
        status: of HTTP; 0 without an answer.
        way: what is wrong on the way to the endpoint: `timeout`, `connection`, `name`, `certificate`, `proxy`, `closed`
            or `garbage`; empty if AWS answered.
        endpoint: the URL of the request.
        details: other members of the error that AWS sent, such as `Region`.
    """

    service: str
    operation: str
    code: str
    message: str = ""
    status: int = 0
    way: str = ""
    endpoint: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def action(self) -> str:
        """The IAM action that the request requires."""
        return action_of(self.service, self.operation)

    @property
    def is_denied(self) -> bool:
        """Whether AWS denied the request."""
        return not self.way and self.code in _DENIED

    @property
    def is_missing(self) -> bool:
        """Whether the object, entity or key does not exist."""
        return not self.way and self.code in _MISSING

    @property
    def text(self) -> str:
        """The evidence for a report: `s3:HeadBucket: AccessDenied: ...`."""
        return ": ".join(part for part in (f"{self.service}:{self.operation}", self.code, self.message) if part)


EXPIRED_CODES = frozenset({"ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"})
INVALID_CODES = frozenset(
    {"InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken", "UnrecognizedClientException", "InvalidSecurity"}
)
SIGNATURE_CODES = frozenset({"SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature"})
CLOCK_CODES = frozenset({"RequestTimeTooSkewed"})
_CREDENTIAL_CODES = EXPIRED_CODES | INVALID_CODES | SIGNATURE_CODES | CLOCK_CODES


def is_credential_failure(failure: Failure) -> bool:
    """Return whether AWS rejected the credentials, not the request."""
    return failure.code in _CREDENTIAL_CODES


def client_failure(service: str, operation: str, response: Mapping[str, Any], endpoint: str) -> Failure:
    """Return the failure in an error that AWS sent: the `response` of a `ClientError`."""
    error = response.get("Error", {})
    metadata = response.get("ResponseMetadata", {})
    headers = {str(name).lower(): str(value) for name, value in metadata.get("HTTPHeaders", {}).items()}
    region = error.get("Region") or headers.get("x-amz-bucket-region", "")
    return Failure(
        service,
        operation,
        code=clean(str(error.get("Code", ""))),
        message=clean(str(error.get("Message") or response.get("message") or "")),
        status=int(metadata.get("HTTPStatusCode", 0)),
        way="" if _is_of_aws(headers) else "garbage",
        endpoint=endpoint,
        details={"Region": clean(str(region))} if region else {},
    )


def _is_of_aws(headers: Mapping[str, str]) -> bool:
    """Return whether an answer has a header of AWS, or is at least no web page."""
    return any(name.startswith("x-amz") for name in headers) or "html" not in headers.get("content-type", "")


def transport_failure(
    service: str, operation: str, error: BaseException, endpoint: str, *, otherwise: str = "garbage"
) -> Failure:
    """Return the failure of a request that has no answer, or none that can be read: its way is then *otherwise*."""
    name = type(error).__name__
    way = next((UNREACHABLE[base.__name__] for base in type(error).__mro__ if base.__name__ in UNREACHABLE), otherwise)
    reason = str(getattr(error, "kwargs", {}).get("error", "") or error)
    if way == "connection" and _NAME.search(reason):
        way = "name"
    return Failure(service, operation, code=name, message=clean(_OBJECT.sub("", reason)), way=way, endpoint=endpoint)


def clean(text: str) -> str:
    """Return a text of a server for a report: one line, not long, without control characters."""
    line = _CONTROL.sub(" ", text).strip()
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
