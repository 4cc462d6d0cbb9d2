import pytest

from plainwork_policies.arguments.provider_hardcoded_credentials import provider_hardcoded_credentials

PROVIDER = 'provider "aws" {\n  %s\n}\n'
STATE = 'data "terraform_remote_state" "network" {\n  backend = "%s"\n  config  = { bucket = "state", %s }\n}\n'


@pytest.mark.parametrize(
    ("argument", "expected"),
    [
        ('access_key = "AKIAIOSFODNN7EXAMPLE"', {"provider.aws": "failed"}),
        ('secret_key = "wJalrXUtnFEMIK7MDENG"', {"provider.aws": "failed"}),
        ('token = "IQoJb3JpZ2lu"', {"provider.aws": "failed"}),
        ('assume_role_with_web_identity {\n    web_identity_token = "eyJhbGciOi"\n  }', {"provider.aws": "failed"}),
        ('access_key = "mock_access_key"', {"provider.aws": "passed"}),
        ('secret_key = "foo"\n  skip_credentials_validation = true', {"provider.aws": "not_evaluated"}),
        ('secret_key = "foo"\n  skip_credentials_validation = false', {"provider.aws": "failed"}),
        ("secret_key = var.secret", {"provider.aws": "not_evaluated"}),
        ("secret_key = data.aws_secretsmanager_secret_version.x.secret_string", {"provider.aws": "passed"}),
        ('profile = "deployment"', {}),
        ("access_key = null", {}),
    ],
)
def test_the_provider_has_no_literal_credential(argument, expected, statuses):
    assert statuses(provider_hardcoded_credentials, PROVIDER % argument) == expected


def test_another_provider_is_not_checked(statuses):
    assert statuses(provider_hardcoded_credentials, 'provider "alicloud" {\n  secret_key = "wJalrXUtnFEMI"\n}\n') == {}


@pytest.mark.parametrize(
    ("backend", "argument", "status"),
    [
        ("s3", 'secret_key = "wJalrXUtnFEMIK7MDENG"', "failed"),
        ("s3", 'secret_key = "test"', "passed"),
        ("s3", "secret_key = var.secret", "not_evaluated"),
        ("azurerm", 'access_key = "wJalrXUtnFEMIK7MDENG"', "passed"),
    ],
)
def test_the_configuration_of_a_remote_state_has_no_literal_credential(backend, argument, status, statuses):
    hcl = STATE % (backend, argument)
    assert statuses(provider_hardcoded_credentials, hcl) == {"data.terraform_remote_state.network": status}


def test_the_finding_does_not_show_the_credential(results):
    (result,) = results(provider_hardcoded_credentials, PROVIDER % 'secret_key = "wJalrXUtnFEMIK7MDENG"')
    (finding,) = result.findings
    assert (finding.path, finding.value) == ("secret_key", None)
    assert "wJalr" not in repr(finding)
