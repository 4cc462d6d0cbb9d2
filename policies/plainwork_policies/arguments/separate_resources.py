"""Arguments that a separate resource manages as well.

Each pair is from a note of https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs, on the page of one of
the two types, except the policies of domains, endpoints and topics: both resources write the one policy that the API
has. Other pairs without a note are omitted, such as `iam_roles` of `aws_redshift_cluster`. The note on queues is of
https://github.com/hashicorp/terraform-provider-aws/pull/42043.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from plainwork_policies.api import Resource
from plainwork_policies.arguments.separate_resource import (
    ListingResource,
    OtherAttachment,
    ScalableTarget,
    Scaling,
    SeparateResource,
)


def _with(argument: str) -> Callable[[Resource], bool]:
    return lambda other: other[argument].raw not in (None, "", [])


def _direction(value: str) -> Callable[[Resource], bool]:
    return lambda rule: rule["type"].string() == value


def _rules(direction: str) -> tuple[SeparateResource, ...]:
    return (
        SeparateResource(direction, "aws_security_group_rule", "security_group_id", condition=_direction(direction)),
        SeparateResource(direction, f"aws_vpc_security_group_{direction}_rule", "security_group_id"),
    )


def _endpoint(argument: str, type_: str) -> SeparateResource:
    return SeparateResource(argument, f"aws_vpc_endpoint_{type_}", "vpc_endpoint_id")


def _policy(reference: str, attribute: str = "id", *, of: str, argument: str = "policy") -> SeparateResource:
    return SeparateResource(argument, f"{of}_policy", reference, attribute)


def _bucket(argument: str, type_: str = "") -> SeparateResource:
    return SeparateResource(argument, f"aws_s3_bucket_{type_ or argument}", "bucket", "bucket")


def _scheduled(argument: str) -> Scaling:
    """Return the row of a bound of a target of Application Auto Scaling, which a scheduled action sets."""
    return Scaling(
        argument,
        "aws_appautoscaling_scheduled_action",
        "resource_id",
        "resource_id",
        lambda action: action[f"scalable_target_action.{argument}"].is_set,
    )


def _by_schedule(argument: str) -> Scaling:
    """Return the row of a size of an Auto Scaling group, which a schedule sets; -1 leaves it."""
    return Scaling(
        argument,
        "aws_autoscaling_schedule",
        "autoscaling_group_name",
        "name",
        lambda schedule: schedule[argument].is_configured and schedule[argument].number(default=-1) != -1,
    )


def _changes_capacity(scaling: Resource) -> bool:
    """Return whether a policy scales its group: a disabled one does not, nor one that only forecasts.

    Source: `Mode` of https://docs.aws.amazon.com/autoscaling/ec2/APIReference/API_PredictiveScalingConfiguration.html.
    """
    if not scaling["enabled"].bool(default=True):
        return False
    predictive = scaling["predictive_scaling_configuration"]
    return not predictive.is_set or scaling[f"{predictive.path}.mode"].string(default="ForecastOnly") != "ForecastOnly"


def _target(argument: str, attribute: str, dimension: str, prefix: str, cluster: str = "") -> ScalableTarget:
    return ScalableTarget(
        argument,
        "aws_appautoscaling_target",
        "resource_id",
        attribute,
        dimension=dimension,
        prefix=prefix,
        cluster=cluster,
    )


_ROUTES = (
    SeparateResource("route", "aws_route", "route_table_id"),
    SeparateResource("propagating_vgws", "aws_vpn_gateway_route_propagation", "route_table_id"),
)
_NETWORK_INTERFACE = "aws_network_interface_sg_attachment"

SEPARATE_RESOURCES: Mapping[str, tuple[SeparateResource, ...]] = MappingProxyType(
    {
        "aws_api_gateway_rest_api": (SeparateResource("policy", "aws_api_gateway_rest_api_policy", "rest_api_id"),),
        "aws_appautoscaling_target": (_scheduled("min_capacity"), _scheduled("max_capacity")),
        "aws_autoscaling_group": (
            Scaling("desired_capacity", "aws_autoscaling_policy", "autoscaling_group_name", "name", _changes_capacity),
            *map(_by_schedule, ("desired_capacity", "min_size", "max_size")),
            SeparateResource(
                "target_group_arns",
                "aws_autoscaling_attachment",
                "autoscaling_group_name",
                "name",
                _with("lb_target_group_arn"),
            ),
            SeparateResource(
                "load_balancers", "aws_autoscaling_attachment", "autoscaling_group_name", "name", _with("elb")
            ),
            SeparateResource(
                "traffic_source", "aws_autoscaling_traffic_source_attachment", "autoscaling_group_name", "name"
            ),
        ),
        "aws_default_route_table": _ROUTES,
        "aws_dynamodb_table": (
            SeparateResource("replica", "aws_dynamodb_table_replica", "global_table_arn", "arn"),
            _target("read_capacity", "name", "dynamodb:table:ReadCapacityUnits", "table/"),
            _target("write_capacity", "name", "dynamodb:table:WriteCapacityUnits", "table/"),
        ),
        "aws_ec2_managed_prefix_list": (
            SeparateResource("entry", "aws_ec2_managed_prefix_list_entry", "prefix_list_id"),
        ),
        "aws_elasticsearch_domain": (
            _policy("domain_name", "domain_name", of="aws_elasticsearch_domain", argument="access_policies"),
        ),
        "aws_ecs_service": (_target("desired_count", "name", "ecs:service:DesiredCount", "service/", "cluster"),),
        "aws_elasticache_replication_group": tuple(
            _target(
                argument, "replication_group_id", f"elasticache:replication-group:{dimension}", "replication-group/"
            )
            for argument, dimension in (("num_node_groups", "NodeGroups"), ("replicas_per_node_group", "Replicas"))
        ),
        "aws_elasticache_user_group": (
            SeparateResource("user_ids", "aws_elasticache_user_group_association", "user_group_id", "user_group_id"),
        ),
        "aws_elb": (SeparateResource("instances", "aws_elb_attachment", "elb", "name"),),
        "aws_iam_policy_attachment": tuple(
            OtherAttachment(f"{principal}s", f"aws_iam_{principal}_policy_attachment", "policy_arn", "policy_arn")
            for principal in ("group", "role", "user")
        ),
        "aws_iam_role": (
            ListingResource("managed_policy_arns", "aws_iam_policy_attachment", "roles", "name"),
            SeparateResource("inline_policy", "aws_iam_role_policy", "role", "name"),
            SeparateResource("managed_policy_arns", "aws_iam_role_policy_attachment", "role", "name"),
        ),
        "aws_instance": (
            SeparateResource("ebs_block_device", "aws_volume_attachment", "instance_id"),
            SeparateResource("vpc_security_group_ids", _NETWORK_INTERFACE, "network_interface_id"),
        ),
        "aws_kms_key": (_policy("key_id", of="aws_kms_key"),),
        "aws_network_acl": (
            SeparateResource(
                "ingress",
                "aws_network_acl_rule",
                "network_acl_id",
                condition=lambda rule: not rule["egress"].bool(default=False),
            ),
            SeparateResource(
                "egress",
                "aws_network_acl_rule",
                "network_acl_id",
                condition=lambda rule: rule["egress"].bool(default=False),
            ),
            SeparateResource("subnet_ids", "aws_network_acl_association", "network_acl_id"),
        ),
        "aws_network_interface": (SeparateResource("security_groups", _NETWORK_INTERFACE, "network_interface_id"),),
        "aws_opensearch_domain": (
            _policy("domain_name", "domain_name", of="aws_opensearch_domain", argument="access_policies"),
        ),
        "aws_rds_cluster": (
            SeparateResource("iam_roles", "aws_rds_cluster_role_association", "db_cluster_identifier"),
        ),
        "aws_redshift_cluster": (
            SeparateResource(
                "default_iam_role_arn",
                "aws_redshift_cluster_iam_roles",
                "cluster_identifier",
                "cluster_identifier",
                _with("default_iam_role_arn"),
            ),
        ),
        "aws_route53_zone": (SeparateResource("vpc", "aws_route53_zone_association", "zone_id"),),
        "aws_route_table": _ROUTES,
        "aws_s3_access_point": (_policy("access_point_arn", "arn", of="aws_s3control_access_point"),),
        "aws_s3_bucket": (
            _bucket("acceleration_status", "accelerate_configuration"),
            _bucket("acl"),
            _bucket("cors_rule", "cors_configuration"),
            _bucket("grant", "acl"),
            _bucket("lifecycle_rule", "lifecycle_configuration"),
            _bucket("logging"),
            _bucket("object_lock_configuration"),
            _bucket("policy"),
            _bucket("replication_configuration"),
            _bucket("request_payer", "request_payment_configuration"),
            _bucket("server_side_encryption_configuration"),
            _bucket("versioning"),
            _bucket("website", "website_configuration"),
        ),
        "aws_secretsmanager_secret": (_policy("secret_arn", "arn", of="aws_secretsmanager_secret"),),
        "aws_security_group": (*_rules("ingress"), *_rules("egress")),
        "aws_sns_topic": (_policy("arn", "arn", of="aws_sns_topic"),),
        "aws_sqs_queue": tuple(
            SeparateResource(argument, f"aws_sqs_queue_{argument}", "queue_url")
            for argument in ("policy", "redrive_policy", "redrive_allow_policy")
        ),
        "aws_vpc_endpoint": (
            _endpoint("policy", "policy"),
            _endpoint("private_dns_enabled", "private_dns"),
            _endpoint("route_table_ids", "route_table_association"),
            _endpoint("security_group_ids", "security_group_association"),
            _endpoint("subnet_ids", "subnet_association"),
        ),
        "aws_vpc_endpoint_service": (
            SeparateResource(
                "allowed_principals", "aws_vpc_endpoint_service_allowed_principal", "vpc_endpoint_service_id"
            ),
        ),
        "aws_vpc_peering_connection": tuple(
            SeparateResource(
                block, "aws_vpc_peering_connection_options", "vpc_peering_connection_id", condition=_with(block)
            )
            for block in ("accepter", "requester")
        ),
    }
)
"""By resource type."""
