"""Mistakes that are refused when they are made, long before Terraform or AWS would: `python -m examples.refused`."""

from __future__ import annotations

from collections.abc import Callable

from plainwork import App, PlainworkError, Resource, S3StateBackend, Stack

app = App()
stack = Stack(app, "refused")
bucket = Resource(stack, "aws_s3_bucket", "reports", bucket="example-reports")
backend = S3StateBackend(stack, "state", bucket="example-state", region="eu-west-1", account_id="123456789012")


def misspelt_block() -> None:
    Resource(
        stack,
        "aws_s3_bucket_versioning",
        "reports",
        bucket=bucket["id"],
        versioning_configration={"status": "Enabled"},
    )


def misspelt_attribute() -> None:
    bucket["arm"]


def state_of_another_environment() -> None:
    backend.store(Stack(app, "web"), "prod/web.tfstate")
    backend.store(Stack(app, "try-out"), "dev/web.tfstate")


MISTAKES: tuple[Callable[[], object], ...] = (misspelt_block, misspelt_attribute, state_of_another_environment)

if __name__ == "__main__":
    for mistake in MISTAKES:
        try:
            mistake()
        except PlainworkError as error:
            print(f"{error}\n")
