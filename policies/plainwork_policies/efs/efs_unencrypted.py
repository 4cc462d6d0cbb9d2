"""EFS file system is not encrypted at rest.

What: An `aws_efs_file_system` without `encrypted = true`, with or without a KMS key.
Why: EFS file systems are not encrypted by default, and encryption cannot be enabled later: it requires a new file
    system and a copy of all files.
Remedy: Set `encrypted = true` when the file system is created.
Limitations: The KMS key and its key policy are not checked.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy


@policy(
    "PLW_EFS_001",
    "efs-unencrypted",
    severity="high",
    on="aws_efs_file_system",
    aliases=("file-system-unencrypted",),
    links=("https://docs.aws.amazon.com/efs/latest/ug/encryption-at-rest.html",),
)
def efs_unencrypted(file_system: Resource) -> Findings:
    """Check `encrypted`."""
    encrypted = file_system["encrypted"]
    if encrypted.bool():
        return
    key = ", so `kms_key_id` has no effect" if file_system["kms_key_id"].is_configured else ""
    yield encrypted.fail(
        f"`encrypted` is {encrypted.state}{key}",
        remedy="Set `encrypted = true`. This replaces an existing file system; copy its data first.",
    )
