"""Mistakes that are errors in Python, before Terraform or AWS rejects them: `python -m examples.invalid`."""

from __future__ import annotations

from collections.abc import Callable

from plainwork import (
    App,
    FileSystem,
    Network,
    PlainworkError,
    Provider,
    Resource,
    S3StateBackend,
    Stack,
    TargetGroupCanary,
)

app = App()
stack = Stack(app, "invalid")
Provider(stack, "aws", region="eu-west-1", allowed_account_ids=["123456789012"])
bucket = Resource(stack, "aws_s3_bucket", "reports", bucket="example-reports")
backend = S3StateBackend(stack, "state", bucket="example-state")

files = FileSystem(
    stack,
    "files",
    network=Network("vpc-0123456789abcdef0", {"euw1-az1": "subnet-0a1b2c3d4e5f60001"}),
    clients=["10.0.0.0/16"],
    throughput_mode="elastic",
)


def misspelled_block() -> None:
    Resource(
        stack,
        "aws_s3_bucket_versioning",
        "reports",
        bucket=bucket["id"],
        versioning_configration={"status": "Enabled"},
    )


def misspelled_attribute() -> None:
    bucket["arm"]


def state_of_another_environment() -> None:
    backend.store(Stack(app, "web"), "prod/web.tfstate")
    backend.store(Stack(app, "try-out"), "dev/web.tfstate")


def directory_without_execute_permission() -> None:
    files.access_point("data", path="reports", uid=1000, gid=1000, permissions="0640")


def canary_that_jumps() -> None:
    stable, canary = (Resource(stack, "aws_lb_target_group", side, name=side) for side in ("stable", "canary"))
    TargetGroupCanary(
        stack,
        "checkout",
        listener="${aws_lb_listener.web.arn}",
        priority=0,
        paths=["/checkout/*"],
        stable=stable,
        canary=canary,
        percent=60,
    )


MISTAKES: tuple[Callable[[], object], ...] = (
    misspelled_block,
    misspelled_attribute,
    state_of_another_environment,
    directory_without_execute_permission,
    canary_that_jumps,
)

if __name__ == "__main__":
    for mistake in MISTAKES:
        try:
            mistake()
        except PlainworkError as error:
            print(f"{error}\n")
