"""Resource-based policy allows public access.

What: A statement allows `*`, or by `NotPrincipal` every other principal, without a condition that limits the caller. It
    is in the policy of a bucket, key, queue, topic, file system, log destination, secret, vault, repository, event bus
    or stream, in the trust policy of a role, or a permission of a Lambda function, layer version or event bus.
Why: `*` is any principal of any AWS account and, for many services, a caller without credentials. They can read and
    delete the objects of a bucket, send messages to a queue, use a key, or assume a role.
Remedy: List the principals, or add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID`.
Limitations: A condition on the principal, its account or organization, the network, the calling service or the access
    point limits the caller; so does `elasticfilesystem:AccessedViaMountTarget`. An ARN of any account does not,
    whatever its name. Resources that are public by purpose (APIs, public registries, VPC Lattice) are not checked;
    OpenSearch domains and function URLs are checked by `opensearch-domain-public-access` and
    `lambda-function-url-unauthenticated`. If a `Deny` statement limits the principals, the result is not evaluated. The
    public access blocks of S3, EFS, ECR and other services are not checked, nor whether the service accepts
    `NotPrincipal` in an `Allow` statement.
"""

from __future__ import annotations

from plainwork_core.iam.permissions import is_function_url_public
from plainwork_core.iam.principal_scope import is_limited_by_deny, limits_public
from plainwork_core.iam.principals import allows_public
from plainwork_core.model.rendering import quote
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Stack, policy
from plainwork_policies.privileges.subjects import is_bucket_policy, principal_name, reads_objects, resource_kind
from plainwork_policies.reading.statement import Statement, statements_of

_REMEDY = "List the principals, or add a condition on `aws:SourceArn`, `aws:SourceAccount` or `aws:PrincipalOrgID`."
_REMEDIES = {
    "aws_cloudwatch_event_permission": "Set `principal` to an account ID, or add a condition on `aws:PrincipalOrgID`.",
    "aws_lambda_layer_version_permission": "Set `principal` to an account ID, or set `organization_id`.",
    "aws_lambda_permission": "Set `principal` to an account ID, or set `principal_org_id`.",
}


@policy(
    "PLW_PRIV_010",
    "resource-policy-public-access",
    severity="critical",
    on=statements_of("resource", "trust"),
    where=lambda statement: resource_kind(statement) is not None,
    aliases=("everyone-allowed",),
    links=(
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/lambda-controls.html#lambda-1",
        "https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html",
    ),
)
def resource_policy_public_access(statement: Statement, stack: Stack) -> Findings:
    """Check the principals and conditions."""
    model = statement.owner
    element = "NotPrincipal" if model.not_principals else "Principal"
    public, limited = allows_public(model), limits_public(model)
    by_url = is_function_url_public(model)
    if statement.is_deny or public is False or limited is True or by_url is True:
        return
    statement.require_grant(element, public, limited, is_limited_by_deny(model, stack), by_url)
    excluded = enumeration(quote(principal.value) for principal in model.not_principals)
    principals = (
        f"`NotPrincipal` is {excluded} in an `Allow` statement" if excluded else f"`{principal_name(statement)}` is `*`"
    )
    yield statement[element].fail(
        f"{principals} without a condition that limits the caller; "
        f"{'anyone else' if excluded else 'anyone'} can {_use(statement)}",
        value="*",
        remedy=_REMEDIES.get(statement.type, _REMEDY),
    )


def _use(statement: Statement) -> str:
    kind = resource_kind(statement)
    if is_bucket_policy(statement) and reads_objects(statement) is True:
        return "read the bucket"
    return f"{'assume' if kind == 'role' else 'use'} the {kind}"
