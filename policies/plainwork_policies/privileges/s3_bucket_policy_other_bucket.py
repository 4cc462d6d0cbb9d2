"""S3 bucket policy has the ARN of another bucket.

What: All resources of a statement of a bucket policy belong to another bucket than the one that has the policy.
Why: Amazon S3 rejects the policy ("Policy has invalid resource"), which `terraform validate` and a plan do not.
Remedy: Set `Resource` to the ARN of the bucket and to its objects, `<arn>/*`.
Limitations: Access points and a bucket whose name is unknown are not evaluated, except that references to two buckets
    are compared by address.
"""

from __future__ import annotations

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.statement import Text
from plainwork_core.model.references import referents
from plainwork_core.model.rendering import quote, render
from plainwork_core.model.ternary import Ternary, all_of
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_core.wildcards import matches
from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.privileges.subjects import is_bucket_policy
from plainwork_policies.reading.statement import Statement, statements_of

_BUCKET = "aws_s3_bucket"


@policy(
    "PLW_PRIV_032",
    "s3-bucket-policy-other-bucket",
    severity="medium",
    on=statements_of("resource"),
    where=is_bucket_policy,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/s3-bucket-user-policy-specifying-resource.html",),
)
def s3_bucket_policy_other_bucket(statement: Statement) -> Findings:
    """Check the buckets in `Resource`."""
    resources = statement.owner.resources
    if not resources:
        return
    owner = Resource(statement.owner.document.owner, statement.stack)
    if statement.resolve("Resource", all_of(_is_other(resource, owner) for resource in resources)):
        found = [quote(resource) for resource in resources]
        yield statement["Resource"].fail(
            f"`Resource` is {enumeration(found)}, which does not belong to the bucket of the policy; S3 rejects it",
            value=found,
            remedy="Set `Resource` to the ARN of the bucket.",
        )


def _is_other(resource: Text, owner: Resource) -> Ternary:
    """Return whether *resource* belongs to another bucket than that of *owner*, the bucket or its policy."""
    bucket = _bucket(owner)
    name = (bucket or owner)["bucket"].raw
    if isinstance(resource, Unknown) and (found := _buckets(resource, owner)):
        return _differ(found, bucket, name)
    arn = parse_arn(render(resource) or "")
    if arn is None or arn.service != "s3" or arn.account:
        return resource if isinstance(resource, Unknown) else False
    pattern = arn.resource.partition("/")[0]
    if not isinstance(name, str) or "${" in pattern:
        return _unknown(name, resource)
    return not matches(pattern, name)


def _bucket(owner: Resource) -> Resource | None:
    if owner.type == _BUCKET:
        return owner
    argument = owner["bucket"]
    return argument.resource(_BUCKET, "bucket") if argument.refers_to(_BUCKET, "bucket") else None


def _buckets(resource: Unknown, owner: Resource) -> list[Resource]:
    """Return the buckets of the stack that *resource* refers to."""
    found = referents(owner.stack, owner.owner, resource)
    return (
        [owner.view(one) for one in found]
        if all(one.type == _BUCKET and one.mode == "managed" for one in found)
        else []
    )


def _differ(found: list[Resource], bucket: Resource | None, name: object) -> Ternary:
    """Return whether none of *found* is the *bucket* with this *name*."""
    if bucket is not None:
        return all(one.address != bucket.address for one in found)
    names = [one["bucket"].raw for one in found]
    if not isinstance(name, str) or not all(isinstance(one, str) for one in names):
        return _unknown(name, *names)
    return name not in names


def _unknown(*values: object) -> Unknown:
    """Return the first of *values* that is unknown; without one, the provider makes the name."""
    found = (value for value in values if isinstance(value, Unknown))
    return next(found, Unknown("`bucket` is not set; the name of the bucket is known only after apply"))
