import pytest

from plainwork_policies.engine.settings import Settings
from plainwork_policies.privileges.iam_oidc_subject_unrestricted import iam_oidc_subject_unrestricted, is_wide
from plainwork_policies.privileges.settings import IamSettings

ROLE = """resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = %s, Condition = { %s }
  }] })
}
"""
GITHUB = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }'
CLUSTER = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2" }'
OTHER = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/login.example.com" }'
AUDIENCE = 'StringEquals = { "token.actions.githubusercontent.com:aud" = "sts.amazonaws.com" }'
SUBJECT = '%s = { "token.actions.githubusercontent.com:sub" = %s }'
ANY = 'StringLike = { "token.actions.githubusercontent.com:sub" = "repo:acme/*" }'


@pytest.fixture
def verdict(statuses):
    return lambda hcl, *settings: statuses(iam_oidc_subject_unrestricted, hcl, *settings)["aws_iam_role.r"]


@pytest.mark.parametrize("principal", [GITHUB, CLUSTER])
@pytest.mark.parametrize("condition", ["", AUDIENCE])
def test_without_a_subject_everybody_is_let_in(principal, condition, verdict):
    assert verdict(ROLE % (principal, condition)) == "failed"


@pytest.mark.parametrize(
    ("operator", "subject", "expected"),
    [
        ("StringLike", '"repo:acme/reports:*"', "passed"),
        ("StringEquals", '"repo:acme/reports:ref:refs/heads/main"', "passed"),
        ("StringLikeIfExists", '"repo:acme/reports:*"', "passed"),
        ('"ForAnyValue:StringLike"', '["repo:acme/reports:*"]', "passed"),
        ('"ForAllValues:StringLike"', '["repo:acme/reports:*"]', "passed"),
        ("StringEquals", '"repo:acme/*"', "passed"),
        ("StringLike", '"repo:${var.owner}/${var.name}:*"', "passed"),
        ("StringLike", '"repo:${var.repository}:*"', "passed"),
        ("StringEquals", "var.subjects", "passed"),
        ("StringLike", "var.subjects", "not_evaluated"),
        ("StringLike", '"repo:acme/*"', "failed"),
        ("StringLike", '["repo:acme/reports:*", "repo:*"]', "failed"),
        ("StringLike", '["repo:acme/*", var.subject]', "failed"),
        ("StringNotLike", '"repo:acme/reports:*"', "failed"),
    ],
)
def test_a_subject_says_who(operator, subject, expected, verdict):
    assert verdict(ROLE % (GITHUB, SUBJECT % (operator, subject))) == expected


@pytest.mark.parametrize(
    ("subject", "wide"),
    [
        ("*", True),
        ("repo:*", True),
        ("repo:acme*", True),
        ("repo:acme-*/reports:*", True),
        ("repo:acme/*", True),
        ("repo:acme/*:ref:refs/heads/main", True),
        ("*:acme/reports:*", True),
        ("system:serviceaccount:*", True),
        ("system:serviceaccount:*:*", True),
        ("system:serviceaccount:*:reports", True),
        ("repo:acme/reports:*", False),
        ("repo:acme/report-*:*", False),
        ("repo:acme/reports:environment:*", False),
        ("system:serviceaccount:reports:*", False),
        ("system:serviceaccount:reports:reader", False),
        ("organization:acme:project:*", False),
    ],
)
def test_which_patterns_are_wide(subject, wide):
    assert is_wide(subject, organization=False) is wide


def test_an_organization_can_be_made_enough(verdict):
    settings = Settings(tables=(IamSettings(github_subject_scope="organization"),))
    assert verdict(ROLE % (GITHUB, ANY), settings) == "passed"
    assert verdict(ROLE % (GITHUB, ANY.replace("acme/", "")), settings) == "failed"


@pytest.mark.parametrize("claim", ["repository", "repository_id", "job_workflow_ref"])
def test_other_claims_of_github_say_who_too(claim, verdict):
    condition = f'StringEquals = {{ "token.actions.githubusercontent.com:{claim}" = "acme/reports" }}'
    assert verdict(ROLE % (GITHUB, condition)) == "passed"


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        ('{ Service = "lambda.amazonaws.com" }', "passed"),
        ('{ AWS = "arn:aws:iam::111122223333:role/a" }', "passed"),
        ('{ Federated = "cognito-identity.amazonaws.com" }', "passed"),
        ('{ Federated = "arn:aws:iam::111122223333:saml-provider/x" }', "passed"),
        (OTHER, "passed"),
        ("{ Federated = var.provider_arn }", "not_evaluated"),
        ('{ Federated = "arn:aws:iam::111122223333:oidc-provider/${var.issuer}" }', "not_evaluated"),
        ("{ Federated = module.eks.oidc_provider_arn }", "not_evaluated"),
    ],
)
def test_other_issuers_are_not_judged_and_unknown_ones_not_evaluated(principal, expected, verdict):
    assert verdict(ROLE % (principal, "")) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ('"https://token.actions.githubusercontent.com"', "failed"),
        ('"https://login.example.com"', "passed"),
        ("aws_eks_cluster.c.identity[0].oidc[0].issuer", "not_evaluated"),
    ],
)
def test_a_provider_of_the_stack_says_whose_tokens_they_are(url, expected, verdict):
    provider = f'resource "aws_iam_openid_connect_provider" "p" {{\n  url = {url}\n}}\n'
    assert verdict(provider + ROLE % ("{ Federated = aws_iam_openid_connect_provider.p.arn }", "")) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("system:serviceaccount:reports:reader", "passed"), ("system:serviceaccount:*:*", "failed")],
)
@pytest.mark.parametrize(
    "key", ['"${replace(module.eks.issuer, "https://", "")}:sub"', 'format("%s:sub", module.eks.issuer)']
)
def test_a_subject_tells_an_unknown_issuer(subject, key, expected, results):
    hcl = f"""data "aws_iam_policy_document" "trust" {{
      statement {{
        actions = ["sts:AssumeRoleWithWebIdentity"]
        principals {{
          type        = "Federated"
          identifiers = [module.eks.oidc_provider_arn]
        }}
        condition {{
          test     = "StringLike"
          variable = {key}
          values   = ["{subject}"]
        }}
      }}
    }}
    resource "aws_iam_role" "r" {{
      assume_role_policy = data.aws_iam_policy_document.trust.json
    }}
    """
    (result,) = results(iam_oidc_subject_unrestricted, hcl)
    assert result.status == expected


def test_each_statement_is_judged_wherever_it_stands(results):
    second = f'{{ Effect = "Allow", Action = "sts:AssumeRole*", Principal = {GITHUB} }}'
    hcl = f"""resource "aws_iam_role" "r" {{
      assume_role_policy = jsonencode({{ Statement = [
        {{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "ec2.amazonaws.com" }} }},
        {second},
      ] }})
    }}
    """
    found = results(iam_oidc_subject_unrestricted, hcl)
    assert [each.status for each in found] == ["passed", "failed"]
    assert found[1].findings[0].path == "assume_role_policy.Statement.1.Condition"


@pytest.mark.parametrize(
    ("condition", "message"),
    [("", "asks nothing of a token's subject"), (ANY, "asks no more of a token's subject than `repo:acme/*`")],
)
def test_the_finding_names_the_subject(condition, message, messages):
    assert messages(iam_oidc_subject_unrestricted, ROLE % (GITHUB, condition)) == [message]


def test_what_denies_is_fine(verdict):
    assert verdict((ROLE % (GITHUB, "")).replace("Allow", "Deny")) == "passed"


def test_a_document_that_cannot_be_read_is_not_evaluated(verdict):
    assert verdict('resource "aws_iam_role" "r" {\n  assume_role_policy = var.trust\n}\n') == "not_evaluated"
