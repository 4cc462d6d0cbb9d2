"""One AWS service, asked with boto3: each request has an end, and none writes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any

from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from plainwork_core.doctor.online.deadline import DeadlineExceeded, deadline
from plainwork_core.doctor.online.failures import Failure, client_failure, transport_failure
from plainwork_core.doctor.online.requests import LOCK_WRITES, READS

CONNECT_SECONDS = 3
READ_SECONDS = 5
ATTEMPTS = 2
DOWNLOAD_SECONDS = 60
LARGEST = 64 * 1024 * 1024
"""The size of the largest object that is read, in bytes."""

Answer = Mapping[str, Any] | Failure
_TRANSPORT = (
    BotoCoreError,
    ResponseParserError,
    HTTPException,
    OSError,
    ValueError,
    KeyError,
    AttributeError,
    TypeError,
)
"""What botocore raises for a connection that fails and for an answer that is not of AWS."""


def limited(read_seconds: float) -> Config:
    """Return the configuration of a client whose requests have an end."""
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=read_seconds,
        retries={"total_max_attempts": ATTEMPTS, "mode": "standard"},
    )


@dataclass
class Service:
    """A client of one service in one Region.

    A service that cannot be reached is asked once: each further request has the same failure, without a wait.

    Attributes:
        name: such as `s3`.
        client: of boto3.
        on_request: called with the text of each request before it is made.
        read_seconds: how long an answer may take.
        statuses: the first HTTP status of each operation, before botocore follows a redirect.
    """

    name: str
    client: Any
    on_request: Callable[[str], None] = lambda _: None
    read_seconds: float = READ_SECONDS
    statuses: dict[str, int] = field(default_factory=dict)
    _unreachable: Failure | None = None

    def __post_init__(self) -> None:
        """Note the status of the first answer to each operation."""
        self.client.meta.events.register(f"response-received.{self.name}", self._note_status)

    @property
    def region(self) -> str:
        """The Region of the client."""
        return str(self.client.meta.region_name)

    @property
    def endpoint(self) -> str:
        """The URL of the endpoint."""
        return str(self.client.meta.endpoint_url)

    def ask(self, operation: str, **parameters: Any) -> Answer:
        """Return the answer to an operation that reads."""
        if operation not in READS[self.name]:
            raise KeyError(f"{self.name}:{operation} does not only read")
        return self._call(operation, parameters)

    def write_lock(self, operation: str, **parameters: Any) -> Answer:
        """Return the answer to an operation of Terraform's lock."""
        if operation not in LOCK_WRITES[self.name] or not _is_of_lock(parameters):
            raise KeyError(f"{self.name}:{operation} is not a request of the lock")
        return self._call(operation, parameters)

    def download(self, **parameters: Any) -> Answer:
        """Return the answer to `GetObject`, with the bytes as `Body` and their MD5 as `MD5`.

        `Body` is `None` if the object is larger than `LARGEST`.
        """
        answer = self.ask("GetObject", **parameters)
        if isinstance(answer, Failure):
            return answer
        stream = answer["Body"]
        try:
            with deadline(DOWNLOAD_SECONDS):
                body = stream.read(LARGEST + 1)
            stream.close()
        except (*_TRANSPORT, DeadlineExceeded) as error:
            return transport_failure(self.name, "GetObject", error, self.endpoint)
        if len(body) > LARGEST:
            return {**answer, "Body": None}
        return {**answer, "Body": body, "MD5": hashlib.md5(body, usedforsecurity=False).hexdigest()}

    def _call(self, operation: str, parameters: Mapping[str, Any]) -> Answer:
        if self._unreachable:
            return Failure(
                self.name,
                operation,
                code=self._unreachable.code,
                message=self._unreachable.message,
                way=self._unreachable.way,
                endpoint=self.endpoint,
            )
        self.on_request(f"{self.name}:{operation}")
        try:
            with deadline(ATTEMPTS * (CONNECT_SECONDS + self.read_seconds) + 1):
                answer: Mapping[str, Any] = getattr(self.client, xform_name(operation))(**parameters)
        except ClientError as error:
            return client_failure(self.name, operation, error.response, self.endpoint)
        except (*_TRANSPORT, DeadlineExceeded) as error:
            failure = transport_failure(self.name, operation, error, self.endpoint)
            if failure.way:
                self._unreachable = failure
            return failure
        return answer

    def _note_status(self, response_dict: Mapping[str, Any] | None, **_: Any) -> None:
        """Note the status of an answer; a request without one has no *response_dict*."""
        if response_dict is None:
            return
        name = response_dict.get("context", {}).get("operation_name", "")
        self.statuses.setdefault(str(name), int(response_dict.get("status_code", 0)))


def _is_of_lock(parameters: Mapping[str, Any]) -> bool:
    """Return whether a request is about a lock file or the item of a lock: neither a state nor a digest."""
    item = parameters.get("Item") or parameters.get("Key")
    if isinstance(item, dict):
        return not str(item["LockID"]["S"]).endswith("-md5")
    return str(item).endswith(".tflock")
