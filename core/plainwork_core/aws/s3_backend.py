"""The S3 backend of Terraform and OpenTofu: its arguments, also deprecated and removed ones, and their rules.

https://developer.hashicorp.com/terraform/language/backend/s3
https://opentofu.org/docs/language/settings/backends/s3/
"""

from __future__ import annotations

_SUPPORTED = """
    access_key acl allowed_account_ids assume_role assume_role_with_web_identity bucket custom_ca_bundle dynamodb_table
    ec2_metadata_service_endpoint ec2_metadata_service_endpoint_mode encrypt endpoints forbidden_account_ids http_proxy
    https_proxy insecure key kms_key_id max_retries no_proxy profile region retry_mode secret_key shared_config_files
    shared_credentials_files skip_credentials_validation skip_metadata_api_check skip_region_validation
    skip_requesting_account_id skip_s3_checksum sse_customer_key sts_region token use_dualstack_endpoint
    use_fips_endpoint use_lockfile use_path_style workspace_key_prefix
"""
_DEPRECATED = "dynamodb_endpoint endpoint force_path_style iam_endpoint shared_credentials_file sts_endpoint"
_REMOVED = """
    assume_role_duration_seconds assume_role_policy assume_role_policy_arns assume_role_tags
    assume_role_transitive_tag_keys external_id lock_table role_arn session_name skip_get_ec2_platforms
    use_legacy_workflow
"""
_OF_OPENTOFU = "lock_tags state_tags"
ARGUMENTS = frozenset(f"{_SUPPORTED} {_OF_OPENTOFU} {_DEPRECATED} {_REMOVED}".split())

DEPRECATED_SINCE = (1, 6, 0)
DYNAMODB_ENDPOINT = "endpoints.dynamodb"
"""The path of an argument that OpenTofu does not deprecate."""
REPLACEMENTS = {
    "endpoint": "Set `endpoints = { s3 = … }`.",
    "dynamodb_endpoint": "Set `use_lockfile = true`, which needs no DynamoDB.",
    DYNAMODB_ENDPOINT: "Set `use_lockfile = true`, which needs no DynamoDB.",
    "iam_endpoint": "Set `endpoints = { iam = … }`.",
    "sts_endpoint": "Set `endpoints = { sts = … }`.",
    "shared_credentials_file": "Set `shared_credentials_files = [ … ]`.",
    "force_path_style": "Set `use_path_style`.",
}
"""What replaces each deprecated argument."""

ROLE_ARGUMENTS_UNTIL = (1, 10, 0)
"""The version of Terraform that removed the arguments of `ROLE_ARGUMENTS`."""
ROLE_ARGUMENTS = {
    "role_arn": "role_arn",
    "session_name": "session_name",
    "external_id": "external_id",
    "assume_role_duration_seconds": "duration",
    "assume_role_policy": "policy",
    "assume_role_policy_arns": "policy_arns",
    "assume_role_tags": "tags",
    "assume_role_transitive_tag_keys": "transitive_tag_keys",
}
"""The name in `assume_role` of each removed argument."""

LOCKFILE_SINCE = (1, 10, 0)
"""The first version of Terraform, and of OpenTofu, that has `use_lockfile`."""
TABLE_DEPRECATED_SINCE = (1, 11, 0)
"""The first version of Terraform that deprecates `dynamodb_table`."""

EXCLUSIVE = (("kms_key_id", "sse_customer_key"), ("shared_credentials_file", "shared_credentials_files"))
"""The pairs of arguments of which a block may have one."""

ROLES = ("assume_role", "assume_role_with_web_identity")
"""The arguments that are objects with a `role_arn`."""

DEFAULT_WORKSPACE_KEY_PREFIX = "env:"
