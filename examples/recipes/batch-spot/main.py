"""AWS Batch on EC2: a Spot queue whose jobs are retried when the host is lost, and an On-Demand queue beside it."""

from __future__ import annotations

from plainwork import App, DataSource, Provider, Resource, Stack, jsonencode
from plainwork.iam import allow

SUBNETS = ["subnet-0a1b2c3d4e5f60001", "subnet-0a1b2c3d4e5f60002", "subnet-0a1b2c3d4e5f60003"]
SECURITY_GROUP = "sg-0123456789abcdef0"
IMAGE = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/render:1.4.2"
INSTANCE_FAMILIES = ["c6i", "c7i", "m6i", "m7i", "r6i"]  # one architecture: x86
QUEUES = {"spot": ("SPOT", "SPOT_PRICE_CAPACITY_OPTIMIZED", 256), "on_demand": ("EC2", "BEST_FIT_PROGRESSIVE", 64)}
SECONDS_AT_HEAD = {"CAPACITY:INSUFFICIENT_INSTANCE_CAPACITY": 3600, "MISCONFIGURATION:JOB_RESOURCE_REQUIREMENT": 600}
LONGEST_JOB_MINUTES = 60
RETRIES = [{"action": "RETRY", "on_status_reason": "Host EC2*"}, {"action": "EXIT", "on_reason": "*"}]
TAGS = {"Environment": "prod", "Owner": "platform"}


def build(app: App) -> Stack:
    stack = Stack(app, "batch-spot")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        allowed_account_ids=["123456789012"],
        default_tags={"tags": TAGS},
    )
    host = role(stack, "batch_host", "ec2.amazonaws.com")
    managed = "arn:aws:iam::aws:policy/service-role/AmazonEC2ContainerServiceforEC2Role"
    Resource(stack, "aws_iam_role_policy_attachment", "host", role=host["name"], policy_arn=managed)
    profile = Resource(stack, "aws_iam_instance_profile", "host", name="batch-host", role=host["name"])
    template = Resource(
        stack,
        "aws_launch_template",
        "host",
        name="batch-host",
        metadata_options={"http_tokens": "required", "http_put_response_hop_limit": 1},
        block_device_mappings={"device_name": "/dev/xvda", "ebs": {"volume_type": "gp3", "encrypted": True}},
        tag_specifications=[{"resource_type": kind, "tags": TAGS} for kind in ("instance", "volume")],
    )
    for name in QUEUES:
        add_queue(stack, name, profile, template)
    add_job_definition(stack)
    return stack


def role(stack: Stack, name: str, service: str) -> Resource:
    statement = allow("Trust", ["sts:AssumeRole"], [], principals={"type": "Service", "identifiers": [service]})
    trust = DataSource(stack, "aws_iam_policy_document", name, statement=[statement])
    return Resource(stack, "aws_iam_role", name, name=name.replace("_", "-"), assume_role_policy=trust["json"])


def add_queue(stack: Stack, name: str, profile: Resource, template: Resource) -> None:
    """A queue with one compute environment, whose name Terraform generates, so that two can exist for a time."""
    kind, strategy, max_vcpus = QUEUES[name]
    environment = Resource(
        stack,
        "aws_batch_compute_environment",
        name,
        type="MANAGED",
        compute_resources={
            "type": kind,
            "allocation_strategy": strategy,
            "instance_type": INSTANCE_FAMILIES,
            "min_vcpus": 0,
            "max_vcpus": max_vcpus,
            "instance_role": profile["arn"],
            "launch_template": {"launch_template_id": template["id"], "version": template["latest_version"]},
            "security_group_ids": [SECURITY_GROUP],
            "subnets": SUBNETS,
        },
        update_policy={"job_execution_timeout_minutes": LONGEST_JOB_MINUTES, "terminate_jobs_on_update": False},
        lifecycle={"create_before_destroy": True},
    )
    Resource(
        stack,
        "aws_batch_job_queue",
        name,
        name=name.replace("_", "-"),
        priority=1,
        state="ENABLED",
        compute_environment_order={"order": 1, "compute_environment": environment["arn"]},
        job_state_time_limit_action=[
            {"action": "CANCEL", "state": "RUNNABLE", "reason": reason, "max_time_seconds": seconds}
            for reason, seconds in SECONDS_AT_HEAD.items()
        ],
    )


def add_job_definition(stack: Stack) -> None:
    job = role(stack, "render_job", "ecs-tasks.amazonaws.com")
    logs = Resource(stack, "aws_cloudwatch_log_group", "render", name="/batch/render", retention_in_days=30)
    container = {
        "image": IMAGE,
        "command": ["render", "Ref::scene"],
        "jobRoleArn": job["arn"],
        "resourceRequirements": [{"type": "VCPU", "value": "4"}, {"type": "MEMORY", "value": "7168"}],
        "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": logs["name"]}},
    }
    Resource(
        stack,
        "aws_batch_job_definition",
        "render",
        name="render",
        type="container",
        propagate_tags=True,
        container_properties=jsonencode(container),
        timeout={"attempt_duration_seconds": LONGEST_JOB_MINUTES * 60},
        retry_strategy={"attempts": 5, "evaluate_on_exit": RETRIES},
    )


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
