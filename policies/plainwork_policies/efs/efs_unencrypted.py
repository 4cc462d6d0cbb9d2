"""EFS file system is not encrypted at rest.

What: an `aws_efs_file_system` without `encrypted = true`, a KMS key or not.
Why: unset means unencrypted, unlike nearly everywhere else in AWS. Encryption is decided when the file system is made:
    later it takes another one, and a copy of every file.
Remedy: say so when it is made::

        resource "aws_efs_file_system" "files" {
          encrypted  = true
          kms_key_id = aws_kms_key.files.arn
        }
Limitations: whose key it is, and what its policy says, is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.backends.s3 import is_on
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy


def file_systems(stack: Stack) -> list[Resource]:
    """Return the file systems."""
    return stack.managed("aws_efs_file_system")


@policy(
    "PLW_EFS_001",
    "efs-unencrypted",
    aliases=("file-system-unencrypted",),
    severity="high",
    subjects=file_systems,
    links=("https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",),
)
def efs_unencrypted(file_system: Resource) -> Iterator[Finding]:
    """Judge `encrypted` of *file_system*."""
    encrypted = configured(file_system, "encrypted")
    if isinstance(encrypted, Unknown):
        yield not_evaluated("encrypted", encrypted)
    elif not is_on(encrypted):
        has_key = configured(file_system, "kms_key_id") is not None
        key = ", although it names a KMS key: AWS refuses the two together" if has_key else ""
        why = "`encrypted` is false" if encrypted is not None else "`encrypted` is unset, which means false"
        yield fail(
            "encrypted",
            f"is not encrypted: {why}{key}",
            value=encrypted,
            remedy="write `encrypted = true`; of a file system that exists this makes another: copy the files first",
        )
