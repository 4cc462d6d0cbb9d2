"""What is said of a condition on a key that is never there holds in AWS's rules of evaluation."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam import Document
from plainwork_core.iam.grammar import read_document
from plainwork_core.model.stack import Location, Resource
from plainwork_policies.conditions.keys import tag_tests
from plainwork_policies.conditions.unseen import outcome
from tests.support.iam_policy import decide

HERE = Location("main.tf")
OWNER = Resource("aws_iam_policy.p", "managed", "aws_iam_policy", "p", "aws", {}, HERE)
DECISIONS = {
    ("Allow", None): "never allows it",
    ("Allow", "Allow"): None,
    ("Deny", None): "never denies it",
    ("Deny", "Deny"): "denies it whatever the tags",
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
def test_what_it_comes_to_is_what_aws_decides(effect, condition, context):
    operator, wanted = condition
    statement = {"Effect": effect, "Action": "s3:DeleteBucket", "Resource": "*"}
    statement["Condition"] = {operator: {"aws:RequestTag/Owner": wanted}}
    document = {"Statement": [statement]}
    (read,) = read_document(json.dumps(document), Document(OWNER, "policy", "identity"), HERE)
    (test,) = tag_tests(read)
    assert outcome(read, test) == DECISIONS[effect, decide(document, "s3:DeleteBucket", "any", context)]
