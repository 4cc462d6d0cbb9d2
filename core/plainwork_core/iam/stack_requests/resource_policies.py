"""The resource-based policy of a resource in a stack, from all resources that are a part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plainwork_core.frozen import frozen
from plainwork_core.iam.documents import statements_by_owner
from plainwork_core.iam.evaluation import policy_statements, unread_policy
from plainwork_core.iam.stack_requests.names import Names, joined
from plainwork_core.iam.stack_requests.places import Place
from plainwork_core.iam.statement import Principal, Statement
from plainwork_core.model.connections import may_be_elsewhere, resources_referencing
from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown

Statements = tuple[Statement, ...]


@frozen(slots=True)
class Part:
    """A resource type that sets the policy of another resource, or a statement of it.

    Args:
        type: of the resource.
        argument: that names the other resource.
        attribute: of the other resource, that *argument* has.
    """

    type: str
    argument: str
    attribute: str = "id"


PARTS: Mapping[str, tuple[Part, ...]] = {
    "aws_api_gateway_rest_api": (Part("aws_api_gateway_rest_api_policy", "rest_api_id"),),
    "aws_backup_vault": (Part("aws_backup_vault_policy", "backup_vault_name", "name"),),
    "aws_cloudwatch_event_bus": (
        Part("aws_cloudwatch_event_bus_policy", "event_bus_name", "name"),
        Part("aws_cloudwatch_event_permission", "event_bus_name", "name"),
    ),
    "aws_codebuild_project": (Part("aws_codebuild_resource_policy", "resource_arn", "arn"),),
    "aws_dynamodb_table": (Part("aws_dynamodb_resource_policy", "resource_arn", "arn"),),
    "aws_ecr_repository": (Part("aws_ecr_repository_policy", "repository", "name"),),
    "aws_efs_file_system": (Part("aws_efs_file_system_policy", "file_system_id"),),
    "aws_elasticsearch_domain": (Part("aws_elasticsearch_domain_policy", "domain_name", "domain_name"),),
    "aws_kinesis_stream": (Part("aws_kinesis_resource_policy", "resource_arn", "arn"),),
    "aws_kms_key": (Part("aws_kms_key_policy", "key_id", "key_id"),),
    "aws_lambda_function": (
        Part("aws_lambda_permission", "function_name", "function_name"),
        Part("aws_lambda_permission", "function_name", "arn"),
    ),
    "aws_msk_cluster": (Part("aws_msk_cluster_policy", "cluster_arn", "arn"),),
    "aws_opensearch_domain": (Part("aws_opensearch_domain_policy", "domain_name", "domain_name"),),
    "aws_s3_bucket": (Part("aws_s3_bucket_policy", "bucket", "bucket"),),
    "aws_secretsmanager_secret": (Part("aws_secretsmanager_secret_policy", "secret_arn", "arn"),),
    "aws_sns_topic": (Part("aws_sns_topic_policy", "arn", "arn"),),
    "aws_sqs_queue": (Part("aws_sqs_queue_policy", "queue_url", "url"),),
}
"""The resources that are a part of the policy of a resource, by its type. Its own documents are a part of it, too."""
_KEYS = ("aws_kms_external_key", "aws_kms_key", "aws_kms_replica_external_key", "aws_kms_replica_key")


def resource_policy(names: Names, resource: Resource) -> Statements | None:
    """Return the statements of the resource-based policy of *resource*; `None` if it has none.

    The trust policy is that of a role. A KMS key without a policy has the default key policy.
    """
    if resource.address not in names.policies:
        names.policies[resource.address] = _read(names, resource)
    return names.policies[resource.address]


def _read(names: Names, resource: Resource) -> Statements | None:
    found = list(_statements(names, resource))
    if not found and resource.type in _KEYS and _has_no_document(resource):
        return default_key_policy(names.place(resource), resource.address)
    if not found and resource.mode == "data":
        return unread_policy(f"the policy of `{resource.address}` is not in this stack", "resource", resource.address)
    return tuple(found) if found or resource.type in (*_KEYS, "aws_iam_role") else None


def _statements(names: Names, resource: Resource) -> Iterator[Statement]:
    seen: set[str] = set()
    for owner in (resource, *_parts(names, resource)):
        if isinstance(owner, Unknown):
            yield from unread_policy(owner.reason, "resource", resource.address)
        elif owner.address not in seen:
            seen.add(owner.address)
            found = statements_by_owner(names.stack).get(owner.address, ())
            yield from (names.statement(one) for one in found if one.kind in ("resource", "trust"))


def _parts(names: Names, resource: Resource) -> Iterator[Resource | Unknown]:
    parts = PARTS.get(resource.type, ())
    for part in parts:
        yield from resources_referencing(resource, names.stack, part.type, part.argument, part.attribute)
    elsewhere = may_be_elsewhere(resource, names.stack) if parts else None
    if elsewhere is not None:
        yield elsewhere


def _has_no_document(resource: Resource) -> bool:
    value = resource.get("policy")
    return value in (None, "") or is_computed_by_provider(value)


def default_key_policy(place: Place, name: str) -> Statements:
    """Return what AWS sets if a key is created without a policy.

    https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
    """
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"AWS": "root"}, "Action": "kms:*", "Resource": "*"}],
    }
    root = Principal("AWS", joined(("arn:", place.partition, ":iam::", place.account, ":root")))
    return tuple(replace(one, principals=(root,)) for one in policy_statements(document, "resource", name))
