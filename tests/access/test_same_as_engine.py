"""Changes of access agree with the answers of the IAM engine to single requests, on generated policies."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from plainwork_core.access import AccessChange, access_changes
from plainwork_core.iam.evaluation import (
    Policies,
    Request,
    RequestPrincipal,
    RequestResource,
    decide,
    policy_statements,
)
from plainwork_core.model.stack import Location, Resource, Stack

USER = RequestPrincipal("arn:aws:iam::111122223333:user/ci", "user", "111122223333")
KEY = "aws:SourceVpce"
REQUESTS = [
    Request(USER, action, RequestResource(resource, "111122223333"), {KEY: (vpce,)} if vpce else {})
    for (action, resources), vpce in product(
        (
            ("s3:GetObject", ("arn:aws:s3:::data/a", "arn:aws:s3:::logs/a")),
            ("s3:PutObject", ("arn:aws:s3:::data/a", "arn:aws:s3:::logs/a")),
            ("s3:ListBucket", ("arn:aws:s3:::data", "arn:aws:s3:::logs")),
            ("sqs:SendMessage", ("arn:aws:sqs:eu-west-1:111122223333:data",)),
        ),
        ("vpce-1", "vpce-2", "vpce-12", None),
    )
    for resource in resources
]
actions = st.lists(
    st.sampled_from(["s3:GetObject", "s3:PutObject", "s3:ListBucket", "s3:Get*", "s3:*Object", "sqs:SendMessage", "*"]),
    min_size=1,
    max_size=3,
    unique=True,
)
resources = st.lists(
    st.sampled_from(["*", "arn:aws:s3:::data/*", "arn:aws:s3:::data", "arn:aws:s3:::*", "arn:aws:s3:::logs*"]),
    min_size=1,
    max_size=2,
    unique=True,
)
values = st.lists(st.sampled_from(["vpce-1", "vpce-2", "vpce-1*", "*"]), min_size=1, max_size=2, unique=True)
operators = st.sampled_from(
    ["StringEquals", "StringLike", "StringNotEquals", "StringNotLike", "StringEqualsIfExists", "StringLikeIfExists"]
)
conditions = st.none() | st.builds(lambda operator, found: {operator: {KEY: found}}, operators, values)


@st.composite
def statements(draw: Any) -> dict[str, Any]:
    negated = draw(st.sampled_from(["Action", "Action", "Action", "NotAction"]))
    found = {"Effect": draw(st.sampled_from(["Allow", "Allow", "Allow", "Deny"])), negated: draw(actions)}
    found[draw(st.sampled_from(["Resource", "Resource", "Resource", "NotResource"]))] = draw(resources)
    return found if (condition := draw(conditions)) is None else {**found, "Condition": condition}


documents = st.lists(statements(), min_size=1, max_size=4).map(
    lambda found: {"Version": "2012-10-17", "Statement": found}
)


def stack(document: dict[str, Any]) -> Stack:
    values = {"user": "ci", "policy": json.dumps(document)}
    address = "aws_iam_user_policy.ci"
    policy = Resource(address, "managed", "aws_iam_user_policy", "ci", "aws", values, Location("plan.json"))
    return Stack("plan.json", "plan", resources=(policy,))


def allowed(document: dict[str, Any]) -> set[int]:
    """The indices of the requests that *document* allows."""
    policies = Policies(identity=policy_statements(document))
    return {index for index, request in enumerate(REQUESTS) if decide(request, policies).is_allowed}


def lines(changes: tuple[AccessChange, ...], change: str) -> list[str]:
    return [one.what for one in changes if one.change == change]


@settings(max_examples=100)
@given(documents, documents)
def test_no_request_changes_without_a_line(before: dict[str, Any], after: dict[str, Any]) -> None:
    changes = access_changes(stack(before), stack(after))
    old, new = allowed(before), allowed(after)
    assert lines(changes, "gained") or not new - old
    assert lines(changes, "lost") or not old - new
    assert not lines(changes, "unknown")


@given(documents)
def test_equal_documents_have_no_line(document: dict[str, Any]) -> None:
    assert access_changes(stack(document), stack(document)) == ()
    written_out = {**document, "Statement": [*reversed(document["Statement"]), document["Statement"][0]]}
    assert access_changes(stack(document), stack(written_out)) == ()


@given(documents, documents)
def test_the_reverse_has_the_same_lines(before: dict[str, Any], after: dict[str, Any]) -> None:
    forward, back = access_changes(stack(before), stack(after)), access_changes(stack(after), stack(before))
    assert sorted((one.actions, one.resources, one.is_deny) for one in forward if one.change == "gained") == sorted(
        (one.actions, one.resources, one.is_deny) for one in back if one.change == "lost"
    )


@given(documents, statements())
def test_a_statement_that_is_added_gains_only_if_it_allows(document: dict[str, Any], added: dict[str, Any]) -> None:
    after = {**document, "Statement": [*document["Statement"], added]}
    changes = access_changes(stack(document), stack(after))
    assert not lines(changes, "lost" if added["Effect"] == "Allow" else "gained")
