"""Every policy there is, in the order of the page that documents them."""

from __future__ import annotations

from plainwork_core.errors import InputError, did_you_mean
from plainwork_policies.backends.backend_unprotected import backend_unprotected
from plainwork_policies.backends.bucket_key_bypassed import bucket_key_bypassed
from plainwork_policies.backends.credentials_in_backend import credentials_in_backend
from plainwork_policies.backends.lock_table_deprecated import lock_table_deprecated
from plainwork_policies.backends.lock_table_without_lock_id import lock_table_without_lock_id
from plainwork_policies.backends.role_argument_removed import role_argument_removed
from plainwork_policies.backends.state_bucket_shared import state_bucket_shared
from plainwork_policies.backends.state_bucket_unversioned import state_bucket_unversioned
from plainwork_policies.backends.state_key_badly_named import state_key_badly_named
from plainwork_policies.backends.state_shared import state_shared
from plainwork_policies.backends.variable_in_backend import variable_in_backend
from plainwork_policies.caches.autoscaling_refused import autoscaling_refused
from plainwork_policies.caches.cache_arguments_refused import cache_arguments_refused
from plainwork_policies.caches.cache_open import cache_open
from plainwork_policies.caches.cache_password_in_code import cache_password_in_code
from plainwork_policies.caches.cache_unencrypted import cache_unencrypted
from plainwork_policies.caches.cache_user_refused import cache_user_refused
from plainwork_policies.caches.cache_without_failover import cache_without_failover
from plainwork_policies.caches.engine_version_mismatch import engine_version_mismatch
from plainwork_policies.caches.eviction_undecided import eviction_undecided
from plainwork_policies.caches.evictions_unwatched import evictions_unwatched
from plainwork_policies.caches.redis_where_valkey_serves import redis_where_valkey_serves
from plainwork_policies.caches.serverless_cache_unlimited import serverless_cache_unlimited
from plainwork_policies.caches.store_without_snapshots import store_without_snapshots
from plainwork_policies.canaries.address_families_differ import address_families_differ
from plainwork_policies.canaries.canary_starts_too_large import canary_starts_too_large
from plainwork_policies.canaries.forward_contradicts import forward_contradicts
from plainwork_policies.canaries.forward_not_sticky import forward_not_sticky
from plainwork_policies.canaries.weight_out_of_range import weight_out_of_range
from plainwork_policies.canaries.weighted_health_incomplete import weighted_health_incomplete
from plainwork_policies.canaries.weighted_records_clash import weighted_records_clash
from plainwork_policies.canaries.weighted_ttl_distorts import weighted_ttl_distorts
from plainwork_policies.canaries.weights_all_zero import weights_all_zero
from plainwork_policies.changes.destroyed_for_good import destroyed_for_good
from plainwork_policies.changes.plan_touches_many import plan_touches_many
from plainwork_policies.changes.stateful_resource_destroyed import stateful_resource_destroyed
from plainwork_policies.changes.tags_hide_other_changes import tags_hide_other_changes
from plainwork_policies.efs.access_point_directory_unusable import access_point_directory_unusable
from plainwork_policies.efs.access_point_unconfined import access_point_unconfined
from plainwork_policies.efs.ecs_volume_refused import ecs_volume_refused
from plainwork_policies.efs.ecs_volume_unprotected import ecs_volume_unprotected
from plainwork_policies.efs.efs_arguments_refused import efs_arguments_refused
from plainwork_policies.efs.file_system_anonymous import file_system_anonymous
from plainwork_policies.efs.file_system_unencrypted import file_system_unencrypted
from plainwork_policies.efs.file_system_without_backup import file_system_without_backup
from plainwork_policies.efs.grant_past_access_point import grant_past_access_point
from plainwork_policies.efs.mount_target_exposed import mount_target_exposed
from plainwork_policies.efs.mount_targets_in_one_zone import mount_targets_in_one_zone
from plainwork_policies.endpoints.bucket_dns_without_gateway import bucket_dns_without_gateway
from plainwork_policies.endpoints.endpoint_argument_misplaced import endpoint_argument_misplaced
from plainwork_policies.endpoints.endpoint_policy_denies_all import endpoint_policy_denies_all
from plainwork_policies.endpoints.endpoint_port_closed import endpoint_port_closed
from plainwork_policies.endpoints.endpoint_service_unknown import endpoint_service_unknown
from plainwork_policies.endpoints.endpoint_subnets_share_zone import endpoint_subnets_share_zone
from plainwork_policies.endpoints.image_layers_closed_off import image_layers_closed_off
from plainwork_policies.endpoints.private_dns_taken_twice import private_dns_taken_twice
from plainwork_policies.endpoints.private_dns_without_vpc_dns import private_dns_without_vpc_dns
from plainwork_policies.engine.policy import Policy
from plainwork_policies.modules.module_nested_too_deep import module_nested_too_deep
from plainwork_policies.modules.module_not_evaluated import module_not_evaluated
from plainwork_policies.modules.module_unpinned import module_unpinned
from plainwork_policies.modules.module_used_too_rarely import module_used_too_rarely
from plainwork_policies.privileges.account_allowed import account_allowed
from plainwork_policies.privileges.account_reads_bucket import account_reads_bucket
from plainwork_policies.privileges.administrator_policy_attached import administrator_policy_attached
from plainwork_policies.privileges.dns_query_logs_open import dns_query_logs_open
from plainwork_policies.privileges.elevated_policy_attached import elevated_policy_attached
from plainwork_policies.privileges.endpoint_policy_missing import endpoint_policy_missing
from plainwork_policies.privileges.endpoint_policy_open import endpoint_policy_open
from plainwork_policies.privileges.everyone_allowed import everyone_allowed
from plainwork_policies.privileges.not_action import not_action
from plainwork_policies.privileges.not_resource import not_resource
from plainwork_policies.privileges.oidc_audience_missing import oidc_audience_missing
from plainwork_policies.privileges.oidc_subject_open import oidc_subject_open
from plainwork_policies.privileges.pass_role_unlimited import pass_role_unlimited
from plainwork_policies.privileges.privilege_escalation import privilege_escalation
from plainwork_policies.privileges.session_on_every_machine import session_on_every_machine
from plainwork_policies.privileges.wildcard_action import wildcard_action
from plainwork_policies.privileges.wildcard_resource import wildcard_resource
from plainwork_policies.regions.arn_in_another_region import arn_in_another_region
from plainwork_policies.regions.backend_region_mismatch import backend_region_mismatch
from plainwork_policies.regions.certificate_in_another_region import certificate_in_another_region
from plainwork_policies.regions.endpoint_in_another_region import endpoint_in_another_region
from plainwork_policies.regions.key_in_another_region import key_in_another_region
from plainwork_policies.regions.partition_mismatch import partition_mismatch
from plainwork_policies.regions.region_not_allowed import region_not_allowed
from plainwork_policies.regions.region_unknown import region_unknown
from plainwork_policies.regions.zone_mismatch import zone_mismatch
from plainwork_policies.tag_conditions.deny_only_when_all_tags_missing import deny_only_when_all_tags_missing
from plainwork_policies.tag_conditions.request_tag_never_sent import request_tag_never_sent
from plainwork_policies.tag_conditions.resource_tag_on_create import resource_tag_on_create
from plainwork_policies.tag_conditions.retagging_unrestricted import retagging_unrestricted
from plainwork_policies.tag_conditions.tag_condition_unsupported import tag_condition_unsupported
from plainwork_policies.tag_conditions.tag_wildcard_taken_literally import tag_wildcard_taken_literally
from plainwork_policies.tag_conditions.tagging_action_missing import tagging_action_missing
from plainwork_policies.tag_conditions.untagged_request_allowed import untagged_request_allowed
from plainwork_policies.tags.autoscaling_tags_incomplete import autoscaling_tags_incomplete
from plainwork_policies.tags.ecs_tags_incomplete import ecs_tags_incomplete
from plainwork_policies.tags.instance_volumes_untagged import instance_volumes_untagged
from plainwork_policies.tags.launch_template_tags_incomplete import launch_template_tags_incomplete
from plainwork_policies.tags.required_tag_missing import required_tag_missing
from plainwork_policies.tags.tag_key_drift import tag_key_drift
from plainwork_policies.tags.tag_refused_by_aws import tag_refused_by_aws
from plainwork_policies.tags.tag_value_not_allowed import tag_value_not_allowed

POLICIES: tuple[Policy, ...] = (
    required_tag_missing,
    tag_key_drift,
    tag_value_not_allowed,
    tag_refused_by_aws,
    autoscaling_tags_incomplete,
    launch_template_tags_incomplete,
    instance_volumes_untagged,
    ecs_tags_incomplete,
    untagged_request_allowed,
    tag_wildcard_taken_literally,
    resource_tag_on_create,
    request_tag_never_sent,
    tag_condition_unsupported,
    tagging_action_missing,
    deny_only_when_all_tags_missing,
    retagging_unrestricted,
    region_not_allowed,
    backend_region_mismatch,
    region_unknown,
    partition_mismatch,
    arn_in_another_region,
    key_in_another_region,
    certificate_in_another_region,
    endpoint_in_another_region,
    zone_mismatch,
    backend_unprotected,
    state_key_badly_named,
    lock_table_deprecated,
    role_argument_removed,
    credentials_in_backend,
    variable_in_backend,
    state_bucket_unversioned,
    lock_table_without_lock_id,
    state_shared,
    state_bucket_shared,
    bucket_key_bypassed,
    wildcard_action,
    wildcard_resource,
    administrator_policy_attached,
    account_reads_bucket,
    not_action,
    not_resource,
    pass_role_unlimited,
    privilege_escalation,
    elevated_policy_attached,
    everyone_allowed,
    account_allowed,
    endpoint_policy_open,
    oidc_subject_open,
    oidc_audience_missing,
    session_on_every_machine,
    dns_query_logs_open,
    endpoint_policy_missing,
    file_system_unencrypted,
    file_system_anonymous,
    efs_arguments_refused,
    access_point_directory_unusable,
    access_point_unconfined,
    ecs_volume_refused,
    ecs_volume_unprotected,
    mount_target_exposed,
    mount_targets_in_one_zone,
    grant_past_access_point,
    file_system_without_backup,
    engine_version_mismatch,
    eviction_undecided,
    evictions_unwatched,
    cache_arguments_refused,
    cache_user_refused,
    cache_open,
    cache_password_in_code,
    cache_without_failover,
    cache_unencrypted,
    store_without_snapshots,
    serverless_cache_unlimited,
    autoscaling_refused,
    redis_where_valkey_serves,
    endpoint_argument_misplaced,
    endpoint_service_unknown,
    private_dns_without_vpc_dns,
    endpoint_policy_denies_all,
    private_dns_taken_twice,
    endpoint_port_closed,
    endpoint_subnets_share_zone,
    bucket_dns_without_gateway,
    image_layers_closed_off,
    weight_out_of_range,
    weights_all_zero,
    weighted_records_clash,
    forward_contradicts,
    forward_not_sticky,
    weighted_ttl_distorts,
    weighted_health_incomplete,
    address_families_differ,
    canary_starts_too_large,
    plan_touches_many,
    stateful_resource_destroyed,
    destroyed_for_good,
    tags_hide_other_changes,
    module_not_evaluated,
    module_unpinned,
    module_nested_too_deep,
    module_used_too_rarely,
)


def by_name(name: str) -> Policy:
    """Return the policy whose id or slug is *name*, in any case.

    Raises:
        InputError: no policy has that name.
    """
    named = {key: policy for policy in POLICIES for key in (policy.id, policy.slug)}
    if policy := named.get(name.upper()) or named.get(name.lower()):
        return policy
    near = did_you_mean(name, named) or did_you_mean(name.upper(), named)
    raise InputError(f"no policy is named {name!r}{near or '; `plainwork policies` lists them all'}")
