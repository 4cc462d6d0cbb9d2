"""VPC endpoint service does not exist or does not support the endpoint type.

What: the `service_name` of an `aws_vpc_endpoint` ends in a name that AWS does not have and that is close to one it has
    (`ecr-api`, `ecr`, `cloudwatch`); or the endpoint is a gateway, as it is without `vpc_endpoint_type`, and its
    service has interface endpoints alone.
Why: the plan accepts it, and AWS refuses the endpoint in the middle of the apply.
Remedy: write the service's own name and the type::

        resource "aws_vpc_endpoint" "ecr_api" {
          vpc_id            = aws_vpc.main.id
          service_name      = "com.amazonaws.eu-central-1.ecr.api"
          vpc_endpoint_type = "Interface"
        }
Limitations: the names are those of one version of the AWS CDK; AWS opens new services, so a name that is close to
    none is
    not evaluated. Whether a service is there in a region is not looked at, nor are services of others (`vpce-svc-...`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.aws.vpc_endpoints import source
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.endpoints.kinds import DEFAULT, endpoints, kind_of
from plainwork_policies.endpoints.services import service_of, services
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy

_MEANT = {
    "cloudwatch": "monitoring",
    "cloudwatch-logs": "logs",
    "cloudwatchlogs": "logs",
    "cloudwatch-events": "events",
    "efs": "elasticfilesystem",
    "elb": "elasticloadbalancing",
    "eventbridge": "events",
    "kinesis": "kinesis-streams",
    "ses": "email-smtp",
    "step-functions": "states",
    "stepfunctions": "states",
}
"""What services are called elsewhere: no service's name here is among them."""


@policy(
    "PLW_ENDPOINT_002",
    "vpc-endpoint-service-invalid",
    aliases=("endpoint-service-unknown",),
    severity="medium",
    subjects=endpoints,
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",),
)
def vpc_endpoint_service_invalid(endpoint: Resource, stack: Stack) -> Iterator[Finding]:
    """Look the service up, and then the kind of endpoint among those it has."""
    service, kind = service_of(endpoint, stack), kind_of(endpoint)
    if service is None:
        return
    if isinstance(service, Unknown):
        yield not_evaluated("service_name", service)
    elif service not in services("Gateway") | services("Interface"):
        yield _unheard_of(service, endpoint)
    elif service in services("Gateway"):
        return
    elif isinstance(kind, Unknown):
        yield not_evaluated("vpc_endpoint_type", kind)
    elif kind == DEFAULT:
        default = " without `vpc_endpoint_type`" if endpoint.get("vpc_endpoint_type") is None else ""
        yield fail(
            "vpc_endpoint_type",
            f"is for `{service}`, which has interface endpoints only, and{default} this is a gateway",
            value=endpoint.get("vpc_endpoint_type"),
            remedy='write `vpc_endpoint_type = "Interface"`',
        )


def _unheard_of(service: str, endpoint: Resource) -> Finding:
    if near := _near(service):
        names = enumeration(near, "or")
        message = f"names the service `{service}`, and AWS has none of that name"
        return fail("service_name", message, value=endpoint.get("service_name"), remedy=f"write {names}")
    return not_evaluated("service_name", f"the services of {source()} do not include `{service}`, which may be new")


def _near(service: str) -> list[str]:
    known = sorted(services("Gateway") | services("Interface"))
    if meant := _MEANT.get(service):
        return [meant]
    if same := [name for name in known if _letters(name) == _letters(service)]:
        return same
    return [name for name in known if name.startswith(f"{service}.")]


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
