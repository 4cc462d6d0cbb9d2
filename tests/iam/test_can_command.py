"""`plainwork can`: exit codes, the reason, and the statements that decide."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from tests.iam.stack_requests.conftest import PROVIDER, ROLE, inline, reading

BUCKET = 'resource "aws_s3_bucket" "data" {\n  bucket = "data"\n}\n'


@pytest.fixture
def can(tmp_path, monkeypatch):
    """Run `plainwork can` on HCL: exit code and output."""
    monkeypatch.chdir(tmp_path)

    def can(hcl, *arguments):
        (tmp_path / "main.tf").write_text(PROVIDER + hcl, encoding="utf-8")
        done = CliRunner().invoke(main, ["can", *arguments])
        return done.exit_code, done.output

    return can


def test_the_exit_code_is_the_answer(can):
    hcl = 'variable "name" {}\n' + BUCKET + reading('"${aws_s3_bucket.data.arn}/*"', '"arn:aws:s3:::${var.name}/*"')

    assert can(hcl, "aws_iam_role.ci", "s3:GetObject", "aws_s3_bucket.data/a.csv")[0] == 0
    assert can(hcl, "ci", "s3:PutObject", "aws_s3_bucket.data/a.csv")[0] == 1
    assert can(hcl, "ci", "s3:GetObject", "arn:aws:s3:::other/a.csv")[0] == 2
    assert can(hcl, "ci", "s3:GetObject", "arn:aws:s3:::other/a.csv", "--var", "name=other")[0] == 0
    assert can(hcl, "ci", "s3:GetObject", "arn:aws:s3:::other/a.csv", "--var", "name=any")[0] == 1


def test_the_statement_that_decides_is_shown_with_its_location(can):
    assert can(BUCKET + reading('"${aws_s3_bucket.data.arn}/*"'), "ci", "s3:GetObject", "aws_s3_bucket.data/a.csv") == (
        0,
        (
            "allowed: aws_iam_role.ci s3:GetObject on arn:aws:s3:::data/a.csv\n"
            "  the identity-based policies allow it\n"
            "  Allow of aws_iam_role_policy.ci (main.tf:19)\n"
        ),
    )


def test_a_literal_wildcard_of_a_tag_is_explained(can):
    condition = 'Condition = { StringEquals = { "aws:RequestTag/Owner" = ["*"] } }'
    hcl = ROLE + inline(f'Effect = "Allow", Action = "sqs:*", Resource = "*", {condition}')

    code, output = can(hcl, "ci", "--create", "aws_sqs_queue", "--request-tag", "Owner=x")
    assert code == 1
    assert "the request has `x`; `StringEquals` compares `*` literally, `StringLike` as a wildcard" in output
    assert output.endswith("denied: 2 of 2 authorizations are denied\n")


def test_the_json_has_the_answer_and_the_nearest_statement(can):
    code, output = can(reading('"arn:aws:s3:::data/a/*"'), "ci", "s3:GetObject", "arn:aws:s3:::data/b", "--format=json")

    (authorization,) = json.loads(output)["authorizations"]
    assert (code, json.loads(output)["answer"], authorization["answer"]) == (1, "denied", "denied")
    assert authorization["nearest"] == [
        {
            "address": "aws_iam_role_policy.ci",
            "effect": "Allow",
            "sid": "",
            "file": "main.tf",
            "line": 16,
            "failed": ["Resource is `arn:aws:s3:::data/a/*`"],
        }
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ci", "s3:GetObject"], "the arguments are PRINCIPAL ACTION RESOURCE [PATH]: found 1 after PRINCIPAL"),
        (["ci", "s3:Get*", "aws_s3_bucket.data"], "is the pattern of"),
        (["ci", "s3:GetObject", "aws_s3_bucket.data", "--request-tag", "Owner"], "'Owner' has no `=`; write KEY=VALUE"),
        (["ci", "s3:GetObject", "aws_s3_bucket.data", "--on", "subnet=a"], "--on requires --create"),
        (["ci", "s3:GetObject", "aws_s3_bucket.data", "--account", "12"], "'12' is no account ID; write its 12 digits"),
        (
            [
                "ci",
                "s3:GetObject",
                "aws_s3_bucket.data",
                "--context",
                "aws:SourceIp=10.0.0.1",
                "--absent",
                "aws:sourceip",
            ],
            "`aws:sourceip` is in --context and in --absent",
        ),
        (["cj", "s3:GetObject", "aws_s3_bucket.data"], "`cj` is no role or user of this stack"),
        (["ci", "s3:GetObject", "aws_s3_bucket.data", "nowhere"], "nowhere: does not exist"),
        (["ci", "s3:GetObject", "aws_s3_bucket.data", "--contxt", "a=b"], "No such option"),
    ],
)
def test_a_mistake_has_an_exit_code_of_its_own(arguments, message, can):
    code, output = can(BUCKET + ROLE, *arguments)

    assert code == 3
    assert message in output
    assert "Traceback" not in output


def test_an_error_shows_no_control_characters(can):
    code, output = can(ROLE, "c\aj", "s3:GetObject", "*")

    assert code == 3
    assert "`c\\x07j` is no role or user of this stack" in output


def test_of_several_stacks_that_with_the_principal_and_the_resource_is_read(can, tmp_path):
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.tf").write_text(PROVIDER + BUCKET + reading('"*"'), encoding="utf-8")

    assert can(BUCKET, "ci", "s3:GetObject", "aws_s3_bucket.data/a.csv")[0] == 0
    code, output = can(BUCKET + ROLE, "ci", "s3:GetObject", "aws_s3_bucket.data/a.csv")
    assert code == 3
    assert "2 stacks have this principal and resource" in output


def test_a_sensitive_document_is_not_shown(can, tmp_path):
    planned = [
        _planned("aws_iam_role", {"name": "ci", "assume_role_policy": "{}"}, {}),
        _planned("aws_iam_role_policy", {"role": "ci", "policy": SECRET}, {"policy": True}),
    ]
    change = {"actions": ["create"], "before": None, "after": {}, "after_unknown": {}}
    plan = {
        "format_version": "1.2",
        "terraform_version": "1.10.0",
        "planned_values": {"root_module": {"resources": planned}},
        "resource_changes": [{**resource, "change": change} for resource in planned],
        "configuration": {"root_module": {}},
    }
    (tmp_path / "plan.json").write_text(json.dumps(plan), encoding="utf-8")

    code, output = can("", "ci", "s3:GetObject", "arn:aws:s3:::data/a.csv", "plan.json")
    assert code == 1, output
    assert "hidden-name" not in output
    assert "Resource of a sensitive document, which is not shown" in output


SECRET = json.dumps(
    {"Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::hidden-name/*"}]}
)


def _planned(type_, values, sensitive):
    return {
        "address": f"{type_}.ci",
        "mode": "managed",
        "type": type_,
        "name": "ci",
        "provider_name": "registry.terraform.io/hashicorp/aws",
        "values": values,
        "sensitive_values": sensitive,
    }
