"""Tags and Regions of the settings file, enforced by AWS Organizations in all accounts of a workload.

`main.tf` in this directory is the result of:

python main.py && plainwork render cdktf.out
"""

from __future__ import annotations

from pathlib import Path

from plainwork import App, Provider, RegionGuardrails, Resource, Stack, TagGuardrails
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings

HERE = Path(__file__).parent
BREAK_GLASS = ["arn:aws:iam::*:role/break-glass"]


def build(app: App) -> Stack:
    stack = Stack(app, "organization")
    Provider(
        stack,
        "aws",
        version="~> 5.100",
        region="eu-west-1",
        default_tags={"tags": {"Environment": "prod", "Owner": "platform"}},
    )
    organization = Resource(
        stack,
        "aws_organizations_organization",
        "example",
        feature_set="ALL",
        enabled_policy_types=["SERVICE_CONTROL_POLICY", "TAG_POLICY"],
        aws_service_access_principals=["tagpolicies.tag.amazonaws.com"],
    )
    workloads = Resource(
        stack,
        "aws_organizations_organizational_unit",
        "workloads",
        name="workloads",
        parent_id=organization["roots[0].id"],
    )
    TagGuardrails(
        stack,
        "tags",
        settings=TagSettings.load(HERE),
        targets=[workloads],
        exempt_principals=BREAK_GLASS,
    )
    RegionGuardrails(
        stack,
        "regions",
        settings=RegionSettings.load(HERE),
        targets=[workloads],
        exempt_principals=BREAK_GLASS,
    )
    return stack


if __name__ == "__main__":
    app = App()
    build(app)
    app.synth()
