"""An EKS node group whose nodes give addresses to pods by prefix, with the pod limit worked out and checked."""

from __future__ import annotations

from plainwork import App, DataSource, Locals, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow

CLUSTER = "shop-prod"
SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
INSTANCE_TYPE = "m7i.large"
INTERFACES, ADDRESSES = 3, 10  # of the instance type: interfaces, and addresses of each interface
RECOMMENDED = 110  # by EKS for fewer than 30 vCPUs; else 250
JOIN, PULL, NETWORK = "AmazonEKSWorkerNodePolicy", "AmazonEC2ContainerRegistryPullOnly", "AmazonEKS_CNI_Policy"
TAGS = {"Environment": "prod", "Owner": "platform"}

WITH_PREFIXES = INTERFACES * (ADDRESSES - 1) * 16 + 2  # 434; 29 without the factor of 16
MAX_PODS = min(WITH_PREFIXES, RECOMMENDED)
NODE_CONFIG = f"""\
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="NODE"

--NODE
Content-Type: application/node.eks.aws

apiVersion: node.eks.aws/v1alpha1
kind: NodeConfig
spec:
  kubelet:
    config:
      maxPods: {MAX_PODS}

--NODE--
"""


def build(app: App) -> Stack:
    stack = Stack(app, "eks-node-group")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": TAGS},
    )
    network = Resource(
        stack,
        "aws_eks_addon",
        "vpc_cni",
        cluster_name=CLUSTER,
        addon_name="vpc-cni",
        configuration_values=jsonencode({"env": {"ENABLE_PREFIX_DELEGATION": "true", "WARM_PREFIX_TARGET": "1"}}),
        resolve_conflicts_on_create="OVERWRITE",
        resolve_conflicts_on_update="OVERWRITE",
    )
    Locals(stack, node_config=NODE_CONFIG)
    template = Resource(
        stack,
        "aws_launch_template",
        "node",
        name=f"{CLUSTER}-general",
        user_data="${base64encode(local.node_config)}",
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
        block_device_mappings={"device_name": "/dev/xvda", "ebs": {"volume_size": 50, "encrypted": True}},
        tag_specifications=[{"resource_type": kind, "tags": TAGS} for kind in ("instance", "volume")],
    )
    role, *attached = add_role(stack)
    DataSource(stack, "aws_ec2_instance_type", "node", instance_type=INSTANCE_TYPE)
    Resource(
        stack,
        "aws_eks_node_group",
        "general",
        cluster_name=CLUSTER,
        node_group_name="general",
        node_role_arn=role["arn"],
        subnet_ids=SUBNETS,
        ami_type="AL2023_x86_64_STANDARD",
        instance_types=[INSTANCE_TYPE],
        launch_template={"id": template["id"], "version": template["latest_version"]},
        scaling_config={"min_size": 3, "max_size": 12, "desired_size": 3},
        update_config={"max_unavailable_percentage": 33},
        lifecycle={"ignore_changes": ["scaling_config[0].desired_size"], "precondition": enough_addresses()},
        depends_on=[network, *attached],
    )
    return stack


def enough_addresses() -> dict[str, str]:
    """The figures above, compared with those of EC2 in each plan."""
    node = "data.aws_ec2_instance_type.node"
    found = f"{node}.maximum_network_interfaces * ({node}.maximum_ipv4_addresses_per_interface - 1) * 16 + 2"
    return {
        "condition": f"${{{found} >= {MAX_PODS}}}",
        "error_message": f"{INSTANCE_TYPE} has fewer addresses than {MAX_PODS} pods need.",
    }


def add_role(stack: Stack) -> list[Resource]:
    service = {"type": "Service", "identifiers": ["ec2.amazonaws.com"]}
    statement = allow("Trust", ["sts:AssumeRole"], [], principals=service)
    trust = DataSource(stack, "aws_iam_policy_document", "trust", statement=[statement])
    role = Resource(stack, "aws_iam_role", "node", name=f"{CLUSTER}-node", assume_role_policy=trust["json"])
    attached = [
        Resource(
            stack,
            "aws_iam_role_policy_attachment",
            name,
            role=role["name"],
            policy_arn=f"arn:aws:iam::aws:policy/{policy}",
        )
        for name, policy in {"join": JOIN, "pull": PULL, "network": NETWORK}.items()
    ]
    return [role, *attached]


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
