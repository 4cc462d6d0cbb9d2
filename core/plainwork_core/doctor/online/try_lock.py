"""`--try-lock`: acquires and releases the lock as Terraform does, also if the process is told to end."""

from __future__ import annotations

import getpass
import json
import signal
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from plainwork_core import __version__
from plainwork_core.doctor.online.answers import Answers, TryLock, found
from plainwork_core.doctor.online.collect import customer_key
from plainwork_core.doctor.online.connection import Connection
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.lock_info import DOCTOR_OPERATION, lock_info

FILE, TABLE = "lock file", "lock table"
_SIGNALS = [number for name in ("SIGINT", "SIGTERM", "SIGHUP") if (number := getattr(signal, name, None))]


def try_lock(connection: Connection, answers: Answers) -> TryLock | None:
    """Acquire and release the locks that the backend uses; return what happened, None if there is none to acquire.

    A lock that is held is not touched.
    """
    kinds = [kind for kind, used in ((FILE, answers.uses_lock_file), (TABLE, bool(answers.table_name))) if used]
    if not kinds or answers.file_lock or answers.table_lock:
        return None
    attempt = _Attempt(connection, answers, TryLock(str(uuid.uuid4())))
    with _deferred_signals() as signals:
        try:
            attempt.acquire(kinds, signals)
        finally:
            attempt.release()
    if signals:
        raise SystemExit(128 + signals[0])
    return attempt.result


class _Attempt:
    """The requests of one lock, which are those of Terraform."""

    def __init__(self, connection: Connection, answers: Answers, result: TryLock) -> None:
        self._connection, self._answers, self.result = connection, answers, result
        self._requested: list[str] = []
        self._content = _content(answers, result.id)

    def acquire(self, kinds: list[str], signals: list[int]) -> None:
        """Acquire the lock of each kind; stop at the first failure, as Terraform does, and after one of *signals*."""
        for kind in kinds:
            if signals:
                return
            self._requested.append(kind)
            answer = self._put_file() if kind == FILE else self._put_item()
            if isinstance(answer, Failure):
                self.result.failures[f"acquire {kind}"] = answer
                return
            self.result.taken.append(kind)
        if FILE in kinds and not (self._answers.is_aws or signals):
            second = self._put_file()
            self.result.is_overwritten = not isinstance(second, Failure)
            self.result.is_exclusive = isinstance(second, Failure) and second.status == HTTPStatus.PRECONDITION_FAILED

    def release(self) -> None:
        """Release each lock that was requested, also if its answer was lost, if it has the ID of this attempt."""
        for kind in self._requested:
            if not self._is_ours(kind):
                if kind in self.result.taken:
                    self.result.left.append(kind)
                continue
            answer = self._delete_file() if kind == FILE else self._delete_item()
            if isinstance(answer, Failure):
                self.result.failures[f"release {kind}"] = answer
                self.result.left.append(kind)

    def _is_ours(self, kind: str) -> bool:
        if kind == FILE:
            answer: Any = self._connection.service("s3").download(**self._file, **customer_key(self._answers))
            content = found(answer).get("Body") or b""
        else:
            table = self._connection.service("dynamodb")
            item = table.ask("GetItem", TableName=self._answers.table_name, Key=self._item_key, ConsistentRead=True)
            content = str(found(item).get("Item", {}).get("Info", {}).get("S", ""))
        return lock_info(content).id == self.result.id

    @property
    def _file(self) -> dict[str, str]:
        return {"Bucket": self._answers.bucket_name, "Key": self._answers.lock_file_key}

    @property
    def _item_key(self) -> dict[str, Any]:
        return {"LockID": {"S": self._answers.lock_id}}

    def _put_file(self) -> Any:
        return self._connection.service("s3").write_lock(
            "PutObject",
            **self._file,
            **_encryption(self._answers),
            Body=self._content.encode(),
            ContentType="application/json",
            IfNoneMatch="*",
        )

    def _put_item(self) -> Any:
        return self._connection.service("dynamodb").write_lock(
            "PutItem",
            TableName=self._answers.table_name,
            Item={**self._item_key, "Info": {"S": self._content}},
            ConditionExpression="attribute_not_exists(LockID)",
        )

    def _delete_file(self) -> Any:
        return self._connection.service("s3").write_lock("DeleteObject", **self._file)

    def _delete_item(self) -> Any:
        return self._connection.service("dynamodb").write_lock(
            "DeleteItem", TableName=self._answers.table_name, Key=self._item_key
        )


def _content(answers: Answers, lock_id: str) -> str:
    """Return the lock as Terraform writes it; its operation names the doctor."""
    return json.dumps(
        {
            "ID": lock_id,
            "Operation": DOCTOR_OPERATION,
            "Info": "",
            "Who": f"{_user()}@{socket.gethostname()}",
            "Version": __version__,
            "Created": f"{answers.now:%Y-%m-%dT%H:%M:%S.%f}Z",
            "Path": answers.lock_id,
        }
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _encryption(answers: Answers) -> dict[str, str]:
    """Return the parameters of a write that `encrypt`, `kms_key_id`, `sse_customer_key` and `acl` set."""
    facts = answers.facts
    acl = {"ACL": facts.text("acl")} if facts.text("acl") else {}
    checksum = {} if facts.is_true("skip_s3_checksum") else {"ChecksumAlgorithm": "SHA256"}
    if not facts.is_true("encrypt"):
        return acl | checksum
    if key := facts.text("kms_key_id"):
        return acl | checksum | {"ServerSideEncryption": "aws:kms", "SSEKMSKeyId": key}
    return acl | checksum | (customer_key(answers) or {"ServerSideEncryption": "AES256"})


@contextmanager
def _deferred_signals() -> Iterator[list[int]]:
    """Provide a list of the signals that told the process to end meanwhile.

    A request that is under way is not interrupted: whether AWS has carried it out would not be known. Each has a
    timeout. Python allows to handle signals in the main thread only.
    """
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield received
        return
    before = {number: signal.signal(number, lambda signum, _: received.append(signum)) for number in _SIGNALS}
    try:
        yield received
    finally:
        for number, previous in before.items():
            signal.signal(number, previous)
