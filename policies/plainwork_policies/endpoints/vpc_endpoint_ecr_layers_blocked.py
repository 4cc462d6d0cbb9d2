"""S3 endpoint policy blocks Amazon ECR image layers.

What: A VPC has an endpoint for Amazon ECR and a gateway endpoint for S3, and no statement of the policy of the latter
    allows `s3:GetObject` on the bucket of AWS with the image layers, `prod-REGION-starport-layer-bucket`.
Why: Amazon ECR stores image layers in S3. Every task and pod in the VPC fails to pull its image, with a 403 error or a
    timeout that mentions neither the endpoint nor its policy. A condition on `aws:ResourceOrgID` or
    `aws:ResourceAccount` has the same effect, because the bucket is in an account of AWS.
Remedy: Allow `s3:GetObject` on the bucket, for all principals, in addition to the own buckets.
Limitations: `Deny` statements are not checked. A condition on the principal is not evaluated. Whether the tasks use
    the route tables of the gateway endpoint is not checked.
"""

from __future__ import annotations

from plainwork_core.aws.ecr import LAYER_BUCKET, layer_bucket
from plainwork_core.iam import Statement
from plainwork_core.iam.conditions import is_limited
from plainwork_core.iam.overlap import may_name
from plainwork_core.iam.principals import has_public_principal
from plainwork_core.iam.reach import matches_action
from plainwork_core.iam.statement import Text, Texts
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.api import Findings, Resource, all_conditions, is_possible, policy, some
from plainwork_policies.endpoints.services import service_of
from plainwork_policies.endpoints.subjects import endpoints_in_vpc, is_gateway, is_same_vpc, policy_statements

_BUCKET = layer_bucket("REGION")
_LAYERS = f"arn:${{Partition}}:s3:::{layer_bucket('${Region}')}/${{Layer}}"
_OF_RESOURCE = ("aws:resource", "s3:resourceaccount")
_OF_PRINCIPAL = ("aws:principal", "aws:userid", "aws:username", "aws:sourceidentity")
_ECR = ("ecr.api", "ecr.dkr")


def _is_gateway_for_layers(endpoint: Resource) -> bool:
    """Return whether *endpoint* is a gateway endpoint for S3 in a VPC with an endpoint for ECR."""
    return all_conditions(
        lambda: is_gateway(endpoint),
        lambda: service_of(endpoint) == "s3",
        lambda: some(endpoints_in_vpc(endpoint), lambda other: _is_for_ecr(other, endpoint)),
    )


def _is_for_ecr(other: Resource, endpoint: Resource) -> bool:
    return all_conditions(lambda: service_of(other) in _ECR, lambda: is_same_vpc(other, endpoint))


@policy(
    "PLW_ENDPOINT_009",
    "vpc-endpoint-ecr-layers-blocked",
    aliases=("image-layers-closed-off",),
    severity="high",
    on="aws_vpc_endpoint",
    where=lambda endpoint: (
        endpoint.address in policy_statements(endpoint.stack) and is_possible(lambda: _is_gateway_for_layers(endpoint))
    ),
    links=("https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",),
)
def vpc_endpoint_ecr_layers_blocked(endpoint: Resource) -> Findings:
    """Check for a statement that allows the layers."""
    if all_conditions(lambda: _blocks_layers(endpoint), lambda: _is_gateway_for_layers(endpoint)):
        yield endpoint["policy"].fail(
            f"`policy` does not allow `s3:GetObject` on `{_BUCKET}`, where Amazon ECR stores image layers",
            remedy=f"Allow `s3:GetObject` on `arn:aws:s3:::{_BUCKET}/*`.",
        )


def _blocks_layers(endpoint: Resource) -> bool:
    """Return whether a policy with an `Allow` statement does not allow the layers."""
    statements = policy_statements(endpoint.stack)[endpoint.address]
    allowing = [statement for statement in statements if statement.effect != "Deny"]
    allowed = endpoint["policy"].resolve(any_of(map(_allows_layers, allowing)))
    return bool(allowing) and not allowed


def _allows_layers(statement: Statement) -> Ternary:
    if isinstance(statement.effect, Unknown):
        return statement.effect
    by_resource = is_limited(statement, lambda key: key.startswith(_OF_RESOURCE))
    return all_of(
        (
            any_of(
                (
                    *(matches_action(action, "s3:getobject") for action in statement.actions),
                    _not_determined(statement.not_actions, "NotAction"),
                )
            ),
            any_of((*map(_names_layers, statement.resources), _not_determined(statement.not_resources, "NotResource"))),
            by_resource if isinstance(by_resource, Unknown) else not by_resource,
            _is_for_everyone(statement),
        )
    )


def _not_determined(excluded: Texts, element: str) -> Ternary:
    return Unknown(f"what `{element}` allows cannot be determined") if excluded else False


def _is_for_everyone(statement: Statement) -> Ternary:
    by_principal = is_limited(statement, lambda key: key.startswith(_OF_PRINCIPAL))
    if by_principal is False and has_public_principal(statement.principals) is True:
        return True
    return Unknown("the principals that request image layers cannot be determined")


def _names_layers(resource: Text) -> Ternary:
    if LAYER_BUCKET in (render(resource) or ""):
        return True
    if not may_name(resource, _LAYERS):
        return False
    return True if not isinstance(resource, Unknown) else False if names_attribute(resource) else resource
