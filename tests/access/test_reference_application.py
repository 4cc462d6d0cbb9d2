"""Changes of the reference application: exactly the lines that a person would list."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from plainwork_core.access import access_changes, access_of
from plainwork_core.read import read
from stacks.app import build, prod
from tests.access.conftest import line

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OTHER_ACCOUNT = "arn:aws:iam::444455556666:root"
STATE, TASK = "${aws_s3_bucket.state.arn}", "aws_iam_role.checkout_task"
MOUNT = (
    "on ${aws_efs_file_system.files.arn} if elasticfilesystem:AccessedViaMountTarget is true and "
    "elasticfilesystem:AccessPointArn is ${aws_efs_access_point.files_data.arn}"
)


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("reference") / "cdktf.out"
    build(directory, prod()).synth()
    return directory / "stacks"


@pytest.fixture
def changed(documents: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """`changed(stack, edit)`: the lines of the comparison after *edit* of the document of a stack."""

    def changed(stack: str, edit: Callable[[Any], None]) -> list[str]:
        document = json.loads((documents / stack / "cdk.tf.json").read_text())
        edit(document)
        (tmp_path / "cdk.tf.json").write_text(json.dumps(document, indent=2))
        return [line(change) for change in access_changes(*read(documents / stack / "cdk.tf.json"), *read(tmp_path))]

    return changed


def statement(document: Any, name: str, index: int = 0) -> Any:
    return document["data"]["aws_iam_policy_document"][name]["statement"][index]


def test_no_change_has_no_line(changed: Callable[..., list[str]]) -> None:
    for stack in ("state", "network", "checkout"):
        assert changed(stack, lambda _document: None) == []


def test_an_added_wildcard(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        statement(document, "files_data_checkout_task")["actions"].append("elasticfilesystem:*")

    assert changed("checkout", edit) == [
        f"+ {TASK}: elasticfilesystem:* except elasticfilesystem:ClientMount, elasticfilesystem:ClientWrite {MOUNT}"
    ]


def test_an_opened_trust(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        statement(document, "checkout_apply")["principals"][0]["identifiers"].append(OTHER_ACCOUNT)
        del statement(document, "checkout_plan")["condition"]

    assert changed("state", edit) == [
        (
            "+ 444455556666: sts:AssumeRole on aws_iam_role.checkout_apply if aws:PrincipalArn is "
            "arn:aws:iam::123456789012:role/ci"
        ),
        "+ 123456789012: sts:AssumeRole on aws_iam_role.checkout_plan",
    ]


def test_a_widened_bucket_policy(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        document["data"]["aws_iam_policy_document"]["state_bucket"]["statement"].append(
            {
                "actions": ["s3:GetObject"],
                "resources": [f"{STATE}/*"],
                "principals": [{"type": "AWS", "identifiers": [OTHER_ACCOUNT]}],
            }
        )

    assert changed("state", edit) == [f"+ 444455556666: s3:GetObject on {STATE}/*"]


def test_a_denial_that_a_bucket_policy_loses(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        del document["data"]["aws_iam_policy_document"]["state_bucket"]["statement"][0]

    assert changed("state", edit) == [
        f"+ *: no longer denied: s3:* on {STATE}, {STATE}/* if aws:SecureTransport is false"
    ]


def test_an_opened_security_group(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        document["resource"]["aws_vpc_security_group_ingress_rule"]["front_vpc"]["cidr_ipv4"] = "0.0.0.0/0"

    assert changed("checkout", edit) == ["+ 0.0.0.0/0: tcp 80 to aws_security_group.front"]


def test_a_detached_role(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        del document["resource"]["aws_iam_role_policy"]["cache_checkout_task"]

    assert changed("checkout", edit) == [
        (
            f"- {TASK}: elasticache:Connect on ${{aws_elasticache_replication_group.cache.arn}}, "
            "${aws_elasticache_user.cache_checkout.arn}"
        )
    ]


def test_a_detached_managed_policy(changed: Callable[..., list[str]]) -> None:
    def edit(document: Any) -> None:
        del document["resource"]["aws_iam_role_policy_attachment"]["state_prod_network_plan_network_plan"]

    key, role = "${aws_kms_key.state.arn}", "aws_iam_role.network_plan"
    assert changed("state", edit) == [
        f"- {role}: s3:ListBucket on {STATE} if s3:prefix is prod/network.tfstate or absent",
        f"- {role}: s3:GetObject on {STATE}/prod/network.tfstate",
        f"- {role}: s3:DeleteObject, s3:GetObject, s3:PutObject on {STATE}/prod/network.tfstate.tflock",
        f"- {role}: kms:Decrypt, kms:GenerateDataKey on {key} if kms:ViaService is s3.eu-west-1.amazonaws.com",
    ]


def test_the_listing_has_what_the_page_of_the_application_states(documents: Path) -> None:
    (stack,) = read(documents / "checkout" / "cdk.tf.json")
    task = next(access for access in access_of(stack) if access.principal == TASK)
    assert [trust.principal for trust in task.trusted] == ["ecs-tasks.amazonaws.com"]
    assert [(one.services, one.levels) for one in task.permissions] == [
        (("elasticache",), ("write",)),
        (("elasticfilesystem",), ("read", "write")),
    ]
