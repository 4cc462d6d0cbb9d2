"""S3 backend does not enable state locking.

What: an S3 backend block without `encrypt = true`, or with neither `use_lockfile = true` nor `dynamodb_table`.
Why: a state holds every password and key that Terraform has seen, in clear; without `encrypt` Terraform asks for no
    encryption, and only the bucket's own default is left. Without a lock two runs at once each write the whole state,
    and what the one that ends first has made is in no state at all.
Remedy: set `encrypt = true` and `use_lockfile = true`. The lock file needs Terraform 1.10 and nothing else::

        terraform {
          backend "s3" {
            bucket       = "example-terraform-state"
            key          = "prod/network.tfstate"
            region       = "eu-central-1"
            encrypt      = true
            use_lockfile = true
          }
        }
Limitations: a plan has no backend, so there is nothing to judge in one. A block without `bucket` or `key` is
    partial: what
    it leaves out may come from `-backend-config` and is not evaluated. Other backends than `s3` are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.stack import Backend
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import argument, is_on, s3_backends
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


@policy(
    "PLW_BACKEND_001",
    "s3-backend-no-lock",
    aliases=("backend-unprotected",),
    severity="high",
    subjects=s3_backends,
    links=("https://developer.hashicorp.com/terraform/language/backend/s3",),
)
def s3_backend_no_lock(backend: Backend) -> Iterator[Finding]:
    """Judge encryption and lock of *backend*, each for itself."""
    yield from _encryption(backend)
    yield from _lock(backend)


def _encryption(backend: Backend) -> Iterator[Finding]:
    encrypt = argument(backend, "encrypt")
    if isinstance(encrypt, Unknown):
        yield not_evaluated("encrypt", encrypt)
    elif not is_on(encrypt):
        stated = "has no `encrypt`" if encrypt is None else f"has `encrypt = {str(encrypt).lower()}`"
        yield fail(
            "encrypt",
            f"{stated}: Terraform does not ask S3 to encrypt the state",
            value=encrypt,
            remedy="write `encrypt = true`, and `kms_key_id` for a key of your own",
        )


def _lock(backend: Backend) -> Iterator[Finding]:
    lockfile, table = argument(backend, "use_lockfile"), argument(backend, "dynamodb_table")
    if is_on(lockfile) or (isinstance(table, str) and table):
        return
    unknown = [value for value in (lockfile, table) if isinstance(value, Unknown)]
    if unknown:
        yield not_evaluated("use_lockfile", unknown[0])
    else:
        yield fail(
            "use_lockfile",
            "has no lock: two runs at once overwrite each other's state",
            value=lockfile,
            remedy="write `use_lockfile = true` (Terraform 1.10), or `dynamodb_table` before that",
        )
