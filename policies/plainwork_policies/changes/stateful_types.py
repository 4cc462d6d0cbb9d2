"""Resource types that store data: if one is destroyed, its data is lost or must be restored."""

from __future__ import annotations

from collections.abc import Mapping

from plainwork_core.model.stack import Change
from plainwork_core.model.values import look_up

_TYPES: Mapping[str, tuple[str, ...]] = {
    "rows, documents or items": (
        "aws_db_instance",
        "aws_docdb_cluster",
        "aws_docdbelastic_cluster",
        "aws_dsql_cluster",
        "aws_dynamodb_table",
        "aws_finspace_kx_database",
        "aws_keyspaces_keyspace",
        "aws_keyspaces_table",
        "aws_lightsail_database",
        "aws_memorydb_cluster",
        "aws_neptune_cluster",
        "aws_neptunegraph_graph",
        "aws_qldb_ledger",
        "aws_rds_cluster",
        "aws_redshift_cluster",
        "aws_redshiftserverless_namespace",
        "aws_s3tables_table",
        "aws_simpledb_domain",
        "aws_timestreaminfluxdb_db_cluster",
        "aws_timestreaminfluxdb_db_instance",
        "aws_timestreamwrite_table",
    ),
    "cached values, which a cold cache does not have": (
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_elasticache_serverless_cache",
    ),
    "objects or archives": (
        "aws_glacier_vault",
        "aws_lightsail_bucket",
        "aws_media_store_container",
        "aws_s3_bucket",
        "aws_s3_directory_bucket",
        "aws_s3control_bucket",
        "aws_s3tables_table_bucket",
    ),
    "files or blocks": (
        "aws_ebs_volume",
        "aws_efs_file_system",
        "aws_fsx_lustre_file_system",
        "aws_fsx_ontap_file_system",
        "aws_fsx_ontap_volume",
        "aws_fsx_openzfs_file_system",
        "aws_fsx_openzfs_volume",
        "aws_fsx_windows_file_system",
        "aws_lightsail_disk",
        "aws_storagegateway_cached_iscsi_volume",
        "aws_storagegateway_stored_iscsi_volume",
        "aws_workspaces_workspace",
    ),
    "backups: the last copy of what they were made from": (
        "aws_backup_logically_air_gapped_vault",
        "aws_backup_vault",
        "aws_db_cluster_snapshot",
        "aws_db_snapshot",
        "aws_db_snapshot_copy",
        "aws_docdb_cluster_snapshot",
        "aws_ebs_snapshot",
        "aws_ebs_snapshot_copy",
        "aws_fsx_backup",
        "aws_fsx_openzfs_snapshot",
        "aws_memorydb_snapshot",
        "aws_neptune_cluster_snapshot",
        "aws_rds_cluster_snapshot_copy",
        "aws_redshift_cluster_snapshot",
        "aws_redshiftserverless_snapshot",
    ),
    "messages or records that are not yet read": (
        "aws_kinesis_stream",
        "aws_kinesis_video_stream",
        "aws_mq_broker",
        "aws_msk_cluster",
        "aws_msk_serverless_cluster",
        "aws_sqs_queue",
    ),
    "an index that must be built again": (
        "aws_cloudsearch_domain",
        "aws_elasticsearch_domain",
        "aws_kendra_index",
        "aws_opensearch_domain",
        "aws_opensearchserverless_collection",
        "aws_s3vectors_index",
        "aws_s3vectors_vector_bucket",
    ),
    "keys, without which what they encrypted or signed is lost": (
        "aws_acmpca_certificate_authority",
        "aws_cloudhsm_v2_cluster",
        "aws_kms_external_key",
        "aws_kms_key",
        "aws_kms_replica_external_key",
        "aws_kms_replica_key",
        "aws_paymentcryptography_key",
    ),
    "secrets, users or accounts": (
        "aws_cognito_user_pool",
        "aws_directory_service_directory",
        "aws_secretsmanager_secret",
    ),
    "code, packages or images": (
        "aws_codeartifact_repository",
        "aws_codecommit_repository",
        "aws_ecr_repository",
        "aws_ecrpublic_repository",
    ),
    "recorded events or metrics": (
        "aws_cloudtrail_event_data_store",
        "aws_detective_graph",
        "aws_prometheus_workspace",
    ),
}
STATEFUL: Mapping[str, str] = {type_: content for content, types in _TYPES.items() for type_ in types}
"""What is lost with a resource, by type.

Not in the list: log groups, which are deleted with every function; `aws_s3files_file_system`, whose files are objects
of its bucket; global clusters, whose data their members store.
"""

_FORCE = {
    "aws_backup_vault": "force_destroy",
    "aws_ecr_repository": "force_delete",
    "aws_ecrpublic_repository": "force_destroy",
    "aws_s3_bucket": "force_destroy",
    "aws_s3_directory_bucket": "force_destroy",
}
"""The argument with which the provider empties a resource before it deletes it."""


def is_stateful(change: Change) -> bool:
    """Return whether the resource of *change* stores data of its own.

    An ElastiCache cluster does if it is standalone and not Memcached: the data of a node is its replication group's.
    """
    if change.type != "aws_elasticache_cluster":
        return change.type in STATEFUL
    return not look_up(change.before, "replication_group_id") and look_up(change.before, "engine") != "memcached"


def keeps_content(change: Change) -> bool:
    """Return whether AWS rejects the deletion as long as the resource stores something: `force_destroy` is not set."""
    argument = _FORCE.get(change.type)
    return argument is not None and look_up(change.before, argument) is False
