"""What the library writes is what the real Terraform and the real provider accept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from constructs import Construct

from plainwork import App, DataSource, Import, Locals, Moved, Output, Provider, Removed, Resource, Stack, Variable
from tests.support.providers import INSTALLED
from tests.support.terraform import OFFLINE_PROVIDER

if TYPE_CHECKING:
    from tests.support.terraform import Terraform


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


@pytest.fixture
def stack(app: App) -> Stack:
    stack = Stack(app, "web")
    Provider(stack, "aws", version=INSTALLED, default_tags={"tags": {"Owner": "web"}}, **OFFLINE_PROVIDER)
    return stack


def validate(terraform: Terraform, app: App) -> None:
    app.synth()
    terraform.validate(Path(app.outdir) / "stacks" / "web")


def test_objects_that_are_written_in_part_are_valid(terraform: Terraform, app: App, stack: Stack) -> None:
    ingress = {"from_port": "443", "to_port": 443, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}
    Resource(stack, "aws_security_group", "web", ingress=[ingress], revoke_rules_on_delete="true")
    validate(terraform, app)


def test_meta_arguments_are_valid(terraform: Terraform, app: App, stack: Stack) -> None:
    replica = Provider(stack, "aws", alias="replica", **OFFLINE_PROVIDER)
    conditions = [{"condition": "${self.bucket != null}", "error_message": "needs a name"}]
    lifecycle = {"prevent_destroy": True, "ignore_changes": ["tags", 'tags["a"]'], "postcondition": conditions}
    bucket = Resource(stack, "aws_s3_bucket", "b", bucket="b", provider=replica, lifecycle=lifecycle)
    Resource(
        stack,
        "aws_sqs_queue",
        "q",
        for_each=["a", "b"],
        name="${each.key}",
        timeouts={"create": "3m"},
        depends_on=[bucket],
    )
    shell = [{"local-exec": {"command": "true", "environment": {"A_B": "c"}}}]
    Resource(
        stack,
        "terraform_data",
        "d",
        input={"a": [1, "b"]},
        provisioner=shell,
        lifecycle={"replace_triggered_by": [bucket]},
    )
    validate(terraform, app)


def test_generated_blocks_are_valid(terraform: Terraform, app: App, stack: Stack) -> None:
    names = Locals(stack, names=["a", "b"])
    content = {"type": "fixed-response", "fixed_response": {"content_type": "text/plain"}}
    listener = "arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/web/1"
    dynamic = {"default_action": {"for_each": names["names"], "content": content}}
    Resource(stack, "aws_lb_listener", "web", load_balancer_arn=listener, dynamic=dynamic)
    rule = {"from_port": "${ingress.value}", "to_port": 443, "protocol": "tcp"}
    Resource(stack, "aws_security_group", "web", dynamic={"ingress": {"for_each": [80, 443], "content": rule}})
    validate(terraform, app)


def test_top_level_blocks_are_valid(terraform: Terraform, app: App, stack: Stack) -> None:
    conditions = [{"condition": '${contains(["dev", "prod"], var.environment)}', "error_message": "dev or prod"}]
    environment = Variable(stack, "environment", type="string", default="dev", validation=conditions)
    topics = Resource(stack, "aws_sns_topic", "t", count=2, name=f"{environment.reference}-${{count.index}}")
    Output(stack, "arns", value=topics.every("arn"), sensitive=True, depends_on=[topics])
    Moved(stack, from_="aws_sns_topic.old", to=topics.instance(0))
    Import(stack, to=topics.instance(1), id="arn:aws:sns:eu-west-1:123456789012:t-1")
    Removed(stack, from_="aws_s3_bucket.gone", destroy=False)
    validate(terraform, app)


def test_data_sources_and_references_are_valid(terraform: Terraform, app: App, stack: Stack) -> None:
    state = Construct(stack, "state")
    bucket = Resource(state, "aws_s3_bucket")
    statement = {"actions": ["s3:GetObject"], "resources": [f"{bucket['arn']}/$${{aws:username}}/*"]}
    document = DataSource(state, "aws_iam_policy_document", "read", statement=statement)
    Resource(state, "aws_iam_policy", "read", policy=document["json"])
    other = DataSource(stack, "terraform_remote_state", "other", backend="local", config={"path": "other.tfstate"})
    Output(stack, "vpc", value=other["outputs.vpc_id"])
    validate(terraform, app)
