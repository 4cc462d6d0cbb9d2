"""What AWS bills by number, counted in the changed resources before and after. There are no prices."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from plainwork_core.model.conversion import as_number
from plainwork_core.model.stack import Change
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.review.model import Quantity

_Count = Callable[[Value], "float | None"]


def _one(_values: Value) -> float:
    return 1


def _number(path: str, default: float | None = None) -> _Count:
    """Return a function that reads the number at *path*; `None` if it is unknown."""

    def count(values: Value) -> float | None:
        value = look_up(values, path)
        return default if value is None else None if isinstance(value, Unknown) else as_number(value)

    return count


def _zones(values: Value) -> float | None:
    """Return the number of network interfaces of an interface endpoint: one for each subnet."""
    if look_up(values, "vpc_endpoint_type") != "Interface":
        return 0
    subnets = look_up(values, "subnet_ids")
    return None if isinstance(subnets, Unknown) else len(subnets or ())


def _cache_nodes(values: Value) -> float | None:
    shards, replicas = (_number(path)(values) for path in ("num_node_groups", "replicas_per_node_group"))
    if shards and replicas is not None:
        return shards * (1 + replicas)
    return _number("num_cache_clusters")(values)


def _rds(values: Value) -> float:
    return 2 if look_up(values, "multi_az") is True else 1


def _of_type(wanted: str) -> _Count:
    return lambda values: float(
        look_up(values, "load_balancer_type") in (wanted, None if wanted == "application" else "")
    )


_QUANTITIES: tuple[tuple[str, str, _Count], ...] = (
    ("aws_autoscaling_group", "EC2 instances at least (Auto Scaling)", _number("min_size")),
    ("aws_cloudwatch_composite_alarm", "composite alarms", _one),
    ("aws_cloudwatch_metric_alarm", "metric alarms", _one),
    ("aws_db_instance", "RDS instances, standbys included", _rds),
    ("aws_dynamodb_table", "DynamoDB read capacity units", _number("read_capacity", 0)),
    ("aws_dynamodb_table", "DynamoDB write capacity units", _number("write_capacity", 0)),
    ("aws_ebs_volume", "EBS storage in GiB", _number("size", 0)),
    ("aws_ecs_service", "ECS tasks", _number("desired_count", 0)),
    ("aws_efs_file_system", "EFS provisioned throughput in MiB/s", _number("provisioned_throughput_in_mibps", 0)),
    ("aws_eip", "public IPv4 addresses", _one),
    ("aws_eks_cluster", "EKS clusters", _one),
    ("aws_elasticache_cluster", "ElastiCache nodes", _number("num_cache_nodes")),
    ("aws_elasticache_replication_group", "ElastiCache nodes", _cache_nodes),
    ("aws_instance", "EC2 instances", _one),
    ("aws_kms_key", "KMS keys", _one),
    ("aws_lb", "Application Load Balancers", _of_type("application")),
    ("aws_lb", "Network Load Balancers", _of_type("network")),
    ("aws_nat_gateway", "NAT gateways", _one),
    ("aws_rds_cluster_instance", "Aurora instances", _one),
    ("aws_redshift_cluster", "Redshift nodes", _number("number_of_nodes", 1)),
    ("aws_route53_zone", "hosted zones", _one),
    ("aws_secretsmanager_secret", "secrets", _one),
    ("aws_vpc_endpoint", "interface endpoints x Availability Zones", _zones),
    ("aws_wafv2_web_acl", "web ACLs", _one),
)
"""Type, name of the quantity, and its number in the arguments of one resource.

Source: the pricing page of each service, such as https://aws.amazon.com/privatelink/pricing/.
"""


def quantities(changes: Iterable[Change]) -> tuple[Quantity, ...]:
    """Return the quantities that *changes* change; one with an unknown number is omitted."""
    before: dict[str, float | None] = {}
    after: dict[str, float | None] = {}
    for name, old, new in _counts(changes):
        before[name], after[name] = _sum(before.get(name, 0), old), _sum(after.get(name, 0), new)
    found = ((name, old, after[name]) for name, old in before.items())
    return tuple(
        Quantity(name, old, new) for name, old, new in found if old is not None and new is not None and old != new
    )


def _sum(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one + other


def _counts(changes: Iterable[Change]) -> Iterator[tuple[str, float | None, float | None]]:
    for change in changes:
        for type_, name, count in _QUANTITIES:
            if type_ == change.type:
                before = count(change.before) if isinstance(change.before, Mapping) else 0
                yield name, before, count(change.after) if isinstance(change.after, Mapping) else 0
