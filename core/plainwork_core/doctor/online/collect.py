"""The requests about bucket, state, locks, lock table and key, in an order in which each uses what is known."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from plainwork_core.aws.s3_backend import DEFAULT_WORKSPACE_KEY_PREFIX
from plainwork_core.doctor.online.answers import Answer, Answers, StateVersion, failure, found
from plainwork_core.doctor.online.connection import Connection
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.online.key import ask_key
from plainwork_core.doctor.online.lock_info import lock_info
from plainwork_core.doctor.online.service import Service

BUCKET_SETTINGS = (
    "GetBucketVersioning",
    "GetBucketEncryption",
    "GetPublicAccessBlock",
    "GetBucketPolicy",
    "GetBucketReplication",
)
BLOCK_FLAGS = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
REREAD_SECONDS = 1.0
_MOST_REREADS = 2
_NEWEST_VERSIONS = 4
_HEAD_BYTES = 2047
_MEMBER = re.compile(r'"(version|serial|lineage|terraform_version)"\s*:\s*("(?:[^"\\]|\\.)*"|\d+)')


def collect(connection: Connection, answers: Answers) -> None:
    """Make the requests, and note the answers."""
    s3 = connection.service("s3")
    if not _ask_bucket(s3, answers):
        return
    _ask_state(s3, answers)
    _ask_locks(connection, s3, answers)
    for _ in range(_MOST_REREADS):
        if not _is_in_motion(answers):
            break
        time.sleep(REREAD_SECONDS)
        _ask_state(s3, answers)
        _ask_locks(connection, s3, answers)
    _ask_lock_table(connection, answers)
    for operation in BUCKET_SETTINGS:
        answers.settings[operation] = s3.ask(operation, Bucket=answers.bucket_name)
    _ask_account_block(connection, answers)
    _ask_versions(s3, answers)
    ask_key(connection, answers)


def _ask_bucket(s3: Service, answers: Answers) -> bool:
    """Return whether there is a bucket that may answer further requests."""
    name = answers.bucket_name
    answers.bucket = s3.ask("HeadBucket", Bucket=name)
    answers.bucket_status = s3.statuses.get("HeadBucket", 0)
    headers = found(answers.bucket).get("ResponseMetadata", {}).get("HTTPHeaders", {})
    failed = failure(answers.bucket)
    answers.bucket_region = failed.details.get("Region", "") if failed else headers.get("x-amz-bucket-region", "")
    if failed and (failed.way or failed.status == HTTPStatus.NOT_FOUND):
        return False
    answers.workspaces = _workspaces(s3, answers)
    listed = failure(answers.workspaces)
    if listed and not listed.is_denied:
        return False
    if failed:
        answers.own_buckets = s3.ask("ListBuckets", Prefix=name, MaxBuckets=10)
    elif answers.account:
        answers.owned = s3.ask("HeadBucket", Bucket=name, ExpectedBucketOwner=answers.account)
    return True


def _workspaces(s3: Service, answers: Answers) -> Mapping[str, Any] | Failure:
    """Return the list of the workspaces, as Terraform requests it; its errors have a text, those of `HEAD` do not."""
    prefix = answers.facts.value("workspace_key_prefix", DEFAULT_WORKSPACE_KEY_PREFIX)
    answer = s3.ask("ListObjectsV2", Bucket=answers.bucket_name, Prefix=f"{prefix}/" if prefix else "", MaxKeys=1000)
    if isinstance(answer, Failure) or answer.get("Name"):
        return answer
    text = "the answer is no list of objects"
    return Failure("s3", "ListObjectsV2", "InvalidAnswer", text, way="garbage", endpoint=s3.endpoint)


def _ask_state(s3: Service, answers: Answers) -> None:
    answers.state = s3.download(Bucket=answers.bucket_name, Key=answers.state_key, **customer_key(answers))
    if isinstance(answers.state, Failure):
        answers.listing = s3.ask("ListObjectsV2", Bucket=answers.bucket_name, Prefix=answers.state_key, MaxKeys=2)
    else:
        answers.head = _head(answers.state.get("Body") or b"")
        answers.state = {**answers.state, "Body": None, "IsState": _is_state(answers.state.get("Body"))}


def customer_key(answers: Answers) -> dict[str, str]:
    """Return the parameters of a request for an object that a key of the customer encrypts (SSE-C)."""
    key = answers.facts.text("sse_customer_key")
    if not key or not answers.facts.is_true("encrypt"):
        return {}
    try:
        raw = base64.b64decode(key, validate=True)
    except ValueError:
        return {}
    md5 = base64.b64encode(hashlib.md5(raw, usedforsecurity=False).digest()).decode()
    return {"SSECustomerAlgorithm": "AES256", "SSECustomerKey": key, "SSECustomerKeyMD5": md5}


def _is_state(body: bytes | None) -> bool | None:
    """Return whether *body* is a state; None if it was not read."""
    if body is None:
        return None
    try:
        read = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(read, dict) and ("version" in read or "encrypted_data" in read)


def _head(body: bytes) -> dict[str, Any]:
    """Return the first members of a state: Terraform writes them before outputs and resources."""
    text = body[:_HEAD_BYTES].decode("utf-8", "replace")
    start = re.split(r'"(?:outputs|resources|modules|check_results)"\s*:', text, maxsplit=1)[0]
    return {name: json.loads(value) for name, value in _MEMBER.findall(start)}


def _ask_locks(connection: Connection, s3: Service, answers: Answers) -> None:
    answers.file_lock = answers.table_lock = None
    answers.lock_file = s3.download(Bucket=answers.bucket_name, Key=answers.lock_file_key, **customer_key(answers))
    if not isinstance(answers.lock_file, Failure):
        answers.file_lock = lock_info(answers.lock_file.get("Body") or b"")
    if not answers.table_name:
        return
    table = connection.service("dynamodb")
    answers.lock_item = _item(table, answers.table_name, answers.lock_id)
    answers.digest = _item(table, answers.table_name, f"{answers.lock_id}-md5")
    item = found(answers.lock_item).get("Item")
    if item:
        answers.table_lock = lock_info(str(item.get("Info", {}).get("S", "")))


def _is_in_motion(answers: Answers) -> bool:
    """Return whether state, digest and locks do not match: another run may write them between two requests."""
    item, state = found(answers.digest).get("Item", {}), found(answers.state)
    digest = item.get("Digest", {}).get("S", "")
    file, table = answers.file_lock, answers.table_lock
    are_both_read = answers.uses_lock_file and bool(found(answers.lock_item))
    if digest and digest != state.get("MD5", ""):
        return True
    return are_both_read and (file and file.id) != (table and table.id)


def _ask_lock_table(connection: Connection, answers: Answers) -> None:
    if not answers.table_name:
        return
    table = connection.service("dynamodb")
    answers.table = table.ask("DescribeTable", TableName=answers.table_name)
    if (failed := failure(answers.lock_item)) and failed.code == "ResourceNotFoundException":
        answers.tables_elsewhere = [
            region for region in answers.other_regions if _has_table(connection.service("dynamodb", region), answers)
        ]


def _item(table: Service, name: str, lock_id: str) -> Mapping[str, Any] | Failure:
    return table.ask("GetItem", TableName=name, Key={"LockID": {"S": lock_id}}, ConsistentRead=True)


def _has_table(table: Service, answers: Answers) -> bool:
    answer = table.ask("DescribeTable", TableName=answers.table_name)
    return not isinstance(answer, Failure)


def _ask_account_block(connection: Connection, answers: Answers) -> None:
    """Request the public access block of the account, if that of the bucket is incomplete."""
    if answers.account and answers.is_aws and open_flags(answers.settings["GetPublicAccessBlock"]):
        control = connection.service("s3control")
        answers.account_block = control.ask("GetPublicAccessBlock", AccountId=answers.account)


def open_flags(*answers: Answer) -> list[str]:
    """Return the settings of the public access block that are on in none of *answers*."""
    blocks = [found(answer).get("PublicAccessBlockConfiguration", {}) for answer in answers]
    return [flag for flag in BLOCK_FLAGS if not any(block.get(flag) for block in blocks)]


def _ask_versions(s3: Service, answers: Answers) -> None:
    answer = s3.ask("ListObjectVersions", Bucket=answers.bucket_name, Prefix=answers.state_key, MaxKeys=50)
    answers.version_list = answer
    own = [version for version in found(answer).get("Versions", []) if version.get("Key") == answers.state_key]
    markers = [marker for marker in found(answer).get("DeleteMarkers", []) if marker.get("Key") == answers.state_key]
    answers.was_deleted = bool(markers)
    answers.is_deleted = any(marker.get("IsLatest") for marker in markers)
    complete = [version for version in own if {"VersionId", "LastModified"} <= version.keys()]
    for version in complete[:_NEWEST_VERSIONS]:
        body = s3.download(
            Bucket=answers.bucket_name,
            Key=answers.state_key,
            VersionId=version["VersionId"],
            Range=f"bytes=0-{_HEAD_BYTES}",
            **customer_key(answers),
        )
        head = {} if isinstance(body, Failure) else _head(body.get("Body") or b"")
        is_latest = bool(version.get("IsLatest"))
        answers.versions.append(StateVersion(version["VersionId"], version["LastModified"], head, is_latest))
