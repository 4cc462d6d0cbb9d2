"""S3 ACL allows public access.

What: The ACL of a bucket or object allows everyone (`public-read`, `public-read-write`) or every AWS account
    (`authenticated-read`), and no public access block in the stack blocks or ignores public ACLs.
Why: Anyone can read, or also write, the objects or the list of objects.
Remedy: Remove the ACL and set `block_public_acls = true` and `ignore_public_acls = true`. To publish a bucket, use
    CloudFront with origin access control.
Limitations: Without an `aws_s3_bucket_public_access_block` in the stack a finding is medium: Amazon S3 blocks public
    ACLs for buckets that were created since April 2023, so the apply fails. A block of the account counts if it is in
    the stack. `log-delivery-write` and other groups of AWS services pass.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.api import Argument, Findings, Resource, check_each, policy, some

_BUCKET = "aws_s3_bucket"
_BLOCK, _ACCOUNT_BLOCK = "aws_s3_bucket_public_access_block", "aws_s3_account_public_access_block"
_GRANTS = {
    "aws_s3_bucket": ("grant.uri",),
    "aws_s3_bucket_acl": ("access_control_policy.grant.grantee.uri",),
    "aws_s3_bucket_object": (),
    "aws_s3_object": (),
    "aws_s3_object_copy": ("grant.uri",),
}
_BLOCKING = ("block_public_acls", "ignore_public_acls")
_READ, _CHANGE = "read", "read and change"
_PUBLIC = {
    "authenticated-read": ("every AWS account", _READ),
    "public-read": ("anyone", _READ),
    "public-read-write": ("anyone", _CHANGE),
    "http://acs.amazonaws.com/groups/global/AllUsers": ("anyone", "use"),
    "http://acs.amazonaws.com/groups/global/AuthenticatedUsers": ("every AWS account", "use"),
}


@policy(
    "PLW_PRIV_029",
    "s3-acl-public-access",
    severity="critical",
    on=tuple(_GRANTS),
    links=(
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-2",
    ),
)
def s3_acl_public_access(resource: Resource) -> Findings:
    """Check the canned ACL and the grants."""

    def check(argument: Argument) -> Findings:
        if (acl := argument.string(default="")) not in _PUBLIC:
            return
        blocks = _access_blocks(resource)
        if some(blocks, _blocks_acls):
            return
        caller, use = _PUBLIC[acl]
        thing = "object" if "object" in resource.type else "bucket"
        yield argument.fail(
            f"`{argument.name}` is `{acl}`, and "
            + (
                f"`{blocks[0].address}` allows it; {caller} can {use} the {thing}"
                if blocks
                else f"the stack has no public access block for the bucket; {caller} can {use} the {thing} if the "
                "bucket was created before April 2023, and the apply fails otherwise"
            ),
            remedy="Remove the ACL, and set `block_public_acls = true` and `ignore_public_acls = true`.",
            severity=None if blocks else "medium",
        )

    yield from check_each(_acls(resource), check)


def _acls(resource: Resource) -> Iterator[Argument]:
    yield resource["acl"]
    for path in _GRANTS[resource.type]:
        yield from resource.arguments(path)


def _access_blocks(resource: Resource) -> list[Resource]:
    """Return the public access blocks of the bucket and of the account that are in the stack."""
    account = [resource.view(block) for block in resource.stack.managed(_ACCOUNT_BLOCK)]
    if some(account, _blocks_acls):
        return account
    bucket = resource if resource.type == _BUCKET else resource["bucket"].resource(_BUCKET, "bucket")
    blocks = bucket.referenced_by(_BLOCK, "bucket", "bucket")
    return blocks.certain() or list(blocks)  # a bucket has one


def _blocks_acls(block: Resource) -> bool:
    return some(_BLOCKING, lambda name: block[name].bool(default=False))
