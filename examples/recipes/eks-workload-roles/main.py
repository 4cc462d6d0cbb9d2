"""Two roles for pods of EKS: one by Pod Identity, one by IRSA (OpenID Connect). Each is for one service account."""

from __future__ import annotations

from typing import Any

from plainwork import App, DataSource, Provider, Resource, Stack
from plainwork.iam import allow, condition, grant

REGION = "eu-west-1"
ACCOUNT_ID = "123456789012"
CLUSTER = "shop-prod"
ISSUER = "oidc.eks.eu-west-1.amazonaws.com/id/0123456789ABCDEF0123456789ABCDEF"  # of the cluster, without https://
NAMESPACE = "shop"
REPORTS = "arn:aws:s3:::example-prod-reports"
ORDERS = f"arn:aws:sqs:{REGION}:{ACCOUNT_ID}:shop-prod-orders"


def build(app: App) -> Stack:
    stack = Stack(app, "eks-workload-roles")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region=REGION,
        allowed_account_ids=[ACCOUNT_ID],
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    by_pod_identity(stack, "reports", allow("WriteReports", ["s3:PutObject"], [f"{REPORTS}/daily/*"]))
    by_irsa(stack, "orders", allow("TakeOrders", ["sqs:ReceiveMessage", "sqs:DeleteMessage"], [ORDERS]))
    return stack


def by_pod_identity(stack: Stack, service_account: str, permission: dict[str, Any]) -> None:
    Resource(stack, "aws_eks_addon", "agent", cluster_name=CLUSTER, addon_name="eks-pod-identity-agent")
    cluster_arn = f"arn:aws:eks:{REGION}:{ACCOUNT_ID}:cluster/{CLUSTER}"
    trust = allow(
        "TrustServiceAccount",
        ["sts:AssumeRole", "sts:TagSession"],
        [],
        condition("StringEquals", "aws:RequestTag/eks-cluster-arn", cluster_arn),
        condition("StringEquals", "aws:RequestTag/kubernetes-namespace", NAMESPACE),
        condition("StringEquals", "aws:RequestTag/kubernetes-service-account", service_account),
        principals={"type": "Service", "identifiers": ["pods.eks.amazonaws.com"]},
    )
    role = add_role(stack, service_account, trust, permission)
    Resource(
        stack,
        "aws_eks_pod_identity_association",
        service_account,
        cluster_name=CLUSTER,
        namespace=NAMESPACE,
        service_account=service_account,
        role_arn=role["arn"],
    )


def by_irsa(stack: Stack, service_account: str, permission: dict[str, Any]) -> None:
    issuer = Resource(
        stack,
        "aws_iam_openid_connect_provider",
        "cluster",
        url=f"https://{ISSUER}",
        client_id_list=["sts.amazonaws.com"],
    )
    trust = allow(
        "TrustServiceAccount",
        ["sts:AssumeRoleWithWebIdentity"],
        [],
        condition("StringEquals", f"{ISSUER}:aud", "sts.amazonaws.com"),
        condition("StringEquals", f"{ISSUER}:sub", f"system:serviceaccount:{NAMESPACE}:{service_account}"),
        principals={"type": "Federated", "identifiers": [issuer["arn"]]},
    )
    add_role(stack, service_account, trust, permission)


def add_role(stack: Stack, service_account: str, trust: dict[str, Any], permission: dict[str, Any]) -> Resource:
    document = DataSource(stack, "aws_iam_policy_document", f"{service_account}_trust", statement=[trust])
    role = Resource(
        stack,
        "aws_iam_role",
        service_account,
        name=f"{CLUSTER}-{NAMESPACE}-{service_account}",
        assume_role_policy=document["json"],
    )
    grant(stack, role, name=service_account, statements=[permission])
    return role


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
