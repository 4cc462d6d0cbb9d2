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
def status(statuses):
    return lambda hcl, *settings: statuses(iam_oidc_subject_unrestricted, hcl, *settings)["aws_iam_role.r"]


@pytest.mark.parametrize("principal", [GITHUB, CLUSTER])
@pytest.mark.parametrize("condition", ["", AUDIENCE])
def test_a_trust_policy_without_a_condition_on_the_subject_fails(principal, condition, status):
    assert status(ROLE % (principal, condition)) == "failed"


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
def test_a_condition_restricts_the_subject(operator, subject, expected, status):
    assert status(ROLE % (GITHUB, SUBJECT % (operator, subject))) == expected


def test_each_instance_is_checked(statuses):
    role = ROLE % (GITHUB, SUBJECT % ("StringLike", '"repo:${each.key}:*"'))
    found = statuses(
        iam_oidc_subject_unrestricted, role.replace("{\n", '{\n  for_each = toset(["acme/app", "acme/*"])\n', 1)
    )
    assert sorted(found.values()) == ["failed", "passed"]


@pytest.mark.parametrize(
    ("subject", "wide"),
    [
        ("*", True),
        ("repo:*", True),
        ("repo:acme*", True),
        ("repo:acme-*/reports:*", True),
        ("repo:acme/*", True),
        ("repo:acme/*:ref:refs/heads/main", True),
        ("repo:acme/reports*", True),
        ("*:acme/reports:*", True),
        ("system:serviceaccount:*", True),
        ("system:serviceaccount:*:*", True),
        ("system:serviceaccount:*:reports", True),
        ("repo:acme/reports:*", False),
        ("repo:acme/report-*:*", False),
        ("repo:acme/reports:environment:*", False),
        ("repo:acme@123/reports@456:ref:refs/heads/main", False),
        ("repo:acme@*/reports@*:environment:prod", False),
        ("repo:acme@*/*:environment:prod", True),
        ("repo:*@123/reports@456:environment:prod", True),
        ("system:serviceaccount:reports:*", False),
        ("system:serviceaccount:reports:reader", False),
        ("organization:acme:project:*", False),
    ],
)
def test_a_pattern_of_several_owners_or_namespaces_is_wide(subject, wide):
    assert is_wide(subject, organization=False) is wide


def test_the_widest_subject_is_a_setting(status):
    settings = Settings(tables=(IamSettings(github_subject_scope="organization"),))
    assert status(ROLE % (GITHUB, ANY), settings) == "passed"
    assert status(ROLE % (GITHUB, ANY.replace("acme/", "")), settings) == "failed"


@pytest.mark.parametrize("claim", ["repository", "repository_id", "job_workflow_ref"])
def test_other_claims_of_github_restrict_the_subject(claim, status):
    condition = f'StringEquals = {{ "token.actions.githubusercontent.com:{claim}" = "acme/reports" }}'
    assert status(ROLE % (GITHUB, condition)) == "passed"


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
def test_other_issuers_pass_and_unknown_issuers_are_not_evaluated(principal, expected, status):
    assert status(ROLE % (principal, "")) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ('"https://token.actions.githubusercontent.com"', "failed"),
        ('"https://login.example.com"', "passed"),
        ("aws_eks_cluster.c.identity[0].oidc[0].issuer", "not_evaluated"),
    ],
)
def test_a_provider_of_the_stack_has_the_issuer(url, expected, status):
    provider = f'resource "aws_iam_openid_connect_provider" "p" {{\n  url = {url}\n}}\n'
    assert status(provider + ROLE % ("{ Federated = aws_iam_openid_connect_provider.p.arn }", "")) == expected


@pytest.mark.parametrize(
    ("subject", "expected"),
    [("system:serviceaccount:reports:reader", "passed"), ("system:serviceaccount:*:*", "failed")],
)
@pytest.mark.parametrize(
    "key", ['"${replace(module.eks.issuer, "https://", "")}:sub"', 'format("%s:sub", module.eks.issuer)']
)
def test_the_subject_determines_an_unknown_issuer(subject, key, expected, results):
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


def test_each_statement_is_checked(results):
    second = f'{{ Effect = "Allow", Action = "sts:AssumeRole*", Principal = {GITHUB} }}'
    hcl = f"""resource "aws_iam_role" "r" {{
      assume_role_policy = jsonencode({{ Statement = [
        {{ Effect = "Allow", Action = "sts:AssumeRole", Principal = {{ Service = "ec2.amazonaws.com" }} }},
        {second},
      ] }})
    }}
    """
    found = results(iam_oidc_subject_unrestricted, hcl)
    assert [result.status for result in found] == ["passed", "failed"]
    assert found[1].findings[0].path == "assume_role_policy.Statement.1.Condition"


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("", "`Condition` does not restrict `token.actions.githubusercontent.com:sub`"),
        (ANY, "`Condition` on `token.actions.githubusercontent.com:sub` is `repo:acme/*`"),
    ],
)
def test_the_message_has_the_condition_key_and_its_value(condition, message, messages):
    (found,) = messages(iam_oidc_subject_unrestricted, ROLE % (GITHUB, condition))
    assert found.startswith(message)


@pytest.mark.parametrize(
    ("subject", "matched"),
    [
        ("repo:*", "any repository"),
        ("repo:acme/*", "any repository of the organization"),
        ("repo:acme/reports*", "any repository of the organization whose name begins so"),
        ("environment:*", "subjects of any tenant of the issuer"),
        ("system:serviceaccount:*:*", "any service account"),
        ("*", "any subject"),
    ],
)
def test_the_message_explains_a_wide_pattern(subject, matched, messages):
    (found,) = messages(iam_oidc_subject_unrestricted, ROLE % (GITHUB, SUBJECT % ("StringLike", f'"{subject}"')))
    assert found.endswith(f"is `{subject}`, which matches {matched}")


def test_a_deny_statement_passes(status):
    assert status((ROLE % (GITHUB, "")).replace("Allow", "Deny")) == "passed"


def test_a_document_that_cannot_be_read_is_not_evaluated(status):
    assert status('resource "aws_iam_role" "r" {\n  assume_role_policy = var.trust\n}\n') == "not_evaluated"


ISSUER = '{ Federated = "arn:aws:iam::111122223333:oidc-provider/%s" }'


@pytest.mark.parametrize(
    ("issuer", "wide", "narrow"),
    [
        ("gitlab.com", "project_path:*:ref:main", "project_path:acme/shop:ref_type:branch:ref:main"),
        ("app.terraform.io", "organization:*:workspace:prod:*", "organization:acme:project:*:workspace:*:run_phase:*"),
        ("agent.buildkite.com", "organization:*", "organization:acme:pipeline:shop:*"),
        ("oidc.circleci.com/org/1a2b", "org/1a2b/project/*", "org/1a2b/project/3c4d/user/*"),
        ("api.bitbucket.org/2.0/workspaces/acme/pipelines-config/identity/oidc", "*", "{1a2b}*:*"),
        ("oidc.codefresh.io", "account:*", "account:1a2b:pipeline:3c4d:*"),
        ("scalr.io", "*", "account:acme:environment:*"),
        ("token.actions.acme.ghe.com", "repo:*", "repo:acme/shop:*"),
        ("github.example.com/_services/token", "repo:*", "repo:acme/shop:*"),
    ],
)
def test_each_issuer_with_several_tenants_requires_a_subject_of_one_tenant(issuer, wide, narrow, status):
    def with_subject(subject):
        return status(ROLE % (ISSUER % issuer, f'StringLike = {{ "{issuer}:sub" = {subject} }}'))

    assert status(ROLE % (ISSUER % issuer, "")) == "failed"
    assert with_subject(f'"{wide}"') == "failed"
    assert with_subject(f'"{narrow}"') == "passed"
    assert with_subject("var.subject") == "not_evaluated"


@pytest.mark.parametrize("operator", ["StringEquals", "StringLike"])
@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        ("environment:prod", "failed"),
        ("workflow:deploy", "failed"),
        ("environment:prod:repository_owner:acme", "passed"),
        ("repository_id:123456:environment:prod", "passed"),
        ("job_workflow_ref:acme/shared/.github/workflows/deploy.yml@refs/heads/main", "passed"),
        ("repo:acme@1234/shop@5678:ref:refs/heads/main", "passed"),
        ("${var.prefix}:environment:prod", "passed"),
    ],
)
def test_a_subject_of_github_without_a_repository_or_owner_fails(operator, subject, expected, status):
    assert status(ROLE % (GITHUB, SUBJECT % (operator, f'"{subject}"'))) == expected


@pytest.mark.parametrize(
    ("principal", "subject", "severity"),
    [
        (GITHUB, "repo:*", None),
        (GITHUB, "repo:acme/reports*", "medium"),
        (CLUSTER, "system:serviceaccount:*:*", "high"),
    ],
)
def test_the_severity_is_by_the_number_of_customers_of_the_issuer(principal, subject, severity, results):
    (result,) = results(iam_oidc_subject_unrestricted, ROLE % (principal, SUBJECT % ("StringLike", f'"{subject}"')))
    assert [finding.severity for finding in result.findings] == [severity]
