"""The arguments of resources that are IAM policy documents, by the kind of the document.

From the schema of the AWS provider 5.100.0: every argument whose name contains `policy`, except those of other grammars
(Cedar, IoT, lifecycle, data protection, stack, endpoint access of OpenSearch Serverless, ...).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.iam.statement import Kind
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown, Value, blocks

ARGUMENTS: Mapping[Kind, tuple[str, ...]] = {
    "identity": (
        "aws_iam_group_policy.policy",
        "aws_iam_policy.policy",
        "aws_iam_role.inline_policy.policy",
        "aws_iam_role_policy.policy",
        "aws_iam_user_policy.policy",
        "aws_ssoadmin_permission_set_inline_policy.inline_policy",
    ),
    "trust": ("aws_iam_role.assume_role_policy",),
    "boundary": (
        "aws_rolesanywhere_profile.session_policy",
        "aws_transfer_access.policy",
        "aws_transfer_user.policy",
    ),
    "endpoint": ("aws_vpc_endpoint.policy", "aws_vpc_endpoint_policy.policy"),
    "organization": ("aws_organizations_policy.content",),
    "resource": (
        "aws_acmpca_policy.policy",
        "aws_api_gateway_domain_name.policy",
        "aws_api_gateway_rest_api.policy",
        "aws_api_gateway_rest_api_policy.policy",
        "aws_backup_vault_policy.policy",
        "aws_cloudsearch_domain_service_access_policy.access_policy",
        "aws_cloudwatch_event_bus_policy.policy",
        "aws_cloudwatch_log_delivery_destination_policy.delivery_destination_policy",
        "aws_cloudwatch_log_destination_policy.access_policy",
        "aws_cloudwatch_log_resource_policy.policy_document",
        "aws_codeartifact_domain_permissions_policy.policy_document",
        "aws_codeartifact_repository_permissions_policy.policy_document",
        "aws_codebuild_resource_policy.policy",
        "aws_dynamodb_resource_policy.policy",
        "aws_ecr_registry_policy.policy",
        "aws_ecr_repository_creation_template.repository_policy",
        "aws_ecr_repository_policy.policy",
        "aws_ecrpublic_repository_policy.policy",
        "aws_efs_file_system_policy.policy",
        "aws_elasticsearch_domain.access_policies",
        "aws_elasticsearch_domain_policy.access_policies",
        "aws_glacier_vault.access_policy",
        "aws_glacier_vault_lock.policy",
        "aws_glue_resource_policy.policy",
        "aws_kinesis_resource_policy.policy",
        "aws_kms_external_key.policy",
        "aws_kms_key.policy",
        "aws_kms_key_policy.policy",
        "aws_kms_replica_external_key.policy",
        "aws_kms_replica_key.policy",
        "aws_media_store_container_policy.policy",
        "aws_msk_cluster_policy.policy",
        "aws_networkfirewall_resource_policy.policy",
        "aws_oam_sink_policy.policy",
        "aws_opensearch_domain.access_policies",
        "aws_opensearch_domain_policy.access_policies",
        "aws_organizations_resource_policy.content",
        "aws_redshift_resource_policy.policy",
        "aws_redshiftserverless_resource_policy.policy",
        "aws_s3_access_point.policy",
        "aws_s3_bucket.policy",
        "aws_s3_bucket_policy.policy",
        "aws_s3control_access_grants_instance_resource_policy.policy",
        "aws_s3control_access_point_policy.policy",
        "aws_s3control_bucket_policy.policy",
        "aws_s3control_multi_region_access_point_policy.details.policy",
        "aws_s3control_object_lambda_access_point_policy.policy",
        "aws_s3tables_table_bucket_policy.resource_policy",
        "aws_s3tables_table_policy.resource_policy",
        "aws_sagemaker_model_package_group_policy.resource_policy",
        "aws_schemas_registry_policy.policy",
        "aws_secretsmanager_secret.policy",
        "aws_secretsmanager_secret_policy.policy",
        "aws_ses_identity_policy.policy",
        "aws_sesv2_email_identity_policy.policy",
        "aws_sns_topic.policy",
        "aws_sns_topic_policy.policy",
        "aws_sqs_queue.policy",
        "aws_sqs_queue_policy.policy",
        "aws_vpclattice_auth_policy.policy",
        "aws_vpclattice_resource_policy.policy",
        "aws_xray_resource_policy.policy_document",
    ),
}
_OTHER_GRAMMARS = (
    "AISERVICES_OPT_OUT_POLICY",
    "BACKUP_POLICY",
    "CHATBOT_POLICY",
    "DECLARATIVE_POLICY_EC2",
    "SECURITYHUB_POLICY",
    "TAG_POLICY",
)

_BY_TYPE: dict[str, list[tuple[str, Kind]]] = {}
for _kind, _arguments in ARGUMENTS.items():
    for _argument in _arguments:
        _type, _, _path = _argument.partition(".")
        _BY_TYPE.setdefault(_type, []).append((_path, _kind))

DOCUMENT_TYPES = tuple(_BY_TYPE)
"""The resource types with such an argument."""


def documents_of(resource: Resource) -> Iterator[tuple[str, Kind, Value]]:
    """Yield path, kind and value of each argument of *resource* that is a policy document.

    `aws_organizations_policy` is also for tag, backup and other policies of another grammar; they are omitted.
    """
    if resource.type == "aws_organizations_policy" and resource.get("type") in _OTHER_GRAMMARS:
        return
    for path, kind in _BY_TYPE.get(resource.type, ()):
        block, _, argument = path.rpartition(".")
        if not block:
            yield path, kind, resource.get(path)
            continue
        for index, member in enumerate(blocks(resource.values, block)):
            value = member if isinstance(member, Unknown) else member.get(argument)
            yield f"{block}.{index}.{argument}", kind, value
