"""The bucket policy: only over TLS, only encrypted as the bucket is, and, where wished, only from inside a perimeter.

Every statement denies. What is allowed is the business of IAM policies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plainwork.iam import condition, deny
from plainwork.terraform import DataSource, Resource

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plainwork.s3_state_backend.encryption import EncryptedWith
    from plainwork.terraform import Construct

_OBJECT_ACTIONS = ("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:GetObject", "s3:GetObjectVersion", "s3:PutObject")
_NOT_AN_AWS_SERVICE = condition("BoolIfExists", "aws:PrincipalIsAWSService", "false")
_FORMS = {
    "organization_id": re.compile(r"o-[a-z0-9]{10,32}"),
    "account_ids": re.compile(r"\d{12}"),
    "vpc_endpoint_ids": re.compile(r"vpce-[0-9a-f]{8,17}"),
}


@dataclass(frozen=True)
class Perimeter:
    """From where states can be reached, whatever IAM policies allow; AWS services acting by themselves are let in.

    Attributes:
        organization_id: only principals of this AWS organization (`o-...`).
        account_ids: only principals of these accounts, 12 digits each.
        vpc_endpoint_ids: states only through these VPC endpoints (`vpce-...`); the bucket's own settings stay reachable
            from outside, so that a mistake can be undone.

    See https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html
    """

    organization_id: str | None = None
    account_ids: tuple[str, ...] = ()
    vpc_endpoint_ids: tuple[str, ...] = ()

    def problems(self, account_id: str) -> Iterator[str]:
        """One sentence for each value that is no identifier, and one where a bucket of `account_id` would be locked.

        References pass.
        """
        given = {
            "organization_id": (self.organization_id,) if self.organization_id is not None else (),
            "account_ids": self.account_ids,
            "vpc_endpoint_ids": self.vpc_endpoint_ids,
        }
        for field, values in given.items():
            if isinstance(values, str):
                yield f"perimeter {field} must be a tuple of strings: got {values!r}"
                continue
            for value in map(str, values):
                if "${" not in value and not _FORMS[field].fullmatch(value):
                    yield f"perimeter {field} must match {_FORMS[field].pattern}: got {value!r}"
        if self.account_ids and account_id not in self.account_ids and "${" not in "".join(map(str, self.account_ids)):
            yield (
                f"perimeter account_ids must hold {account_id!r} too, the bucket's own account, which else could not "
                f"even change the policy back: got {self.account_ids!r}"
            )

    def deny_statements(self, bucket_arn: str) -> Iterator[dict[str, Any]]:
        """One statement for each wall of the perimeter."""
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
    scope: Construct, bucket: Resource, encrypted: EncryptedWith, perimeter: Perimeter
) -> Resource:
    """Write the policy and attach it.

    The TLS rules are those of https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html and
    https://repost.aws/knowledge-center/s3-enforce-modern-tls.
    """
    arn = bucket["arn"]
    everything = (["s3:*"], [arn, f"{arn}/*"])
    document = DataSource(
        scope,
        "aws_iam_policy_document",
        "bucket",
        statement=[
            deny("DenyPlainHttp", *everything, condition("Bool", "aws:SecureTransport", "false")),
            deny("DenyOldTls", *everything, condition("NumericLessThan", "s3:TlsVersion", "1.2")),
            *encrypted.deny_statements(f"{arn}/*"),
            *perimeter.deny_statements(arn),
        ],
    )
    return Resource(scope, "aws_s3_bucket_policy", bucket=bucket["id"], policy=document["json"])
