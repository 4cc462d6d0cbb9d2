"""A policy reads the elements of an IAM statement as arguments; unknown elements end in *not evaluated*."""

from __future__ import annotations

import json

import pytest

from plainwork_core.iam import Document
from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.statement import Kind
from plainwork_core.model.not_evaluated import NotEvaluated
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.reading.statement import Statement

HERE = Location("main.tf", 1)
HIDDEN = Unknown("`var.x` has no default; check a plan", ("var.x",))


def statement(elements, kind: Kind = "resource"):
    owner = Resource("aws_sqs_queue.q", "managed", "aws_sqs_queue", "q", "aws", {}, HERE)
    text = json.dumps({"Statement": [{"Effect": "Allow", "Action": "sqs:SendMessage", **elements}]})
    (found,) = read_document(text, Document(owner, "policy", kind), HERE)
    return Statement(found, Stack("main.tf", "hcl", resources=(owner,)))


@pytest.mark.parametrize(
    ("elements", "name", "expected"),
    [
        ({}, "Action", ["sqs:SendMessage"]),
        ({"Principal": {"AWS": ["111122223333", "444455556666"]}}, "Principal", ["111122223333", "444455556666"]),
        ({"NotPrincipal": "*"}, "NotPrincipal", ["*"]),
        ({"Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}}, "Condition", ["aws:PrincipalOrgID"]),
    ],
)
def test_an_element_is_a_list_of_text(elements, name, expected):
    element = statement(elements)[name]
    assert list(element.strings()) == expected
    assert element.path == f"policy.Statement.0.{name}"


def test_an_element_that_is_absent_is_not_set():
    assert not statement({})["NotAction"].is_configured


def test_the_type_is_that_of_the_resource_with_the_document():
    assert statement({}).type == "aws_sqs_queue"


def test_a_statement_grants_unless_an_answer_is_unknown():
    statement({}).require_grant("Principal", True, False)  # noqa: FBT003  answers
    with pytest.raises(NotEvaluated) as raised:
        statement({}).require_grant("Principal", True, HIDDEN)  # noqa: FBT003
    assert (raised.value.because.reason, raised.value.path) == (HIDDEN.reason, "policy.Statement.0.Principal")


def test_a_statement_of_a_document_without_a_user_does_not_certainly_grant():
    with pytest.raises(NotEvaluated, match="no resource of this stack uses the document"):
        statement({}, "unused").require_grant("Action")
