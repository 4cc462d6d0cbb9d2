"""The arguments that set a Region: of providers, resources, destinations of data and the S3 backend."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.frozen import frozen
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Backend, Location, Provider, Stack, cached_per_stack
from plainwork_core.model.stack import Resource as ModelResource
from plainwork_policies.api import Argument, Block, NotEvaluated, Resource, flattened
from plainwork_policies.regions.referenced_regions import referenced_region
from plainwork_policies.regions.resource_regions import (
    Region,
    as_region,
    aws_providers,
    own_region,
    provider_region,
)

DESTINATIONS: Mapping[str, tuple[str, ...]] = {
    "aws_bcmdataexports_export": ("export.destination_configurations.s3_destination.s3_region",),
    "aws_cloudformation_stack_instances": ("regions",),
    "aws_cloudformation_stack_set_instance": ("region", "stack_set_instance_region"),
    "aws_codepipeline": ("artifact_store.region", "stage.action.region"),
    "aws_cur_report_definition": ("s3_region",),
    "aws_db_snapshot_copy": ("destination_region",),
    "aws_directory_service_region": ("region_name",),
    "aws_dlm_lifecycle_policy": ("policy_details.schedule.cross_region_copy_rule.target_region",),
    "aws_dsql_cluster": ("multi_region_properties.witness_region",),
    "aws_dsql_cluster_peering": ("witness_region",),
    "aws_dynamodb_global_table": ("replica.region_name",),
    "aws_dynamodb_table": ("replica.region_name", "global_table_witness.region_name"),
    "aws_ecr_replication_configuration": ("replication_configuration.rule.destination.region",),
    "aws_efs_replication_configuration": ("destination.region",),
    "aws_imagebuilder_distribution_configuration": ("distribution.region",),
    "aws_keyspaces_keyspace": ("replication_specification.region_list",),
    "aws_observabilityadmin_centralization_rule_for_organization": (
        "rule.destination.region",
        "rule.destination.destination_logs_configuration.backup_configuration.region",
        "rule.destination.destination_metrics_configuration.backup_configuration.region",
    ),
    "aws_rds_cluster_snapshot_copy": ("destination_region",),
    "aws_redshift_cluster": ("snapshot_copy.destination_region",),
    "aws_redshift_snapshot_copy": ("destination_region",),
    "aws_secretsmanager_secret": ("replica.region",),
    "aws_securitylake_aws_log_source": ("source.regions",),
    "aws_securitylake_data_lake": ("configuration.region", "configuration.replication_configuration.regions"),
    "aws_servicecatalog_provisioned_product": ("stack_set_provisioning_preferences.regions",),
    "aws_ssm_resource_data_sync": ("s3_destination.region",),
    "aws_vpc_ipam": ("operating_regions.region_name",),
    "aws_vpc_ipam_resource_discovery": ("operating_regions.region_name",),
}
"""By resource type, the arguments for Regions to which the resource copies data or in which it deploys.

From the schemas of the AWS provider 5.100.0 and 6.69.1.
"""
_DESTINATION_ARNS = {"aws_backup_plan": ("rule.copy_action.destination_vault_arn", "aws_backup_vault")}
"""By resource type, the argument for the ARN of a destination, and its resource type."""


@frozen()
class RegionArgument:
    """An argument that sets a Region, or that a provider configuration leaves to the environment.

    Args:
        argument: `region`, or the argument of a destination, such as a replica.
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
    def is_arn(self) -> bool:
        """Whether the Region is a part of an ARN."""
        return self.argument.name.endswith("_arn")

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
    resources = (Resource(resource, stack) for resource in filter(_may_have_region, stack.managed()))
    of_resources = [argument for resource in resources for argument in _of_resource(resource)]
    return (*providers, *of_resources, *(backend for backend in backends if backend.is_configured))


@cached_per_stack
def regions_of_stack(stack: Stack) -> tuple[Region, ...]:
    """Return the Regions of the providers and resources of the stack."""
    regions = (argument.region for argument in region_arguments(stack) if not argument.is_of_backend)
    return tuple(dict.fromkeys(regions))


def _may_have_region(resource: ModelResource) -> bool:
    own = resource.values.get("region")
    has_own = own is not None and not is_computed_by_provider(own)
    is_source = resource.type in DESTINATIONS or resource.type in _DESTINATION_ARNS
    return (has_own or is_source) and resource.type.startswith("aws_")


def _of_resource(resource: Resource) -> Iterator[RegionArgument]:
    own = own_region(resource)
    provider = resource.stack.provider_of(resource.owner)
    if own is not None and not (isinstance(provider, Provider) and own.raw == provider.get("region")):
        yield _region_argument(own)
    if resource.type not in DESTINATIONS and resource.type not in _DESTINATION_ARNS:
        return
    try:
        yield from _destinations(resource)
    except NotEvaluated as raised:
        yield RegionArgument(Argument(resource, raised.path, raised.because), raised.because)


def _destinations(resource: Resource) -> Iterator[RegionArgument]:
    arguments = flattened(DESTINATIONS.get(resource.type, ()), resource.arguments)
    members = flattened(arguments, lambda one: one.members() if isinstance(one.raw, list) else [one])
    yield from (destination for destination in map(_region_argument, members) if destination.is_configured)
    if resource.type in _DESTINATION_ARNS:
        path, type_ = _DESTINATION_ARNS[resource.type]
        for argument in resource.arguments(path):
            if (region := referenced_region(argument, type_)) is not None:
                yield RegionArgument(argument, region)


def _region_argument(argument: Argument) -> RegionArgument:
    return RegionArgument(argument, as_region(argument.raw))
