import pytest

from plainwork_policies.caches.elasticache_user_invalid import elasticache_user_invalid

USER = """resource "aws_elasticache_user" "x" {
  user_id       = %(id)s
  user_name     = %(name)s
  access_string = %(access)s
  authentication_mode {
    type      = %(type)s
    passwords = %(passwords)s
  }
}
"""
RIGHT = {"id": '"web"', "name": '"web"', "access": '"on ~* +@read"', "type": '"iam"', "passwords": "null"}
DEFAULT = 'resource "aws_elasticache_user" "d" {\n  user_id = "d"\n  user_name = "default"\n}\n'
GROUP = 'resource "aws_elasticache_user_group" "g" {\n  engine = %s\n  user_ids = %s\n}\n'


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "passed"),
        ({"name": '"other"'}, "failed"),
        ({"name": "var.name"}, "not_evaluated"),
        ({"name": "var.name", "id": "var.name"}, "passed"),
        ({"name": '"${var.prefix}-web"', "id": '"${var.prefix}-web"'}, "passed"),
        ({"access": "var.access"}, "not_evaluated"),
        ({"name": '"other"', "type": "var.type"}, "not_evaluated"),
        ({"name": '"other"', "type": '"password"', "passwords": '["a"]'}, "passed"),
        ({"type": '"password"'}, "failed"),
        ({"type": '"password"', "passwords": "[]"}, "failed"),
        ({"type": '"password"', "passwords": "var.passwords"}, "not_evaluated"),
        ({"type": '"password"', "passwords": "random_password.x.results"}, "passed"),
        ({"type": '"password"', "passwords": "[var.password]"}, "passed"),
        ({"passwords": "random_password.x.results"}, "failed"),
        ({"type": '"password"', "passwords": '["a", "b", "c"]'}, "failed"),
        ({"passwords": '["a"]'}, "failed"),
        ({"access": '"on >secret ~* +@read"'}, "failed"),
        ({"access": '"on ~a>b +@read"'}, "passed"),
    ],
)
def test_a_user_has_a_valid_authentication(change, status, statuses):
    assert statuses(elasticache_user_invalid, USER % (RIGHT | change)) == {"aws_elasticache_user.x": status}


@pytest.mark.parametrize(
    ("engine", "users", "status"),
    [
        ('"valkey"', "[aws_elasticache_user.x.user_id]", "passed"),
        ('"redis"', "[aws_elasticache_user.d.user_id, aws_elasticache_user.x.user_id]", "passed"),
        ('"redis"', '["d", "web"]', "passed"),
        ('"redis"', '["default"]', "passed"),
        ('"REDIS"', "[aws_elasticache_user.x.user_id]", "failed"),
        ('"redis"', "[]", "failed"),
        ('"redis"', '["made-elsewhere"]', "not_evaluated"),
        ('"redis"', "var.users", "not_evaluated"),
        ("var.engine", "[aws_elasticache_user.x.user_id]", "not_evaluated"),
    ],
)
def test_a_user_group_of_redis_has_a_default_user(engine, users, status, statuses):
    found = statuses(elasticache_user_invalid, USER % RIGHT + DEFAULT + GROUP % (engine, users))
    assert found["aws_elasticache_user_group.g"] == status


def test_the_finding_never_shows_a_password(results):
    wrong = RIGHT | {"access": '"on >secret ~*"', "passwords": '["secret"]'}
    (result,) = results(elasticache_user_invalid, USER % wrong)
    assert [finding.path for finding in result.findings] == ["access_string", "authentication_mode.0.passwords"]
    assert "secret" not in str(result.findings)


def test_the_finding_has_both_names(messages):
    (message,) = messages(elasticache_user_invalid, USER % (RIGHT | {"name": '"other"'}))
    assert "`user_name` is `other`, but `user_id` is `web`" in message


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"type": '"password"', "passwords": '["a", "b", "c"]'}, "3 passwords are set"),
        ({"type": '"password"'}, "0 passwords are set"),
        ({"passwords": '["a"]'}, "authentication type `iam` does not support passwords"),
    ],
)
def test_the_finding_has_the_number_of_passwords(change, found, messages):
    (message,) = messages(elasticache_user_invalid, USER % (RIGHT | change))
    assert found in message


def test_a_write_only_password_counts(statuses):
    user = USER % (RIGHT | {"type": '"password"'})
    hcl = user.replace("access_string", "passwords_wo = ephemeral.random_password.x.result\n  access_string")
    assert statuses(elasticache_user_invalid, hcl) == {"aws_elasticache_user.x": "passed"}
