"""OpenSearch domain allows public access.

What: The access policy of an Amazon OpenSearch Service domain allows `*` without a condition that limits the caller.
    The domain is not in a VPC and does not have fine-grained access control.
Why: The endpoint of the domain is public. Anyone can read, change and delete the indexes without credentials.
Remedy: List the principals, add a condition on `aws:SourceIp`, or add `vpc_options`.
Limitations: A domain in a VPC passes, because a client must reach the VPC. A domain with
    `advanced_security_options` passes, because AWS recommends an open access policy with it.
"""

from __future__ import annotations

from plainwork_core.iam.principal_scope import is_limited_by_deny, limits_public
from plainwork_core.iam.principals import allows_public
from plainwork_policies.api import Block, Findings, Resource, Stack, policy
from plainwork_policies.reading.statement import Statement, statements_of

_DOMAINS = ("aws_elasticsearch_domain", "aws_opensearch_domain")


@policy(
    "PLW_PRIV_028",
    "opensearch-domain-public-access",
    severity="critical",
    on=statements_of("resource"),
    where=lambda statement: statement.type.startswith(_DOMAINS),
    links=(
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html",
        "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/fgac.html",
        "https://docs.aws.amazon.com/securityhub/latest/userguide/opensearch-controls.html#opensearch-2",
    ),
)
def opensearch_domain_public_access(statement: Statement, stack: Stack) -> Findings:
    """Check the principals of a statement, and then its domain."""
    model = statement.owner
    public, limited = allows_public(model), limits_public(model)
    if statement.is_deny or public is False or limited is True or _is_protected(_domain(statement)):
        return
    statement.require_grant("Principal", public, limited, is_limited_by_deny(model, stack))
    yield statement["Principal"].fail(
        "`Principal` is `*` without a condition that limits the caller, and the domain has no `vpc_options`; "
        "anyone can read and change its indexes",
        value="*",
        remedy="List the principals, or add a condition on `aws:SourceIp`.",
    )


def _domain(statement: Statement) -> Resource:
    owner = Resource(statement.owner.document.owner, statement.stack)
    if owner.type in _DOMAINS:
        return owner
    return owner["domain_name"].resource(owner.type.removesuffix("_policy"), "domain_name")


def _is_protected(domain: Resource) -> bool:
    """Return whether the domain is in a VPC or has fine-grained access control."""
    options: Block | None = domain.block("advanced_security_options")
    return domain.block("vpc_options") is not None or (options is not None and options["enabled"].bool())
