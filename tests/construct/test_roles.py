from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plainwork import Resource, synthesize
from plainwork.errors import AddressError, GrantError
from plainwork.iam import allow
from plainwork.roles import grant
from plainwork.terraform import Construct

if TYPE_CHECKING:
    from plainwork import Stack

READ = [allow("Read", ["s3:GetObject"], ["arn:aws:s3:::example/*"])]


def test_a_grant_is_an_inline_policy_named_after_the_role(stack: Stack) -> None:
    role = Resource(stack, "aws_iam_role", "web", name="web", assume_role_policy="{}")
    grant(Construct(stack, "files"), role["name"], name="files", statements=READ)
    policy = synthesize(stack)["resource"]["aws_iam_role_policy"]["files_web"]
    assert policy["role"] == "${aws_iam_role.web.name}"
    assert policy["policy"] == "${data.aws_iam_policy_document.files_web.json}"


def test_a_role_of_the_stack_is_given_by_its_resource(stack: Stack) -> None:
    role = Resource(stack, "aws_iam_role", "web", name="web", assume_role_policy="{}")
    grant(Construct(stack, "files"), role, name="files", statements=READ)
    assert synthesize(stack)["resource"]["aws_iam_role_policy"]["files_web"]["role"] == role["name"]


def test_a_resource_of_another_type_is_not_a_role(stack: Stack) -> None:
    bucket = Resource(stack, "aws_s3_bucket", "web", bucket="web")
    with pytest.raises(GrantError, match=r"role must be .*: got aws_s3_bucket\.web"):
        grant(Construct(stack, "files"), bucket, name="files", statements=READ)


def test_a_role_of_the_account_is_given_by_its_name(stack: Stack) -> None:
    grant(Construct(stack, "files"), "web-tasks", name="files", statements=READ)
    assert set(synthesize(stack)["resource"]["aws_iam_role_policy"]) == {"files_web_tasks"}


def test_a_duplicate_grant_is_rejected(stack: Stack) -> None:
    scope = Construct(stack, "files")
    grant(scope, "web", name="files", statements=READ)
    with pytest.raises(AddressError, match=r"duplicate data source data.aws_iam_policy_document.files_web"):
        grant(scope, "web", name="files", statements=READ)


@pytest.mark.parametrize("role", ["arn:aws:iam::123456789012:role/web", "${aws_iam_role.web.arn}", "", None])
def test_an_invalid_role_name_is_rejected(stack: Stack, role: object) -> None:
    with pytest.raises(GrantError, match="role must be an `aws_iam_role` of this stack"):
        grant(Construct(stack, "files"), role, name="files", statements=READ)  # type: ignore[arg-type]  # the mistake that is tested
