"""How many of each limited thing a stack has, and for what: the counters, one for each quota."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain

from plainwork_core.doctor.limits.interfaces import interfaces, lambda_interfaces
from plainwork_core.frozen import frozen
from plainwork_core.iam.stack_requests.names import names_of
from plainwork_core.model.references import only_referent
from plainwork_core.model.rendering import quote
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, blocks, is_known

_APPLICATION = "application"


@frozen(slots=True)
class Item:
    """One resource that counts.

    Args:
        scope: what it counts for: a Region, a VPC, a file system, ... as in the stack.
        number: how much it counts, as far as it is known.
        resource: its address.
    """

    scope: str
    number: int
    resource: str


Counter = Callable[[Stack], Iterator[Item]]


def of_region(*types: str) -> Counter:
    """Return a counter of resources of *types* for each Region."""
    return lambda stack: (Item(region(stack, one), 1, one.address) for one in stack.managed(*types))


def of_argument(argument: str, *types: str) -> Counter:
    """Return a counter of resources of *types* for each value of *argument*."""
    return lambda stack: (Item(named(stack, one, argument), 1, one.address) for one in stack.managed(*types))


def region(stack: Stack, resource: Resource) -> str:
    """Return the Region of a resource; a placeholder if it is not known."""
    return quote(names_of(stack).place(resource).region)


def named(stack: Stack, resource: Resource, argument: str) -> str:
    """Return the address of the resource that *argument* refers to, or its value."""
    return _name(stack, resource, resource.get(argument))


def endpoints(kind: str) -> Counter:
    """Return a counter of the VPC endpoints of a type: `Interface` for each VPC, `Gateway` for each Region."""

    def count(stack: Stack) -> Iterator[Item]:
        for one in stack.managed("aws_vpc_endpoint"):
            written = one.get("vpc_endpoint_type")
            if ("Gateway" if written is None else written) == kind:
                scope = named(stack, one, "vpc_id") if kind == "Interface" else region(stack, one)
                yield Item(scope, 1, one.address)

    return count


def listener_rules(stack: Stack) -> Iterator[Item]:
    """Yield the rules of each load balancer, without the default actions of its listeners."""
    for rule in stack.managed("aws_lb_listener_rule", "aws_alb_listener_rule"):
        yield Item(_load_balancer(stack, rule), 1, rule.address)


def target_groups(stack: Stack) -> Iterator[Item]:
    """Yield the target groups of each load balancer: those that the actions of its listeners and rules forward to."""
    seen: set[tuple[str, str]] = set()
    for owner, group in _forwarded(stack):
        balancer = _load_balancer(stack, owner)
        if (balancer, group) not in seen:
            seen.add((balancer, group))
            yield Item(balancer, 1, owner.address)


def target_groups_of_action(stack: Stack) -> Iterator[Item]:
    """Yield the target groups of each action that forwards to several."""
    for owner, group in _forwarded(stack):
        if group:
            yield Item(owner.address, 1, owner.address)


def records_of_name(stack: Stack) -> Iterator[Item]:
    """Yield the weighted records of each name and type."""
    for record in stack.managed("aws_route53_record"):
        if record.blocks("weighted_routing_policy"):
            zone, name = named(stack, record, "zone_id"), quote(record.get("name"))
            yield Item(f"{name} {record.get('type')} in {zone}", 1, record.address)


def cache_nodes(stack: Stack) -> Iterator[Item]:
    """Yield the nodes of ElastiCache for each Region."""
    for group in stack.managed("aws_elasticache_replication_group", "aws_elasticache_cluster"):
        yield Item(region(stack, group), nodes(group), group.address)


def cluster_nodes(stack: Stack) -> Iterator[Item]:
    """Yield the nodes of each replication group."""
    for group in stack.managed("aws_elasticache_replication_group"):
        yield Item(group.address, nodes(group), group.address)


def nodes(group: Resource) -> int:
    """Return the nodes of a replication group or cluster, as far as they are known."""
    if group.type == "aws_elasticache_cluster":
        return (
            0
            if is_known(group.get("replication_group_id")) and group.get("replication_group_id")
            else _number(group.get("num_cache_nodes"), 1)
        )
    if clusters := _number(group.get("num_cache_clusters"), 0):
        return clusters
    return _number(group.get("num_node_groups"), 1) * (1 + _number(group.get("replicas_per_node_group"), 0))


def group_users(stack: Stack) -> Iterator[Item]:
    """Yield the users of each user group."""
    for group in stack.managed("aws_elasticache_user_group"):
        users = group.get("user_ids")
        yield Item(group.address, len(users) if isinstance(users, list) else 0, group.address)
    for one in stack.managed("aws_elasticache_user_group_association"):
        yield Item(named(stack, one, "user_group_id"), 1, one.address)


COUNTERS: dict[str, Counter] = {
    "network-interfaces": lambda stack: (
        Item(region(stack, one), number, one.address) for one, number in interfaces(stack)
    ),
    "elastic-addresses": of_region("aws_eip"),
    "interface-endpoints": endpoints("Interface"),
    "gateway-endpoints": endpoints("Gateway"),
    "lambda-network-interfaces": lambda stack: (Item(vpc, 1, one.address) for vpc, one in lambda_interfaces(stack)),
    "access-points": of_argument("file_system_id", "aws_efs_access_point"),
    "listener-rules": listener_rules,
    "target-groups-of-action": target_groups_of_action,
    "target-groups": target_groups,
    "records-of-name": records_of_name,
    "records": of_argument("zone_id", "aws_route53_record"),
    "cache-nodes": cache_nodes,
    "cache-nodes-of-cluster": cluster_nodes,
    "users-of-group": group_users,
    "serverless-caches": of_region("aws_elasticache_serverless_cache"),
}
"""The counter of each quota."""


def _load_balancer(stack: Stack, owner: Resource) -> str:
    """Return the load balancer of a listener or of a rule; of a rule, the listener if the stack does not have it."""
    if owner.type.endswith("_listener"):
        return named(stack, owner, "load_balancer_arn")
    value = owner.get("listener_arn")
    listener = only_referent(stack, owner, value) if isinstance(value, Unknown) else None
    return _load_balancer(stack, listener) if listener else named(stack, owner, "listener_arn")


def _forwarded(stack: Stack) -> Iterator[tuple[Resource, str]]:
    """Yield each target group of each action of the listeners and rules of application load balancers."""
    for owner in stack.managed("aws_lb_listener", "aws_lb_listener_rule"):
        for action in chain(owner.blocks("default_action"), owner.blocks("action")):
            if isinstance(action, Unknown):
                continue
            forwards = [one for one in blocks(action, "forward") if not isinstance(one, Unknown)]
            for forward in forwards:
                yield from ((owner, _group(stack, owner, one)) for one in blocks(forward, "target_group"))
            if not forwards and action.get("target_group_arn") not in (None, ""):
                yield owner, _group(stack, owner, {"arn": action["target_group_arn"]})


def _group(stack: Stack, owner: Resource, block: Value) -> str:
    arn = block if isinstance(block, Unknown) else block.get("arn")
    return _name(stack, owner, arn) if isinstance(arn, (str, Unknown)) else ""


def _name(stack: Stack, owner: Resource, value: Value) -> str:
    made = only_referent(stack, owner, value) if isinstance(value, Unknown) else None
    return made.address if made else quote(value) if isinstance(value, (str, Unknown)) else str(value)


def _number(value: Value, default: int) -> int:
    return value if isinstance(value, int) else default
