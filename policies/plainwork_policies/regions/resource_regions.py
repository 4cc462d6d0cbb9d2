"""The Region of a resource: its own `region`, or that of its provider configuration.

Regional resources have `region` from provider 6.0 on:
https://hashicorp.github.io/terraform-provider-aws/enhanced-region-support
"""

from __future__ import annotations

from collections.abc import Iterable

from plainwork_core.aws.regions import known_partition
from plainwork_core.model.references import only_referent
from plainwork_core.model.stack import Provider, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_policies.api import Argument, Resource

Region = str | Unknown

_OTHER_REGION = (
    "aws_cloudformation_stack_set_instance",
    "aws_config_aggregate_authorization",
    "aws_opsworks_stack",
    "aws_servicequotas_template",
)
"""Types whose `region`, before provider 6.0, is an argument of the service and not the Region of the resource."""


def aws_providers(stack: Stack) -> list[Provider]:
    """Return the AWS provider configurations, and the empty ones that Terraform adds for resources without one."""
    configured = {provider.key: provider for provider in stack.providers if provider.name == "aws"}
    return list((_implied_providers(stack) | configured).values())


def provider_region(provider: Provider) -> Region:
    """Return the `region` of *provider*. The provider ignores an empty string."""
    region = provider.get("region")
    if region in (None, ""):
        return Unknown(f"{provider.address} has no `region`; the environment or the module's caller sets it")
    return as_region(region)


def own_region(resource: Resource) -> Argument | None:
    """Return the argument `region` of *resource*; `None` if it is not set or means something else."""
    region = resource["region"]
    is_own = region.is_configured and region.raw != "" and resource.type not in _OTHER_REGION
    return region if is_own else None


def resource_region(resource: Resource) -> Region:
    """Return the Region of a resource or data source."""
    own = own_region(resource)
    if own is not None:
        return resolved(as_region(own.raw), own)
    region = _region_of_provider(resource)
    added = resource.owner.read_back.get("region")
    return added if isinstance(region, Unknown) and isinstance(added, str) and _is_regional(resource) else region


def _region_of_provider(resource: Resource) -> Region:
    provider = resource.stack.provider_of(resource.owner)
    if isinstance(provider, Unknown):
        return provider
    return provider_region(Provider("aws", None, {}, resource.owner.location) if provider is None else provider)


def _is_regional(resource: Resource) -> bool:
    """Return whether a Region that a plan has and the configuration does not set is that of the resource."""
    return resource.owner.mode == "managed" and resource.type not in _OTHER_REGION


def resolved(region: Region, argument: Argument) -> Region:
    """Return the Region that *region*, the value of *argument* or a part of it, refers to.

    It is followed to the `region` of a resource, and to a `data "aws_region"` without arguments.
    """
    if not isinstance(region, Unknown):
        return region
    source = only_referent(argument.block.stack, argument.block.owner, region)
    if source is None or source is argument.block.owner:
        return region
    is_current = source.type == "aws_region" and not source.get("name") and not source.get("endpoint")
    is_region = all(reference.endswith(".region") for reference in region.references)
    return resource_region(argument.block.view(source)) if is_current or is_region else region


def referent_region(argument: Argument, prefix: str) -> Region:
    """Return the Region of the resource that *argument*, an unknown value, refers to.

    Args:
        argument: of a resource.
        prefix: the beginning of the type of the resource that it refers to, such as `aws_kms_`.

    Returns:
        The Region; the unknown value if it does not refer to one such resource.
    """
    source = only_referent(argument.block.stack, argument.block.owner, argument.raw)
    return resource_region(argument.block.view(source)) if source and source.type.startswith(prefix) else argument.raw


def is_same(argument: Argument, one: Region, other: Region) -> bool:
    """Return whether two Regions are the same; *argument* is not evaluated if that is unknown.

    Two unknown ones are the same if they refer to the same.
    """
    if isinstance(one, Unknown) and isinstance(other, Unknown) and one.references == other.references != ():
        return True
    for region in (one, other):
        if isinstance(region, Unknown) and one != other:
            raise argument.not_evaluated(region)
    return one == other


def may_be_commercial(region: Region | None) -> bool:
    """Return whether a Region is in the partition `aws`, or may be."""
    return not isinstance(region, str) or known_partition(region) in (None, "aws")


def known_region(argument: Argument) -> str:
    """Return the Region of the resource that has *argument*, which is not evaluated if the Region is unknown."""
    return argument.resolve(resource_region(argument.block.view(argument.block.owner)))


def known_regions(argument: Argument, regions: Iterable[Region]) -> list[str]:
    """Return the Regions to compare *argument* with, sorted. It is not evaluated if there is none or one is unknown."""
    known = {argument.resolve(region) for region in regions}
    if not known:
        raise argument.not_evaluated("the stack has no AWS provider to compare with")
    return sorted(known)


def as_region(value: Value) -> Region:
    """Return the value of an argument that sets a Region."""
    return value if isinstance(value, (str, Unknown)) else Unknown("`region` is not a string")


def _implied_providers(stack: Stack) -> dict[str, Provider]:
    used = {
        resource.provider_key: resource for resource in reversed(stack.resources) if resource.type.startswith("aws_")
    }
    return {
        key: Provider("aws", key.partition(".")[2] or None, {}, resource.location)
        for key, resource in reversed(used.items())
        if isinstance(key, str) and key.split(".")[0] == "aws"
    }
