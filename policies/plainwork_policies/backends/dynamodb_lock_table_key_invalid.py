"""DynamoDB lock table does not have the partition key LockID.

What: an `aws_dynamodb_table` that a backend names as its `dynamodb_table`, whose partition key is not the string
    `LockID`, or that has a sort key as well.
Why: Terraform asks for the item by `LockID` and nothing else, in just these letters. With another key every run ends in
    an error of DynamoDB before it has begun, until somebody turns the lock off.
Remedy: give the table that one key, or no longer need a table (`use_lockfile = true`)::

        resource "aws_dynamodb_table" "locks" {
          name         = "terraform-locks"
          billing_mode = "PAY_PER_REQUEST"
          hash_key     = "LockID"

          attribute {
            name = "LockID"
            type = "S"
          }
        }
Limitations: the table is known by its name, in this stack's backend or in that of another stack of the same run; any
    other
    table is not judged. Inside Checkov only this stack's own backend counts.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, look_up
from plainwork_policies.backends.stores import lock_tables
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_KEY = "LockID"


@policy(
    "PLW_BACKEND_008",
    "dynamodb-lock-table-key-invalid",
    aliases=("lock-table-without-lock-id",),
    severity="medium",
    subjects=lock_tables,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking",),
)
def dynamodb_lock_table_key_invalid(table: Resource) -> Iterator[Finding]:
    """Judge the keys of *table*."""
    key, sort_key = table.get("hash_key"), table.get("range_key")
    if isinstance(key, Unknown):
        yield not_evaluated("hash_key", key)
    elif key != _KEY:
        yield _failure("hash_key", f"has the partition key `{key}`", key, f'write `hash_key = "{_KEY}"`')
    else:
        yield from _type(table)
    if isinstance(sort_key, Unknown):
        yield not_evaluated("range_key", sort_key)
    elif sort_key:
        yield _failure("range_key", f"has the sort key `{sort_key}` too", sort_key, "remove `range_key`")


def _type(table: Resource) -> Iterator[Finding]:
    for index, block in enumerate(table.blocks("attribute")):
        name = look_up({"attribute": [block]}, "attribute.0.name")
        type_ = look_up({"attribute": [block]}, "attribute.0.type")
        path = f"attribute.{index}.type"
        if name == _KEY and isinstance(type_, Unknown):
            yield not_evaluated(path, type_)
        elif name == _KEY and type_ != "S":
            yield _failure(path, f"has a `{_KEY}` of the type `{type_}`", type_, 'write `type = "S"`')


def _failure(path: str, what: str, value: object, remedy: str) -> Finding:
    message = f"{what}, but Terraform locks by the string `{_KEY}` alone"
    return fail(path, message, value=value, remedy=remedy)
