"""The bucket policy: TLS only, the encryption of the bucket only, and optionally a perimeter.

Every statement denies. IAM policies allow access; for roles of other accounts, the bucket policy allows it too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plainwork.checks import identifiers, scalars
from plainwork.iam import condition, deny
from plainwork.s3_state_backend.policy_document import PolicyDocument
from plainwork.terraform import Resource
from plainwork_core.aws.identifiers import is_organization_id
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plainwork.s3_state_backend.encryption import StateEncryption
    from plainwork.terraform import Construct, Provider

_OBJECT_ACTIONS = ("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")
_NOT_AN_AWS_SERVICE = condition("BoolIfExists", "aws:PrincipalIsAWSService", "false")


@frozen()
class StateBucketPerimeter:
    """Networks and principals that can access the state bucket.

    The perimeter limits what IAM policies allow. AWS services that act on their own behalf are exempt.

    Attributes:
        organization_id: ID of the AWS organization (`o-...`) of the principals.
        account_ids: accounts of the principals, 12 digits each; must contain the account of the bucket.
        vpc_endpoint_ids: VPC endpoints (`vpce-...`) that requests for states must use. The configuration of the bucket
            can also be changed from outside, so that a mistake can be corrected.

    See https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
    """

    organization_id: str | None = None
    account_ids: tuple[str, ...] = ()
    vpc_endpoint_ids: tuple[str, ...] = ()

    def problems(self, account_id: str) -> Iterator[str]:
        """Yield one message for each invalid ID, and one if the perimeter excludes the account of the bucket."""
        if self.organization_id is not None:
            yield from _organization_problems(self.organization_id)
        yield from _ids_problems("account_ids", self.account_ids, identifiers.account_id_problems)
        yield from _ids_problems("vpc_endpoint_ids", self.vpc_endpoint_ids, _vpc_endpoint_problems)
        is_known = not any(map(scalars.is_reference, self.account_ids))
        if self.account_ids and is_known and account_id not in self.account_ids:
            yield (
                f"perimeter.account_ids must contain {account_id!r}, the account of the bucket; otherwise that account "
                f"cannot change the bucket policy: got {self.account_ids!r}"
            )

    def deny_statements(self, bucket_arn: str) -> Iterator[dict[str, Any]]:
        """Yield one statement for each limit of the perimeter."""
        everything = (["s3:*"], [bucket_arn, f"{bucket_arn}/*"])
        if self.organization_id:
            outside = condition("StringNotEqualsIfExists", "aws:PrincipalOrgID", self.organization_id)
            yield deny("DenyOtherOrganizations", *everything, outside, _NOT_AN_AWS_SERVICE)
        if self.account_ids:
            outside = condition("StringNotEqualsIfExists", "aws:PrincipalAccount", *self.account_ids)
            yield deny("DenyOtherAccounts", *everything, outside, _NOT_AN_AWS_SERVICE)
        if self.vpc_endpoint_ids:
            outside = condition("StringNotEqualsIfExists", "aws:SourceVpce", *self.vpc_endpoint_ids)
            directly = condition("BoolIfExists", "aws:ViaAWSService", "false")
            objects = (_OBJECT_ACTIONS, [f"{bucket_arn}/*"])
            yield deny("DenyOtherNetworks", *objects, outside, directly, _NOT_AN_AWS_SERVICE)


def attach_bucket_policy(
    scope: Construct,
    bucket: Resource,
    encryption: StateEncryption,
    perimeter: StateBucketPerimeter,
    provider: Provider | None = None,
) -> PolicyDocument:
    """Create the policy document, attach it to the bucket, and return the document.

    Source of the TLS statements: https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html and
    https://repost.aws/knowledge-center/s3-enforce-modern-tls.
    """
    arn = bucket["arn"]
    everything = (["s3:*"], [arn, f"{arn}/*"])
    document = PolicyDocument(
        scope,
        "bucket",
        [
            deny("DenyPlainHttp", *everything, condition("Bool", "aws:SecureTransport", "false")),
            deny("DenyOldTls", *everything, condition("NumericLessThan", "s3:TlsVersion", "1.2")),
            *encryption.deny_statements(f"{arn}/*"),
            *perimeter.deny_statements(arn),
        ],
    )
    Resource(scope, "aws_s3_bucket_policy", provider=provider, bucket=bucket["id"], policy=document.json)
    return document


def _organization_problems(organization_id: Any) -> Iterator[str]:
    if not scalars.is_reference(organization_id) and not is_organization_id(str(organization_id)):
        yield f"perimeter.organization_id must be an organization ID, as 'o-a1b2c3d4e5': got {organization_id!r}"


def _ids_problems(field: str, values: Any, problems: Callable[[str, Any], Iterator[str]]) -> Iterator[str]:
    if not isinstance(values, tuple | list):
        yield f"perimeter.{field} must be a tuple of strings: got {values!r}"
        return
    for value in values:
        yield from problems(f"perimeter.{field}", value)


def _vpc_endpoint_problems(name: str, value: Any) -> Iterator[str]:
    return identifiers.resource_id_problems(name, value, "vpce")
