import pytest

from plainwork_policies.privileges.iam_oidc_audience_unrestricted import iam_oidc_audience_unrestricted

ROLE = """resource "aws_iam_role" "r" {
  assume_role_policy = jsonencode({ Statement = [{
    Effect = "Allow", Action = "sts:AssumeRoleWithWebIdentity", Principal = %s, Condition = { %s }
  }] })
}
"""
GITHUB = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com" }'
CLUSTER = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.eks.eu-west-1.amazonaws.com/id/A1B2" }'
OTHER = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/login.example.com" }'
AUDIENCE = '%s = { "token.actions.githubusercontent.com:aud" = %s }'
PROVIDER = """resource "aws_iam_openid_connect_provider" "p" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = %s
}
"""


@pytest.fixture
def status(statuses):
    return lambda hcl: statuses(iam_oidc_audience_unrestricted, hcl)["aws_iam_role.r"]


@pytest.mark.parametrize(
    ("principal", "expected"),
    [
        (GITHUB, "failed"),
        (CLUSTER, "failed"),
        (OTHER, "passed"),
        ('{ Service = "ec2.amazonaws.com" }', "passed"),
        ("{ Federated = module.eks.oidc_provider_arn }", "not_evaluated"),
    ],
)
def test_a_trust_policy_without_a_condition_on_the_audience_fails(principal, expected, status):
    assert status(ROLE % (principal, "")) == expected


@pytest.mark.parametrize(
    ("operator", "audience", "expected"),
    [
        ("StringEquals", '"sts.amazonaws.com"', "passed"),
        ('"ForAllValues:StringEquals"', '["sts.amazonaws.com"]', "passed"),
        ("StringLike", '"sts.*"', "passed"),
        ("StringEquals", "var.audience", "passed"),
        ("StringLike", "var.audience", "not_evaluated"),
        ("StringLike", '"*"', "failed"),
        ("StringNotEquals", '"other"', "failed"),
    ],
)
def test_a_condition_restricts_the_audience(operator, audience, expected, status):
    assert status(ROLE % (GITHUB, AUDIENCE % (operator, audience))) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("sts.amazonaws.com", "passed"), ("system:serviceaccount:reports:reader", "failed"), ("other", "not_evaluated")],
)
def test_the_claim_of_an_unknown_key_is_determined_by_its_value(value, expected, results):
    condition = f'condition {{\n test = "StringEquals"\n variable = var.key\n values = ["{value}"]\n}}\n'
    federated = f'principals {{\n type = "Federated"\n identifiers = ["{GITHUB.split(chr(34))[1]}"]\n}}\n'
    statement = f'statement {{\n actions = ["sts:AssumeRoleWithWebIdentity"]\n {federated} {condition} }}\n'
    role = 'resource "aws_iam_role" "r" {\n assume_role_policy = data.aws_iam_policy_document.d.json\n}\n'
    (result,) = results(iam_oidc_audience_unrestricted, f'data "aws_iam_policy_document" "d" {{\n{statement}}}\n{role}')
    assert result.status == expected


@pytest.mark.parametrize(
    ("clients", "expected"),
    [('["sts.amazonaws.com"]', "passed"), ('["sts.amazonaws.com", "other"]', "failed"), ("var.c", "failed")],
)
def test_a_provider_with_one_client_id_passes(clients, expected, status):
    principal = "{ Federated = aws_iam_openid_connect_provider.p.arn }"
    assert status(PROVIDER % clients + ROLE % (principal, "")) == expected


def test_the_finding_has_the_path_of_the_conditions(results):
    (result,) = results(iam_oidc_audience_unrestricted, ROLE % (GITHUB, ""))
    (finding,) = result.findings
    assert finding.path == "assume_role_policy.Statement.0.Condition"
    assert "`token.actions.githubusercontent.com:aud`" in finding.message


IDENTITIES = '{ Federated = "cognito-identity.amazonaws.com" }'


@pytest.mark.parametrize(
    ("principal", "condition", "expected"),
    [
        (IDENTITIES, "", "failed"),
        (IDENTITIES, '"ForAnyValue:StringLike" = { "cognito-identity.amazonaws.com:amr" = "authenticated" }', "failed"),
        (IDENTITIES, 'StringEquals = { "cognito-identity.amazonaws.com:aud" = "eu-west-1:1a2b" }', "passed"),
        (IDENTITIES, 'StringLike = { "cognito-identity.amazonaws.com:aud" = "*" }', "failed"),
        (IDENTITIES, 'StringLike = { "cognito-identity.amazonaws.com:aud" = var.pool }', "not_evaluated"),
        ('{ Federated = "accounts.google.com" }', "", "failed"),
        ('{ Federated = "accounts.google.com" }', 'StringEquals = { "accounts.google.com:sub" = "1234" }', "passed"),
        ('{ Federated = "graph.facebook.com" }', 'StringEquals = { "graph.facebook.com:app_id" = "1234" }', "passed"),
        ('{ Federated = "arn:aws:iam::111122223333:oidc-provider/oidc.vercel.com" }', "", "failed"),
        ('{ Federated = "arn:aws:iam::111122223333:oidc-provider/gitlab.com" }', "", "passed"),
    ],
)
def test_an_issuer_whose_audience_names_the_customer_requires_it(principal, condition, expected, status):
    assert status(ROLE % (principal, condition)) == expected


@pytest.mark.parametrize(("principal", "severity"), [(GITHUB, None), (IDENTITIES, "critical")])
def test_the_severity_is_critical_if_the_audience_names_the_customer(principal, severity, results):
    (result,) = results(iam_oidc_audience_unrestricted, ROLE % (principal, ""))
    assert [finding.severity for finding in result.findings] == [severity]
