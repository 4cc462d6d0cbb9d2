"""The service control policy and the IAM policy of `[regions]`."""

from __future__ import annotations

import pytest

from plainwork_core.aws.global_actions import GLOBAL_ACTIONS
from plainwork_core.aws.iam_actions import expand
from plainwork_core.aws.organizations import MANAGED_POLICY_CHARACTERS
from plainwork_core.errors import InputError
from plainwork_core.guardrails.documents import documents
from plainwork_core.guardrails.region_statements import region_statements
from plainwork_core.iam.evaluation import (
    Decision,
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from plainwork_policies.regions.settings import RegionSettings
from tests.guardrails.calls import ACCOUNT, EVERYTHING, ROLE

SETTINGS = RegionSettings(allowed=("eu-central-1", "eu-west-1"))
DOCUMENT, *OTHERS = documents(
    region_statements(SETTINGS, ["arn:aws:iam::*:role/break-glass"]), MANAGED_POLICY_CHARACTERS
)
STATEMENTS = policy_statements(DOCUMENT)


def ask(action: str, region: str, *, identity: bool = False, principal: RequestPrincipal = ROLE) -> Decision:
    request = Request(principal, action, RequestResource("*", ACCOUNT), {"aws:RequestedRegion": (region,)})
    scp = Policies(EVERYTHING, scp=(EVERYTHING + STATEMENTS,))
    return decide(request, Policies(EVERYTHING + STATEMENTS) if identity else scp)


@pytest.mark.parametrize("identity", [False, True], ids=["SCP", "IAM"])
@pytest.mark.parametrize(
    "action",
    [
        "iam:CreateRole",
        "cloudfront:CreateDistribution",
        "route53:ChangeResourceRecordSets",
        "route53domains:RegisterDomain",
        "support:CreateCase",
        "organizations:DescribeOrganization",
        "sts:DecodeAuthorizationMessage",
        "budgets:ModifyBudget",
        "globalaccelerator:CreateAccelerator",
        "s3:ListAllMyBuckets",
        "ec2:DescribeRegions",
    ],
)
def test_a_global_service_is_not_denied(action: str, *, identity: bool) -> None:
    assert ask(action, "us-east-1", identity=identity).is_allowed


@pytest.mark.parametrize("identity", [False, True], ids=["SCP", "IAM"])
@pytest.mark.parametrize("action", ["ec2:RunInstances", "s3:CreateBucket", "rds:CreateDBInstance", "ec2:DescribeVpcs"])
def test_another_region_is_denied_and_an_allowed_one_is_not(action: str, *, identity: bool) -> None:
    assert ask(action, "us-east-1", identity=identity).is_denied
    assert ask(action, "eu-west-1", identity=identity).is_allowed


def test_an_exempt_principal_may_use_other_regions() -> None:
    break_glass = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:role/break-glass")
    assert ask("ec2:RunInstances", "us-east-1", principal=break_glass).is_allowed


def test_it_is_one_policy_within_the_smallest_quota() -> None:
    assert OTHERS == []


def test_every_action_that_is_not_denied_exists() -> None:
    assert [action for action in GLOBAL_ACTIONS if not expand(action)] == []


def test_settings_without_regions_are_an_error() -> None:
    with pytest.raises(InputError, match=r"`\[regions\] allowed` is not set"):
        region_statements(RegionSettings())
