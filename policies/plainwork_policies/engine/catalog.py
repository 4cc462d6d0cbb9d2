"""Every policy there is, in the order of the page that documents them."""

from __future__ import annotations

from plainwork_core.errors import InputError, did_you_mean
from plainwork_policies.backends.backend_variables_not_allowed import backend_variables_not_allowed
from plainwork_policies.backends.dynamodb_lock_table_key_invalid import dynamodb_lock_table_key_invalid
from plainwork_policies.backends.s3_backend_duplicate_key import s3_backend_duplicate_key
from plainwork_policies.backends.s3_backend_dynamodb_lock_deprecated import s3_backend_dynamodb_lock_deprecated
from plainwork_policies.backends.s3_backend_hardcoded_credentials import s3_backend_hardcoded_credentials
from plainwork_policies.backends.s3_backend_key_naming import s3_backend_key_naming
from plainwork_policies.backends.s3_backend_kms_key_bypassed import s3_backend_kms_key_bypassed
from plainwork_policies.backends.s3_backend_no_lock import s3_backend_no_lock
from plainwork_policies.backends.s3_backend_role_arguments_removed import s3_backend_role_arguments_removed
from plainwork_policies.backends.s3_state_bucket_shared import s3_state_bucket_shared
from plainwork_policies.backends.s3_state_bucket_unversioned import s3_state_bucket_unversioned
from plainwork_policies.caches.elasticache_arguments_invalid import elasticache_arguments_invalid
from plainwork_policies.caches.elasticache_engine_version_mismatch import elasticache_engine_version_mismatch
from plainwork_policies.caches.elasticache_eviction_alarm_missing import elasticache_eviction_alarm_missing
from plainwork_policies.caches.elasticache_failover_disabled import elasticache_failover_disabled
from plainwork_policies.caches.elasticache_hardcoded_password import elasticache_hardcoded_password
from plainwork_policies.caches.elasticache_maxmemory_policy_unset import elasticache_maxmemory_policy_unset
from plainwork_policies.caches.elasticache_no_authentication import elasticache_no_authentication
from plainwork_policies.caches.elasticache_noeviction_without_snapshots import elasticache_noeviction_without_snapshots
from plainwork_policies.caches.elasticache_redis_instead_of_valkey import elasticache_redis_instead_of_valkey
from plainwork_policies.caches.elasticache_scaling_target_invalid import elasticache_scaling_target_invalid
from plainwork_policies.caches.elasticache_serverless_limits_missing import elasticache_serverless_limits_missing
from plainwork_policies.caches.elasticache_unencrypted import elasticache_unencrypted
from plainwork_policies.caches.elasticache_user_invalid import elasticache_user_invalid
from plainwork_policies.canaries.alb_duplicate_target_group import alb_duplicate_target_group
from plainwork_policies.canaries.alb_forward_stickiness_missing import alb_forward_stickiness_missing
from plainwork_policies.canaries.canary_initial_percent_high import canary_initial_percent_high
from plainwork_policies.canaries.canary_weights_all_zero import canary_weights_all_zero
from plainwork_policies.canaries.route53_weight_invalid import route53_weight_invalid
from plainwork_policies.canaries.route53_weighted_health_check_missing import route53_weighted_health_check_missing
from plainwork_policies.canaries.route53_weighted_ipv6_mismatch import route53_weighted_ipv6_mismatch
from plainwork_policies.canaries.route53_weighted_records_conflict import route53_weighted_records_conflict
from plainwork_policies.canaries.route53_weighted_ttl_mismatch import route53_weighted_ttl_mismatch
from plainwork_policies.changes.plan_destroys_stateful_resource import plan_destroys_stateful_resource
from plainwork_policies.changes.plan_destroys_without_backup import plan_destroys_without_backup
from plainwork_policies.changes.plan_mixes_tag_changes import plan_mixes_tag_changes
from plainwork_policies.changes.plan_too_many_changes import plan_too_many_changes
from plainwork_policies.conditions.iam_abac_tagging_unrestricted import iam_abac_tagging_unrestricted
from plainwork_policies.conditions.iam_condition_allows_untagged import iam_condition_allows_untagged
from plainwork_policies.conditions.iam_condition_literal_wildcard import iam_condition_literal_wildcard
from plainwork_policies.conditions.iam_deny_all_tags_missing import iam_deny_all_tags_missing
from plainwork_policies.conditions.iam_requesttag_unsupported import iam_requesttag_unsupported
from plainwork_policies.conditions.iam_resourcetag_on_create_action import iam_resourcetag_on_create_action
from plainwork_policies.conditions.iam_tag_condition_unsupported import iam_tag_condition_unsupported
from plainwork_policies.conditions.iam_tagging_permission_missing import iam_tagging_permission_missing
from plainwork_policies.efs.ecs_efs_volume_insecure import ecs_efs_volume_insecure
from plainwork_policies.efs.ecs_efs_volume_invalid import ecs_efs_volume_invalid
from plainwork_policies.efs.efs_access_point_bypass import efs_access_point_bypass
from plainwork_policies.efs.efs_access_point_directory_inaccessible import efs_access_point_directory_inaccessible
from plainwork_policies.efs.efs_access_point_unrestricted import efs_access_point_unrestricted
from plainwork_policies.efs.efs_anonymous_access import efs_anonymous_access
from plainwork_policies.efs.efs_arguments_invalid import efs_arguments_invalid
from plainwork_policies.efs.efs_backup_disabled import efs_backup_disabled
from plainwork_policies.efs.efs_mount_target_public_ingress import efs_mount_target_public_ingress
from plainwork_policies.efs.efs_mount_targets_same_zone import efs_mount_targets_same_zone
from plainwork_policies.efs.efs_unencrypted import efs_unencrypted
from plainwork_policies.endpoints.vpc_endpoint_argument_unsupported import vpc_endpoint_argument_unsupported
from plainwork_policies.endpoints.vpc_endpoint_ecr_layers_blocked import vpc_endpoint_ecr_layers_blocked
from plainwork_policies.endpoints.vpc_endpoint_policy_denies_all import vpc_endpoint_policy_denies_all
from plainwork_policies.endpoints.vpc_endpoint_port_blocked import vpc_endpoint_port_blocked
from plainwork_policies.endpoints.vpc_endpoint_private_dns_conflict import vpc_endpoint_private_dns_conflict
from plainwork_policies.endpoints.vpc_endpoint_private_dns_unsupported import vpc_endpoint_private_dns_unsupported
from plainwork_policies.endpoints.vpc_endpoint_s3_gateway_missing import vpc_endpoint_s3_gateway_missing
from plainwork_policies.endpoints.vpc_endpoint_service_invalid import vpc_endpoint_service_invalid
from plainwork_policies.endpoints.vpc_endpoint_subnets_same_zone import vpc_endpoint_subnets_same_zone
from plainwork_policies.engine.policy import Policy
from plainwork_policies.modules.module_nesting_too_deep import module_nesting_too_deep
from plainwork_policies.modules.module_not_evaluated import module_not_evaluated
from plainwork_policies.modules.module_too_few_uses import module_too_few_uses
from plainwork_policies.modules.module_version_not_pinned import module_version_not_pinned
from plainwork_policies.privileges.iam_administrator_access_attached import iam_administrator_access_attached
from plainwork_policies.privileges.iam_allow_not_action import iam_allow_not_action
from plainwork_policies.privileges.iam_allow_not_resource import iam_allow_not_resource
from plainwork_policies.privileges.iam_managed_policy_overly_permissive import iam_managed_policy_overly_permissive
from plainwork_policies.privileges.iam_oidc_audience_unrestricted import iam_oidc_audience_unrestricted
from plainwork_policies.privileges.iam_oidc_subject_unrestricted import iam_oidc_subject_unrestricted
from plainwork_policies.privileges.iam_pass_role_unrestricted import iam_pass_role_unrestricted
from plainwork_policies.privileges.iam_privilege_escalation import iam_privilege_escalation
from plainwork_policies.privileges.iam_wildcard_action import iam_wildcard_action
from plainwork_policies.privileges.iam_wildcard_resource import iam_wildcard_resource
from plainwork_policies.privileges.resource_policy_account_principal import resource_policy_account_principal
from plainwork_policies.privileges.resource_policy_public_access import resource_policy_public_access
from plainwork_policies.privileges.route53_query_logs_exposed import route53_query_logs_exposed
from plainwork_policies.privileges.s3_bucket_policy_broad_read import s3_bucket_policy_broad_read
from plainwork_policies.privileges.ssm_session_unrestricted import ssm_session_unrestricted
from plainwork_policies.privileges.vpc_endpoint_policy_full_access import vpc_endpoint_policy_full_access
from plainwork_policies.privileges.vpc_endpoint_policy_missing import vpc_endpoint_policy_missing
from plainwork_policies.regions.acm_certificate_region_mismatch import acm_certificate_region_mismatch
from plainwork_policies.regions.arn_partition_mismatch import arn_partition_mismatch
from plainwork_policies.regions.arn_region_mismatch import arn_region_mismatch
from plainwork_policies.regions.availability_zone_invalid import availability_zone_invalid
from plainwork_policies.regions.kms_key_region_mismatch import kms_key_region_mismatch
from plainwork_policies.regions.region_invalid import region_invalid
from plainwork_policies.regions.region_not_allowed import region_not_allowed
from plainwork_policies.regions.s3_backend_region_mismatch import s3_backend_region_mismatch
from plainwork_policies.regions.vpc_endpoint_region_mismatch import vpc_endpoint_region_mismatch
from plainwork_policies.tags.autoscaling_required_tag_missing import autoscaling_required_tag_missing
from plainwork_policies.tags.ec2_volume_required_tag_missing import ec2_volume_required_tag_missing
from plainwork_policies.tags.ecs_required_tag_missing import ecs_required_tag_missing
from plainwork_policies.tags.launch_template_required_tag_missing import launch_template_required_tag_missing
from plainwork_policies.tags.tag_invalid import tag_invalid
from plainwork_policies.tags.tag_key_misspelled import tag_key_misspelled
from plainwork_policies.tags.tag_required_missing import tag_required_missing
from plainwork_policies.tags.tag_value_not_allowed import tag_value_not_allowed

POLICIES: tuple[Policy, ...] = (
    tag_required_missing,
    tag_key_misspelled,
    tag_value_not_allowed,
    tag_invalid,
    autoscaling_required_tag_missing,
    launch_template_required_tag_missing,
    ec2_volume_required_tag_missing,
    ecs_required_tag_missing,
    iam_condition_allows_untagged,
    iam_condition_literal_wildcard,
    iam_resourcetag_on_create_action,
    iam_requesttag_unsupported,
    iam_tag_condition_unsupported,
    iam_tagging_permission_missing,
    iam_deny_all_tags_missing,
    iam_abac_tagging_unrestricted,
    region_not_allowed,
    s3_backend_region_mismatch,
    region_invalid,
    arn_partition_mismatch,
    arn_region_mismatch,
    kms_key_region_mismatch,
    acm_certificate_region_mismatch,
    vpc_endpoint_region_mismatch,
    availability_zone_invalid,
    s3_backend_no_lock,
    s3_backend_key_naming,
    s3_backend_dynamodb_lock_deprecated,
    s3_backend_role_arguments_removed,
    s3_backend_hardcoded_credentials,
    backend_variables_not_allowed,
    s3_state_bucket_unversioned,
    dynamodb_lock_table_key_invalid,
    s3_backend_duplicate_key,
    s3_state_bucket_shared,
    s3_backend_kms_key_bypassed,
    iam_wildcard_action,
    iam_wildcard_resource,
    iam_administrator_access_attached,
    s3_bucket_policy_broad_read,
    iam_allow_not_action,
    iam_allow_not_resource,
    iam_pass_role_unrestricted,
    iam_privilege_escalation,
    iam_managed_policy_overly_permissive,
    resource_policy_public_access,
    resource_policy_account_principal,
    vpc_endpoint_policy_full_access,
    iam_oidc_subject_unrestricted,
    iam_oidc_audience_unrestricted,
    ssm_session_unrestricted,
    route53_query_logs_exposed,
    vpc_endpoint_policy_missing,
    efs_unencrypted,
    efs_anonymous_access,
    efs_arguments_invalid,
    efs_access_point_directory_inaccessible,
    efs_access_point_unrestricted,
    ecs_efs_volume_invalid,
    ecs_efs_volume_insecure,
    efs_mount_target_public_ingress,
    efs_mount_targets_same_zone,
    efs_access_point_bypass,
    efs_backup_disabled,
    elasticache_engine_version_mismatch,
    elasticache_maxmemory_policy_unset,
    elasticache_eviction_alarm_missing,
    elasticache_arguments_invalid,
    elasticache_user_invalid,
    elasticache_no_authentication,
    elasticache_hardcoded_password,
    elasticache_failover_disabled,
    elasticache_unencrypted,
    elasticache_noeviction_without_snapshots,
    elasticache_serverless_limits_missing,
    elasticache_scaling_target_invalid,
    elasticache_redis_instead_of_valkey,
    vpc_endpoint_argument_unsupported,
    vpc_endpoint_service_invalid,
    vpc_endpoint_private_dns_unsupported,
    vpc_endpoint_policy_denies_all,
    vpc_endpoint_private_dns_conflict,
    vpc_endpoint_port_blocked,
    vpc_endpoint_subnets_same_zone,
    vpc_endpoint_s3_gateway_missing,
    vpc_endpoint_ecr_layers_blocked,
    route53_weight_invalid,
    canary_weights_all_zero,
    route53_weighted_records_conflict,
    alb_duplicate_target_group,
    alb_forward_stickiness_missing,
    route53_weighted_ttl_mismatch,
    route53_weighted_health_check_missing,
    route53_weighted_ipv6_mismatch,
    canary_initial_percent_high,
    plan_too_many_changes,
    plan_destroys_stateful_resource,
    plan_destroys_without_backup,
    plan_mixes_tag_changes,
    module_not_evaluated,
    module_version_not_pinned,
    module_nesting_too_deep,
    module_too_few_uses,
)


def by_name(name: str) -> Policy:
    """Return the policy whose id or slug is *name*, in any case.

    Raises:
        InputError: no policy has that name.
    """
    named = {key: policy for policy in POLICIES for key in policy.names}
    if policy := named.get(name.upper()) or named.get(name.lower()):
        return policy
    near = did_you_mean(name, named) or did_you_mean(name.upper(), named)
    raise InputError(f"no policy is named {name!r}{near or '; `plainwork policies` lists them all'}")
