"""The resource that a resource-based policy belongs to.

From the schema of the AWS provider 5.100.0.
"""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.access.names import Names
from plainwork_core.model.connections import resolve_reference
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown

_TARGETS: Mapping[str, tuple[str, str, str]] = {
    "aws_api_gateway_rest_api_policy": ("rest_api_id", "aws_api_gateway_rest_api", "id"),
    "aws_backup_vault_policy": ("backup_vault_name", "aws_backup_vault", "name"),
    "aws_cloudwatch_event_bus_policy": ("event_bus_name", "aws_cloudwatch_event_bus", "name"),
    "aws_cloudwatch_event_permission": ("event_bus_name", "aws_cloudwatch_event_bus", "name"),
    "aws_cloudwatch_log_destination_policy": ("destination_name", "aws_cloudwatch_log_destination", "name"),
    "aws_codeartifact_domain_permissions_policy": ("domain", "aws_codeartifact_domain", "domain"),
    "aws_codeartifact_repository_permissions_policy": ("repository", "aws_codeartifact_repository", "repository"),
    "aws_dynamodb_resource_policy": ("resource_arn", "aws_dynamodb_table", "arn"),
    "aws_ecr_repository_policy": ("repository", "aws_ecr_repository", "name"),
    "aws_ecrpublic_repository_policy": ("repository_name", "aws_ecrpublic_repository", "repository_name"),
    "aws_efs_file_system_policy": ("file_system_id", "aws_efs_file_system", "id"),
    "aws_elasticsearch_domain_policy": ("domain_name", "aws_elasticsearch_domain", "domain_name"),
    "aws_glacier_vault_lock": ("vault_name", "aws_glacier_vault", "name"),
    "aws_kinesis_resource_policy": ("resource_arn", "aws_kinesis_stream", "arn"),
    "aws_kms_key_policy": ("key_id", "aws_kms_key", "key_id"),
    "aws_lambda_permission": ("function_name", "aws_lambda_function", "function_name"),
    "aws_msk_cluster_policy": ("cluster_arn", "aws_msk_cluster", "arn"),
    "aws_opensearch_domain_policy": ("domain_name", "aws_opensearch_domain", "domain_name"),
    "aws_s3_bucket_policy": ("bucket", "aws_s3_bucket", "id"),
    "aws_s3control_access_point_policy": ("access_point_arn", "aws_s3_access_point", "arn"),
    "aws_secretsmanager_secret_policy": ("secret_arn", "aws_secretsmanager_secret", "arn"),
    "aws_sns_topic_policy": ("arn", "aws_sns_topic", "arn"),
    "aws_sqs_queue_policy": ("queue_url", "aws_sqs_queue", "id"),
    "aws_vpc_endpoint_policy": ("vpc_endpoint_id", "aws_vpc_endpoint", "id"),
}
"""For each resource that adds a policy to another one: the argument that names it, its type and the attribute."""


def in_one_version(before: Stack, after: Stack, old: Names, new: Names) -> frozenset[str]:
    """Return the addresses of the resources that are created or deleted, without those that only leave the state.

    A resource that only adds a policy to another one is none of them.
    """
    there, here = (
        {names.renamed(resource.address) for resource in stack.managed() if resource.type not in _TARGETS}
        for stack, names in ((before, old), (after, new))
    )
    return frozenset(there ^ here) - {change.address for change in after.changes if change.forgets}


def target_of(stack: Stack, owner: Resource) -> str:
    """Return the address of the resource that the policy of *owner* is for; its name if it is not in *stack*."""
    if owner.type not in _TARGETS:
        return owner.address
    argument, type_, attribute = _TARGETS[owner.type]
    value = owner.get(argument)
    if value is None or isinstance(value, (list, dict)):
        return owner.address
    found = resolve_reference(owner, value, stack, type_, attribute)
    if not isinstance(found, Unknown):
        return found.address
    return quote(value) if isinstance(value, (str, Unknown)) and quote(value) != "${...}" else owner.address
