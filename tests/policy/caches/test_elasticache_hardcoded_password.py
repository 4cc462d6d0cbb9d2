import pytest

from plainwork_policies.caches.elasticache_hardcoded_password import elasticache_hardcoded_password

USER = 'resource "aws_elasticache_user" "x" {\n  %s\n}\n'
GROUP = 'resource "aws_elasticache_replication_group" "x" {\n  auth_token = %s\n}\n'
MODE = "authentication_mode {\n    passwords = %s\n  }"


@pytest.mark.parametrize(
    ("passwords", "status"),
    [
        ('["correct-horse"]', "failed"),
        ('[random_password.x.result, "correct-horse"]', "failed"),
        ("[random_password.x.result]", "passed"),
        ("[uuid()]", "passed"),
        ("[data.aws_secretsmanager_secret_version.x.secret_string]", "passed"),
        ("[var.other]", "not_evaluated"),
    ],
)
@pytest.mark.parametrize("place", ["passwords = %s", MODE])
def test_a_password_is_not_a_literal_value(place, passwords, status, statuses):
    assert statuses(elasticache_hardcoded_password, USER % (place % passwords)) == {"aws_elasticache_user.x": status}


@pytest.mark.parametrize(
    ("token", "status"),
    [('"correct-horse"', "failed"), ("random_password.x.result", "passed"), ("var.token", "not_evaluated")],
)
@pytest.mark.parametrize("name", ["auth_token", "auth_token_wo"])
def test_an_auth_token_is_not_a_literal_value(name, token, status, statuses):
    hcl = GROUP.replace("auth_token", name) % token
    assert statuses(elasticache_hardcoded_password, hcl) == {"aws_elasticache_replication_group.x": status}


@pytest.mark.parametrize(
    ("password", "status"), [('"correct-horse"', "failed"), ("ephemeral.random_password.x.result", "passed")]
)
def test_a_write_only_password_is_not_a_literal_value(password, status, statuses):
    hcl = USER % f"passwords_wo = {password}\n  passwords_wo_version = 1"
    assert statuses(elasticache_hardcoded_password, hcl) == {"aws_elasticache_user.x": status}


def test_the_finding_does_not_show_the_password(results):
    (result,) = results(elasticache_hardcoded_password, USER % 'passwords = ["correct-horse"]')
    (finding,) = result.findings
    assert finding.path == "passwords.0"
    assert "`passwords` is a literal value" in finding.message
    assert "correct-horse" not in str(result.findings)


def test_a_resource_without_a_password_is_not_checked(statuses):
    assert statuses(elasticache_hardcoded_password, USER % 'user_id = "x"' + GROUP % "null") == {}
