"""Latency records for a service in two Regions, and a failover record to a maintenance page."""

from __future__ import annotations

from plainwork import App, Provider, Resource, Stack

DOMAIN = "shop.example.com"
LOAD_BALANCERS = {  # the DNS name, and the hosted zone of Elastic Load Balancing in the Region
    "eu-west-1": ("shop-1234567890.eu-west-1.elb.amazonaws.com", "Z32O12XQLNTSW2"),
    "eu-central-1": ("shop-0987654321.eu-central-1.elb.amazonaws.com", "Z215JYRZR1TBD5"),
}
MAINTENANCE_PAGE = ("d111111abcdef8.cloudfront.net", "Z2FDTNDATAQYW2")  # a CloudFront distribution, and its zone


def build(app: App) -> Stack:
    stack = Stack(app, "route53-failover")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    zone = Resource(stack, "aws_route53_zone", "shop", name=DOMAIN)
    for region, (dns_name, alias_zone_id) in LOAD_BALANCERS.items():
        name = region.replace("-", "_")
        alias = {"name": dns_name, "zone_id": alias_zone_id, "evaluate_target_health": True}
        record = {"zone_id": zone["id"], "type": "A", "alias": alias}
        Resource(stack, "aws_route53_record", name, name=f"{region}.{DOMAIN}", **record)
        health = Resource(
            stack,
            "aws_route53_health_check",
            name,
            type="HTTPS",
            fqdn=f"{region}.{DOMAIN}",
            port=443,
            resource_path="/healthz",
            request_interval=10,
            failure_threshold=3,
            tags={"Name": f"shop-{region}"},
        )
        Resource(
            stack,
            "aws_route53_record",
            f"latency_{name}",
            name=f"nearest.{DOMAIN}",
            set_identifier=region,
            latency_routing_policy={"region": region},
            health_check_id=health["id"],
            **record,
        )
    nearest = {"name": f"nearest.{DOMAIN}", "zone_id": zone["id"], "evaluate_target_health": True}
    page_name, page_zone_id = MAINTENANCE_PAGE
    page = {"name": page_name, "zone_id": page_zone_id, "evaluate_target_health": False}
    for type_, alias in (("PRIMARY", nearest), ("SECONDARY", page)):
        Resource(
            stack,
            "aws_route53_record",
            type_.lower(),
            zone_id=zone["id"],
            name=DOMAIN,
            type="A",
            set_identifier=type_.lower(),
            failover_routing_policy={"type": type_},
            alias=alias,
        )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
