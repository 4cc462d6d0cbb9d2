"""Guardrails together with the policies of the role, with a permissions boundary, and with each other."""

from __future__ import annotations

import pytest

from plainwork_core.guardrails.documents import policy_documents
from plainwork_core.guardrails.region_statements import region_statements
from plainwork_core.guardrails.tag_statements import Scope, tag_statements
from plainwork_core.iam.evaluation import Decision, Policies, Request, RequestResource, decide, policy_statements
from plainwork_core.iam.statement import Statement
from plainwork_policies.regions.settings import RegionSettings
from plainwork_policies.tags.settings import TagSettings
from tests.guardrails.calls import ACCOUNT, EVERYTHING, ROLE, Tags

TAGS, REGIONS = TagSettings(required=("Owner",)), RegionSettings(allowed=("eu-west-1",))
LAUNCH = "ec2:RunInstances"
INSTANCE = RequestResource(f"arn:aws:ec2:eu-west-1:{ACCOUNT}:instance/*", ACCOUNT)
OWNED = {"Owner": "ann"}


def statements(*, organizations: bool) -> tuple[Statement, ...]:
    found = [*tag_statements(TAGS, Scope()), *region_statements(REGIONS)]
    documents = policy_documents(found, organizations=organizations)
    return tuple(statement for document in documents for statement in policy_statements(document))


SCP = (EVERYTHING, EVERYTHING + statements(organizations=True))
"""`FullAWSAccess` of the root, and the policies of the organizational unit."""


def ask(policies: Policies, tags: Tags, *, action: str = LAUNCH, region: str = "eu-west-1") -> Decision:
    keys = {f"aws:RequestTag/{key}": (value,) for key, value in tags.items()}
    context = {**keys, "aws:TagKeys": tuple(tags), "aws:RequestedRegion": (region,)}
    return decide(Request(ROLE, action, INSTANCE, context), policies)


def policy(**statement: object) -> tuple[Statement, ...]:
    return policy_statements(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Resource": "*", **statement}]}
    )


def test_a_guardrail_allows_nothing_that_the_role_may_not() -> None:
    policies = Policies(policy(Action="ec2:*"), scp=SCP)
    assert ask(policies, OWNED).is_allowed
    assert ask(policies, OWNED, action="sqs:CreateQueue").is_denied


def test_the_statement_that_denies_is_named() -> None:
    decision = ask(Policies(EVERYTHING, scp=SCP), {})
    assert [statement.sid for statement in decision.statements] == ["RequireOwner3"]


@pytest.mark.parametrize(
    ("owner", "allowed"), [({}, False), ({"Owner": "ann"}, True), ({"Owner": "bob"}, False), ({"Team": "a"}, False)]
)
def test_a_role_with_its_own_condition_on_tags(owner: Tags, *, allowed: bool) -> None:
    own = policy(Action="ec2:*", Condition={"StringEquals": {"aws:RequestTag/Owner": "ann"}})
    assert ask(Policies(own, scp=SCP), owner).is_allowed is allowed


def test_tags_do_not_allow_another_region_and_an_allowed_region_needs_tags() -> None:
    policies = Policies(EVERYTHING, scp=SCP)
    assert ask(policies, OWNED).is_allowed
    assert ask(policies, OWNED, region="us-east-1").is_denied
    assert ask(policies, {}).is_denied


def test_a_global_service_needs_tags_too() -> None:
    policies = Policies(EVERYTHING, scp=SCP)
    assert ask(policies, OWNED, action="iam:CreateRole", region="us-east-1").is_allowed
    assert ask(policies, {}, action="iam:CreateRole", region="us-east-1").is_denied


def test_as_permissions_boundary_the_statements_need_one_that_allows() -> None:
    guardrail = statements(organizations=False)
    assert ask(Policies(EVERYTHING, boundary=guardrail), OWNED).is_denied
    assert ask(Policies(EVERYTHING, boundary=EVERYTHING + guardrail), OWNED).is_allowed
    assert ask(Policies(EVERYTHING, boundary=EVERYTHING + guardrail), {}).is_denied
