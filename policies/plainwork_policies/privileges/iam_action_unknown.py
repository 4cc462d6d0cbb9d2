"""IAM policy has an action that does not exist.

What: An entry of `Action` or `NotAction` matches no action of its service, such as `s3:ListObjects`, or has no service
    prefix.
Why: IAM accepts the policy, but the entry has no effect: an `Allow` statement does not grant the permission, and a
    `Deny` statement does not protect from it.
Remedy: Set the action that authorizes the API operation: `s3:ListBucket` for `ListObjectsV2`, `s3:GetObject` for
    `HeadObject`. Add `*` to the beginning of a name: `ec2:Describe*`.
Limitations: The actions are those of the AWS Service Authorization Reference at the time of the release. An entry that
    it does not have fails if it is an operation of Amazon S3 that another action authorizes, the beginning of several
    actions, a misspelling of an action, or an action of S3, IAM, STS, KMS, SQS or SNS. Any other is not evaluated: it
    may be newer. A finding on a `Deny` statement or on `NotAction` is medium.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from plainwork_core.aws.iam_actions import actions_of, expand
from plainwork_core.errors import nearest
from plainwork_core.text import enumeration
from plainwork_core.wildcards import is_any
from plainwork_policies.api import Findings, policy
from plainwork_policies.privileges.subjects import not_in_reference
from plainwork_policies.reading.statement import Statement, statements_of

# https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
_S3_OPERATIONS = {
    "completemultipartupload": "PutObject",
    "copyobject": "PutObject",
    "createmultipartupload": "PutObject",
    "deletebucketlifecycle": "PutLifecycleConfiguration",
    "deleteobjects": "DeleteObject",
    "getbucketencryption": "GetEncryptionConfiguration",
    "getbucketlifecycleconfiguration": "GetLifecycleConfiguration",
    "getbucketnotificationconfiguration": "GetBucketNotification",
    "getbucketreplication": "GetReplicationConfiguration",
    "headbucket": "ListBucket",
    "headobject": "GetObject",
    "listbuckets": "ListAllMyBuckets",
    "listobjects": "ListBucket",
    "listobjectsv2": "ListBucket",
    "listobjectversions": "ListBucketVersions",
    "putbucketencryption": "PutEncryptionConfiguration",
    "putbucketlifecycleconfiguration": "PutLifecycleConfiguration",
    "putbucketnotificationconfiguration": "PutBucketNotification",
    "putbucketreplication": "PutReplicationConfiguration",
    "uploadpart": "PutObject",
}
_COMPLETE = ("iam", "kms", "s3", "sns", "sqs", "sts")
_ACCEPTED = ("sns:receive",)  # in the default policy of a topic, without effect
_SIMILARITY, _VERB = 0.9, 3


@policy(
    "PLW_PRIV_030",
    "iam-action-unknown",
    severity="low",
    on=statements_of("identity", "resource", "trust", "boundary", "endpoint", "organization", "unused"),
    links=(
        "https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
    ),
)
def iam_action_unknown(statement: Statement) -> Findings:
    """Check the entries of both elements."""
    statement.require_read("Action")
    for element in ("Action", "NotAction"):
        patterns = statement[element]
        entries = [entry for entry in patterns.certain_strings() if _is_absent(entry)]
        wrong = {entry: remedy for entry in entries if (remedy := _remedy(entry))}
        if wrong:
            yield patterns.fail(
                f"`{element}` has {enumeration(wrong)}, which no service has; it has no effect",
                value=list(wrong),
                remedy=f"Replace {enumeration(wrong)} with {enumeration(dict.fromkeys(wrong.values()))}.",
                severity="medium" if statement.is_deny or element == "NotAction" else None,
            )
        elif entries:
            raise patterns.not_evaluated(not_in_reference(statement, entries[0]))
        else:
            list(patterns.strings())  # an unknown entry is not evaluated


@lru_cache(maxsize=4096)
def _is_absent(entry: str) -> bool:
    """Return whether no action matches *entry*."""
    service, colon, name = entry.lower().partition(":")
    if is_any(entry) or is_any(name) or "*" in service or "?" in service or entry.lower() in _ACCEPTED:
        return False
    return not colon or not expand(entry)


def _remedy(entry: str) -> str:
    """Return what to set instead of *entry*, which no action matches; `""` if it may be a newer action."""
    service, colon, name = entry.partition(":")
    known = actions_of(service.lower())
    if not colon:
        return f"<service>:{entry}"
    if service.lower() == "s3" and (action := _S3_OPERATIONS.get(name.lower())):
        return f"s3:{action}"
    if sum(action.startswith(name.lower()) for action in known) > 1:
        return f"{entry}*"
    if near := _nearest(name.lower(), known):
        return f"{service}:{known[near].name}"
    return f"{service}:<action>" if service.lower() in _COMPLETE else ""


def _nearest(name: str, known: Iterable[str]) -> str:
    """Return the action that *name* is a misspelling of; `""` if there is none.

    Another verb, and a plural or singular, may be a newer action.
    """
    near = nearest(name, known, _SIMILARITY)
    is_alike = near[:_VERB] == name[:_VERB] and abs(len(near) - len(name)) <= 1
    return near if is_alike and near.rstrip("s") != name.rstrip("s") else ""
