"""Statements: every document of a stack, whatever it is written in, with an unknown hiding itself and nothing else."""

from __future__ import annotations

import json

import pytest

from plainwork_core.iam import Condition, Principal, statements
from plainwork_core.iam.arguments import ARGUMENTS
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown
from plainwork_core.read import read
from plainwork_core.schema import load

DATA = 'data "aws_iam_policy_document" "%s" {\n%s\n}\n'
POLICY = 'resource "aws_iam_policy" "p" {\n  policy = %s\n}\n'
S3 = 'statement {\n  sid = "%s"\n  actions = ["s3:%s"]\n  resources = ["*"]\n}\n'


@pytest.fixture
def found(tmp_path):
    def found(hcl):
        (tmp_path / "main.tf").write_text(hcl, encoding="utf-8")
        (stack,) = read(tmp_path)
        return list(statements(stack))

    return found


def actions(found):
    return [statement.actions for statement in found]


def test_a_literal_document_is_read(found):
    document = {"Statement": {"Sid": "A", "Effect": "Deny", "NotAction": "s3:*", "NotResource": ["a", "b"]}}
    (statement,) = found(POLICY % json.dumps(json.dumps(document)))
    assert (statement.address, statement.kind, statement.sid, statement.effect) == (
        "aws_iam_policy.p",
        "identity",
        "A",
        "Deny",
    )
    assert (statement.not_actions, statement.not_resources) == (("s3:*",), ("a", "b"))
    assert (statement.actions, statement.resources, statement.principals) == ((), (), ())
    assert statement.path("Action") == "policy.Statement.0.Action"


@pytest.mark.parametrize(
    "document",
    [
        'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = aws_s3_bucket.b.arn }] })',
        '<<-X\n{"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "${aws_s3_bucket.b.arn}"}]}\nX',
    ],
)
def test_one_unknown_arn_hides_one_arn(document, found):
    (statement,) = found(POLICY % document)
    assert (statement.effect, statement.actions) == ("Allow", ("s3:GetObject",))
    (resource,) = statement.resources
    assert resource.references == ("aws_s3_bucket.b.arn",)


@pytest.mark.parametrize(
    "document",
    [
        'jsonencode({ Statement = [{ Condition = { StringEquals = { "${var.i}:sub" = "s", "aws:x" = "y" } } }] })',
        '<<-X\n{"Statement": {"Condition": {"StringEquals": {"${var.i}:sub": "s", "aws:x": "y"}}}}\nX',
    ],
)
def test_an_unknown_condition_key_hides_that_key_alone(document, found):
    (statement,) = found(POLICY % document)
    hidden, known = statement.conditions
    assert known == Condition("StringEquals", "aws:x", ("y",))
    assert (hidden.operator, hidden.key.parts[1], hidden.values) == ("StringEquals", ":sub", ("s",))


def test_an_unknown_operator_or_principal_type_hides_itself_alone(found):
    (statement,) = found(
        POLICY
        % "jsonencode({ Statement = [{ Principal = { (var.t) = 1, AWS = 2 }, Condition = { (var.o) = { k = 3 } } }] })"
    )
    assert [(type(each.type), each.value) for each in statement.principals] == [(Unknown, "1"), (str, "2")]
    assert [(type(each.operator), each.key, each.values) for each in statement.conditions] == [(Unknown, "k", ("3",))]


def test_a_data_source_is_followed_and_the_statement_stands_where_it_is_written(found):
    (statement,) = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", S3 % ("A", "GetObject")))
    assert (statement.address, statement.kind, statement.effect) == ("aws_iam_policy.p", "identity", "Allow")
    assert statement.location.line == 5


def test_principals_and_conditions_of_both_spellings_are_the_same(found):
    block = """statement {
      actions   = ["s3:GetObject"]
      principals {
        type        = "AWS"
        identifiers = ["1", "2"]
      }
      condition {
        test     = "StringLike"
        variable = "aws:username"
        values   = ["&{aws:PrincipalTag/team}"]
      }
    }"""
    written_out = """jsonencode({ Statement = [{
      Effect    = "Allow", Action = "s3:GetObject", Principal = { AWS = ["1", "2"] }
      Condition = { StringLike = { "aws:username" = "$${aws:PrincipalTag/team}" } }
    }] })"""
    (first,) = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", block))
    (second,) = found(POLICY % written_out)
    assert first.principals == second.principals == (Principal("AWS", "1"), Principal("AWS", "2"))
    condition = Condition("StringLike", "aws:username", ("${aws:PrincipalTag/team}",))
    assert first.conditions == second.conditions == (condition,)


def test_source_documents_come_first_and_a_sid_is_replaced_in_its_place(found):
    source = "source_policy_documents = [data.aws_iam_policy_document.a.json]\n"
    override = "override_policy_documents = [data.aws_iam_policy_document.b.json]"
    documents = DATA % ("a", S3 % ("One", "A1") + S3 % ("Two", "A2"))
    documents += DATA % ("b", S3 % ("Two", "B2") + S3 % ("", "B3"))
    documents += DATA % ("c", source + S3 % ("Three", "C3") + override)
    merged = found(POLICY % "data.aws_iam_policy_document.c.json" + documents)
    assert actions(merged) == [("s3:A1",), ("s3:B2",), ("s3:C3",), ("s3:B3",)]
    assert [statement.index for statement in merged] == [0, 1, 2, 3]
    assert {statement.address for statement in merged} == {"aws_iam_policy.p"}


def test_an_unread_override_leaves_in_doubt_what_has_a_sid(found):
    document = S3 % ("One", "A1") + S3 % ("", "A2") + "override_policy_documents = [var.more]"
    one, two, rest = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", document))
    assert isinstance(one.effect, Unknown)
    assert two.effect == "Allow"
    assert isinstance(rest.actions[0], Unknown)


def test_a_statement_stands_where_its_own_argument_has_it(found):
    document = 'jsonencode({\n  Statement = [{ Action = "s3:A" },\n  {\n    Action = ["s3:B"]\n  }]\n})'
    one, two = found(POLICY % document)
    assert (one.at("policy.Statement.0.Action").line, two.at("policy.Statement.1.Action").line) == (3, 5)
    assert (two.location.line, two.at("policy.Statement.1.Resource").line) == (4, 4)


def test_a_statement_of_a_named_document_stands_at_the_argument_that_takes_it(found):
    (statement,) = found(POLICY % "local.d" + 'locals {\n  d = jsonencode({ Statement = { Action = "s3:A" } })\n}\n')
    assert (statement.location.line, statement.at("policy.Statement.0.Action").line) == (2, 2)


def test_an_unread_statement_beside_it_leaves_in_doubt_nothing_that_has_a_sid(found):
    more = 'dynamic "statement" {\n  for_each = var.more\n  content {\n    sid = statement.key\n  }\n}\n'
    one, rest = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", S3 % ("One", "A1") + more))
    assert one.effect == "Allow"
    assert isinstance(rest.effect, Unknown)


def test_an_unread_source_leaves_in_doubt_nothing_that_is_written_here(found):
    document = S3 % ("One", "A1") + "source_policy_documents = [var.more]"
    rest, one = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", document))
    assert isinstance(rest.effect, Unknown)
    assert one.effect == "Allow"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ("var.document", "`var.document` is not declared"),
        ('"{"', "the policy document is not JSON"),
        ('"[]"', "the policy document is not a JSON object"),
        ('"{}"', "the policy document has no `Statement`"),
        (r'"{\"Statement\": [1]}"', "statement 0 is not a JSON object"),
        (r'"{\"Statement\": [{\"Action\": \"a:b\"}]}"', "statement 0 has no `Effect`"),
    ],
)
def test_what_cannot_be_read_is_hidden_with_the_reason(document, reason, found):
    (statement,) = found(POLICY % document)
    assert statement.doubt().startswith(reason)


def test_an_unknown_statement_hides_no_other(found):
    document = 'jsonencode({ Statement = [var.first, { Effect = "Allow", Action = "a:b", Resource = "*" }] })'
    first, second = found(POLICY % document)
    assert isinstance(first.effect, Unknown)
    assert (second.effect, second.index) == ("Allow", 1)


def test_a_document_that_is_made_of_itself_is_hidden(found):
    (statement,) = found(DATA % ("d", "source_policy_documents = [data.aws_iam_policy_document.d.json]"))
    assert isinstance(statement.effect, Unknown)
    assert statement.effect.reason == "`data.aws_iam_policy_document.d` refers to itself"


@pytest.mark.parametrize("document", ["null", '""'])
def test_where_no_document_is_there_is_no_statement(document, found):
    assert found(POLICY % document) == []


def test_a_document_that_nothing_takes_is_unused(found):
    (statement,) = found(DATA % ("d", S3 % ("", "GetObject")) + 'output "x" {\n  value = 1\n}\n')
    assert (statement.address, statement.kind) == ("data.aws_iam_policy_document.d", "unused")
    assert "no resource of this stack uses the document" in statement.doubt()


@pytest.mark.parametrize("mixed", ["coalesce(var.own, %s)", "%s == var.x ? var.y : var.z"])
def test_a_document_that_an_argument_is_partly_made_of_is_hidden_there_and_not_unused(mixed, found):
    variables = "".join(f'variable "{name}" {{}}\n' for name in ("own", "x", "y", "z"))
    document = POLICY % (mixed % "data.aws_iam_policy_document.d.json")
    (statement,) = found(variables + DATA % ("d", S3 % ("", "GetObject")) + document)
    assert (statement.address, statement.index) == ("aws_iam_policy.p", None)


def test_a_policy_that_is_only_a_boundary_is_one(found):
    role = 'resource "aws_iam_role" "r" {\n  permissions_boundary = aws_iam_policy.p.arn\n}\n'
    attachment = 'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = aws_iam_policy.p.arn\n}\n'
    document = POLICY % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })'
    assert [each.kind for each in found(document + role)] == ["boundary"]
    assert [each.kind for each in found(document + role + attachment)] == ["identity"]


@pytest.mark.parametrize(
    ("hcl", "kind", "path"),
    [
        ('resource "aws_iam_role" "r" {\n  assume_role_policy = %s\n}', "trust", "assume_role_policy"),
        (
            'resource "aws_iam_role" "r" {\n  inline_policy {\n    policy = %s\n  }\n}',
            "identity",
            "inline_policy.0.policy",
        ),
        ('resource "aws_s3_bucket_policy" "b" {\n  policy = %s\n}', "resource", "policy"),
        ('resource "aws_vpc_endpoint" "e" {\n  policy = %s\n}', "endpoint", "policy"),
        ('resource "aws_organizations_policy" "o" {\n  content = %s\n}', "organization", "content"),
    ],
)
def test_the_argument_says_what_a_document_does(hcl, kind, path, found):
    (statement,) = found(hcl % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "a:b" }] })')
    assert (statement.kind, statement.document.argument) == (kind, path)


@pytest.mark.parametrize(("type_", "number"), [("TAG_POLICY", 0), ("SERVICE_CONTROL_POLICY", 1), ("${var.type}", 1)])
def test_a_tag_policy_of_an_organization_is_of_another_grammar(type_, number, found):
    hcl = f'resource "aws_organizations_policy" "o" {{\n  type = "{type_}"\n  content = "{{}}"\n}}\n'
    assert len(found(hcl)) == number


def test_a_template_keeps_what_is_written_in_it(found):
    hcl = (
        POLICY
        % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.b.arn}/*" }] })'
    )
    (statement,) = found(hcl)
    assert render(statement.resources[0]) == "${aws_s3_bucket.b.arn}/*"


@pytest.mark.parametrize("argument", [each for arguments in ARGUMENTS.values() for each in arguments])
def test_every_argument_is_one_that_the_provider_has(argument):
    type_, *blocks, name = argument.split(".")
    block = load().block("resource", type_)
    for each in blocks:
        block = block.blocks[each].block
    assert block.attributes[name].settable
