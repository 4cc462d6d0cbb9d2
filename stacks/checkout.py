"""The checkout service: two versions behind a canary deployment, their shared file system and their cache."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plainwork import AlarmActions, Resource, Stack, TargetGroupCanary
from plainwork.efs import FileSystem
from plainwork.valkey import Eviction, Valkey, ValkeyReplicationGroup
from stacks.fargate import FargateService, Program, Version
from stacks.load_balancer import LoadBalancer
from stacks.task_network import TaskNetwork

if TYPE_CHECKING:
    from plainwork import App
    from stacks.deployment import Deployment
    from stacks.network import NetworkStack

STABLE = Version("1.4.2", minimum_tasks=2)
CANARY = Version("1.5.0", minimum_tasks=1)
CANARY_PERCENT = 5
"""The only value that a step changes: 5, 25, 50, 100; 0 for a rollback."""


class CheckoutStack(Stack):
    def __init__(self, app: App, deployment: Deployment, network: NetworkStack) -> None:
        super().__init__(app, f"{deployment.stack_prefix}checkout")
        deployment.provider(self)
        self.deployment, self.network = deployment, deployment.network
        topic = Resource(self, "aws_sns_topic", "pager", name=deployment.name("pager"))
        self.alarm_actions = AlarmActions(topic)
        self.front = LoadBalancer(self, "front", deployment)
        task_network = TaskNetwork(self, "tasks", deployment, self.front, endpoints=self.read(network))
        self.tasks = task_network.security_group
        self.clients = {"tasks": self.tasks["id"]}
        self.program = Program(self, "checkout", deployment)
        self.prerequisites = [self.program.start_grant, *task_network.egress_rules]
        self.files = self._files()
        self.cache = self._cache()
        self._serve()

    def _files(self) -> FileSystem:
        files = FileSystem(
            self,
            "files",
            name=self.deployment.name("files"),
            network=self.network,
            clients=self.clients,
            throughput_mode="elastic",
        )
        self.prerequisites += [files.client_egress_rule("tasks"), *files.mount_targets]
        files.add_alarms(storage_bytes_threshold=100 * 2**30)
        return files

    def _cache(self) -> ValkeyReplicationGroup:
        cache = ValkeyReplicationGroup(
            self,
            "cache",
            replication_group_id=self.deployment.name("cache"),
            description="Carts, each with a time to live",
            version=Valkey.V8_1,
            eviction=Eviction.CACHE,
            node_type=self.deployment.cache_node_type,
            replicas=1,
            network=self.network,
            clients=self.clients,
            users={"checkout": "on ~cart:* +@read +@write +@connection"},
            snapshot_retention_limit=1,
            log_retention_in_days=365,
        )
        grant = cache.grant_connect(self.program.task_role, user="checkout")
        self.prerequisites += [cache.client_egress_rule("tasks"), grant]
        return cache

    def _serve(self) -> None:
        stable, canary = (self.front.target_group(variant) for variant in ("stable", "canary"))
        rollout = TargetGroupCanary(
            self,
            "rollout",
            listener=self.front,
            priority=10,
            paths=["/checkout/*"],
            stable=stable,
            canary=canary,
            percent=CANARY_PERCENT,
        )
        rollout.gate(name=self.deployment.name("checkout"), error_percent=1, p95_seconds=0.5)
        data = self.files.access_point("data", path="/checkout", uid=1000, gid=1000, permissions="750")
        self.prerequisites += [data.grant_read_write(self.program.task_role), rollout.rule]
        volume = data.ecs_volume("data")
        cluster = Resource(
            self,
            "aws_ecs_cluster",
            "checkout",
            name=self.deployment.name("checkout"),
            setting={"name": "containerInsights", "value": "enabled"},
        )
        for variant, version, target_group in (("stable", STABLE, stable), ("canary", CANARY, canary)):
            service = FargateService(
                self,
                variant,
                self.program,
                version,
                cluster=cluster,
                subnets=list(self.network.subnets.values()),
                security_group=self.tasks,
                target_group=target_group,
                volume=volume,
                mount_point=volume.mount_point("/data", read_only=False),
                environment={
                    "CACHE_HOST": self.cache.endpoint,
                    "CACHE_NAME": self.cache.replication_group["replication_group_id"],
                    "CACHE_USER": self.cache.users["checkout"]["user_id"],
                },
                after=self.prerequisites,
            )
            service.scale(self.front.balancer, maximum_tasks=self.deployment.maximum_tasks)
