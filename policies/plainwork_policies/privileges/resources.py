"""What the owner of a resource's policy is, in a word; none for what is public by purpose."""

from __future__ import annotations

from plainwork_core.iam import Statement

_NOUNS = {
    "aws_backup_vault": "backup vault",
    "aws_cloudwatch_event_bus": "event bus",
    "aws_cloudwatch_log_delivery_destination": "log destination",
    "aws_cloudwatch_log_destination": "log destination",
    "aws_cloudwatch_log_resource": "log groups",
    "aws_codeartifact": "package repository",
    "aws_dynamodb": "table",
    "aws_ecr_": "image repository",
    "aws_efs": "file system",
    "aws_glacier": "vault",
    "aws_glue": "data catalog",
    "aws_iam_role": "role",
    "aws_kinesis": "stream",
    "aws_kms": "key",
    "aws_s3": "bucket",
    "aws_secretsmanager": "secret",
    "aws_ses": "e-mail identity",
    "aws_sns": "topic",
    "aws_sqs": "queue",
}


def noun_of(statement: Statement) -> str | None:
    """Return what the owner of *statement*, one of a resource's policy or a trust policy, is: `queue`, `key`, ..."""
    if statement.kind not in ("resource", "trust"):
        return None
    type_ = statement.document.owner.type
    return next((noun for prefix, noun in _NOUNS.items() if type_.startswith(prefix)), None)
