"""The effect of a condition on a key that is never present is the one of AWS's rules of evaluation."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam import Document
from plainwork_core.iam.grammar import read_document
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_policies.conditions.absent_keys import outcome
from plainwork_policies.conditions.subjects import tag_conditions
from plainwork_policies.reading.statement import Statement
from tests.support.iam_policy import decide

HERE = Location("main.tf")
OWNER = Resource("aws_iam_policy.p", "managed", "aws_iam_policy", "p", "aws", {}, HERE)
DECISIONS = {
    ("Allow", None): "never allows",
    ("Allow", "Allow"): None,
    ("Deny", None): "never denies",
    ("Deny", "Deny"): "always denies",
}
operators = st.sampled_from(
    [
        "StringEquals",
        "StringNotEquals",
        "StringLike",
        "StringNotLike",
        "StringEqualsIfExists",
        "StringNotEqualsIfExists",
    ]
)
values = st.lists(st.text("ab*", min_size=1, max_size=3), min_size=1, max_size=3)
conditions = st.one_of(st.tuples(operators, values), st.tuples(st.just("Null"), st.sampled_from([["true"], ["false"]])))
others = st.dictionaries(st.sampled_from(["aws:username", "aws:RequestTag/Other", "s3:prefix"]), st.just("a"))


@given(st.sampled_from(["Allow", "Deny"]), conditions, others)
def test_the_outcome_is_the_decision_of_aws(effect, condition, context):
    operator, wanted = condition
    statement = {"Effect": effect, "Action": "s3:DeleteBucket", "Resource": "*"}
    statement["Condition"] = {operator: {"aws:RequestTag/Owner": wanted}}
    document = {"Statement": [statement]}
    (read,) = read_document(json.dumps(document), Document(OWNER, "policy", "identity"), HERE)
    (tested,) = tag_conditions(Statement(read, Stack("main.tf", "hcl")))
    assert outcome(tested) == DECISIONS[effect, decide(document, "s3:DeleteBucket", "any", context)]
