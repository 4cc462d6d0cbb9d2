"""The table of a stack's regions: where each resource is, and each place where a region is named.

From provider 6.0 a regional resource has a `region` of its own, which counts before its provider's:
https://hashicorp.github.io/terraform-provider-aws/enhanced-region-support
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Backend, Location, Provider, Resource, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value, blocks
from plainwork_policies.regions.providers import aws_providers, region_of

_OTHER_REGION = (
    "aws_cloudformation_stack_set_instance",
    "aws_config_aggregate_authorization",
    "aws_opsworks_stack",
    "aws_servicequotas_template",
)
"""Types whose `region`, before provider 6.0, is an argument of the service and not where the resource is."""
_REPLICAS = {
    "aws_dynamodb_global_table": ("replica", "region_name"),
    "aws_dynamodb_table": ("replica", "region_name"),
    "aws_efs_replication_configuration": ("destination", "region"),
    "aws_secretsmanager_secret": ("replica", "region"),
}


@dataclass(frozen=True)
class Named:
    """A place where a region is named.

    Args:
        subject: who names it.
        path: the argument.
        region: the name.
    """

    subject: Provider | Resource | Backend
    path: str
    region: str | Unknown

    @property
    def address(self) -> str:
        """The subject's."""
        return self.subject.address

    @property
    def location(self) -> Location:
        """The subject's."""
        return self.subject.location

    def at(self, path: str) -> Location:
        """Where *path* of the subject stands."""
        return self.subject.at(path)

    @property
    def is_free(self) -> bool:
        """Whether the name may be anything, because what answers is not AWS."""
        return self.subject.get("skip_region_validation") in (True, "true")


@cached_per_stack
def named_regions(stack: Stack) -> tuple[Named, ...]:
    """Return each place where *stack* names a region, or leaves it to the environment."""
    providers = [Named(each, "region", region_of(each)) for each in aws_providers(stack)]
    configured = [backend for backend in stack.backends("s3") if backend.get("region") not in (None, "")]
    backends = [Named(backend, "region", _text(backend.get("region"))) for backend in configured]
    resources = [row for each in stack.managed() if each.type.startswith("aws_") for row in _of_resource(each, stack)]
    return (*providers, *resources, *backends)


def region_of_resource(resource: Resource, stack: Stack) -> str | Unknown:
    """Return the region that *resource* or data source is in: its own `region`, or its provider's."""
    own = _own_region(resource)
    if own is not None:
        return resolved(_text(own), resource, stack)
    provider = stack.provider_of(resource) or Provider("aws", None, {}, resource.location)
    return provider if isinstance(provider, Unknown) else region_of(provider)


@cached_per_stack
def regions_of_stack(stack: Stack) -> tuple[str | Unknown, ...]:
    """Return the regions that the stack's providers and resources are in, each once."""
    found = (each.region for each in named_regions(stack) if not isinstance(each.subject, Backend))
    return tuple(dict.fromkeys(found))


def resolved(region: str | Unknown, owner: Resource, stack: Stack) -> str | Unknown:
    """Follow *region*, an argument of *owner* or a part of one, to the resource or `data "aws_region"` that has it."""
    if not isinstance(region, Unknown):
        return region
    source = only_referent(stack, owner, region)
    if source is None or source is owner:
        return region
    names_it = source.type == "aws_region" and not source.get("name") and not source.get("endpoint")
    return region_of_resource(source, stack) if names_it or _is_own(region) else region


def are_same(one: str | Unknown, other: str | Unknown) -> bool | Unknown:
    """Tell whether two regions are one; two unknowns are where they are made of the same thing."""
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        return one == other or (bool(one.references) and one.references == other.references) or one
    return one if isinstance(one, Unknown) else other if isinstance(other, Unknown) else one == other


def _of_resource(resource: Resource, stack: Stack) -> Iterator[Named]:
    own = _own_region(resource)
    provider = stack.provider_of(resource)
    if own is not None and not (isinstance(provider, Provider) and own == provider.get("region")):
        yield Named(resource, "region", _text(own))
    block, argument = _REPLICAS.get(resource.type, ("", ""))
    for index, member in enumerate(blocks(resource.values, block) if block else ()):
        value = member if isinstance(member, Unknown) else (member or {}).get(argument)
        if value is not None and not is_computed_by_provider(value):
            yield Named(resource, f"{block}.{index}.{argument}", _text(value))


def _own_region(resource: Resource) -> Value:
    own = resource.get("region")
    return None if resource.type in _OTHER_REGION or own == "" or is_computed_by_provider(own) else own


def _is_own(region: Unknown) -> bool:
    return all(reference.endswith(".region") for reference in region.references)


def _text(value: Value) -> str | Unknown:
    return value if isinstance(value, str | Unknown) else Unknown("it is not a string")
