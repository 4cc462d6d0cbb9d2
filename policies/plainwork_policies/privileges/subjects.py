"""What the policies about privileges check: attachments of managed policies, and owners of resource-based policies."""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.attachments import POLICY_ARNS
from plainwork_core.iam.escalation import EscalationPath
from plainwork_core.iam.managed_policies import name_in
from plainwork_core.iam.permissions import PERMISSIONS, PRINCIPAL
from plainwork_core.iam.reach import includes_action
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Argument, Resource
from plainwork_policies.reading.statement import Statement

ATTACHMENTS = tuple(POLICY_ARNS)
"""Types of the resources that attach managed policies by ARN."""
ADMINISTRATOR = "AdministratorAccess"
"""The AWS managed policy that allows everything."""
SESSION_ACTIONS = (
    "ec2-instance-connect:opentunnel",
    "ec2-instance-connect:sendserialconsolesshpublickey",
    "ec2-instance-connect:sendsshpublickey",
    "ecs:executecommand",
    "ssm:sendcommand",
    "ssm:startsession",
)
"""Actions that open a shell, command or tunnel on an instance or task."""
_BUCKET_POLICIES = ("aws_s3_bucket", "aws_s3_bucket_policy")
_READ_ACTIONS = ("s3:getobject", "s3:getobjectversion", "s3:listbucket", "s3:listbucketversions")
_KINDS = {
    "aws_backup_vault": "backup vault",
    "aws_cloudwatch_event_bus": "event bus",
    "aws_cloudwatch_event_permission": "event bus",
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
    "aws_lambda_layer_version_permission": "layer version",
    "aws_lambda_permission": "function",
    "aws_s3": "bucket",
    "aws_secretsmanager": "secret",
    "aws_ses": "email identity",
    "aws_sns": "topic",
    "aws_sqs": "queue",
}


def attached_arns(attachment: Resource) -> Iterable[Argument]:
    """Return the ARNs that *attachment* attaches."""
    argument = attachment[POLICY_ARNS[attachment.type]]
    if argument.raw is None:
        return ()
    return argument.members() if argument.name.endswith("s") else (argument,)


def aws_managed_policy(arn: Argument) -> str:
    """Return the part after `policy/` in the ARN of an AWS managed policy, in any partition; `""` for any other policy.

    A `data "aws_iam_policy"` has the name that it looks up. An ARN that is unknown ends in `NotEvaluated`.

    https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html#aws-managed-policies
    """
    value = arn.raw
    if is_computed_by_provider(value):
        return ""
    referent = only_referent(arn.block.stack, arn.block.owner, value) if isinstance(value, Unknown) else None
    if referent and referent.type == "aws_iam_policy":
        return _looked_up(arn.block.view(referent))
    text = (render(value) if isinstance(value, Unknown) else arn.string(default="")) or ""
    parsed = parse_arn(text)
    if isinstance(value, Unknown) and (parsed is None or "${" in parsed.account + parsed.resource):
        raise arn.not_evaluated(value)
    return name_in(text) or ""


def _looked_up(policy: Resource) -> str:
    if policy.owner.mode == "managed":
        return ""
    name = policy["name"] if policy["name"].is_configured else policy["arn"]
    return name.string(default="").rpartition(":")[2].removeprefix("policy/")


def opens_session(path: EscalationPath) -> bool:
    """Return whether an escalation path opens a remote session, which `ssm-session-unrestricted` checks."""
    return any(action.lower() in SESSION_ACTIONS for action in path.actions)


def resource_kind(statement: Statement) -> str | None:
    """Return the type of the resource of a resource-based policy or trust policy: `queue`, `key`, ...

    `None` for other policies, and for resources that are public by purpose.
    """
    if statement.owner.kind not in ("resource", "trust"):
        return None
    return next((kind for prefix, kind in _KINDS.items() if statement.type.startswith(prefix)), None)


def principal_name(statement: Statement) -> str:
    """Return the name of the element `Principal`, or that of the argument of a resource without a document."""
    return PRINCIPAL if statement.type in PERMISSIONS else "Principal"


def not_in_reference(statement: Statement, action: str) -> str:
    """Return why nothing is known about *action*, without its name if a plan marks the statement as sensitive."""
    name = "an action" if statement.owner.is_sensitive else f"`{action}`"
    return f"{name} is not in the AWS Service Authorization Reference; correct its name or update plainwork"


def is_bucket_policy(statement: Statement) -> bool:
    """Return whether the statement is one of a bucket policy."""
    return statement.type in _BUCKET_POLICIES


def reads_objects(statement: Statement) -> Ternary:
    """Return whether the actions of a bucket policy's statement include reading or listing objects."""
    return any_of(includes_action(statement.owner, action) for action in _READ_ACTIONS)
