"""Resource types that store data: if one is destroyed, its data is lost or must be restored."""

from __future__ import annotations

from plainwork_core.model.stack import Change
from plainwork_core.model.values import look_up

STATEFUL = frozenset(
    {
        "aws_backup_vault",
        "aws_cloudsearch_domain",
        "aws_codeartifact_repository",
        "aws_codecommit_repository",
        "aws_cognito_user_pool",
        "aws_db_instance",
        "aws_docdb_cluster",
        "aws_docdbelastic_cluster",
        "aws_dsql_cluster",
        "aws_dynamodb_table",
        "aws_ebs_volume",
        "aws_ecr_repository",
        "aws_ecrpublic_repository",
        "aws_efs_file_system",
        "aws_elasticache_cluster",
        "aws_elasticache_replication_group",
        "aws_elasticache_serverless_cache",
        "aws_elasticsearch_domain",
        "aws_fsx_lustre_file_system",
        "aws_fsx_ontap_file_system",
        "aws_fsx_ontap_volume",
        "aws_fsx_openzfs_file_system",
        "aws_fsx_openzfs_volume",
        "aws_fsx_windows_file_system",
        "aws_glacier_vault",
        "aws_keyspaces_keyspace",
        "aws_keyspaces_table",
        "aws_kinesis_stream",
        "aws_kinesis_video_stream",
        "aws_kms_external_key",
        "aws_kms_key",
        "aws_lightsail_bucket",
        "aws_lightsail_database",
        "aws_lightsail_disk",
        "aws_media_store_container",
        "aws_memorydb_cluster",
        "aws_mq_broker",
        "aws_msk_cluster",
        "aws_msk_serverless_cluster",
        "aws_neptune_cluster",
        "aws_neptunegraph_graph",
        "aws_opensearch_domain",
        "aws_opensearchserverless_collection",
        "aws_qldb_ledger",
        "aws_rds_cluster",
        "aws_redshift_cluster",
        "aws_redshiftserverless_namespace",
        "aws_s3_bucket",
        "aws_s3_directory_bucket",
        "aws_s3tables_table",
        "aws_s3tables_table_bucket",
        "aws_secretsmanager_secret",
        "aws_simpledb_domain",
        "aws_sqs_queue",
        "aws_storagegateway_cached_iscsi_volume",
        "aws_storagegateway_stored_iscsi_volume",
        "aws_timestreaminfluxdb_db_instance",
        "aws_timestreamwrite_table",
        "aws_workspaces_workspace",
    }
)

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
