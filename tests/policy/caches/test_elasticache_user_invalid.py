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
        ({"name": "var.name"}, "passed"),
        ({"name": '"other"', "type": "var.type"}, "not_evaluated"),
        ({"name": '"other"', "type": '"password"', "passwords": '["a"]'}, "passed"),
        ({"type": '"password"'}, "failed"),
        ({"type": '"password"', "passwords": "[]"}, "failed"),
        ({"type": '"password"', "passwords": "var.passwords"}, "passed"),
        ({"type": '"password"', "passwords": '["a", "b", "c"]'}, "failed"),
        ({"passwords": '["a"]'}, "failed"),
        ({"access": '"on >secret ~* +@read"'}, "failed"),
        ({"access": '"on ~a>b +@read"'}, "passed"),
    ],
)
def test_a_user_signs_in_in_a_way_that_elasticache_takes(change, status, statuses):
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
def test_a_group_of_redis_has_a_default_user(engine, users, status, statuses):
    found = statuses(elasticache_user_invalid, USER % RIGHT + DEFAULT + GROUP % (engine, users))
    assert found["aws_elasticache_user_group.g"] == status


def test_the_finding_never_shows_a_password(results):
    wrong = RIGHT | {"access": '"on >secret ~*"', "passwords": '["secret"]'}
    (result,) = results(elasticache_user_invalid, USER % wrong)
    assert [each.path for each in result.findings] == ["access_string", "authentication_mode.0.passwords"]
    assert "secret" not in str(result.findings)


def test_the_finding_names_both_names(messages):
    assert messages(elasticache_user_invalid, USER % (RIGHT | {"name": '"other"'})) == [
        "signs in with IAM as `other`, but its id is `web`: ElastiCache wants one name for both"
    ]
