"""The table `[iam]` of the settings file."""

from __future__ import annotations

from typing import ClassVar, Literal

from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.iam.stack_requests.action_names import actions_named
from plainwork_policies.engine.settings import Table, setting


@frozen()
class Never:
    """What a principal must not be able to do.

    Args:
        principal: pattern of addresses, names or ARNs of roles and users.
        action: an action, or a pattern of actions.
        resource: pattern of addresses of the stack, pattern of ARNs, or `*` for any resource.
        reason: why.

    Raises:
        InputError: no service has the action, or *resource* is neither an address nor an ARN.
    """

    principal: str
    action: str
    resource: str = "*"
    reason: str = ""

    def __post_init__(self) -> None:
        actions_named(self.action)
        if self.resource != "*" and not self.resource.startswith("arn:") and "." not in self.resource:
            raise InputError(
                f"`resource` is {self.resource!r}; use an address such as `aws_s3_bucket.*`, an ARN, or `*`"
            )


@frozen()
class IamSettings(Table):
    """What IAM policies may allow.

    Raises:
        InputError: a trusted account is not an account ID.
    """

    table: ClassVar[str] = "iam"
    former_table: ClassVar[str] = "privileges"
    top_level: ClassVar[tuple[str, ...]] = ("never",)

    trusted_accounts: tuple[str, ...] = setting(
        (),
        help="Account IDs that resource-based policies and trust policies may allow as a whole.",
        example=("123456789012",),
        formerly="accounts",
    )
    denied_managed_policies: tuple[str, ...] = setting(
        ("IAMFullAccess", "PowerUserAccess"),
        help="AWS managed policies that must not be attached: the part of the ARN after `policy/`.",
        formerly="elevated_policies",
    )
    allowed_managed_policies: tuple[str, ...] = setting(
        (),
        help="AWS managed policies that may be attached whatever they allow: the part of the ARN after `policy/`.",
        example=("AmazonS3FullAccess",),
    )
    wildcard_resource_reads: Literal["contents", "all"] = setting(
        "contents",
        help="Which reads require resource ARNs: of `contents` (objects, items, secrets), or `all`, configuration "
        "included.",
    )
    github_subject_scope: Literal["repository", "organization"] = setting(
        "repository",
        help="Widest GitHub OIDC subject that a trust policy may allow: `repository` or `organization`.",
        formerly="github_subjects",
    )
    require_passed_to_service: Literal["wildcard", "always"] = setting(
        "wildcard",
        help="When `iam:PassRole` requires a condition on `iam:PassedToService`: for role ARNs with a `wildcard`, or "
        "`always`.",
        formerly="passed_to_service",
    )

    never: tuple[Never, ...] = setting(
        (),
        help="What no principal of a stack may be able to do. Each entry is also a table `[[never]]`, with patterns of "
        "principals, actions and resources.",
        example=({"principal": "*", "action": "s3:DeleteBucket", "resource": "aws_s3_bucket.state"},),
    )

    def __post_init__(self) -> None:
        for account in self.trusted_accounts:
            if not is_account_id(account):
                raise InputError(f"`trusted_accounts` has {account!r}; an account ID has 12 digits")


SETTINGS = IamSettings
