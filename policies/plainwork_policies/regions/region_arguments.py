"""The arguments that set a Region: of providers, resources, replicas and the S3 backend."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Backend, Location, Provider, Stack, cached_per_stack
from plainwork_policies.api import Argument, Block, NotEvaluated, Resource
from plainwork_policies.regions.resource_regions import (
    Region,
    as_region,
    aws_providers,
    own_region,
    provider_region,
)

_REPLICAS = {
    "aws_dynamodb_global_table": "replica.region_name",
    "aws_dynamodb_table": "replica.region_name",
    "aws_efs_replication_configuration": "destination.region",
    "aws_secretsmanager_secret": "replica.region",
}


@frozen()
class RegionArgument:
    """An argument that sets a Region, or that a provider configuration leaves to the environment.

    Args:
        argument: `region`, or the argument of a replica.
        region: its value.
    """

    argument: Argument
    region: Region

    def known(self) -> str:
        """Return the Region; it is not evaluated if it is unknown."""
        return self.argument.resolve(self.region)

    @property
    def address(self) -> str:
        """The address of the block."""
        return self.argument.block.address

    @property
    def location(self) -> Location:
        """The location of the block."""
        location: Location = self.argument.block.owner.location
        return location

    def at(self, path: str) -> Location:
        """Return the location of another argument of the block."""
        location: Location = self.argument.block.owner.at(path)
        return location

    @property
    def is_configured(self) -> bool:
        """Whether the configuration sets it. An empty `region` is ignored."""
        is_empty = self.argument.path == "region" and self.argument.raw == ""
        return self.argument.is_configured and not is_empty

    @property
    def is_of_backend(self) -> bool:
        """Whether it is the Region of a backend."""
        return isinstance(self.argument.block.owner, Backend)


@cached_per_stack
def region_arguments(stack: Stack) -> tuple[RegionArgument, ...]:
    """Return the arguments of *stack* that set a Region, without a `region` that is the same as the provider's."""
    providers = [
        RegionArgument(Block(provider, stack)["region"], provider_region(provider)) for provider in aws_providers(stack)
    ]
    backends = [_region_argument(Block(backend, stack)["region"]) for backend in stack.backends("s3")]
    resources = (Resource(resource, stack) for resource in stack.managed() if resource.type.startswith("aws_"))
    of_resources = [argument for resource in resources for argument in _of_resource(resource)]
    return (*providers, *of_resources, *(backend for backend in backends if backend.is_configured))


@cached_per_stack
def regions_of_stack(stack: Stack) -> tuple[Region, ...]:
    """Return the Regions of the providers and resources of the stack."""
    regions = (argument.region for argument in region_arguments(stack) if not argument.is_of_backend)
    return tuple(dict.fromkeys(regions))


def _of_resource(resource: Resource) -> Iterator[RegionArgument]:
    own = own_region(resource)
    provider = resource.stack.provider_of(resource.owner)
    if own is not None and not (isinstance(provider, Provider) and own.raw == provider.get("region")):
        yield _region_argument(own)
    if resource.type not in _REPLICAS:
        return
    try:
        replicas = map(_region_argument, resource.arguments(_REPLICAS[resource.type]))
        yield from (replica for replica in replicas if replica.is_configured)
    except NotEvaluated as raised:
        yield RegionArgument(Argument(resource, raised.path, raised.because), raised.because)


def _region_argument(argument: Argument) -> RegionArgument:
    return RegionArgument(argument, as_region(argument.raw))
