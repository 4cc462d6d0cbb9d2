from __future__ import annotations

from difflib import ndiff
from typing import TYPE_CHECKING

from plainwork import App, Resource, Stack, render, synthesize
from plainwork.testing import hcl_snapshot as hcl_snapshot  # noqa: PLC0414  the fixture, as a test module asks for it

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


def reports(stack: Stack, *, days: int = 30) -> Stack:
    bucket = Resource(stack, "aws_s3_bucket", "reports", bucket="example-reports", tags={"Owner": "reporting"})
    expiry = {"id": "expire", "status": "Enabled", "filter": {"prefix": "daily/"}, "expiration": {"days": days}}
    Resource(stack, "aws_s3_bucket_lifecycle_configuration", "reports", bucket=bucket["id"], rule=[expiry])
    return stack


def test_a_stack_is_kept_as_a_file_of_hcl(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    assert reports(stack) == hcl_snapshot


def test_a_document_and_its_hcl_have_the_same_snapshot(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    document = synthesize(reports(stack))
    assert document == hcl_snapshot(name="either")
    assert render(document) == hcl_snapshot(name="either")


def test_a_changed_argument_is_one_changed_line(app: App) -> None:
    before = render(synthesize(reports(Stack(app, "before"))))
    after = render(synthesize(reports(Stack(app, "after"), days=90)))
    changes = [line for line in ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    assert changes == ["-       days = 30", "+       days = 90"]
