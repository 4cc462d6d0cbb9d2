"""S3 backend uses deprecated DynamoDB-based locking.

What: an S3 backend with `dynamodb_table` and without `use_lockfile = true`.
Why: Terraform 1.11 warns of the argument on every run, and a later version will not have it: on that day every stack
    that still has it stops at `terraform init`. Until then each stack needs a table, rights on it and somebody who pays
    for both, for what S3 does by itself.
Remedy: set both, so that runs of either kind see each other's lock; take the table away when every run has the new
    block::

        terraform {
          backend "s3" {
            bucket         = "example-terraform-state"
            key            = "prod/network.tfstate"
            region         = "eu-central-1"
            encrypt        = true
            use_lockfile   = true
            dynamodb_table = "terraform-locks"
          }
        }
Limitations: a block with both is on its way and passes. Where `required_version` leaves out Terraform 1.11, the
    table is not
    deprecated. OpenTofu does not deprecate it either; disable this policy there. A plan has no backend.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.model.versions import may_be_from
from plainwork_policies.backends.s3 import argument, is_on, s3_backends
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_DEPRECATED = (1, 11, 0)


@policy(
    "PLW_BACKEND_003",
    "s3-backend-dynamodb-lock-deprecated",
    aliases=("lock-table-deprecated",),
    severity="low",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3#state-locking",),
)
def s3_backend_dynamodb_lock_deprecated(backend: Backend, stack: Stack) -> Iterator[Finding]:
    """Judge the lock table of *backend*."""
    table, lockfile = argument(backend, "dynamodb_table"), argument(backend, "use_lockfile")
    if table in (None, "") or is_on(lockfile) or not may_be_from(stack.required_version, _DEPRECATED):
        return
    unknown = [value for value in (table, lockfile) if isinstance(value, Unknown)]
    if unknown:
        yield not_evaluated("dynamodb_table", unknown[0])
        return
    yield fail(
        "dynamodb_table",
        f"locks with the DynamoDB table `{table}` alone, which is deprecated from Terraform 1.11 on",
        value=table,
        remedy="add `use_lockfile = true`; when every run has it, remove `dynamodb_table`",
    )
