"""Resource-based policy allows public access.

What: a statement of the policy of a bucket, key, queue, topic, file system, log destination, secret, vault, repository,
    event bus or stream, or of a role's trust policy, allows something to everyone (`*`), or by `NotPrincipal` to
    everyone but those that it names, without a condition that says who that is.
Why: `*` is anybody with any AWS account, and for many services anybody at all: strangers fill the queue, delete from
    the bucket, use the key, or become the role.
Remedy: name who calls, or say in a condition where from or for what::

        condition {
          test     = "ArnEquals"
          variable = "aws:SourceArn"
          values   = [aws_sns_topic.orders.arn]
        }
Limitations: reading a bucket is `s3-bucket-policy-broad-read`'s. Conditions on the principal, its account or
    organization, on the network, the calling service or the access point narrow; so does
    `elasticfilesystem:AccessedViaMountTarget`. What is
    public by purpose (APIs, registries, VPC Lattice) and domains of OpenSearch are not judged. Another statement that
    denies it to all but some leaves it open. The public access blocks of S3, EFS, ECR and others are not looked at, nor
    whether the service takes a `NotPrincipal` in a statement that allows.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.iam.principals import lets_everyone_in
from plainwork_core.model.stack import Stack
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.resources import noun_of
from plainwork_policies.privileges.s3_bucket_policy_broad_read import reads_bucket
from plainwork_policies.privileges.who import narrows_everyone, shut_out, whom


def judged_statements(stack: Stack) -> list[Statement]:
    """Return the statements of policies on resources that are not public by purpose, and of trust policies."""
    return [statement for statement in statements(stack) if noun_of(statement)]


@policy(
    "PLW_PRIV_010",
    "resource-policy-public-access",
    aliases=("everyone-allowed",),
    severity="critical",
    subjects=judged_statements,
    links=("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",),
)
def resource_policy_public_access(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge one statement by its principals and conditions."""
    reads = reads_bucket(statement)
    if statement.effect == "Deny" or reads is True:
        return
    path = statement.path("NotPrincipal" if statement.not_principals else "Principal")
    everyone, narrow = lets_everyone_in(statement), narrows_everyone(statement)
    if narrow is True or everyone is False:
        return
    if doubt := statement.doubt(everyone, reads, narrow) or shut_out(statement, stack):
        yield not_evaluated(path, doubt)
        return
    remedy = "name who calls, or add a condition such as `aws:SourceArn` or `aws:PrincipalOrgID`"
    yield fail(path, f"lets {whom(statement)} use the {noun_of(statement)}", value="*", remedy=remedy)
