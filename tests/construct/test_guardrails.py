from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from plainwork import PlainworkError, RegionGuardrails, Resource, TagGuardrails, synthesize
from plainwork_core.guardrails.tag_rules import TagSettings as Settings
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings

if TYPE_CHECKING:
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    from plainwork import Stack

OWNER: Settings = TagSettings(required=("Owner",))
REGIONS = RegionSettings(allowed=("eu-west-1",))
FULL = TagSettings(
    required=("Owner", "Environment"),
    allowed_values={"Environment": ("dev", "prod")},
    value_patterns={"CostCenter": "cc-.*"},
)


def policies_of(stack: Stack) -> dict[str, Any]:
    found: dict[str, Any] = synthesize(stack)["resource"]["aws_organizations_policy"]
    return found


def test_required_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    TagGuardrails(stack, "tags", settings=OWNER)
    RegionGuardrails(stack, "regions", settings=REGIONS)
    assert stack == hcl_snapshot


def test_all_arguments(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    unit = Resource(stack, "aws_organizations_organizational_unit", "apps", name="apps", parent_id="r-ab12")
    targets = [unit, "111122223333", unit["id"]][:2]
    exempt = ["arn:aws:iam::*:role/break-glass"]
    TagGuardrails(
        stack,
        "tags",
        settings=FULL,
        targets=targets,
        exempt_principals=exempt,
        services=["ec2", "sqs"],
        through_services=True,
        name="require-tags",
    )
    RegionGuardrails(
        stack, "regions", settings=REGIONS, targets=targets, exempt_principals=exempt, name="allowed-regions"
    )
    assert stack == hcl_snapshot


def test_without_organizations_there_are_managed_policies_of_iam(stack: Stack, hcl_snapshot: SnapshotAssertion) -> None:
    tags = TagGuardrails(stack, "tags", settings=FULL, services=["sqs"], organizations=False)
    RegionGuardrails(stack, "regions", settings=REGIONS, organizations=False)
    assert tags.tag_policies == []
    assert stack == hcl_snapshot


def test_policies_that_exceed_the_size_are_divided_and_the_first_one_keeps_its_address(stack: Stack) -> None:
    guardrails = TagGuardrails(stack, "tags", settings=FULL)
    assert [policy.address for policy in guardrails.policies] == [
        "aws_organizations_policy.tags",
        "aws_organizations_policy.tags_2",
    ]
    assert [one["name"] for one in policies_of(stack).values()] == ["demo-tags", "demo-tags-2", "demo-tags-keys"]


def test_each_policy_is_attached_to_each_target(stack: Stack) -> None:
    TagGuardrails(stack, "tags", settings=FULL, targets=["r-ab12", "ou-ab12-cd34ef56"])
    attachments = synthesize(stack)["resource"]["aws_organizations_policy_attachment"]
    names = {
        f"{policy}_{target}" for policy in ("tags", "tags_2", "tags_keys") for target in ("r_ab12", "ou_ab12_cd34ef56")
    }
    assert set(attachments) == names
    found = {key: attachments["tags_2_r_ab12"][key] for key in ("policy_id", "target_id")}
    assert found == {
        "policy_id": "${aws_organizations_policy.tags_2.id}",
        "target_id": "r-ab12",
    }


def test_the_settings_are_those_of_the_settings_file(
    stack: Stack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "plainwork.toml").write_text('[tags]\nrequired = ["Team"]\n[regions]\nallowed = ["eu-west-2"]\n')
    monkeypatch.chdir(tmp_path)
    TagGuardrails(stack, "tags", settings=TagSettings.load(), services=["sqs"])
    RegionGuardrails(stack, "regions", settings=RegionSettings.load())
    policies = policies_of(stack)
    assert '"aws:RequestTag/Team" = "true"' in policies["tags"]["content"]
    assert '["eu-west-2"]' in policies["regions"]["content"]


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ({"settings": TagSettings()}, "`[tags]` has no rule; set `required`"),
        ({"targets": ["root"]}, "targets must be roots, organizational units or accounts"),
        ({"targets": ["r-ab12"], "organizations": False}, "targets is for policies of Organizations"),
        ({"organizations": "yes"}, "organizations must be True or False: got 'yes'"),
        ({"through_services": 1}, "through_services must be True or False: got 1"),
        ({"exempt_principals": ["break-glass"]}, "exempt_principals must be ARNs of principals"),
        ({"exempt_principals": ["arn:aws:iam::*:*"]}, "exempts every principal"),
        ({"services": ["lamda"]}, "the service is 'lamda', of which no call is covered; did you mean `lambda`?"),
        (
            {"settings": TagSettings(required=("所有者",)), "organizations": False},
            "IAM accepts characters up to U+00FF in a policy",
        ),
        (
            {"settings": TagSettings(required=tuple(f"Key{n}" for n in range(50))), "targets": ["r-ab12"]},
            "policies of the type SERVICE_CONTROL_POLICY, but a target has at most 9 beside those of AWS",
        ),
    ],
)
def test_an_argument_that_aws_rejects_is_an_error(stack: Stack, arguments: dict[str, Any], problem: str) -> None:
    with pytest.raises(PlainworkError) as error:
        TagGuardrails(stack, "tags", **{"settings": OWNER, **arguments})
    assert problem in str(error.value)


def test_regions_that_are_not_set_are_an_error(stack: Stack) -> None:
    with pytest.raises(PlainworkError, match=r"`\[regions\] allowed` is not set"):
        RegionGuardrails(stack, "regions", settings=RegionSettings())
