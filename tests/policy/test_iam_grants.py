"""Statements together grant what AWS's rules of evaluation grant, on a resource without a statement of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.grants import granted
from plainwork_core.iam.statement import Document, Statement
from plainwork_core.model.stack import Location, Resource
from plainwork_core.model.values import Unknown
from tests.support.iam_policy import decide

ACTION = "iam:PassRole"
OTHER_ROLE = "arn:aws:iam::111122223333:role/without-statement"
HERE = Location("main.tf")
OWNER = Resource("aws_iam_policy.p", "managed", "aws_iam_policy", "p", "aws", {}, HERE)
HIDDEN = Unknown("hidden")

some = st.lists(
    st.sampled_from(["*", "iam:*", "iam:Pass*", "iam:PassRole", "iam:?assRole", "iam:Get*", "s3:*"]),
    min_size=1,
    max_size=2,
)
places = [
    "*",
    "arn:aws:iam::111122223333:role/*",
    "arn:aws:iam::*:*",
    "arn:aws:iam::111122223333:role/app-*",
    "arn:aws:s3:::*",
]
where = st.lists(st.sampled_from(places), min_size=1, max_size=2)
members = st.fixed_dictionaries({"Effect": st.sampled_from(["Allow", "Deny"]), "Action": some, "Resource": where})
documents = st.lists(members, max_size=4)


def parsed(document: list[dict[str, Any]]) -> list[Statement]:
    return read_document(json.dumps({"Statement": document}), Document(OWNER, "policy", "identity"), HERE)


def decided(document: list[dict[str, Any]]) -> str | None:
    return decide({"Statement": document}, ACTION, OTHER_ROLE, {})


@given(documents)
def test_an_action_is_granted_if_and_only_if_aws_allows_it(document: list[dict[str, Any]]) -> None:
    answer = granted(parsed(document), ACTION)
    if not isinstance(answer, Unknown):
        assert isinstance(answer, Statement) == (decided(document) == "Allow")


@given(documents)
def test_only_a_deny_statement_makes_a_grant_of_known_statements_unknown(document: list[dict[str, Any]]) -> None:
    denying = [member for member in document if member["Effect"] == "Deny"]
    if isinstance(granted(parsed(document), ACTION), Unknown):
        assert decided(document) == "Allow"
        assert denying


@given(documents, st.randoms())
def test_the_order_of_statements_does_not_matter(document: list[dict[str, Any]], random: Any) -> None:
    shuffled = random.sample(document, len(document))
    assert type(granted(parsed(document), ACTION)) is type(granted(parsed(shuffled), ACTION))


@given(documents)
def test_one_statement_for_each_action_grants_the_same(document: list[dict[str, Any]]) -> None:
    split = [{**member, "Action": [action]} for member in document for action in member["Action"]]
    assert type(granted(parsed(document), ACTION)) is type(granted(parsed(split), ACTION))


@given(documents, members)
def test_an_additional_allow_statement_removes_no_grant(document: list[dict[str, Any]], more: dict[str, Any]) -> None:
    before = granted(parsed(document), ACTION)
    after = granted(parsed([*document, {**more, "Effect": "Allow"}]), ACTION)
    assert after is not None or before is None


@given(documents)
def test_a_deny_statement_for_everything_removes_every_grant(document: list[dict[str, Any]]) -> None:
    everything = {"Effect": "Deny", "Action": ["*"], "Resource": ["*"]}
    assert granted(parsed([*document, everything]), ACTION) is None


@given(documents, st.integers(0, 3), st.sampled_from(["actions", "resources"]))
def test_an_unknown_element_makes_no_grant_certain(document: list[dict[str, Any]], at: int, part: str) -> None:
    statements = parsed(document)
    hidden = [replace(one, **{part: (HIDDEN,)}) if index == at else one for index, one in enumerate(statements)]
    if isinstance(granted(hidden, ACTION), Statement):
        assert isinstance(granted(statements, ACTION), Statement | Unknown)


@given(documents, st.integers(0, 3), st.sampled_from(["actions", "resources", "effect"]))
def test_an_unknown_element_removes_no_certain_grant(document: list[dict[str, Any]], at: int, part: str) -> None:
    statements = parsed(document)
    value = HIDDEN if part == "effect" else (HIDDEN,)
    hidden = [replace(one, **{part: value}) if index == at else one for index, one in enumerate(statements)]
    if isinstance(granted(statements, ACTION), Statement):
        assert granted(hidden, ACTION) is not None
