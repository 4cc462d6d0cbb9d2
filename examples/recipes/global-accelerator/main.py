"""Two fixed addresses in front of the load balancers of two Regions."""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack

ACCOUNT_ID = "123456789012"
DOMAIN, ZONE_ID = "shop.example.com", "Z0123456789ABCDEFGHIJ"
LOG_BUCKET = "example-prod-accelerator-logs"  # in any Region; its policy allows the log delivery service
LOAD_BALANCERS = {  # internal Application Load Balancers, and the share of the traffic near to them
    "eu-west-1": ("loadbalancer/app/shop/50dc6c495c0c9188", 100),
    "eu-central-1": ("loadbalancer/app/shop/f36cb1cf5ad9a6ab", 100),
}


def build(app: App) -> Stack:
    stack = Stack(app, "global-accelerator")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    accelerator = Resource(
        stack,
        "aws_globalaccelerator_accelerator",
        "shop",
        name="shop",
        ip_address_type="IPV4",
        attributes={
            "flow_logs_enabled": True,
            "flow_logs_s3_bucket": LOG_BUCKET,
            "flow_logs_s3_prefix": "shop/",
        },
        lifecycle={"prevent_destroy": True},
    )
    listener = Resource(
        stack,
        "aws_globalaccelerator_listener",
        "https",
        accelerator_arn=accelerator["arn"],
        protocol="TCP",
        port_range={"from_port": 443, "to_port": 443},
    )
    for region, (load_balancer, percent) in LOAD_BALANCERS.items():
        Resource(
            stack,
            "aws_globalaccelerator_endpoint_group",
            region.replace("-", "_"),
            listener_arn=listener["arn"],
            endpoint_group_region=region,
            traffic_dial_percentage=percent,
            endpoint_configuration={
                "endpoint_id": f"arn:aws:elasticloadbalancing:{region}:{ACCOUNT_ID}:{load_balancer}",
                "client_ip_preservation_enabled": True,
            },
        )
    Resource(
        stack,
        "aws_route53_record",
        "shop",
        zone_id=ZONE_ID,
        name=DOMAIN,
        type="A",
        alias={
            "name": accelerator["dns_name"],
            "zone_id": accelerator["hosted_zone_id"],
            "evaluate_target_health": False,
        },
    )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
