"""VPC endpoint service does not exist or does not support the endpoint type.

What: The `service_name` of an `aws_vpc_endpoint` ends in a service that AWS does not have and that resembles one that
    it has (`ecr-api`, `ecr`, `cloudwatch`); or the endpoint is a gateway endpoint, as it is without
    `vpc_endpoint_type`, and the service supports interface endpoints only.
Why: The plan accepts the endpoint. AWS rejects it during the apply.
Remedy: Use the name of the service in the endpoint catalog of AWS, and set `vpc_endpoint_type`.
Limitations: The services are those of one version of the AWS CDK. AWS adds services, so a name that resembles no known
    one is not evaluated. Whether a Region has the service is not checked, nor are endpoint services of customers and
    partners (`vpce-svc-...`).
"""

from __future__ import annotations

import re

from plainwork_core.aws.vpc_endpoints import source
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Resource, policy
from plainwork_policies.endpoints.services import service_of, services
from plainwork_policies.endpoints.subjects import GATEWAY, INTERFACE, TYPE, is_gateway, type_text

_OTHER_NAMES = {
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
"""Names of services in other places, such as documentation and other APIs, with the name in `service_name`."""


@policy(
    "PLW_ENDPOINT_002",
    "vpc-endpoint-service-invalid",
    aliases=("endpoint-service-unknown",),
    severity="medium",
    on="aws_vpc_endpoint",
    links=("https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html",),
)
def vpc_endpoint_service_invalid(endpoint: Resource) -> Findings:
    """Check the service, then the endpoint type."""
    service = service_of(endpoint)
    if service is None or service in services(GATEWAY):
        return
    if service not in services(INTERFACE):
        yield from _unknown_service(service, endpoint)
    elif is_gateway(endpoint):
        yield endpoint[TYPE].fail(
            f"`{TYPE}` is {type_text(endpoint)}, but `{service}` supports interface endpoints only",
            remedy=f'Set `{TYPE} = "{INTERFACE}"`.',
        )


def _unknown_service(service: str, endpoint: Resource) -> Findings:
    name, similar = endpoint["service_name"], enumeration(_suggestions(service), "or")
    if not similar:
        raise name.not_evaluated(f"the services of {source()} do not include `{service}`, which may be new")
    yield name.fail(
        f"`service_name` has the service `{service}`, which does not exist; did you mean {similar}?",
        remedy=f"Use {similar} instead of `{service}` in `service_name`.",
    )


def _suggestions(service: str) -> list[str]:
    known = sorted(services("Gateway") | services("Interface"))
    if endpoint_name := _OTHER_NAMES.get(service):
        return [endpoint_name]
    if same := [name for name in known if _letters(name) == _letters(service)]:
        return same
    return [name for name in known if name.startswith(f"{service}.")]


def _letters(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())
