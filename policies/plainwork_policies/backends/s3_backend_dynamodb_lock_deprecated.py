"""S3 backend uses deprecated DynamoDB-based locking.

What: An S3 backend with `dynamodb_table` and without `use_lockfile = true`.
Why: Terraform 1.11 warns about `dynamodb_table` on every run, and a later version removes it: `terraform init` of every
    stack that still sets it then fails. The table also has a cost and needs permissions that a lock file does not need.
Remedy: Set `use_lockfile = true` beside `dynamodb_table`, so that earlier and later runs share a lock. Remove
    `dynamodb_table` after every stack has `use_lockfile`.
Limitations: A block with both arguments passes. A stack whose `required_version` excludes Terraform 1.11 passes.
    OpenTofu does not deprecate the argument: a stack with a `.tofu` file, an `encryption` block or a lock file with
    providers of registry.opentofu.org passes. A plan does not contain the backend.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import TABLE_DEPRECATED_SINCE
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Findings, all_conditions, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, USE_LOCKFILE, S3Backend


@policy(
    "PLW_BACKEND_003",
    "s3-backend-dynamodb-lock-deprecated",
    severity="low",
    on=S3_BACKENDS,
    aliases=("lock-table-deprecated",),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#state-locking",),
)
def s3_backend_dynamodb_lock_deprecated(backend: S3Backend) -> Findings:
    """Check `dynamodb_table`."""
    if backend.stack.is_for_opentofu or not may_be_from(backend.stack.required_version, TABLE_DEPRECATED_SINCE):
        return
    table, lock_file = backend["dynamodb_table"], backend["use_lockfile"]
    if all_conditions(lambda: table.string(default="") != "", lambda: not lock_file.bool(default=False)):
        yield table.fail(
            f"`dynamodb_table` is {table.state} and `use_lockfile` is {lock_file.state}; Terraform 1.11 deprecates "
            "`dynamodb_table`",
            remedy="Add `use_lockfile = true`; remove `dynamodb_table` after every stack uses the lock file.",
            fix=USE_LOCKFILE,
        )
