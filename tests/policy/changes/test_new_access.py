"""The policy on what a change newly allows: in a plan, and in HCL against a base."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from plainwork_cli.main import main
from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_policies.changes.new_access import new_access
from plainwork_policies.changes.settings import PlanSettings
from plainwork_policies.engine.runner import evaluate
from tests.compare.conftest import check, commit, git, repository, write
from tests.support.settings import team_with

__all__ = ["check", "commit", "repository", "write"]
SETTINGS = "[plan]\nfail_on_new_access = true\n"
USER = 'resource "aws_iam_user_policy" "ci" {\n  user   = "ci"\n  policy = jsonencode(%s)\n}\n'


def user(action):
    statement = f'{{ Effect = "Allow", Action = "{action}", Resource = "*" }}'
    return USER % f'{{ Version = "2012-10-17", Statement = {statement} }}'


def document(action):
    return json.dumps({"Statement": {"Effect": "Allow", "Action": action, "Resource": "*"}})


def policy(action):
    values = {"user": "ci", "policy": document(action)}
    return Resource("aws_iam_user_policy.ci", "managed", "aws_iam_user_policy", "ci", "aws", values, Location("p.json"))


@pytest.mark.parametrize(
    ("before", "after", "status"),
    [("sqs:SendMessage", "sqs:*", "failed"), ("sqs:*", "sqs:SendMessage", "passed")],
)
def test_a_plan_is_compared_with_its_state(before, after, status, change):
    former = change("aws_iam_user_policy.ci", "update", before={"user": "ci", "policy": document(before)})
    stack = Stack("p.json", "plan", resources=(policy(after),), changes=(former,))
    (result,) = evaluate(stack, [new_access], team_with(PlanSettings, fail_on_new_access=True))
    assert result.status == status
    assert evaluate(stack, [new_access], team_with(PlanSettings, fail_on_new_access=None)) == []


def test_a_new_version_of_hcl_is_compared_with_the_base(commit, write, repository):
    (repository / "plainwork.toml").write_text(SETTINGS)
    commit({"live": user("sqs:SendMessage")})
    write({"live": user("sqs:*")})
    (finding,) = findings("live", "--against", "main")
    assert (finding["state"], finding["address"]) == ("new", "aws_iam_user_policy.ci")
    assert finding["message"] == (
        "`aws_iam_user ci` may `sqs:* except sqs:SendMessage` on `*`, which the former version does not allow"
    )
    assert (Path(finding["file"]).name, finding["line"]) == ("main.tf", 6)


def test_a_result_in_the_cache_is_not_that_of_the_comparison(commit, write, repository):
    (repository / "plainwork.toml").write_text(SETTINGS)
    commit({"live": user("sqs:SendMessage")})
    write({"live": user("sqs:*")})
    cache = ("--cache-dir", str(repository / "cache"))
    assert findings("live", *cache) == []
    assert len(findings("live", "--against", "main", *cache)) == 1
    commit({"live": user("sqs:*")})
    assert findings("live", "--against", "main", *cache) == []


def test_the_settings_of_a_path_enable_it(commit, write, repository):
    (repository / "plainwork.toml").write_text('[paths."live/**"]\nplan.fail_on_new_access = true\n')
    commit({"live": user("sqs:SendMessage"), "test": user("sqs:SendMessage")})
    write({"live": user("sqs:*"), "test": user("sqs:*")})
    assert [finding["file"] for finding in findings(".", "--against", "main")] == ["live/main.tf"]


def test_all_access_of_a_new_stack_is_new(commit, write, repository):
    (repository / "plainwork.toml").write_text(SETTINGS)
    commit({"live": user("sqs:*")})
    write({"other": user("sqs:*")})
    assert [finding["file"] for finding in findings(".", "--against", "HEAD")] == ["other/main.tf"]


def test_without_a_version_to_compare_with_nothing_is_new(write, repository):
    (repository / "plainwork.toml").write_text(SETTINGS)
    write({"live": user("sqs:*")})
    assert findings("live") == []
    git("add", "--all")


def findings(*arguments):
    done = CliRunner().invoke(main, ["check", *arguments, "--select", "new-access", "--format", "json"])
    return json.loads(done.stdout)["findings"]
