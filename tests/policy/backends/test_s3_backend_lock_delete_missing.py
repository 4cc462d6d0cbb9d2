import json

import pytest

from plainwork_policies.backends.s3_backend_lock_delete_missing import s3_backend_lock_delete_missing

STATE = "arn:aws:s3:::state/web.tfstate"
LOCK = f"{STATE}.tflock"
BACKEND = """terraform {
  backend "s3" {
    bucket       = "state"
    key          = "web.tfstate"
    use_lockfile = true
  }
}
"""
X = "aws_iam_role_policy.x"


def role_policy(*statements, label="x"):
    document = json.dumps({"Version": "2012-10-17", "Statement": [*statements]})
    policy = json.dumps(document).replace("$$", "$")
    return f'resource "aws_iam_role_policy" "{label}" {{\n  role   = "deploy"\n  policy = {policy}\n}}\n'


def allow(*actions, on):
    return {"Effect": "Allow", "Action": list(actions), "Resource": on}


WRITE = allow("s3:GetObject", "s3:PutObject", on=[STATE, LOCK])


@pytest.mark.parametrize(
    ("others", "status"),
    [
        ([], "failed"),
        ([allow("s3:DeleteObject", on=STATE)], "failed"),
        ([allow("s3:DeleteObject", on="arn:aws:s3:::other/*")], "failed"),
        ([{**allow("s3:DeleteObject", on=LOCK), "Effect": "Deny"}], "failed"),
        ([allow("s3:DeleteObject", on=LOCK)], "passed"),
        ([allow("s3:Delete*", on="arn:aws:s3:::state/*")], "passed"),
        ([allow("s3:*", on="*")], "passed"),
        ([allow("s3:DeleteObject", on="arn:aws:s3:::state/$${var.key}.tflock")], "not_evaluated"),
        ([allow("$${var.action}", on=LOCK)], "not_evaluated"),
        ([{"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::other/*"}], "passed"),
        ([{"Effect": "Allow", "Action": "s3:*", "NotResource": "arn:aws:s3:::state/*"}], "failed"),
    ],
)
def test_a_policy_that_creates_a_lock_file_can_delete_it(others, status, statuses):
    assert statuses(s3_backend_lock_delete_missing, BACKEND + role_policy(WRITE, *others))[X] == status


@pytest.mark.parametrize("resource", [STATE, LOCK, [LOCK, "arn:aws:s3:::other/x"]])
def test_a_policy_that_names_the_state_or_the_lock_file_is_checked(resource, statuses):
    hcl = BACKEND + role_policy(allow("s3:PutObject", on=resource))
    assert statuses(s3_backend_lock_delete_missing, hcl) == {X: "failed"}


@pytest.mark.parametrize(
    "statement",
    [
        allow("s3:GetObject", on=STATE),
        allow("s3:PutObject", on="arn:aws:s3:::state/*"),
        allow("s3:PutObject", on="arn:aws:s3:::state/app.tfstate"),
        {**WRITE, "Effect": "Deny"},
    ],
)
def test_a_policy_that_does_not_write_this_state_is_no_subject(statement, statuses):
    assert statuses(s3_backend_lock_delete_missing, BACKEND + role_policy(statement)) == {}


@pytest.mark.parametrize(
    "backend",
    [
        BACKEND.replace("true", "false"),
        BACKEND.replace('"web.tfstate"', '"app.tfstate"'),
        BACKEND.replace('    key          = "web.tfstate"\n', ""),
        "",
    ],
)
def test_a_state_that_is_not_known_or_has_no_lock_file_is_no_subject(backend, statuses):
    assert statuses(s3_backend_lock_delete_missing, backend + role_policy(WRITE)) == {}


def test_another_policy_may_delete_the_lock_file(statuses):
    hcl = BACKEND + role_policy(WRITE) + role_policy(allow("s3:DeleteObject", on=LOCK), label="y")
    assert statuses(s3_backend_lock_delete_missing, hcl)[X] == "passed"


def test_an_attached_policy_outside_the_stack_is_not_evaluated(statuses):
    attachment = (
        'resource "aws_iam_role_policy_attachment" "y" {\n'
        '  role       = "deploy"\n  policy_arn = "arn:aws:iam::123456789012:policy/state"\n}\n'
    )
    found = statuses(s3_backend_lock_delete_missing, BACKEND + role_policy(WRITE) + attachment)
    assert found == {X: "not_evaluated"}


def test_the_states_of_other_stacks_of_the_run_are_known(findings_of_run):
    found = findings_of_run(s3_backend_lock_delete_missing, {"roles": role_policy(WRITE), "web": BACKEND})
    assert [folder for folder, _ in found] == ["roles"]


def test_the_message_names_the_lock_file(messages):
    (message,) = messages(s3_backend_lock_delete_missing, BACKEND + role_policy(WRITE))
    assert f"no statement allows `s3:DeleteObject` on `{LOCK}`" in message
