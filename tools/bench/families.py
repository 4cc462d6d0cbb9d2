"""One service with resources that each family of policies checks: files, cache, endpoints, records, listener rule."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from tools.bench.plan import Planned

RESOURCES = 31  # of one service
_TAGS = {"Owner": "platform", "Environment": "prod"}
_CLIENTS = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {"Effect": "Allow", "Principal": {"AWS": "*"}, "Action": "elasticfilesystem:ClientMount", "Resource": "*"}
        ],
    }
)


def service(number: int) -> Iterator[Planned]:
    """Yield the resources of the service *number*: one of each type, and two where policies compare them."""
    yield from _files(number)
    yield from _cache(number)
    yield from _network(number)
    yield from _canary(number)
    yield from _launched(number)


def _files(number: int) -> Iterator[Planned]:
    own, files = f"s_{number}", _id("aws_efs_file_system", number)
    yield Planned("aws_efs_file_system", own, {"encrypted": True, "tags": _TAGS, "tags_all": _TAGS}, _ids())
    yield Planned(
        "aws_efs_backup_policy", own, {"backup_policy": [{"status": "ENABLED"}]}, *_refers(file_system_id=files)
    )
    yield Planned("aws_efs_file_system_policy", own, {"policy": _CLIENTS}, *_refers(file_system_id=files))
    values = {"posix_user": [{"uid": 1000, "gid": 1000}], "root_directory": [{"path": "/files"}], "tags": _TAGS}
    yield Planned("aws_efs_access_point", own, values, *_refers(file_system_id=files))
    for side in "ab":
        subnet = f"aws_subnet.s_{number}_{side}.id"
        yield Planned("aws_efs_mount_target", f"{own}_{side}", {}, *_refers(file_system_id=files, subnet_id=subnet))
    volume = {"name": "files", "efs_volume_configuration": [{"file_system_id": "fs-1", "root_directory": "/files"}]}
    values = {"family": own, "container_definitions": "[]", "volume": [volume], "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_ecs_task_definition", own, values, _ids())


def _cache(number: int) -> Iterator[Planned]:
    own, name = f"s_{number}", f"sessions-{number}"
    noeviction = [{"name": "maxmemory-policy", "value": "noeviction"}]
    values = {"name": name, "family": "valkey8", "parameter": noeviction, "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_elasticache_parameter_group", own, values, _ids())
    values = {"replication_group_id": name, "engine": "valkey", "engine_version": "8.0", "parameter_group_name": name}
    yield Planned("aws_elasticache_replication_group", own, values | {"num_cache_clusters": 2}, _ids())
    yield Planned("aws_elasticache_serverless_cache", own, {"name": f"less-{number}", "engine": "valkey"}, _ids())
    user = {"user_id": name, "user_name": "app", "engine": "valkey", "access_string": "on ~* +@all"}
    user |= {"passwords": ["an-example-password"]}
    yield Planned("aws_elasticache_user", own, user, _ids())
    group = {"user_group_id": name, "engine": "valkey", "user_ids": [name]}
    yield Planned("aws_elasticache_user_group", own, group, _ids())
    alarm = {
        "namespace": "AWS/ElastiCache",
        "metric_name": "Evictions",
        "dimensions": {"CacheClusterId": f"{name}-001"},
    }
    yield Planned("aws_cloudwatch_metric_alarm", own, alarm, _ids())
    target = {"service_namespace": "elasticache", "resource_id": f"replication-group/{name}", "min_capacity": 1}
    target |= {"max_capacity": 3, "scalable_dimension": "elasticache:replication-group:Replicas"}
    yield Planned("aws_appautoscaling_target", own, target, _ids())


def _network(number: int) -> Iterator[Planned]:
    own, vpc, group = f"s_{number}", _id("aws_vpc", number), _id("aws_security_group", number)
    yield Planned("aws_vpc", own, {"cidr_block": "10.0.0.0/16", "tags": _TAGS, "tags_all": _TAGS}, _ids())
    for index, side in enumerate("ab"):
        values = {"availability_zone": f"eu-west-1{side}", "cidr_block": f"10.0.{index}.0/24"}
        yield Planned("aws_subnet", f"{own}_{side}", values, *_refers(vpc_id=vpc))
    yield Planned("aws_security_group", own, {"name": own}, *_refers(vpc_id=vpc))
    rule = {"from_port": 443, "to_port": 443, "ip_protocol": "tcp", "cidr_ipv4": "10.0.0.0/16"}
    yield Planned("aws_vpc_security_group_ingress_rule", own, rule, *_refers(security_group_id=group))
    for name in ("s3", "ecr.api", "ecr.dkr"):
        values = {"service_name": f"com.amazonaws.eu-west-1.{name}", "vpc_endpoint_type": "Interface"}
        values |= {"private_dns_enabled": True, "policy": _CLIENTS}
        unknown, refers = _refers(vpc_id=vpc, security_group_ids=group, subnet_ids=f"aws_subnet.s_{number}_a.id")
        yield Planned("aws_vpc_endpoint", f"{own}_{name.replace('.', '_')}", values, unknown, refers)


def _canary(number: int) -> Iterator[Planned]:
    own = f"s_{number}"
    for side, weight in (("stable", 90), ("canary", 10)):
        for type_ in ("A", "AAAA"):
            values = {"zone_id": "Z1", "name": f"{own}.example.com", "type": type_, "ttl": 60, "records": ["192.0.2.1"]}
            values |= {"set_identifier": side, "weighted_routing_policy": [{"weight": weight}]}
            yield Planned("aws_route53_record", f"{own}_{side}_{type_.lower()}", values, _ids())
    groups = [{"arn": f"arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/{side}/1", "weight": 50} for side in "ab"]
    values = {"action": [{"type": "forward", "forward": [{"target_group": groups}]}], "priority": number + 1}
    yield Planned("aws_lb_listener_rule", own, values, _ids())


def _launched(number: int) -> Iterator[Planned]:
    own = f"s_{number}"
    yield Planned("aws_autoscaling_group", own, {"name": own, "tag": []}, _ids())
    yield Planned("aws_launch_template", own, {"name": own, "tags": _TAGS, "tags_all": _TAGS}, _ids())
    yield Planned("aws_instance", own, {"ami": "ami-1", "tags": _TAGS, "tags_all": _TAGS}, _ids())
    service = {"name": own, "task_definition": own, "tags": _TAGS, "tags_all": _TAGS}
    yield Planned("aws_ecs_service", own, service, _ids())


def _id(type_: str, number: int) -> str:
    return f"{type_}.s_{number}.id"


def _ids() -> dict[str, Any]:
    return {"arn": True, "id": True}


def _refers(**arguments: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the unknown attributes, and the expressions of arguments that each refer to an attribute."""
    refers = {name: {"references": [reference, reference.rpartition(".")[0]]} for name, reference in arguments.items()}
    return _ids() | dict.fromkeys(arguments, True), refers
