"""The provider creates and tags each resource type by the calls of `data/api_calls.json`."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.aws.creating_calls import creations
from tests.support.recorded_calls import BUCKET, Call, recorder
from tests.support.terraform import OFFLINE_PROVIDER, REQUIREMENTS

if TYPE_CHECKING:
    from tests.support.terraform import Terraform

pytestmark = pytest.mark.proof

ROLE = "arn:aws:iam::123456789012:role/r"
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}
        ],
    }
)
DOCUMENT = json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]})
VPC, SUBNETS, GROUP = "vpc-12345678", ["subnet-12345678", "subnet-87654321"], "sg-12345678"
LOAD_BALANCER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/50dc6c495c0c9188"
LISTENER = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/50dc6c495c0c9188/f2f7dc8efc522ab2"
TARGETS = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/a/73e2d6bc24d8a067"
SCALING_GROUP = "arn:aws:autoscaling:eu-west-1:123456789012:autoScalingGroup:1:autoScalingGroupName/a"
FORWARD = {"type": "forward", "target_group_arn": TARGETS}
KEY = (
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQD3F6tyPEFEzV0LX3X8BsXdMsQz1x2cEikKDEY0aIj41qgxMCP/iteneqXSIFZBp5vizPvao"
    "IR3Um9xK7PGoW8giupGn+EPuxIA4cDM4vzOqOkiMPhz5XK0whEjkVzTo4+S0puvDZuwIsdiW9mxhJc7tgBNL0cYlWSYVkz4G/fslNfRPW5mYA"
    "M49f4fhtxPb5ok4Q2Lg9dPKVHO/Bgeu5woMc7RY0p1ej6D4CKFE6lymSDJpW0YHX/wqE9+cfEauh7xZcG0q9t2ta6F6fmX0agvpFyZo8aFbXe"
    "UBr7osSCJNgvavWbM/06niWrOvYX2xwWdhXmXSrbX8ZbabVohBK41 a@example.com"
)
DATABASE = {"master_username": "abcdef", "master_password": "Abcdefgh1", "skip_final_snapshot": True}

ARGUMENTS: dict[str, dict[str, Any]] = {
    "aws_acm_certificate": {"domain_name": "example.com", "validation_method": "DNS"},
    "aws_acmpca_certificate_authority": {
        "certificate_authority_configuration": {
            "key_algorithm": "RSA_4096",
            "signing_algorithm": "SHA512WITHRSA",
            "subject": {"common_name": "example.com"},
        }
    },
    "aws_appautoscaling_target": {
        "max_capacity": 4,
        "min_capacity": 1,
        "resource_id": "service/a/a",
        "scalable_dimension": "ecs:service:DesiredCount",
        "service_namespace": "ecs",
    },
    "aws_athena_workgroup": {"name": "a"},
    "aws_autoscaling_group": {
        "max_size": 0,
        "min_size": 0,
        "vpc_zone_identifier": SUBNETS,
        "launch_template": {"id": "lt-12345678"},
        "tag": {"key": "Owner", "value": "aws_autoscaling_group", "propagate_at_launch": True},
    },
    "aws_backup_plan": {"name": "a", "rule": {"rule_name": "a", "target_vault_name": "aa"}},
    "aws_backup_vault": {"name": "aaaa"},
    "aws_batch_compute_environment": {"compute_environment_name": "a", "type": "UNMANAGED", "service_role": ROLE},
    "aws_cloudformation_stack": {"name": "a", "template_body": '{"Resources": {}}'},
    "aws_cloudformation_stack_set": {"name": "a", "template_body": '{"Resources": {}}'},
    "aws_cloudfront_distribution": {
        "enabled": False,
        "origin": {"domain_name": "example.com", "origin_id": "a", "s3_origin_config": {"origin_access_identity": ""}},
        "default_cache_behavior": {
            "allowed_methods": ["GET", "HEAD"],
            "cached_methods": ["GET", "HEAD"],
            "target_origin_id": "a",
            "viewer_protocol_policy": "redirect-to-https",
            "cache_policy_id": "658327ea-f89d-4fab-a63d-7e88639e58f6",
        },
        "restrictions": {"geo_restriction": {"restriction_type": "none"}},
        "viewer_certificate": {"cloudfront_default_certificate": True},
    },
    "aws_cloudtrail": {"name": "aaaa", "s3_bucket_name": "aaaa"},
    "aws_cloudwatch_composite_alarm": {"alarm_name": "a", "alarm_rule": "ALARM(a)"},
    "aws_cloudwatch_event_bus": {"name": "a"},
    "aws_cloudwatch_event_rule": {"name": "a", "schedule_expression": "rate(1 minute)"},
    "aws_cloudwatch_event_target": {"rule": "a", "arn": "arn:aws:sqs:eu-west-1:123456789012:a"},
    "aws_cloudwatch_log_group": {"name": "a"},
    "aws_cloudwatch_log_metric_filter": {
        "name": "a",
        "log_group_name": "a",
        "pattern": "",
        "metric_transformation": {"name": "a", "namespace": "a", "value": "1"},
    },
    "aws_cloudwatch_log_subscription_filter": {
        "name": "a",
        "log_group_name": "a",
        "filter_pattern": "",
        "destination_arn": "arn:aws:lambda:eu-west-1:123456789012:function:a",
    },
    "aws_cloudwatch_metric_alarm": {
        "alarm_name": "a",
        "comparison_operator": "GreaterThanThreshold",
        "evaluation_periods": 1,
        "metric_name": "a",
        "namespace": "a",
        "period": 60,
        "statistic": "Sum",
        "threshold": 1,
    },
    "aws_codebuild_project": {
        "name": "aa",
        "service_role": ROLE,
        "artifacts": {"type": "NO_ARTIFACTS"},
        "environment": {"compute_type": "BUILD_GENERAL1_SMALL", "image": "a", "type": "LINUX_CONTAINER"},
        "source": {"type": "NO_SOURCE", "buildspec": "a"},
    },
    "aws_codepipeline": {
        "name": "a",
        "role_arn": ROLE,
        "artifact_store": {"location": "a", "type": "S3"},
        "stage": [
            {
                "name": name,
                "action": {
                    "name": "a",
                    "category": category,
                    "owner": "AWS",
                    "provider": provider,
                    "version": "1",
                    "configuration": {"S3Bucket": "a", "S3ObjectKey": "a"},
                    key: ["a"],
                },
            }
            for name, category, provider, key in (
                ("a", "Source", "S3", "output_artifacts"),
                ("b", "Deploy", "S3", "input_artifacts"),
            )
        ],
    },
    "aws_cognito_user_pool": {"name": "a"},
    "aws_config_config_rule": {
        "name": "a",
        "source": {"owner": "AWS", "source_identifier": "S3_BUCKET_VERSIONING_ENABLED"},
    },
    "aws_customer_gateway": {"bgp_asn": 65000, "ip_address": "172.0.0.1", "type": "ipsec.1"},
    "aws_db_instance": {
        "engine": "postgres",
        "instance_class": "db.t3.micro",
        "allocated_storage": 20,
        "username": "abcdef",
        "password": "abcdefghijk",
        "skip_final_snapshot": True,
    },
    "aws_db_parameter_group": {"name": "a", "family": "postgres15"},
    "aws_db_subnet_group": {"name": "a", "subnet_ids": SUBNETS},
    "aws_dlm_lifecycle_policy": {
        "description": "a",
        "execution_role_arn": ROLE,
        "policy_details": {
            "resource_types": ["VOLUME"],
            "target_tags": {"a": "a"},
            "schedule": {"name": "a", "create_rule": {"interval": 24}, "retain_rule": {"count": 1}},
        },
    },
    "aws_dms_replication_instance": {"replication_instance_id": "aa", "replication_instance_class": "dms.t3.micro"},
    "aws_docdb_cluster": DATABASE,
    "aws_dynamodb_table": {
        "name": "aaa",
        "hash_key": "a",
        "billing_mode": "PAY_PER_REQUEST",
        "attribute": {"name": "a", "type": "S"},
    },
    "aws_ebs_snapshot": {"volume_id": "vol-12345678"},
    "aws_ebs_volume": {"availability_zone": "eu-west-1a", "size": 8},
    "aws_ec2_host": {"availability_zone": "eu-west-1a", "instance_type": "c5.large"},
    "aws_ec2_managed_prefix_list": {"name": "a", "address_family": "IPv4", "max_entries": 5},
    "aws_ec2_transit_gateway": {},
    "aws_ec2_transit_gateway_route_table": {"transit_gateway_id": "tgw-12345678"},
    "aws_ec2_transit_gateway_vpc_attachment": {
        "transit_gateway_id": "tgw-12345678",
        "vpc_id": VPC,
        "subnet_ids": SUBNETS,
    },
    "aws_ecr_lifecycle_policy": {
        "repository": "aa",
        "policy": json.dumps(
            {
                "rules": [
                    {
                        "rulePriority": 1,
                        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
                        "action": {"type": "expire"},
                    }
                ]
            }
        ),
    },
    "aws_ecr_repository": {"name": "aa"},
    "aws_ecr_repository_policy": {"repository": "aa", "policy": DOCUMENT},
    "aws_ecs_capacity_provider": {
        "name": "a",
        "auto_scaling_group_provider": {"auto_scaling_group_arn": SCALING_GROUP},
    },
    "aws_ecs_cluster": {"name": "a"},
    "aws_ecs_service": {"name": "a", "cluster": "a", "task_definition": "a:1"},
    "aws_ecs_task_definition": {
        "family": "a",
        "container_definitions": '[{"name": "a", "image": "a", "memory": 128, "cpu": 1}]',
    },
    "aws_ecs_task_set": {"service": "a", "cluster": "a", "task_definition": "a:1"},
    "aws_efs_access_point": {"file_system_id": "fs-12345678"},
    "aws_efs_backup_policy": {"file_system_id": "fs-12345678", "backup_policy": {"status": "ENABLED"}},
    "aws_efs_file_system": {},
    "aws_efs_file_system_policy": {"file_system_id": "fs-12345678", "policy": DOCUMENT},
    "aws_egress_only_internet_gateway": {"vpc_id": VPC},
    "aws_eip": {"domain": "vpc"},
    "aws_eip_association": {"allocation_id": "eipalloc-12345678", "instance_id": "i-12345678"},
    "aws_eks_addon": {"cluster_name": "a", "addon_name": "a"},
    "aws_eks_cluster": {"name": "a", "role_arn": ROLE, "vpc_config": {"subnet_ids": SUBNETS}},
    "aws_eks_fargate_profile": {
        "cluster_name": "a",
        "fargate_profile_name": "a",
        "pod_execution_role_arn": ROLE,
        "selector": {"namespace": "a"},
    },
    "aws_eks_node_group": {
        "cluster_name": "a",
        "node_group_name": "a",
        "node_role_arn": ROLE,
        "subnet_ids": SUBNETS,
        "scaling_config": {"desired_size": 1, "max_size": 1, "min_size": 1},
    },
    "aws_elasticache_cluster": {
        "cluster_id": "a",
        "engine": "redis",
        "num_cache_nodes": 1,
        "node_type": "cache.t4g.micro",
    },
    "aws_elasticache_parameter_group": {"name": "a", "family": "redis7"},
    "aws_elasticache_replication_group": {
        "replication_group_id": "a",
        "description": "a",
        "node_type": "cache.t4g.micro",
    },
    "aws_elasticache_serverless_cache": {"name": "a", "engine": "valkey"},
    "aws_elasticache_subnet_group": {"name": "a", "subnet_ids": SUBNETS},
    "aws_elasticache_user": {
        "user_id": "a",
        "user_name": "a",
        "engine": "redis",
        "access_string": "on ~* +@all",
        "passwords": ["abcdefghijklmnopqrst"],
    },
    "aws_elasticache_user_group": {"user_group_id": "a", "engine": "redis", "user_ids": ["a"]},
    "aws_flow_log": {
        "vpc_id": VPC,
        "traffic_type": "ALL",
        "log_destination_type": "s3",
        "log_destination": "arn:aws:s3:::a",
    },
    "aws_glue_catalog_database": {"name": "a"},
    "aws_glue_job": {"name": "a", "role_arn": ROLE, "command": {"script_location": "s3://a/a"}},
    "aws_iam_access_key": {"user": "a"},
    "aws_iam_group": {"name": "a"},
    "aws_iam_group_policy": {"group": "a", "policy": DOCUMENT},
    "aws_iam_group_policy_attachment": {"group": "a", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    "aws_iam_instance_profile": {"name": "a"},
    "aws_iam_openid_connect_provider": {
        "url": "https://token.example.com",
        "client_id_list": ["a"],
        "thumbprint_list": ["cf23df2207d99a74fbe169e3eba035e633b65d94"],
    },
    "aws_iam_policy": {"name": "a", "policy": DOCUMENT},
    "aws_iam_role": {"name": "a", "assume_role_policy": POLICY},
    "aws_iam_role_policy": {"role": "a", "policy": DOCUMENT},
    "aws_iam_role_policy_attachment": {"role": "a", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    "aws_iam_saml_provider": {"name": "a", "saml_metadata_document": "a" * 1000},
    "aws_iam_server_certificate": {"name": "a", "certificate_body": "a", "private_key": "a"},
    "aws_iam_user": {"name": "a"},
    "aws_iam_user_policy": {"user": "a", "policy": DOCUMENT},
    "aws_iam_user_policy_attachment": {"user": "a", "policy_arn": "arn:aws:iam::aws:policy/ReadOnlyAccess"},
    "aws_instance": {"ami": "ami-12345678", "instance_type": "t3.micro", "subnet_id": SUBNETS[0]},
    "aws_internet_gateway": {},
    "aws_key_pair": {"key_name": "a", "public_key": KEY},
    "aws_kinesis_firehose_delivery_stream": {
        "name": "a",
        "destination": "extended_s3",
        "extended_s3_configuration": {"role_arn": ROLE, "bucket_arn": "arn:aws:s3:::a"},
    },
    "aws_kinesis_stream": {"name": "a", "stream_mode_details": {"stream_mode": "ON_DEMAND"}},
    "aws_kms_alias": {"name": "alias/a", "target_key_id": "1234abcd-12ab-34cd-56ef-1234567890ab"},
    "aws_kms_key": {},
    "aws_kms_key_policy": {"key_id": "1234abcd-12ab-34cd-56ef-1234567890ab", "policy": DOCUMENT},
    "aws_lambda_code_signing_config": {
        "allowed_publishers": {
            "signing_profile_version_arns": ["arn:aws:signer:eu-west-1:123456789012:/signing-profiles/a/1234567890"]
        }
    },
    "aws_lambda_event_source_mapping": {
        "event_source_arn": "arn:aws:sqs:eu-west-1:123456789012:a",
        "function_name": "a",
    },
    "aws_lambda_function": {
        "function_name": "a",
        "role": ROLE,
        "package_type": "Image",
        "image_uri": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/a:latest",
    },
    "aws_lambda_permission": {"function_name": "a", "action": "lambda:InvokeFunction", "principal": "s3.amazonaws.com"},
    "aws_launch_template": {"name": "aaa"},
    "aws_lb": {"name": "a", "subnets": SUBNETS},
    "aws_lb_listener": {
        "load_balancer_arn": LOAD_BALANCER,
        "port": 80,
        "protocol": "HTTP",
        "default_action": FORWARD,
    },
    "aws_lb_listener_rule": {
        "listener_arn": LISTENER,
        "priority": 1,
        "action": FORWARD,
        "condition": {"path_pattern": {"values": ["/a"]}},
    },
    "aws_lb_target_group": {"name": "a", "port": 80, "protocol": "HTTP", "vpc_id": VPC},
    "aws_lb_target_group_attachment": {"target_group_arn": TARGETS, "target_id": "i-12345678"},
    "aws_mq_broker": {
        "broker_name": "a",
        "engine_type": "RabbitMQ",
        "engine_version": "3.13",
        "host_instance_type": "mq.t3.micro",
        "user": {"username": "abcdef", "password": "abcdefghijkl"},
    },
    "aws_msk_cluster": {
        "cluster_name": "a",
        "kafka_version": "3.6.0",
        "number_of_broker_nodes": 2,
        "broker_node_group_info": {
            "instance_type": "kafka.t3.small",
            "client_subnets": SUBNETS,
            "security_groups": [GROUP],
        },
    },
    "aws_nat_gateway": {"allocation_id": "eipalloc-12345678", "subnet_id": SUBNETS[0]},
    "aws_neptune_cluster": {"skip_final_snapshot": True},
    "aws_network_acl": {"vpc_id": VPC},
    "aws_network_interface": {"subnet_id": SUBNETS[0]},
    "aws_opensearch_domain": {"domain_name": "aaa"},
    "aws_organizations_organizational_unit": {"name": "a", "parent_id": "r-abcd"},
    "aws_organizations_policy": {"name": "a", "content": DOCUMENT},
    "aws_placement_group": {"name": "a", "strategy": "cluster"},
    "aws_ram_resource_share": {"name": "a"},
    "aws_rds_cluster": {"engine": "aurora-postgresql", **DATABASE},
    "aws_rds_cluster_instance": {
        "cluster_identifier": "a",
        "engine": "aurora-postgresql",
        "instance_class": "db.r6g.large",
    },
    "aws_rds_cluster_parameter_group": {"name": "a", "family": "aurora-postgresql15"},
    "aws_redshift_cluster": {"cluster_identifier": "a", "node_type": "ra3.large", **DATABASE},
    "aws_route": {
        "route_table_id": "rtb-12345678",
        "destination_cidr_block": "0.0.0.0/0",
        "gateway_id": "igw-12345678",
    },
    "aws_route53_health_check": {
        "fqdn": "example.com",
        "port": 80,
        "type": "HTTP",
        "failure_threshold": 3,
        "request_interval": 30,
    },
    "aws_route53_record": {
        "zone_id": "${aws_route53_zone.a.zone_id}",
        "name": "a",
        "type": "A",
        "ttl": 60,
        "records": ["10.0.0.1"],
    },
    "aws_route53_zone": {"name": "example.com"},
    "aws_route_table": {"vpc_id": VPC},
    "aws_route_table_association": {"route_table_id": "rtb-12345678", "subnet_id": SUBNETS[0]},
    "aws_s3_bucket": {"bucket": BUCKET},
    "aws_s3_bucket_acl": {"bucket": "aaaa", "acl": "private"},
    "aws_s3_bucket_lifecycle_configuration": {
        "bucket": "aaaa",
        "rule": {"id": "a", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 1}},
    },
    "aws_s3_bucket_logging": {"bucket": "aaaa", "target_bucket": "aaaa", "target_prefix": "a"},
    "aws_s3_bucket_notification": {"bucket": "aaaa", "eventbridge": True},
    "aws_s3_bucket_ownership_controls": {"bucket": "aaaa", "rule": {"object_ownership": "BucketOwnerEnforced"}},
    "aws_s3_bucket_policy": {"bucket": "aaaa", "policy": DOCUMENT},
    "aws_s3_bucket_public_access_block": {"bucket": "aaaa"},
    "aws_s3_bucket_replication_configuration": {
        "bucket": "aaaa",
        "role": ROLE,
        "rule": {"status": "Enabled", "destination": {"bucket": "arn:aws:s3:::a"}},
    },
    "aws_s3_bucket_server_side_encryption_configuration": {
        "bucket": "aaaa",
        "rule": {"apply_server_side_encryption_by_default": {"sse_algorithm": "AES256"}},
    },
    "aws_s3_bucket_versioning": {"bucket": "aaaa", "versioning_configuration": {"status": "Enabled"}},
    "aws_s3_object": {"bucket": "aaaa", "key": "a", "content": "a"},
    "aws_sagemaker_notebook_instance": {"name": "a", "role_arn": ROLE, "instance_type": "ml.t2.medium"},
    "aws_scheduler_schedule_group": {"name": "a"},
    "aws_secretsmanager_secret": {"name": "a"},
    "aws_secretsmanager_secret_policy": {
        "secret_arn": "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-abcdef",
        "policy": DOCUMENT,
    },
    "aws_secretsmanager_secret_version": {"secret_id": "a", "secret_string": "a"},
    "aws_security_group": {"name": "a", "vpc_id": VPC},
    "aws_service_discovery_private_dns_namespace": {"name": "a", "vpc": VPC},
    "aws_sfn_activity": {"name": "a"},
    "aws_sfn_state_machine": {
        "name": "a",
        "role_arn": ROLE,
        "definition": '{"StartAt": "A", "States": {"A": {"Type": "Pass", "End": true}}}',
    },
    "aws_sns_topic": {"name": "a"},
    "aws_sns_topic_policy": {"arn": "arn:aws:sns:eu-west-1:123456789012:a", "policy": DOCUMENT},
    "aws_sns_topic_subscription": {
        "topic_arn": "arn:aws:sns:eu-west-1:123456789012:a",
        "protocol": "sqs",
        "endpoint": "arn:aws:sqs:eu-west-1:123456789012:a",
    },
    "aws_spot_instance_request": {"ami": "ami-12345678", "instance_type": "t3.micro"},
    "aws_sqs_queue": {"name": "a"},
    "aws_sqs_queue_policy": {"queue_url": "https://sqs.eu-west-1.amazonaws.com/123456789012/a", "policy": DOCUMENT},
    "aws_ssm_parameter": {"name": "a", "type": "String", "value": "a"},
    "aws_subnet": {"vpc_id": VPC, "cidr_block": "10.0.1.0/24"},
    "aws_vpc": {"cidr_block": "10.0.0.0/16"},
    "aws_vpc_dhcp_options": {"domain_name": "a"},
    "aws_vpc_endpoint": {"vpc_id": VPC, "service_name": "com.amazonaws.eu-west-1.s3"},
    "aws_vpc_peering_connection": {"vpc_id": VPC, "peer_vpc_id": VPC},
    "aws_vpc_security_group_egress_rule": {
        "security_group_id": GROUP,
        "ip_protocol": "-1",
        "cidr_ipv4": "10.0.0.0/8",
    },
    "aws_vpc_security_group_ingress_rule": {
        "security_group_id": GROUP,
        "ip_protocol": "-1",
        "cidr_ipv4": "10.0.0.0/8",
    },
    "aws_vpn_connection": {
        "customer_gateway_id": "cgw-12345678",
        "vpn_gateway_id": "vgw-12345678",
        "type": "ipsec.1",
    },
    "aws_vpn_gateway": {},
    "aws_wafv2_web_acl": {
        "name": "a",
        "scope": "REGIONAL",
        "default_action": {"allow": {}},
        "visibility_config": {
            "cloudwatch_metrics_enabled": False,
            "metric_name": "a",
            "sampled_requests_enabled": False,
        },
    },
}
"""The smallest arguments of each type."""

UNRECORDED = {"aws_efs_mount_target", "aws_network_acl_rule", "aws_volume_attachment"}
"""Types without tags whose creation begins with a read of another resource, which does not exist here."""


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory, terraform: Terraform) -> list[Call]:
    """The calls of one apply; most resources are rejected."""
    directory = tmp_path_factory.mktemp("creations")
    resources = {type_: {"a": _with_tags(type_, arguments)} for type_, arguments in ARGUMENTS.items()}
    with recorder() as server:
        provider = OFFLINE_PROVIDER | {"s3_use_path_style": True}
        (directory / "versions.tf").write_text(REQUIREMENTS)
        (directory / "main.tf.json").write_text(json.dumps({"provider": {"aws": provider}, "resource": resources}))
        running = terraform.with_env(AWS_ENDPOINT_URL=server.url)
        running.link(directory)
        options = ("-input=false", "-no-color", "-auto-approve", "-parallelism=30", "-lock=false")
        running.outcome(directory, "apply", *options, expect=(1,))
        return list(server.calls)


def _with_tags(type_: str, arguments: dict[str, Any]) -> dict[str, Any]:
    """The tag of a resource has its type as value, by which its calls are found."""
    created = creations()[type_]
    return arguments if created.tagging_call is None or "tag" in arguments else arguments | {"tags": {"Owner": type_}}


def test_each_type_of_the_table_is_created() -> None:
    assert {*ARGUMENTS, *UNRECORDED} == {*creations()}


@pytest.mark.parametrize("type_", sorted(ARGUMENTS))
def test_a_type_is_created_and_tagged_by_the_calls_of_the_table(type_: str, calls: list[Call]) -> None:
    created = creations()[type_]
    tag = re.compile(rf"{type_}(?![a-z0-9_])")
    assert created.call in {call.action for call in calls}
    assert {call.action for call in calls if tag.search(call.text)} == {*filter(None, [created.tagging_call])}
