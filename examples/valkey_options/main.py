"""Two caches with options: the primary of a global datastore, and a cache for clients with IPv4 and IPv6 addresses.

The second cache is on the way to cluster mode. `main.tf` is the generated HCL:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from plainwork import AlarmActions, App, Network, Provider, Stack
from plainwork.valkey import Eviction, Valkey, ValkeyReplicationGroup

NETWORK = Network(
    "vpc-0123456789abcdef0",
    {"euw1-az1": "subnet-0a1b2c3d4e5f60001", "euw1-az2": "subnet-0a1b2c3d4e5f60002"},
)
CLIENTS = {"web": "sg-0123456789abcdef0"}
KMS_KEY = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"


def build(app: App) -> Stack:
    stack = Stack(app, "options")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    stack.alarm_actions = AlarmActions("arn:aws:sns:eu-west-1:123456789012:pager")
    ValkeyReplicationGroup(
        stack,
        "sessions",
        version=Valkey.V8_1,
        eviction=Eviction.STORE,
        node_type="cache.r7g.large",
        replicas=1,
        shards=2,
        network=NETWORK,
        clients=CLIENTS,
        users={"web": "on ~session:* +@read +@write +@connection +cluster +info"},
        kms_key_id=KMS_KEY,
        global_replication_group_id_suffix="sessions",
    )
    ValkeyReplicationGroup(
        stack,
        "carts",
        version=Valkey.V8_1,
        eviction=Eviction.CACHE,
        node_type="cache.r7g.large",
        replicas=1,
        cluster_mode="compatible",
        network=NETWORK,
        network_type="dual_stack",
        ip_discovery="ipv4",
        clients=CLIENTS,
        users={"web": "on ~cart:* +@read +@write +@connection +cluster +info"},
        kms_key_id=KMS_KEY,
    )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
