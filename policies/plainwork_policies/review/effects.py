"""What stops while a resource is replaced or after it is deleted, by type: the reason for an interruption."""

from __future__ import annotations

from collections.abc import Mapping

_REQUESTS, _CONNECTIONS = "requests to it fail", "connections through it break"
_TRAFFIC = "traffic that it routes is dropped"
_ACCESS = "who uses it has no access"
INTERRUPTIONS: Mapping[str, str] = {
    "aws_acm_certificate": "Listeners that use it need the new one first",
    "aws_api_gateway_rest_api": f"{_REQUESTS}, and the new one has another URL",
    "aws_api_gateway_stage": _REQUESTS,
    "aws_apigatewayv2_api": f"{_REQUESTS}, and the new one has another URL",
    "aws_autoscaling_group": "Its instances are terminated",
    "aws_cloudfront_distribution": f"{_REQUESTS}, and the new one has another domain name",
    "aws_cloudwatch_event_rule": "its events start nothing",
    "aws_cloudwatch_log_group": "Its log events are deleted",
    "aws_customer_gateway": _CONNECTIONS,
    "aws_db_proxy": _REQUESTS,
    "aws_dx_connection": _CONNECTIONS,
    "aws_ecs_cluster": "its services stop",
    "aws_ecs_service": "its tasks stop",
    "aws_efs_mount_target": "clients of its Availability Zone lose the file system",
    "aws_eip": "The address is released, and a new one is another address",
    "aws_eks_addon": "what it provides to the cluster stops",
    "aws_eks_cluster": "its workloads stop",
    "aws_eks_node_group": "Its nodes are terminated",
    "aws_elastic_beanstalk_environment": _REQUESTS,
    "aws_elb": f"{_REQUESTS}, and the new one has another DNS name",
    "aws_globalaccelerator_accelerator": f"{_REQUESTS}, and the new one has other addresses",
    "aws_iam_instance_profile": _ACCESS,
    "aws_iam_openid_connect_provider": _ACCESS,
    "aws_iam_role": _ACCESS,
    "aws_iam_user": f"{_ACCESS}, and its access keys are deleted",
    "aws_instance": "The instance is terminated, with its instance store and root volume",
    "aws_internet_gateway": _CONNECTIONS,
    "aws_lambda_alias": _REQUESTS,
    "aws_lambda_event_source_mapping": "its events are not processed",
    "aws_lambda_function": _REQUESTS,
    "aws_lb": f"{_REQUESTS}, and the new one has another DNS name",
    "aws_lb_listener": _REQUESTS,
    "aws_lb_listener_rule": "its requests go to the next rule",
    "aws_lb_target_group": "its targets get no requests",
    "aws_lightsail_instance": "The instance is terminated, with its disk",
    "aws_nat_gateway": _CONNECTIONS,
    "aws_network_interface": _CONNECTIONS,
    "aws_route": _TRAFFIC,
    "aws_route53_record": "the name does not resolve",
    "aws_route53_zone": "its names do not resolve, and the new zone has other name servers",
    "aws_route_table": _TRAFFIC,
    "aws_route_table_association": _TRAFFIC,
    "aws_sfn_state_machine": "Its executions end",
    "aws_sns_topic": "Its subscriptions are deleted",
    "aws_sns_topic_subscription": "its messages are not delivered",
    "aws_transfer_server": _REQUESTS,
    "aws_vpc_endpoint": _CONNECTIONS,
    "aws_vpc_peering_connection": _CONNECTIONS,
    "aws_vpn_connection": f"{_CONNECTIONS}, and the new one has other tunnel addresses",
    "aws_wafv2_web_acl": "requests are not filtered",
}
"""A clause for each type whose absence others notice, or a sentence; with `create_before_destroy` there is none.

Source: the resource pages of https://registry.terraform.io/providers/hashicorp/aws/latest/docs, and the AWS page of
each service on its deletion.
"""
