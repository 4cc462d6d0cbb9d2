"""Statements of a real plan: documents known only after apply, in modules, with `for_each`."""

from __future__ import annotations

from pathlib import Path

import pytest

from plainwork_policies.iam import statements
from plainwork_policies.readers import read

PLAN = Path(__file__).parent / "plans/documents/plan.json"


@pytest.fixture(scope="module")
def found():
    (stack,) = read(PLAN)
    return {(each.address, each.actions, each.kind) for each in statements(stack)}


@pytest.mark.parametrize("team", ['module.team["a.b"]', 'module.team["c"]'])
def test_a_document_is_followed_into_and_inside_modules(team, found):
    assert {each for each in found if each[0].startswith(team)} == {
        (f"{team}.aws_iam_policy.given", ("s3:*",), "identity"),
        (f'{team}.aws_iam_policy.own["read"]', ("s3:read",), "identity"),
        (f'{team}.aws_iam_policy.own["write"]', ("s3:write",), "identity"),
        (f"{team}.aws_iam_policy.boundary", ("*",), "boundary"),
    }


def test_what_is_left_to_aws_holds_no_document(found):
    assert {address.partition("[")[0] for address, _, _ in found} == {"module.team"}
