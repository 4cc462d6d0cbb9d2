"""Which findings of two versions are the same."""

import json

import pytest

from plainwork_core.moves import moved, without_indices
from plainwork_policies.compare.wildcards import is_wider
from tests.compare.conftest import file_system, numbers, states

A = file_system("a")


def move(before, after):
    return f"moved {{\n  from = {before}\n  to   = {after}\n}}\n"


def policy(*statements):
    listed = ", ".join(f'{{ Effect = "Allow", Action = {action}, Resource = "{arn}" }}' for action, arn in statements)
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{listed}] }})'
    return f'resource "aws_iam_policy" "p" {{\n  policy = {document}\n}}\n'


QUEUE, TABLE = "arn:aws:sqs:eu-west-1:111122223333:q", "arn:aws:dynamodb:eu-west-1:111122223333:table/t"


def test_a_finding_is_the_same_at_another_line_and_in_another_file(commit, write, check, repository):
    commit({"live": A})
    write({"live": "\n\n\n"})
    (repository / "live" / "efs.tf").write_text(A)
    assert numbers(check("live", "--against", "main")) == (0, 0, 1, 0)


def test_a_finding_is_the_same_after_moved_blocks_that_follow_each_other(commit, write, check):
    commit({"live": A})
    moves = move("aws_efs_file_system.a", "aws_efs_file_system.b") + move(
        "aws_efs_file_system.b", "aws_efs_file_system.c"
    )
    write({"live": file_system("c") + moves})
    assert numbers(check("live", "--against", "main")) == (0, 0, 1, 0)


def test_a_finding_in_a_module_is_the_same_after_the_moves_of_the_module(commit, write, check, repository):
    module = repository / "modules" / "files"
    module.mkdir(parents=True)
    (module / "main.tf").write_text(A)
    commit({"live": 'module "old" {\n  source = "../modules/files"\n}\n'})
    (module / "main.tf").write_text(file_system("b") + move("aws_efs_file_system.a", "aws_efs_file_system.b"))
    write({"live": 'module "new" {\n  source = "../modules/files"\n}\n' + move("module.old", "module.new")})
    report = check("live", "--against", "main")
    assert states(report) == {("live", "module.new.aws_efs_file_system.b"): "old"}
    assert numbers(report) == (0, 0, 1, 0)


def test_a_new_name_without_a_moved_block_is_another_resource(commit, write, check):
    commit({"live": A})
    write({"live": file_system("b")})
    assert numbers(check("live", "--against", "main")) == (1, 0, 0, 1)


def test_a_renamed_stack_is_the_same(commit, write, check):
    commit({"old": A + file_system("b"), "other": A})
    write({"old": None, "new": A + file_system("b") + file_system("c")})
    report = check(".", "--against", "main")
    assert numbers(report) == (1, 0, 3, 0)
    assert states(report)["new", "aws_efs_file_system.c"] == "new"


def test_a_copy_of_a_stack_is_new(commit, write, check):
    commit({"dev": A})
    write({"prod": A})
    assert numbers(check(".", "--against", "main")) == (1, 0, 1, 0)


def test_a_finding_is_the_same_after_a_statement_is_added_before_it(commit, write, check):
    commit({"live": policy(('"sqs:*"', QUEUE))})
    write({"live": policy(('"sqs:SendMessage"', QUEUE), ('"sqs:*"', QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (0, 0, 1, 0)


def test_a_second_finding_that_is_equal_is_new(commit, write, check):
    commit({"live": policy(('"sqs:*"', QUEUE))})
    write({"live": policy(('"sqs:*"', QUEUE), ('"sqs:*"', TABLE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (1, 0, 1, 0)


def test_a_wider_wildcard_is_worse_and_a_narrower_one_is_old(commit, write, check):
    commit({"live": policy(('"sqs:*"', QUEUE))})
    write({"live": policy(('"*"', QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (0, 1, 0, 0)
    commit({})
    write({"live": policy(('"sqs:*"', QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (0, 0, 1, 0)


def test_a_long_list_with_less_is_old_and_with_more_is_worse(commit, write, check):
    services = [f'"service{number}:*"' for number in range(40)]
    commit({"live": policy((f"[{', '.join(services)}]", QUEUE))})
    write({"live": policy((f"[{', '.join(services[1:])}]", QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (0, 0, 1, 0)
    write({"live": policy((f'[{", ".join(services)}, "more:*"]', QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (0, 1, 0, 0)


def test_another_wildcard_is_new(commit, write, check):
    commit({"live": policy(('"sqs:*"', QUEUE))})
    write({"live": policy(('"dynamodb:*"', QUEUE))})
    assert numbers(check("live", "--against", "main", select="iam-wildcard-action")) == (1, 0, 0, 1)


def test_a_failure_is_old_if_a_value_changes_that_its_message_does_not_have(commit, write, check, repository):
    (repository / "plainwork.toml").write_text('[tags]\nrequired = ["Owner"]')
    commit({"live": file_system("a", 'tags = { Name = "a" }')})
    write({"live": file_system("a", 'tags = { Name = "b" }')})
    assert numbers(check("live", "--against", "main", select="tag-required-missing")) == (0, 0, 1, 0)


UNKNOWN = 'variable "e" {\n  type = bool\n}\n' + file_system("a", "encrypted = var.e")


@pytest.mark.parametrize(
    ("before", "state"),
    [
        (file_system("a", "encrypted = true"), "worse"),
        (file_system("a", "encrypted = false"), "old"),
        (UNKNOWN, "old"),
        ("\n", "new"),
    ],
    ids=["passed", "failed", "not evaluated", "no resource"],
)
def test_what_passed_must_not_become_not_evaluated(commit, write, check, before, state):
    commit({"live": before})
    write({"live": UNKNOWN})
    report = check("live", "--against", "main")
    assert states(report) == {("live", "aws_efs_file_system.a"): state}
    assert report["summary"]["exit_code"] == int(state == "worse")
    assert report["comparison"]["fixed"] == 0


def test_a_failure_of_what_was_not_evaluated_is_new(commit, write, check):
    commit({"live": UNKNOWN})
    write({"live": A})
    assert numbers(check("live", "--against", "main"))[0] == 1


@pytest.mark.parametrize(
    ("address", "moves", "after"),
    [
        ("aws_x.a", [("aws_x.a", "aws_x.b")], "aws_x.b"),
        ("aws_x.ab", [("aws_x.a", "aws_x.b")], "aws_x.ab"),
        ("aws_x.a[0]", [("aws_x.a", "aws_x.b")], "aws_x.b[0]"),
        ("aws_x.a[0]", [("aws_x.a[0]", 'aws_x.b["k"]')], 'aws_x.b["k"]'),
        ("aws_x.a", [("aws_x.a[0]", 'aws_x.b["k"]')], "aws_x.b"),
        ("module.m.aws_x.a", [("module.m", "module.n[0]")], "module.n[0].aws_x.a"),
        ("aws_x.a", [("aws_x.a", "aws_x.b"), ("aws_x.b", "aws_x.a")], "aws_x.a"),
        ("module.m.aws_x.a", [("module.m", "module.m[0]")], "module.m[0].aws_x.a"),
        ("module.m[0].aws_x.a", [("module.m", "module.m[0]")], "module.m[0].aws_x.a"),
        ("module.m[1].aws_x.a", [("module.m", "module.m[0]")], "module.m[1].aws_x.a"),
        ("aws_x.a[1]", [("aws_x.a[0]", "aws_x.b[0]")], "aws_x.a[1]"),
        ("module.m.module.n.aws_x.a", [("module.m", "module.m.module.n")], "module.m.module.n.aws_x.a"),
    ],
)
def test_an_address_after_moves(address, moves, after):
    assert moved(address, moves) == after


def test_positions_in_lists_do_not_count():
    assert without_indices("policy.Statement.12.Action") == "policy.Statement.*.Action"
    assert without_indices("tags.s3") == "tags.s3"


@pytest.mark.parametrize(
    ("value", "other", "is_it"),
    [
        ("s3:*", "s3:Get*", True),
        ("s3:Get*", "s3:*", False),
        ("s3:*", "s3:*", False),
        (["s3:Get*", "s3:Put*"], "s3:Get*", True),
        (["a", "b"], ["a"], True),
        (["a"], ["b"], False),
        ("s3:?", "s3:*", False),
        (2, 1, False),
        (None, "a", False),
    ],
)
def test_a_value_is_wider_if_it_has_all_of_the_other_and_more(value, other, is_it):
    assert is_wider(value, other) is is_it


def waiver(until):
    return f"# plainwork: ignore efs-unencrypted until {until}: the files are public (platform)\n"


def test_a_finding_that_is_waived_now_is_neither_old_nor_fixed(commit, write, check):
    commit({"live": A})
    write({"live": waiver("2999-01-01") + A})
    report = check("live", "--against", "main")
    assert (numbers(report), report["summary"]["exit_code"]) == ((0, 0, 0, 0), 0)


def test_a_finding_without_its_waiver_is_new(commit, write, check):
    commit({"live": waiver("2999-01-01") + A})
    write({"live": A})
    assert numbers(check("live", "--against", "main")) == (1, 0, 0, 0)


def test_an_expired_waiver_in_the_base_accepts_nothing(commit, write, check):
    commit({"live": waiver("2020-01-01") + A})
    write({"live": A})
    assert numbers(check("live", "--against", "main")) == (0, 0, 1, 0)


CALL = 'module "m" {\n  source  = "terraform-aws-modules/vpc/aws"\n  version = ">= 5.0.0"\n}\n'


def test_a_module_that_is_evaluated_in_neither_version_does_not_fail(commit, check):
    commit({"live": CALL})
    report = check("live", "--against", "main", select="module-version-not-pinned")
    assert report["comparison"]["lost_modules"] == []
    assert report["summary"]["exit_code"] == 0


def test_a_module_of_another_stack_with_the_same_address_does_not_count(commit, check, repository):
    (repository / "m").mkdir()
    (repository / "m" / "main.tf").write_text(A)
    commit({"live": CALL, "other": 'module "m" {\n  source = "../m"\n}\n'})
    report = check("live", "other", "--against", "main")
    assert (report["comparison"]["lost_modules"], numbers(report)) == ([], (0, 0, 1, 0))


def test_a_module_that_was_evaluated_must_not_become_not_evaluated(write, check, repository):
    write({"live": CALL})
    base = check("live")
    base["stacks"] = [{"stack": "live", "addresses": ["module.m.aws_efs_file_system.a"]}]
    (repository / "base.json").write_text(json.dumps(base))
    report = check("live", "--against", "base.json")
    assert report["comparison"]["lost_modules"] == ["module.m"]
    assert report["summary"]["exit_code"] == 1
