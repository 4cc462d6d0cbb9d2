"""S3 backend does not enable state locking or encryption.

What: An S3 backend block with neither `use_lockfile = true` nor `dynamodb_table`, or without `encrypt = true`.
Why: Two concurrent runs without a lock overwrite each other's state: the resources that one of them created are in no
    state. The state contains the passwords and keys that Terraform reads. Without `encrypt` only the default
    encryption of the bucket protects it, and Terraform ignores `kms_key_id`.
Remedy: Set `encrypt = true` and `use_lockfile = true` (Terraform 1.10 and later).
Limitations: A missing lock is high. A missing `encrypt` is low, because S3 encrypts every new object since January
    2023, and medium if `kms_key_id` is set. What a block without `bucket` or `key` omits is not evaluated, because
    `-backend-config` may set it. A plan does not contain the backend. Backends of other types are not checked.
"""

from __future__ import annotations

from plainwork_core.aws.s3_backend import LOCKFILE_SINCE
from plainwork_core.version_constraints import may_be_from
from plainwork_policies.api import Findings, SetArgument, any_condition, check_each, policy
from plainwork_policies.backends.subjects import S3_BACKENDS, USE_LOCKFILE, S3Backend

_ENCRYPT = SetArgument("backend", "encrypt", "true")


@policy(
    "PLW_BACKEND_001",
    "s3-backend-unprotected",
    severity="high",
    on=S3_BACKENDS,
    aliases=("s3-backend-no-lock", "backend-unprotected"),
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_unprotected(backend: S3Backend) -> Findings:
    """Check the encryption and the lock."""
    yield from check_each((_encryption_problems, _lock_problems), lambda problems: problems(backend))


def _encryption_problems(backend: S3Backend) -> Findings:
    encrypt = backend["encrypt"]
    if encrypt.bool(default=False):
        return
    if backend.in_block("kms_key_id").is_configured:
        yield encrypt.fail(
            f"`encrypt` is {encrypt.state}; Terraform ignores `kms_key_id`",
            remedy="Set `encrypt = true`.",
            severity="medium",
            fix=_ENCRYPT,
        )
    else:
        yield encrypt.fail(
            f"`encrypt` is {encrypt.state}; only the default encryption of the bucket protects the state",
            remedy="Set `encrypt = true`, with `kms_key_id` if the bucket has its own KMS key.",
            severity="low",
            fix=_ENCRYPT,
        )


def _lock_problems(backend: S3Backend) -> Findings:
    lock_file, table = backend["use_lockfile"], backend["dynamodb_table"]
    if any_condition(lambda: lock_file.bool(default=False), lambda: table.string(default="") != ""):
        return
    yield lock_file.fail(
        f"`use_lockfile` is {lock_file.state} and `dynamodb_table` is {table.state}; concurrent runs can overwrite "
        "the state",
        remedy="Set `use_lockfile = true`, or `dynamodb_table` before Terraform 1.10.",
        fix=USE_LOCKFILE if may_be_from(backend.stack.required_version, LOCKFILE_SINCE) else None,
    )
