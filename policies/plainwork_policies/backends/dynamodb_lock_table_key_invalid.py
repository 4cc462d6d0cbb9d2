"""DynamoDB lock table does not have the partition key LockID.

What: An `aws_dynamodb_table` that is the `dynamodb_table` of a backend, whose partition key is not the string `LockID`
    or that also has a sort key.
Why: Terraform reads and writes the lock by the key `LockID`, in this spelling and without a sort key. With another key
    every run ends in an error of DynamoDB before it changes anything.
Remedy: Set `hash_key = "LockID"` with an `attribute` of type `S`, or use `use_lockfile = true` instead of a table.
Limitations: A table is a lock table if its name is the `dynamodb_table` of a backend of the run. A table with an
    unknown name and another key is not evaluated if its stack has a backend whose table may have this name; backends
    of other stacks are then not compared. In Checkov only the backend of the same stack is compared.
"""

from __future__ import annotations

from plainwork_policies.api import Block, Findings, Resource, all_conditions, check_each, is_possible, policy
from plainwork_policies.backends.subjects import is_lock_table

_KEY = "LockID"
_RULE = f"Terraform requires `{_KEY}` of type `S`"


@policy(
    "PLW_BACKEND_008",
    "dynamodb-lock-table-key-invalid",
    severity="medium",
    on="aws_dynamodb_table",
    where=lambda table: is_possible(lambda: is_lock_table(table)),
    aliases=("lock-table-without-lock-id",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking",),
)
def dynamodb_lock_table_key_invalid(table: Resource) -> Findings:
    """Check the partition key, its type and the sort key."""
    findings = list(check_each((_partition_key_problems, _sort_key_problems), lambda problems: problems(table)))
    if findings and is_lock_table(table):
        yield from findings


def _partition_key_problems(table: Resource) -> Findings:
    key = table["hash_key"]
    if key.string(default="") != _KEY:
        yield key.fail(
            f"`hash_key` is {key.state}; {_RULE}",
            remedy=f'Set `hash_key = "{_KEY}"` with an `attribute` of type `S`.',
        )
    else:
        yield from check_each(table.blocks("attribute"), _type_problems)


def _type_problems(attribute: Block) -> Findings:
    name, type_ = attribute["name"], attribute["type"]
    if all_conditions(lambda: name.string(default="") == _KEY, lambda: type_.string(default="") != "S"):
        yield type_.fail(f"`type` of `{_KEY}` is {type_.state}; {_RULE}", remedy='Set `type = "S"`.')


def _sort_key_problems(table: Resource) -> Findings:
    sort_key = table["range_key"]
    if sort_key.string(default="") != "":
        yield sort_key.fail(
            f"`range_key` is {sort_key.state}; a lock table must not have a sort key", remedy="Remove `range_key`."
        )
