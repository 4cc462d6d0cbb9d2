"""Statements of a real plan: documents known only after apply, in modules, with `for_each`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from plainwork_core.iam import statements
from plainwork_core.iam.documents import DATA_SOURCE
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_core.read import read
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_wildcard_action import iam_wildcard_action
from plainwork_policies.privileges.iam_wildcard_resource import iam_wildcard_resource

HERE = Location("plan.json")
PLAN = Path(__file__).parents[1] / "generated/plans/documents/plan.json"


@pytest.fixture(scope="module")
def found():
    (stack,) = read(PLAN)
    return {(statement.address, statement.actions, statement.kind) for statement in statements(stack)}


@pytest.mark.parametrize("team", ['module.team["a.b"]', 'module.team["c"]'])
def test_references_to_documents_are_followed_into_and_within_modules(team, found):
    assert {row for row in found if row[0].startswith(team)} == {
        (f"{team}.aws_iam_policy.given", ("s3:*",), "identity"),
        (f'{team}.aws_iam_policy.own["read"]', ("s3:read",), "identity"),
        (f'{team}.aws_iam_policy.own["write"]', ("s3:write",), "identity"),
        (f"{team}.aws_iam_policy.boundary", ("*",), "boundary"),
    }


def test_a_value_that_the_provider_computes_has_no_document(found):
    assert {address.partition("[")[0] for address, _, _ in found} == {"module.team"}


def data(**values):
    marks = frozenset(values.pop("sensitive", ()))
    return Resource("data.aws_iam_policy_document.d", "data", DATA_SOURCE, "d", "aws", values, HERE, sensitive=marks)


def failures(document):
    policy = Unknown("known after apply", ("data.aws_iam_policy_document.d.json",))
    owner = Resource("aws_iam_policy.p", "managed", "aws_iam_policy", "p", "aws", {"policy": policy}, HERE)
    results = evaluate(Stack("plan.json", "plan", resources=(owner, document)), [iam_wildcard_action], Settings())
    return [finding for result in results for finding in result.findings]


WIDE = {"actions": ["s3:*"], "resources": ["*"]}
JSON = '{"Statement": {"Effect": "Allow", "Action": "s3:*", "Resource": "*"}}'


@pytest.mark.parametrize(
    ("values", "part"),
    [
        ({"statement": [WIDE], "sensitive": ["statement.0.actions"]}, "statement.0.actions"),
        ({"statement": [WIDE], "sensitive": ["statement.0.resources"]}, "statement.0.resources"),
        ({"statement": [WIDE], "sensitive": ["statement"]}, "statement"),
        ({"source_policy_documents": [JSON], "sensitive": ["source_policy_documents.0"]}, "source_policy_documents.0"),
        ({"override_json": JSON, "sensitive": ["override_json"]}, "override_json"),
    ],
)
def test_a_sensitive_argument_of_a_data_source_is_not_shown_in_the_resource_that_uses_it(values, part):
    [finding] = failures(data(**values))
    assert finding.message.startswith(f"`data.aws_iam_policy_document.d.{part}` is sensitive and not shown")
    assert (finding.path, finding.value) == ("policy.Statement.0.Action", "(sensitive)")


@pytest.mark.parametrize("sensitive", [[], ["statement.1.actions"], ["policy_id"]])
def test_a_sensitive_argument_of_another_statement_does_not_matter(sensitive):
    [finding] = failures(data(statement=[WIDE, {"actions": ["s3:GetObject"], "resources": ["a"]}], sensitive=sensitive))
    assert finding.message == "`Action` is `s3:*`; it allows all actions of `s3`"


def test_an_unknown_action_of_a_sensitive_document_is_not_shown():
    document = '{"Statement": {"Effect": "Allow", "Action": "s3:GetObjekt", "Resource": "*"}}'
    owner = Resource("aws_iam_policy.p", "managed", "aws_iam_policy", "p", "aws", {"policy": document}, HERE)
    for sensitive, shown in ((frozenset({"policy"}), False), (frozenset(), True)):
        stack = Stack("plan.json", "plan", resources=(replace(owner, sensitive=sensitive),))
        [result] = evaluate(stack, [iam_wildcard_resource], Settings())
        assert result.status == "not_evaluated"
        assert ("s3:GetObjekt" in result.findings[0].message) is shown
