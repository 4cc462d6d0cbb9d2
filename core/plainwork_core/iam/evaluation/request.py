"""The request that policies are evaluated for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Literal

from plainwork_core.aws.arn import parse_arn
from plainwork_core.aws.iam_actions import arn_pattern
from plainwork_core.frozen import frozen
from plainwork_core.iam.statement import Text, Texts
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown

PrincipalKind = Literal["role", "user", "root", "service", "federated", "anonymous"]
Tags = Mapping[str, Text] | Unknown
_SESSION = "plainwork"
"""The name of the role session, if the request gives none."""


@frozen()
class RequestPrincipal:
    """The principal that makes a request.

    Args:
        arn: of the role, the user or the root user; the name of a service (`ecs-tasks.amazonaws.com`); the identity
            provider of a federated principal (its ARN, or `cognito-identity.amazonaws.com`); `*` if it is anonymous.
        kind: what it is.
        account: ID of its account. Default: the account in *arn*.
        tags: of the principal and the session: `aws:PrincipalTag/...`. Default: none.
        session_arn: of the session of a role. Default: one that is named `plainwork`.
    """

    arn: Text
    kind: PrincipalKind = "role"
    account: Text = ""
    tags: Tags = field(default_factory=dict)
    session_arn: Text = ""

    @property
    def account_id(self) -> Text:
        """The account ID; `""` if the principal has no account, `Unknown` if it is not known."""
        return self.account if self.account != "" else _account_in(self.arn, "the account of the principal")

    @property
    def session(self) -> Text:
        """The ARN of the role session; `""` if the principal is no role."""
        if self.kind != "role" or self.session_arn != "":
            return self.session_arn
        arn = parse_arn(render(self.arn) or "")
        if arn is None or isinstance(self.arn, Unknown):
            return Unknown("the ARN of the role session is unknown")
        name = arn.resource.rpartition("/")[2]
        return f"arn:{arn.partition}:sts::{arn.account}:assumed-role/{name}/{_SESSION}"


@frozen()
class RequestResource:
    """The resource that a request is about.

    Args:
        arn: its ARN; `*` for an action without resource types. Another `*` in it is a part that is unknown.
        account: ID of the account that owns it. Default: the account in *arn*.
        tags: of the resource: `aws:ResourceTag/...`. Default: unknown.
    """

    arn: Text
    account: Text = ""
    tags: Tags = field(default_factory=lambda: Unknown("the tags of the resource are not given"))

    @property
    def account_id(self) -> Text:
        """The account ID; `Unknown` if neither *account* nor *arn* has it."""
        return self.account if self.account != "" else _account_in(self.arn, "the account that owns the resource")


@frozen()
class Request:
    """One request.

    Args:
        principal: that makes it.
        action: such as `s3:GetObject`, in any case.
        resource: that it is about.
        context: the values of condition keys, by key in any case: `{"aws:RequestTag/Owner": ("team",)}`. The keys of
            the principal and of the resource (`aws:PrincipalArn`, `aws:ResourceTag/...`) follow from them. The request
            uses TLS and comes from the principal itself (`aws:SecureTransport`, `aws:ViaAWSService`) by default.
        complete: whether a key that is not in *context* is absent from the request. If not, it is unknown. The keys
            that every request has, such as `aws:SourceIp`, are unknown in both cases.
    """

    principal: RequestPrincipal
    action: str
    resource: RequestResource
    context: Mapping[str, Texts] = field(default_factory=dict)
    complete: bool = True

    @property
    def service(self) -> str:
        """Prefix of the service, in lower case."""
        return self.action.partition(":")[0].lower()


def _account_in(arn: Text, name: str) -> Text:
    parsed = parse_arn(render(arn) or "")
    if parsed is not None and parsed.account.isdigit():
        return parsed.account
    if isinstance(arn, str) and not arn.startswith("arn:") and arn != "*":
        return ""
    return Unknown(f"{name} is not given")


def unnamed_arn(arn_format: str) -> str:
    """Return *arn_format*, of the Service Authorization Reference, with `*` for each part that is not given.

    `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}` becomes `arn:aws:sqs:*:*:*`.
    """
    return arn_pattern(arn_format.replace("${Partition}", "aws"))
