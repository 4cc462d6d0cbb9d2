"""Gateway endpoint policy has an account as principal.

What: A statement in the policy of a gateway endpoint has an AWS account as principal: `123456789012` or
    `arn:aws:iam::123456789012:root`.
Why: In the policy of a gateway endpoint, such a principal is the root user of the account, not its users and roles. An
    `Allow` statement denies the requests of the whole account, and a `Deny` statement has no effect on its roles.
Remedy: Set the principal to `*`, and add a condition on `aws:PrincipalAccount` or `aws:PrincipalArn`.
Limitations: An endpoint outside the stack is not evaluated. Interface endpoints pass: there an account is all of its
    users and roles.
"""

from __future__ import annotations

from plainwork_core.iam.principals import is_account
from plainwork_core.model.rendering import quote
from plainwork_core.model.ternary import any_of
from plainwork_policies.api import Findings, Resource, all_conditions, policy
from plainwork_policies.endpoints.subjects import is_gateway
from plainwork_policies.reading.statement import Statement, statements_of


@policy(
    "PLW_ENDPOINT_010",
    "vpc-endpoint-gateway-account-principal",
    severity="high",
    on=statements_of("endpoint"),
    links=(
        "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#vpc-endpoint-policies-gateway",
    ),
)
def vpc_endpoint_gateway_account_principal(statement: Statement) -> Findings:
    """Check the principals, then the type of the endpoint."""
    principals = statement.owner.principals
    if all_conditions(
        lambda: statement.resolve("Principal", any_of(map(is_account, principals))), lambda: _is_of_gateway(statement)
    ):
        accounts = [quote(principal.value) for principal in principals if is_account(principal) is True]
        yield statement["Principal"].fail(
            f"`Principal` is `{accounts[0]}`, which is only the root user in the policy of a gateway endpoint",
            value=accounts,
            remedy='Set `Principal = "*"`, and add a condition on `aws:PrincipalAccount` or `aws:PrincipalArn`.',
        )


def _is_of_gateway(statement: Statement) -> bool:
    owner = statement.stack.resource(statement.address)
    resource = Resource(owner or statement.owner.document.owner, statement.stack)
    if resource.type == "aws_vpc_endpoint_policy":
        resource = resource["vpc_endpoint_id"].resource("aws_vpc_endpoint")
    return is_gateway(resource)
