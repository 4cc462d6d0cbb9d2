"""Service name is in a Region that the stack does not use.

What: A service principal with a Region (`logs.us-east-1.amazonaws.com`), a value of the condition key `kms:ViaService`
    (`s3.us-east-1.amazonaws.com`), or `awslogs-region` in the container definitions of an ECS task, whose Region is not
    that of any provider or resource of the stack.
Why: The text is often in a copied block. The key policy does not allow the service of the stack's own Region, so log
    groups and objects cannot be encrypted, or the task does not start because its log group is in another Region.
Remedy: Use the Region of the provider: `logs.${data.aws_region.current.region}.amazonaws.com`.
Limitations: A list with one Region of the stack passes, because the others may be those of replicas. List intended
    Regions in `[regions] additional_regions`. Organization policies and permissions boundaries are not checked. A text
    with an unknown Region is not a subject. If the Region of a provider is unknown, the text may be in that Region and
    is not evaluated.
"""

from __future__ import annotations

from plainwork_core.model.stack import Stack
from plainwork_core.text import enumeration
from plainwork_policies.api import Findings, Subjects, policy
from plainwork_policies.regions.region_arguments import regions_of_stack
from plainwork_policies.regions.resource_regions import known_regions
from plainwork_policies.regions.service_names import ServiceNames, service_names
from plainwork_policies.regions.settings import RegionSettings


@policy(
    "PLW_REGION_011",
    "service-region-mismatch",
    severity="medium",
    on=Subjects(("document", "aws_ecs_task_definition"), service_names),
    links=("https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html",),
    settings=("additional_regions",),
)
def service_region_mismatch(named: ServiceNames, stack: Stack, settings: RegionSettings) -> Findings:
    """Compare the Regions with those of the stack."""
    regions = regions_of_stack(stack)
    if any(region in regions or region in settings.additional_regions for region in named.names):
        return
    if named.unknown is not None:
        raise named.argument.not_evaluated(named.unknown)
    listed = enumeration(known_regions(named.argument, regions))
    region, text = next(iter(named.names.items()))
    yield named.argument.fail(
        f"`{named.argument.path}` names `{text}`, but the stack uses {listed}",
        value=text,
        remedy=f"Use the Region of the provider, or add `{region}` to `[regions] additional_regions`.",
    )
