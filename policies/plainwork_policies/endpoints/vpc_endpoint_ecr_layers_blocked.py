"""S3 endpoint policy blocks Amazon ECR image layers.

What: the stack has an endpoint for ECR and a gateway endpoint for S3 in one VPC, and no statement of the latter's
    policy lets `s3:GetObject` reach the bucket of AWS that holds the layers, `prod-REGION-starport-layer-bucket`.
Why: ECR names the layers and S3 hands them out. Every task and pod in the VPC fails to pull its image, with a 403 or a
    timeout that names neither the endpoint nor its policy. A condition on `aws:ResourceOrgID` or `aws:ResourceAccount`
    does it too, because the bucket is in an account of AWS.
Remedy: let the layers through beside what is yours::

        statement {
          actions   = ["s3:GetObject"]
          resources = ["arn:aws:s3:::prod-${data.aws_region.current.region}-starport-layer-bucket/*"]

          principals {
            type        = "*"
            identifiers = ["*"]
          }
        }
Limitations: what a statement denies is not worked out, nor are conditions on the principal, which are not evaluated.
    That
    the route tables of the gateway are those of the tasks is assumed.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.ecr import LAYER_BUCKET, layer_bucket
from plainwork_core.iam import Statement
from plainwork_core.iam.conditions import narrowed
from plainwork_core.iam.overlap import may_name
from plainwork_core.iam.principals import everyone_among
from plainwork_core.iam.reach import names_action
from plainwork_core.iam.statement import Text, Texts
from plainwork_core.model.identity import ReferenceTarget, identity
from plainwork_core.model.references import names_attribute
from plainwork_core.model.rendering import render
from plainwork_core.model.stack import Resource, Stack, cached_per_stack
from plainwork_core.model.ternary import Ternary, all_of, any_of
from plainwork_core.model.values import Unknown
from plainwork_policies.endpoints.kinds import DEFAULT, endpoints, kind_of
from plainwork_policies.endpoints.services import service_of
from plainwork_policies.endpoints.vpc_endpoint_policy_denies_all import statements_by_owner
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_BUCKET = layer_bucket("REGION")
_LAYERS = f"arn:${{Partition}}:s3:::{layer_bucket('${Region}')}/${{Layer}}"
_OF_RESOURCE = ("aws:resource", "s3:resourceaccount")
_OF_PRINCIPAL = ("aws:principal", "aws:userid", "aws:username", "aws:sourceidentity")


def s3_gateways(stack: Stack) -> list[Resource]:
    """Return the S3 gateway endpoints with a policy, in VPCs that have an endpoint for ECR."""
    of_s3 = [each for each in endpoints(stack) if service_of(each, stack) == "s3" and kind_of(each) == DEFAULT]
    held = statements_by_owner(stack)
    return [each for each in of_s3 if each.address in held and _vpc(each, stack) in _vpcs_with_ecr(stack)]


@policy(
    "PLW_ENDPOINT_009",
    "vpc-endpoint-ecr-layers-blocked",
    aliases=("image-layers-closed-off",),
    severity="high",
    subjects=s3_gateways,
    links=("https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html",),
)
def vpc_endpoint_ecr_layers_blocked(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Look for a statement that lets the layers through."""
    allowing = [each for each in statements_by_owner(stack)[endpoint.address] if each.effect != "Deny"]
    passes = any_of(map(_lets_layers_through, allowing))
    if isinstance(passes, Unknown):
        yield not_evaluated("policy", passes)
    elif allowing and not passes:
        yield fail(
            "policy",
            f"lets nothing through from `{_BUCKET}`, where ECR keeps the layers of images",
            remedy=f"allow `s3:GetObject` on `arn:aws:s3:::{_BUCKET}/*`",
        )


@cached_per_stack
def _vpcs_with_ecr(stack: Stack) -> set[ReferenceTarget | Unknown]:
    of_ecr = (each for each in endpoints(stack) if service_of(each, stack) in ("ecr.api", "ecr.dkr"))
    return {vpc for each in of_ecr if isinstance(vpc := _vpc(each, stack), ReferenceTarget)}


def _vpc(endpoint: Resource, stack: Stack) -> ReferenceTarget | Unknown:
    return identity(endpoint.get("vpc_id"), endpoint, stack)


def _lets_layers_through(statement: Statement) -> Ternary:
    if isinstance(statement.effect, Unknown):
        return statement.effect
    by_resource = narrowed(statement, lambda key: key.startswith(_OF_RESOURCE))
    return all_of(
        (
            any_of(
                (
                    *(names_action(each, "s3:getobject") for each in statement.actions),
                    _not_worked_out(statement.not_actions, "NotAction"),
                )
            ),
            any_of((*map(_names_layers, statement.resources), _not_worked_out(statement.not_resources, "NotResource"))),
            by_resource if isinstance(by_resource, Unknown) else not by_resource,
            _is_for_everyone(statement),
        )
    )


def _not_worked_out(left_out: Texts, element: str) -> Ternary:
    return Unknown(f"what `{element}` leaves is not worked out") if left_out else False


def _is_for_everyone(statement: Statement) -> Ternary:
    by_principal = narrowed(statement, lambda key: key.startswith(_OF_PRINCIPAL))
    if by_principal is False and everyone_among(statement.principals) is True:
        return True
    return Unknown("whether requests for layers are those of its principals is not known")


def _names_layers(resource: Text) -> Ternary:
    if LAYER_BUCKET in (render(resource) or ""):
        return True
    if not may_name(resource, _LAYERS):
        return False
    return True if not isinstance(resource, Unknown) else False if names_attribute(resource) else resource
