"""Rules on the lock table and the digest in it."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, failure, found, is_missing
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, aws, diagnosis, reconfiguration
from plainwork_core.doctor.online.denials import denial, grant_command
from plainwork_core.doctor.online.rules.locks import delete_item

Found = Iterator[Diagnosis]
_TABLE_PAGE = f"{BACKEND_PAGE}#dynamodb-state-locking"
_NO_TABLE = "ResourceNotFoundException"


def table_arn(answers: Answers) -> str:
    """Return the ARN of the lock table."""
    account = answers.account or "*"
    return f"arn:{answers.partition}:dynamodb:{answers.region}:{account}:table/{answers.table_name}"


def _is_absent(answers: Answers) -> bool:
    """Return whether there is no table; one that is being created has no items either."""
    failed = failure(answers.lock_item)
    return failed is not None and failed.code == _NO_TABLE and not found(answers.table)


@CAUSES.rule("table-missing", "Lock table does not exist", Severity.FAULT, links=(_TABLE_PAGE,))
def _table_missing(answers: Answers, cause: Cause) -> Found:
    if _is_absent(answers) and not answers.tables_elsewhere:
        yield diagnosis(
            cause,
            Evidence(f"account {answers.account or 'of the credentials'} has no such table in `{answers.region}`"),
            answers.evidence("dynamodb_table", "region"),
            explanation="Terraform has its lock and the digest there. `use_lockfile = true` requires no table.",
            command=aws(
                answers,
                "dynamodb",
                "create-table",
                "--table-name",
                answers.table_name,
                "--attribute-definitions",
                "AttributeName=LockID,AttributeType=S",
                "--key-schema",
                "AttributeName=LockID,KeyType=HASH",
                "--billing-mode",
                "PAY_PER_REQUEST",
            ),
        )


@CAUSES.rule("table-in-another-region", "Lock table is in another Region", Severity.FAULT, links=(_TABLE_PAGE,))
def _table_in_another_region(answers: Answers, cause: Cause) -> Found:
    if _is_absent(answers) and answers.tables_elsewhere:
        region = answers.tables_elsewhere[0]
        yield diagnosis(
            cause,
            Evidence(f"there is a table `{answers.table_name}` in `{region}`", "dynamodb:DescribeTable"),
            answers.evidence("dynamodb_table", "region"),
            explanation="Terraform uses one `region` for bucket and table. Use `use_lockfile = true` instead of a "
            "table, or create the table in the Region of the bucket.",
            command=reconfiguration(answers, "use_lockfile=true"),
        )


@CAUSES.rule(
    "table-key-wrong", "Lock table does not have the partition key LockID", Severity.FAULT, links=(_TABLE_PAGE,)
)
def _table_key_wrong(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.lock_item)
    table = found(answers.table).get("Table", {})
    types = {
        attribute["AttributeName"]: attribute["AttributeType"] for attribute in table.get("AttributeDefinitions", [])
    }
    keys = [
        f"{key['AttributeName']} ({types.get(key['AttributeName'])}, {key['KeyType']})"
        for key in table.get("KeySchema", [])
    ]
    is_wrong = bool(keys) and keys != ["LockID (S, HASH)"]
    if is_wrong or (failed and failed.code == "ValidationException"):
        yield diagnosis(
            cause,
            (answered(failed),) if failed else (),
            (Evidence(f"the key of the table is {', '.join(f'`{key}`' for key in keys)}", "dynamodb:DescribeTable"),)
            if keys
            else (),
            explanation="Terraform requires the partition key `LockID` of type `S` and no sort key. The key of a table "
            "cannot be changed: create another table.",
            command=reconfiguration(answers, "use_lockfile=true"),
        )


@CAUSES.rule("table-not-active", "Lock table is not active", Severity.FAULT, links=(_TABLE_PAGE,))
def _table_not_active(answers: Answers, cause: Cause) -> Found:
    status = found(answers.table).get("Table", {}).get("TableStatus", "")
    if status in ("CREATING", "DELETING", "ARCHIVING", "ARCHIVED", "INACCESSIBLE_ENCRYPTION_CREDENTIALS"):
        yield diagnosis(
            cause,
            Evidence(f"`TableStatus` is `{status}`", "dynamodb:DescribeTable"),
            explanation="The lock cannot be read or written until the table is active.",
            command=aws(answers, "dynamodb", "wait", "table-exists", "--table-name", answers.table_name),
        )


@CAUSES.rule("table-denied", "Access to the lock table is denied", Severity.FAULT, links=(_TABLE_PAGE,))
def _table_denied(answers: Answers, cause: Cause) -> Found:
    failed = failure(answers.lock_item)
    if failed and failed.is_denied:
        denied = denial(answers, failed, table_arn(answers))
        yield diagnosis(
            cause,
            denied.evidence,
            answers.evidence("dynamodb_table"),
            explanation=denied.explanation,
            command=grant_command(answers, denied),
        )


def _digest(answers: Answers) -> str:
    item = found(answers.digest).get("Item", {})
    return str(item.get("Digest", {}).get("S", ""))


@CAUSES.rule("digest-differs", "Digest in the lock table is of another state", Severity.FAULT, links=(_TABLE_PAGE,))
def _digest_differs(answers: Answers, cause: Cause) -> Found:
    md5 = str(found(answers.state).get("MD5", ""))
    digest = _digest(answers)
    if md5 and digest and md5 != digest and found(answers.state).get("ContentLength"):
        yield diagnosis(
            cause,
            Evidence(f"MD5 of the state: `{md5}`", "s3:GetObject"),
            Evidence(f"`Digest` of `{answers.lock_id}-md5`: `{digest}`", "dynamodb:GetItem"),
            explanation="The state was written without the table: restored by hand, or by a root module without "
            "`dynamodb_table`. Check that it is the right state, then correct the digest.",
            command=_put_digest(answers, md5),
        )


@CAUSES.rule("digest-without-state", "Digest in the lock table has no state", Severity.FAULT, links=(_TABLE_PAGE,))
def _digest_without_state(answers: Answers, cause: Cause) -> Found:
    is_empty = found(answers.state).get("ContentLength") == 0
    if _digest(answers) and (is_missing(answers.state) or is_empty):
        yield diagnosis(
            cause,
            Evidence(f"`Digest` of `{answers.lock_id}-md5`: `{_digest(answers)}`", "dynamodb:GetItem"),
            Evidence(f"`{answers.state_key}` {'is empty' if is_empty else 'does not exist'}", "s3:GetObject"),
            explanation="The state was deleted without the table. Restore it, or delete the digest to begin a new one.",
            command=delete_item(answers, f"{answers.lock_id}-md5"),
        )


def _put_digest(answers: Answers, md5: str) -> str:
    item = f'{{"LockID":{{"S":"{answers.lock_id}-md5"}},"Digest":{{"S":"{md5}"}}}}'
    return aws(answers, "dynamodb", "put-item", "--table-name", answers.table_name, "--item", item)
