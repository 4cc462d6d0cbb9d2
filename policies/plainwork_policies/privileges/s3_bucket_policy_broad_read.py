"""S3 bucket policy allows an entire account or the public to read the bucket.

What: a statement of a bucket policy allows reading or listing objects, and its principal is an account
    (`arn:aws:iam::123456789012:root` or `123456789012`) or everyone (`*`, or all but those whom `NotPrincipal` names),
    without a condition that narrows who.
Why: an account as principal hands the decision to that account's administrators: any of its roles may be given the
    data, and nobody here will see it. With `*` it is anybody on the internet.
Remedy: name the role that reads, or add a condition on it::

        principals {
          type        = "AWS"
          identifiers = [aws_iam_role.report_reader.arn]
        }
Limitations: conditions on the principal (`aws:PrincipalArn`, `aws:PrincipalTag/...`), the network (`aws:SourceVpce`,
    `aws:SourceVpc`, `aws:SourceIp`), the calling service (`aws:SourceArn`, `aws:SourceAccount`) or the access point
    (`s3:DataAccessPointArn`) narrow; `aws:PrincipalOrgID` narrows `*`, but not an account. `aws:PrincipalAccount`
    narrows nothing: it names a whole account. A statement beside one that denies it to all but some (`NotIpAddress` of
    `aws:SourceIp`, `NotPrincipal`) is not evaluated. Canonical user ids, ACLs, access points and the public access
    block are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam import Statement, statements
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.patterns import matches
from plainwork_core.iam.principals import is_account, is_everyone, lets_everyone_in
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.privileges.who import NARROWER_THAN_AN_ACCOUNT, NARROWER_THAN_EVERYONE, shut_out, whom

_BUCKET_POLICIES = ("aws_s3_bucket", "aws_s3_bucket_policy")
_READS = ("s3:getobject", "s3:getobjectversion", "s3:listbucket", "s3:listbucketversions")


def bucket_statements(stack: Stack) -> list[Statement]:
    """Return the statements of bucket policies."""
    return [statement for statement in statements(stack) if statement.document.owner.type in _BUCKET_POLICIES]


@policy(
    "PLW_PRIV_004",
    "s3-bucket-policy-broad-read",
    aliases=("account-reads-bucket",),
    severity="high",
    subjects=bucket_statements,
    links=("https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",),
)
def s3_bucket_policy_broad_read(statement: Statement, stack: Stack) -> Iterator[Finding]:
    """Judge one statement by each of its principals."""
    reads = reads_bucket(statement)
    if statement.effect == "Deny" or reads is False:
        return
    if statement.not_principals:
        yield from _judge("*", statement, stack, wide=lets_everyone_in(statement), reads=reads)
    for principal in statement.principals:
        everyone = is_everyone(principal)
        who = "*" if everyone else quote(principal.value)
        yield from _judge(who, statement, stack, wide=everyone or is_account(principal), reads=reads)


def _judge(
    who: str, statement: Statement, stack: Stack, *, wide: bool | Unknown, reads: bool | Unknown
) -> Iterator[Finding]:
    """Judge what *statement* gives to *who*: an account's number or ARN, or `*`."""
    everyone = who == "*"
    keys = NARROWER_THAN_EVERYONE if everyone else NARROWER_THAN_AN_ACCOUNT
    narrow = narrowed(statement, lambda key: key.startswith(keys))
    if wide is False or narrow is True:
        return
    path = statement.path("NotPrincipal" if statement.not_principals else "Principal")
    if doubt := statement.doubt(wide, reads, narrow) or shut_out(statement, stack):
        yield not_evaluated(path, doubt)
        return
    remedy = "name the roles that read, or add a condition such as `aws:PrincipalArn`"
    message = f"lets {whom(statement) if everyone else f'the whole account `{who}`'} read the bucket"
    yield fail(path, message, value=who, remedy=remedy)


def reads_bucket(statement: Statement) -> bool | Unknown:
    """Tell whether *statement* is one of a bucket policy whose actions include reading or listing objects."""
    if statement.document.owner.type not in _BUCKET_POLICIES:
        return False
    known = [action.lower() for action in statement.actions if isinstance(action, str)]
    if any(matches(action, read) for action in known for read in _READS):
        return True
    left_out = [action.lower() for action in statement.not_actions if isinstance(action, str)]
    if statement.not_actions and not all(any(matches(action, read) for action in left_out) for read in _READS):
        return next((action for action in statement.not_actions if isinstance(action, Unknown)), True)
    return next((action for action in statement.actions if isinstance(action, Unknown)), False)
