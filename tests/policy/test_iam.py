"""Statements of all documents of a stack, in every form; an unknown element makes no other element unknown."""

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
def test_one_unknown_arn_makes_one_arn_unknown(document, found):
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
def test_an_unknown_condition_key_makes_only_that_key_unknown(document, found):
    (statement,) = found(POLICY % document)
    hidden, known = statement.conditions
    assert known == Condition("StringEquals", "aws:x", ("y",))
    assert (hidden.operator, hidden.key.parts[1], hidden.values) == ("StringEquals", ":sub", ("s",))


def test_an_unknown_operator_or_principal_type_makes_only_itself_unknown(found):
    (statement,) = found(
        POLICY
        % "jsonencode({ Statement = [{ Principal = { (var.t) = 1, AWS = 2 }, Condition = { (var.o) = { k = 3 } } }] })"
    )
    assert [(type(principal.type), principal.value) for principal in statement.principals] == [
        (Unknown, "1"),
        (str, "2"),
    ]
    (condition,) = statement.conditions
    assert (type(condition.operator), condition.key, condition.values) == (Unknown, "k", ("3",))


def test_a_reference_to_a_data_source_is_followed_and_the_statement_has_its_location(found):
    (statement,) = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", S3 % ("A", "GetObject")))
    assert (statement.address, statement.kind, statement.effect) == ("aws_iam_policy.p", "identity", "Allow")
    assert statement.location.line == 5


def test_principals_and_conditions_of_both_forms_are_equal(found):
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


def test_source_documents_come_first_and_a_statement_with_a_sid_keeps_its_index(found):
    source = "source_policy_documents = [data.aws_iam_policy_document.a.json]\n"
    override = "override_policy_documents = [data.aws_iam_policy_document.b.json]"
    documents = DATA % ("a", S3 % ("One", "A1") + S3 % ("Two", "A2"))
    documents += DATA % ("b", S3 % ("Two", "B2") + S3 % ("", "B3"))
    documents += DATA % ("c", source + S3 % ("Three", "C3") + override)
    merged = found(POLICY % "data.aws_iam_policy_document.c.json" + documents)
    assert actions(merged) == [("s3:A1",), ("s3:B2",), ("s3:C3",), ("s3:B3",)]
    assert [statement.index for statement in merged] == [0, 1, 2, 3]
    assert {statement.address for statement in merged} == {"aws_iam_policy.p"}


def test_an_unknown_override_makes_statements_with_a_sid_unknown(found):
    document = S3 % ("One", "A1") + S3 % ("", "A2") + "override_policy_documents = [var.more]"
    one, two, rest = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", document))
    assert isinstance(one.effect, Unknown)
    assert two.effect == "Allow"
    assert isinstance(rest.actions[0], Unknown)


def test_a_statement_in_an_argument_has_its_own_lines(found):
    document = 'jsonencode({\n  Statement = [{ Action = "s3:A" },\n  {\n    Action = ["s3:B"]\n  }]\n})'
    one, two = found(POLICY % document)
    assert (one.at("policy.Statement.0.Action").line, two.at("policy.Statement.1.Action").line) == (3, 5)
    assert (two.location.line, two.at("policy.Statement.1.Resource").line) == (4, 4)


def test_a_statement_of_a_local_value_has_the_line_of_the_argument(found):
    (statement,) = found(POLICY % "local.d" + 'locals {\n  d = jsonencode({ Statement = { Action = "s3:A" } })\n}\n')
    assert (statement.location.line, statement.at("policy.Statement.0.Action").line) == (2, 2)


def test_an_unknown_statement_beside_it_keeps_a_statement_with_a_sid(found):
    more = 'dynamic "statement" {\n  for_each = var.more\n  content {\n    sid = statement.key\n  }\n}\n'
    one, rest = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", S3 % ("One", "A1") + more))
    assert one.effect == "Allow"
    assert isinstance(rest.effect, Unknown)


def test_an_unknown_source_keeps_the_statements_of_the_data_source(found):
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
def test_a_document_that_cannot_be_read_is_unknown_with_the_reason(document, reason, found):
    (statement,) = found(POLICY % document)
    assert statement.doubt().startswith(reason)


def test_an_unknown_statement_keeps_the_others(found):
    document = 'jsonencode({ Statement = [var.first, { Effect = "Allow", Action = "a:b", Resource = "*" }] })'
    first, second = found(POLICY % document)
    assert isinstance(first.effect, Unknown)
    assert (second.effect, second.index) == ("Allow", 1)


HOLES = {
    "a value by `jsonencode`": ('[{ "Effect": "Allow", "Action": "*", "Resource": ${jsonencode(var.arns)} }]', ["*"]),
    "a statement": ('[{ "Effect": "Allow", "Action": "*", "Resource": "*" }, ${var.more}]', ["*", None]),
    "statements of a `for`": (
        '[%{ for a in var.arns ~}{ "Effect": "Allow" },%{ endfor ~}{ "Effect": "Allow", "Action": "*" }]',
        [None, "*"],
    ),
    "an element by an `if`": ('{ "Effect": "Allow", "Action": "*"%{ if var.x }, "Condition": {}%{ endif } }', ["*"]),
}


@pytest.mark.parametrize(("statements", "known"), HOLES.values(), ids=HOLES)
def test_a_part_of_a_heredoc_that_is_no_string_is_unknown_alone(statements, known, found):
    actions = [statement.actions for statement in found(POLICY % f'<<-X\n{{ "Statement": {statements} }}\nX')]
    assert [None if isinstance(action, Unknown) else action for (action,) in actions] == known


def test_an_element_that_may_be_there_is_unknown_except_for_the_negation_of_another(found):
    statement = '{ "Effect": "Allow", "Action": "*"%{ if var.x }, "Condition": {}%{ endif } }'
    (read,) = found(POLICY % f'<<-X\n{{ "Statement": {statement} }}\nX')
    assert read.not_actions == ()
    assert [isinstance(resource, Unknown) for resource in read.resources] == [True]
    assert [isinstance(condition.operator, Unknown) for condition in read.conditions] == [True]


LINES = """<<-X
{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "a:b", "Resource": "%s" },
    {
      "Effect": "Allow",
      "Action": "c:d",
      "Resource": "*"
    }
  ]
}
X
"""


@pytest.mark.parametrize("part", ["*", "${var.arn}"])
def test_a_statement_in_a_heredoc_has_its_line(part, found):
    one, two = found(POLICY % (LINES % part))
    assert (one.location.line, two.location.line, two.at(two.path("Resource")).line) == (6, 7, 10)


def test_a_statement_after_an_unknown_one_has_the_line_of_the_list(found):
    (_, two) = found(
        POLICY % (LINES % "*").replace('{ "Effect": "Allow", "Action": "a:b", "Resource": "*" }', "${var.a}")
    )
    assert two.location.line == 5


@pytest.mark.parametrize("form", ["<<-X\n{\n%s\n}\nX", "jsonencode({\n\n%s\n})"])
def test_a_statement_alone_has_its_line(form, found):
    (one,) = found(POLICY % form % '"Statement": {\n"Effect": "Allow",\n"Action": "a:b" }')
    assert (one.location.line, one.at(one.path("Action")).line) == (4, 6)


def test_a_document_with_escapes_has_the_line_of_its_argument(found):
    (one,) = found(POLICY % r'"{\n\n\"Statement\": {\"Effect\": \"Allow\"}}"')
    assert one.location.line == 2


def test_a_trailing_comma_is_named_also_beside_a_reference(found):
    for resource in ("*", "${aws_sns_topic.t.arn}"):
        (one,) = found(POLICY % f'<<-X\n{{ "Statement": [{{ "Action": ["a:b",], "Resource": "{resource}" }}] }}\nX')
        assert one.doubt().startswith("the policy document is not JSON: trailing comma")


@pytest.mark.parametrize("source", ['{ Version = "2012-10-17", Id = "base" }', "{}"])
def test_a_source_document_without_statements_adds_none(source, found):
    """The provider merges what the source has: terraform-provider-aws, `IAMPolicyDoc.Merge`."""
    document = f"source_policy_documents = [jsonencode({source})]\n" + S3 % ("", "GetObject")
    (one,) = found(POLICY % "data.aws_iam_policy_document.d.json" + DATA % ("d", document))
    assert one.actions == ("s3:GetObject",)


def test_a_document_that_refers_to_itself_is_unknown(found):
    (statement,) = found(DATA % ("d", "source_policy_documents = [data.aws_iam_policy_document.d.json]"))
    assert isinstance(statement.effect, Unknown)
    assert statement.effect.reason == "`data.aws_iam_policy_document.d` refers to itself"


@pytest.mark.parametrize("document", ["null", '""'])
def test_an_argument_without_a_document_has_no_statements(document, found):
    assert found(POLICY % document) == []


def test_a_document_that_no_resource_uses_is_unused(found):
    (statement,) = found(DATA % ("d", S3 % ("", "GetObject")) + 'output "x" {\n  value = 1\n}\n')
    assert (statement.address, statement.kind) == ("data.aws_iam_policy_document.d", "unused")
    assert "no resource of this stack uses the document" in statement.doubt()


@pytest.mark.parametrize("mixed", ["coalesce(var.own, %s)", "%s == var.x ? var.y : var.z"])
def test_a_document_in_an_expression_is_unknown_and_not_unused(mixed, found):
    variables = "".join(f'variable "{name}" {{}}\n' for name in ("own", "x", "y", "z"))
    document = POLICY % (mixed % "data.aws_iam_policy_document.d.json")
    (statement,) = found(variables + DATA % ("d", S3 % ("", "GetObject")) + document)
    assert (statement.address, statement.index) == ("aws_iam_policy.p", None)


def test_a_policy_that_is_only_a_permissions_boundary_has_that_kind(found):
    role = 'resource "aws_iam_role" "r" {\n  permissions_boundary = aws_iam_policy.p.arn\n}\n'
    attachment = 'resource "aws_iam_role_policy_attachment" "a" {\n  policy_arn = aws_iam_policy.p.arn\n}\n'
    document = POLICY % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })'
    assert [statement.kind for statement in found(document + role)] == ["boundary"]
    assert [statement.kind for statement in found(document + role + attachment)] == ["identity"]


@pytest.mark.parametrize(
    ("label", "name", "kind"),
    [
        ("p", '"DeveloperBoundary"', "boundary"),
        ("p", '"${var.team}-permissions-boundary"', "boundary"),
        ("boundary", "var.name", "boundary"),
        ("p", "var.name", "identity"),
        ("p", '"developer"', "identity"),
    ],
)
def test_a_policy_that_is_named_boundary_and_not_attached_is_one(label, name, kind, found):
    document = 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })'
    policy = f'resource "aws_iam_policy" "{label}" {{\n  name = {name}\n  policy = {document}\n}}\n'
    user = f'resource "aws_iam_user_policy_attachment" "a" {{\n  policy_arn = aws_iam_policy.{label}.arn\n}}\n'
    other = f'resource "aws_iam_user" "u" {{\n  path = "/${{aws_iam_policy.{label}.arn}}/"\n}}\n'
    assert [statement.kind for statement in found(policy)] == [kind]
    assert [statement.kind for statement in found(policy + other)] == [kind]
    assert [statement.kind for statement in found(policy + user)] == ["identity"]


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
def test_the_argument_determines_the_kind_of_the_document(hcl, kind, path, found):
    (statement,) = found(hcl % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "a:b" }] })')
    assert (statement.kind, statement.document.argument) == (kind, path)


@pytest.mark.parametrize(("type_", "number"), [("TAG_POLICY", 0), ("SERVICE_CONTROL_POLICY", 1), ("${var.type}", 1)])
def test_a_tag_policy_of_an_organization_is_omitted(type_, number, found):
    hcl = f'resource "aws_organizations_policy" "o" {{\n  type = "{type_}"\n  content = "{{}}"\n}}\n'
    assert len(found(hcl)) == number


def test_a_template_keeps_its_known_parts(found):
    hcl = (
        POLICY
        % 'jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "${aws_s3_bucket.b.arn}/*" }] })'
    )
    (statement,) = found(hcl)
    assert render(statement.resources[0]) == "${aws_s3_bucket.b.arn}/*"


@pytest.mark.parametrize("argument", [argument for arguments in ARGUMENTS.values() for argument in arguments])
def test_every_argument_is_in_the_schema_of_the_provider(argument):
    type_, *blocks, name = argument.split(".")
    block = load().block("resource", type_)
    for nested in blocks:
        block = block.blocks[nested].block
    assert block.attributes[name].settable
