"""Placement groups of EC2, which moto does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.core.responses import ActionResult, EmptyResult
from moto.ec2.exceptions import EC2ClientError
from moto.ec2.responses import EC2Response

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    groups: dict[str, dict[str, Any]] = {}

    def create_placement_group(response: EC2Response) -> ActionResult:
        name = response._get_param("GroupName")  # noqa: SLF001  moto's own way to read parameters
        tags = response._parse_tag_specification().get("placement-group", {})  # noqa: SLF001
        groups[name] = {
            "GroupId": f"pg-{len(groups) + 1:017x}",
            "GroupArn": f"arn:aws:ec2:{response.region}:{response.current_account}:placement-group/{name}",
            "GroupName": name,
            "State": "available",
            "Strategy": response._get_param("Strategy"),  # noqa: SLF001
            "SpreadLevel": response._get_param("SpreadLevel"),  # noqa: SLF001
            "PartitionCount": response._get_int_param("PartitionCount"),  # noqa: SLF001
            "Tags": [{"Key": key, "Value": value} for key, value in tags.items()],
        }
        return ActionResult({"PlacementGroup": groups[name]})

    def describe_placement_groups(response: EC2Response) -> ActionResult:
        wanted = response._get_param("GroupNames", [])  # noqa: SLF001
        if unknown := set(wanted) - groups.keys():
            message = f"The Placement Group '{min(unknown)}' is unknown."
            raise EC2ClientError("InvalidPlacementGroup.Unknown", message)
        return ActionResult({"PlacementGroups": [groups[name] for name in wanted or groups]})

    def delete_placement_group(response: EC2Response) -> EmptyResult:
        del groups[response._get_param("GroupName")]  # noqa: SLF001
        return EmptyResult()

    for action in (create_placement_group, describe_placement_groups, delete_placement_group):
        patch.setattr(EC2Response, action.__name__, action, raising=False)
