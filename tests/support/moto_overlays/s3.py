"""Additions to moto for S3. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from flask import request
from moto.core.responses import ActionResult
from moto.iam.access_control import PermissionResult
from moto.s3.exceptions import ReplicationConfigurationNotFoundError
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response

from tests.support.iam_policy import decide

if TYPE_CHECKING:
    from collections.abc import Callable

ACCOUNT_ID = "123456789012"
_RESULTS = {"Allow": PermissionResult.PERMITTED, "Deny": PermissionResult.DENIED, None: PermissionResult.NEUTRAL}
_ENCRYPTION = "x-amz-server-side-encryption"
_HEADERS = (_ENCRYPTION, f"{_ENCRYPTION}-aws-kms-key-id", f"{_ENCRYPTION}-customer-algorithm")


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(FakeBucket, "set_lifecycle", _remember_newer_versions(FakeBucket.set_lifecycle))
    patch.setattr(S3Response, "serialized", _tell_newer_versions(S3Response.serialized))
    patch.setattr(FakeBucket, "get_permission", _decide_by_bucket_policy)
    patch.setattr(FakeDeleteMarker, "dispose", _hold_nothing, raising=False)
    patch.setattr(S3Response, "get_bucket_replication", _tell_whole_replication)


def _remember_newer_versions(original: Callable[..., None]) -> Callable[..., None]:
    """Moto drops `NewerNoncurrentVersions` of an expiration, and the provider waits for it until it gives up."""

    def set_lifecycle(bucket: Any, rules: list[dict[str, Any]]) -> None:
        original(bucket, rules)
        for kept, rule in zip(bucket.rules, rules, strict=True):
            kept.newer_versions = (rule.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")

    return set_lifecycle


def _tell_newer_versions(original: Callable[..., Any]) -> Callable[..., Any]:
    def serialized(response: Any, result: Any) -> Any:
        rules = result.result.get("Rules") if isinstance(result.result, dict) else None
        if rules and response.data.get("Action") == "GetBucketLifecycleConfiguration":
            kept = response.backend.get_bucket(response.bucket_name).rules
            for told, rule in zip(rules, kept, strict=True):
                if rule.newer_versions:
                    told["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = rule.newer_versions
        return original(response, result)

    return serialized


def _tell_whole_replication(response: Any) -> Any:
    """Moto tells of a rule only what a replication without KMS keys and delete markers has."""
    response.data["Action"] = "GetBucketReplication"
    stored = response.backend.get_bucket_replication(response.bucket_name)
    if not stored:
        raise ReplicationConfigurationNotFoundError(bucket_name=response.bucket_name)
    rules = [{**rule, "Filter": {"Prefix": ""}} for rule in stored["Rule"]]
    return response.serialized(ActionResult({"ReplicationConfiguration": {"Role": stored["Role"], "Rules": rules}}))


def _decide_by_bucket_policy(bucket: Any, action: str, resource: str) -> PermissionResult:
    """Moto ignores the conditions of a statement."""
    if bucket.policy is None:
        return PermissionResult.NEUTRAL
    return _RESULTS[decide(json.loads(bucket.policy), action, resource, request_context())]


def _hold_nothing(_: FakeDeleteMarker) -> None:
    """Moto breaks off where a key with delete markers goes from a bucket whose versioning was suspended."""


def request_context() -> dict[str, str]:
    """The condition keys of the request; the server listens on loopback, which represents TLS here."""
    sent = {f"s3:{name}": request.headers[name] for name in _HEADERS if name in request.headers}
    return {"aws:SecureTransport": "true", "s3:TlsVersion": "1.3", "aws:PrincipalAccount": ACCOUNT_ID, **sent}
