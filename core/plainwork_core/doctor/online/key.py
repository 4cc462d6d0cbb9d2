"""The requests about the key of a state."""

from __future__ import annotations

import re

from plainwork_core.doctor.online.answers import Answers, failure, found
from plainwork_core.doctor.online.connection import Connection

_REGION_OF_ARN = re.compile(r"arn:[\w-]+:kms:([a-z0-9-]+):")


def ask_key(connection: Connection, answers: Answers) -> None:
    """Find the key of the state, of the bucket or of the block, and request it; if it is not there, elsewhere."""
    answers.key_id = answers.facts.text("kms_key_id") or _key_of_object(answers) or _key_of_bucket(answers)
    if not answers.key_id or not connection.may_ask("kms"):
        return
    region = region_of_key(answers.key_id) or answers.region
    answers.key = connection.service("kms", region).ask("DescribeKey", KeyId=answers.key_id)
    if (failed := failure(answers.key)) and failed.is_missing and not region_of_key(answers.key_id):
        answers.keys_elsewhere = [
            other
            for other in answers.other_regions
            if found(connection.service("kms", other).ask("DescribeKey", KeyId=answers.key_id))
        ]


def region_of_key(key_id: str) -> str:
    """Return the Region in the ARN of a key; empty for an id or an alias."""
    match = _REGION_OF_ARN.match(key_id)
    return match[1] if match else ""


def _key_of_object(answers: Answers) -> str:
    return str(found(answers.state).get("SSEKMSKeyId", ""))


def _key_of_bucket(answers: Answers) -> str:
    return default_key(answers)[1]


def default_key(answers: Answers) -> tuple[str, str]:
    """Return the algorithm and the key of the bucket's default encryption; empty where they are not set."""
    configuration = found(answers.settings.get("GetBucketEncryption")).get("ServerSideEncryptionConfiguration", {})
    for rule in configuration.get("Rules", []):
        default = rule.get("ApplyServerSideEncryptionByDefault", {})
        return str(default.get("SSEAlgorithm", "")), str(default.get("KMSMasterKeyID", ""))
    return "", ""
