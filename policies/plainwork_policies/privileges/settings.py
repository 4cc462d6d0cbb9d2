"""The table `[iam]` of the settings file."""

from __future__ import annotations

from typing import ClassVar, Literal

from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_policies.engine.settings import Table, setting


@frozen()
class IamSettings(Table):
    """What IAM policies may allow.

    Raises:
        InputError: a trusted account is not an account ID.
    """

    table: ClassVar[str] = "iam"
    former_table: ClassVar[str] = "privileges"

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

    def __post_init__(self) -> None:
        for account in self.trusted_accounts:
            if not is_account_id(account):
                raise InputError(f"`trusted_accounts` has {account!r}; an account ID has 12 digits")


SETTINGS = IamSettings
