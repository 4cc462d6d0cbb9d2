"""Additions to moto for ElastiCache. Each docstring states what moto does without the addition.

It is as plain as Terraform's provider allows: what is created is described as it was asked for, at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import ElastiCacheException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class _Kind:
    """A kind of thing that moto does not know: Create, Describe, Modify and Delete in one.

    Attributes:
        name: in the actions, `UserGroup`.
        id_key: what names one, in requests and responses.
        missing: the code of the error where there is none.
        wrapped: whether responses to Create, Modify and Delete have the thing under its name.
    """

    def __init__(self, name: str, arn: str, id_key: str, missing: str, *, wrapped: bool = True) -> None:
        self.name, self.arn, self.id_key, self.missing, self.wrapped = name, arn, id_key, missing, wrapped

    def kept(self, response: ElastiCacheResponse) -> dict[str, dict[str, Any]]:
        """Where they are kept; moto forgets them when it is reset, as it does everything of a backend."""
        kept: dict[str, dict[str, Any]] = vars(response.elasticache_backend).setdefault(f"kept_{self.name}", {})
        return kept

    def one(self, response: ElastiCacheResponse) -> dict[str, Any]:
        """The one that a request names."""
        name = response.params[self.id_key]
        if name not in self.kept(response):
            raise _Missing(self.missing, f"{self.name} {name} not found.")
        return self.kept(response)[name]

    def create(self, response: ElastiCacheResponse) -> ActionResult:
        """Keep what is asked for."""
        asked, backend = dict(response.params), response.elasticache_backend
        arn = f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:{self.arn}:{asked[self.id_key]}"
        backend.tagging_service.tag_resource(arn, asked.pop("Tags", []))
        self.kept(response)[asked[self.id_key]] = {**asked, "ARN": arn}
        return self._told(self.one(response))

    def describe(self, response: ElastiCacheResponse) -> ActionResult:
        """Tell one, or all."""
        found = [self.one(response)] if self.id_key in response.params else [*self.kept(response).values()]
        return ActionResult({f"{self.name}s": found})

    def modify(self, response: ElastiCacheResponse) -> ActionResult:
        """Put what is asked for in the place of what was."""
        self.one(response).update(response.params)
        return self._told(self.one(response))

    def delete(self, response: ElastiCacheResponse) -> ActionResult:
        """Forget one."""
        gone = self.one(response)
        del self.kept(response)[gone[self.id_key]]
        return self._told(gone)

    def _told(self, thing: dict[str, Any]) -> ActionResult:
        return ActionResult({self.name: thing} if self.wrapped else thing)


class _Missing(ElastiCacheException):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


_PARAMETER_GROUP = _Kind(
    "CacheParameterGroup", "parametergroup", "CacheParameterGroupName", "CacheParameterGroupNotFound"
)
_USER_GROUP = _Kind("UserGroup", "usergroup", "UserGroupId", "UserGroupNotFound", wrapped=False)
_DATASTORE = _Kind(
    "GlobalReplicationGroup",
    "globalreplicationgroup",
    "GlobalReplicationGroupId",
    "GlobalReplicationGroupNotFoundFault",
)
_SERVERLESS = _Kind("ServerlessCache", "serverlesscache", "ServerlessCacheName", "ServerlessCacheNotFoundFault")


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    for action, answer in _ACTIONS.items():
        patch.setattr(ElastiCacheResponse, action, _function(answer), raising=False)
    patch.setattr(ElastiCacheBackend, "list_tags_for_resource", _list_tags)
    patch.setattr(ElastiCacheBackend, "create_replication_group", _make_every_node())


def _function(answer: Callable[[ElastiCacheResponse], Any]) -> Callable[[ElastiCacheResponse], Any]:
    """Moto calls what is a function of the class, not what is a method of something else."""

    def method(response: ElastiCacheResponse) -> Any:
        return answer(response)

    return method


def _list_tags(backend: Any, arn: str) -> Any:
    """Moto takes the ARNs of parameter groups, user groups and serverless caches for none."""
    return backend.tagging_service.list_tags_for_resource(arn)


def _make_every_node() -> Callable[..., Any]:
    """Moto makes one node of a replication group whose nodes are given as `NumCacheClusters`."""
    original = ElastiCacheBackend.create_replication_group

    def create(backend: Any, **asked: Any) -> Any:
        if asked["num_cache_clusters"] and not asked["num_node_groups"]:
            asked["replicas_per_node_group"] = asked["num_cache_clusters"] - 1
        return original(backend, **asked)

    return create


def _create_user_group(response: ElastiCacheResponse) -> ActionResult:
    response.params["Status"] = "active"
    return _USER_GROUP.create(response)


def _create_datastore(response: ElastiCacheResponse) -> ActionResult:
    """AWS puts a prefix before the name of a global datastore, and describes it by its primary."""
    name, asked = response.params["GlobalReplicationGroupIdSuffix"], response.params["PrimaryReplicationGroupId"]
    primary = response.elasticache_backend.replication_groups[asked]
    response.params |= {
        "GlobalReplicationGroupId": f"ldgnf-{name}",
        "Status": "primary-only",
        "CacheNodeType": primary.cache_node_type,
        "ClusterEnabled": primary.cluster_mode == "enabled",
        "Engine": primary.engine,
        "EngineVersion": f"{primary.engine_version}.0",
        "GlobalNodeGroups": [
            {"GlobalNodeGroupId": f"ldgnf-{name}-{group['node_group_id']}"} for group in primary.node_groups
        ],
        "Members": [
            {
                "ReplicationGroupId": asked,
                "ReplicationGroupRegion": response.elasticache_backend.region_name,
                "Role": "PRIMARY",
                "AutomaticFailover": primary.automatic_failover,
                "Status": "associated",
            }
        ],
    }
    return _DATASTORE.create(response)


def _create_serverless_cache(response: ElastiCacheResponse) -> ActionResult:
    name = response.params["ServerlessCacheName"]
    host = {"Address": f"{name}.serverless.cache.amazonaws.com"}
    response.params |= {
        "Status": "available",
        "FullEngineVersion": f"{response.params['MajorEngineVersion']}.1",
        "Endpoint": {**host, "Port": 6379},
        "ReaderEndpoint": {**host, "Port": 6380},
    }
    return _SERVERLESS.create(response)


def _create_parameter_group(response: ElastiCacheResponse) -> ActionResult:
    response.params["ParameterNameValues"] = []
    return _PARAMETER_GROUP.create(response)


def _modify_parameter_group(response: ElastiCacheResponse) -> ActionResult:
    group = _PARAMETER_GROUP.one(response)
    values = [*group["ParameterNameValues"], *response.params["ParameterNameValues"]]
    group["ParameterNameValues"] = [*{value["ParameterName"]: value for value in values}.values()]
    return ActionResult(group)


def _describe_parameters(response: ElastiCacheResponse) -> ActionResult:
    return ActionResult({"Parameters": _PARAMETER_GROUP.one(response)["ParameterNameValues"]})


def _delete_subnet_group(response: ElastiCacheResponse) -> EmptyResult:
    del response.elasticache_backend.cache_subnet_groups[response.params["CacheSubnetGroupName"]]
    return EmptyResult()


def _describe_nodes(response: ElastiCacheResponse) -> ActionResult:
    """Moto has no nodes of a replication group, from which the provider reads most of it."""
    wanted = response.params.get("CacheClusterId")
    groups = response.elasticache_backend.replication_groups.values()
    nodes = {node: group for group in groups for node in group.member_clusters if wanted in (None, node)}
    if wanted and not nodes:
        raise _Missing("CacheClusterNotFound", f"Cache cluster {wanted} not found.")
    return ActionResult({"CacheClusters": [_node(node, group) for node, group in nodes.items()]})


def _node(node: str, group: Any) -> dict[str, Any]:
    return {
        "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
        "AutoMinorVersionUpgrade": group.auto_minor_version_upgrade,
        "CacheClusterId": node,
        "CacheClusterStatus": "available",
        "CacheNodeType": group.cache_node_type,
        "CacheParameterGroup": {"CacheParameterGroupName": group.cache_parameter_group_name},
        "CacheSubnetGroupName": group.cache_subnet_group_name,
        "Engine": group.engine,
        "EngineVersion": f"{group.engine_version}.0",
        "NumCacheNodes": 1,
        "PreferredMaintenanceWindow": group.preferred_maintenance_window,
        "SecurityGroups": [{"SecurityGroupId": group_id, "Status": "active"} for group_id in group.security_group_ids],
        "SnapshotWindow": group.snapshot_window,
        "TransitEncryptionEnabled": group.transit_encryption_enabled,
        "TransitEncryptionMode": group.transit_encryption_mode,
    }


def _delete_replication_group(response: ElastiCacheResponse) -> ActionResult:
    """Moto keeps a replication group in the status `deleting` for ever."""
    group = response.elasticache_backend.replication_groups.pop(response.params["ReplicationGroupId"])
    group.status = "deleting"
    return ActionResult({"ReplicationGroup": group})


_ACTIONS: dict[str, Callable[[ElastiCacheResponse], Any]] = {
    "create_cache_parameter_group": _create_parameter_group,
    "describe_cache_parameter_groups": _PARAMETER_GROUP.describe,
    "modify_cache_parameter_group": _modify_parameter_group,
    "describe_cache_parameters": _describe_parameters,
    "delete_cache_parameter_group": _PARAMETER_GROUP.delete,
    "delete_cache_subnet_group": _delete_subnet_group,
    "create_user_group": _create_user_group,
    "describe_user_groups": _USER_GROUP.describe,
    "modify_user_group": _USER_GROUP.modify,
    "delete_user_group": _USER_GROUP.delete,
    "describe_cache_clusters": _describe_nodes,
    "delete_replication_group": _delete_replication_group,
    "create_global_replication_group": _create_datastore,
    "describe_global_replication_groups": _DATASTORE.describe,
    "modify_global_replication_group": _DATASTORE.modify,
    "delete_global_replication_group": _DATASTORE.delete,
    "create_serverless_cache": _create_serverless_cache,
    "describe_serverless_caches": _SERVERLESS.describe,
    "modify_serverless_cache": _SERVERLESS.modify,
    "delete_serverless_cache": _SERVERLESS.delete,
}
"""What moto answers with 500 (`not implemented`), or in a way that the provider cannot use."""
