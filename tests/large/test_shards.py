"""`plainwork check --shard`: each stack is checked in one shard, beside all other stacks."""

from __future__ import annotations

import pytest

from plainwork_policies.engine.shard import Shard
from tests.large.conftest import STACKS, write_stack


def stacks_of(report):
    return [one["stack"] for one in report["stacks"]]


def test_each_stack_is_in_one_shard(report):
    found = [stack for number in (1, 2, 3) for stack in stacks_of(report("check", ".", "--shard", f"{number}/3"))]
    assert sorted(found) == [f"stacks/{name}" for name in STACKS]


def test_a_new_stack_does_not_move_the_others(report):
    before = stacks_of(report("check", ".", "--shard", "1/3"))
    for number in range(5):
        write_stack(f"new{number}", f"new{number}", "passed", "true")
    after = stacks_of(report("check", ".", "--shard", "1/3"))
    assert [stack for stack in after if "new" not in stack] == before


@pytest.mark.parametrize("path", ["stacks/a", "./stacks/a", "stacks/../stacks/a"])
def test_a_stack_has_one_shard_by_any_path(repository, path):  # noqa: ARG001  its working directory
    shards = [Shard(number, 7) for number in range(1, 8)]
    assert [shard.has(path) for shard in shards] == [shard.has("stacks/a") for shard in shards]


def test_a_stack_passed_by_two_paths_is_in_one_shard(report, repository):
    (repository / "link").symlink_to("stacks/a")
    reports = [(report("check", "stacks/a", "link", "./stacks/a", "--shard", f"{number}/5")) for number in range(1, 6)]
    assert [stack for found in reports for stack in stacks_of(found)] == ["stacks/a"]


def test_large_shards_have_about_the_same_size():
    sizes = [sum(Shard(number, 16).has(f"teams/app-{stack}") for stack in range(1000)) for number in range(1, 17)]
    assert sum(sizes) == 1000
    assert max(sizes) < 2 * min(sizes)


def test_stacks_in_different_shards_are_compared(report):
    found = {}
    for number in range(1, 8):
        of_shard = report("check", ".", "--shard", f"{number}/7", "--select", "s3-backend-duplicate-key")
        found |= {finding["stack"]: (number, finding["message"]) for finding in of_shard["findings"]}
    assert found.keys() == {"stacks/a", "stacks/b"}
    (number, message), (other, _) = found.values()
    assert number != other, "the test needs two shards"
    assert message.endswith("which stacks/b also uses")


def test_calls_in_other_shards_are_uses_of_a_module(report):
    assert [
        report("check", ".", "--shard", f"{number}/6", "--select", "module-too-few-uses")["findings"]
        for number in range(1, 7)
    ] == [[]] * 6


def test_the_report_states_the_shard(plainwork):
    done = plainwork("check", ".", "--shard", "1/3")
    assert "Shard 1/3: " in done.stdout
    assert " of 6 stacks; `plainwork merge` joins them." in done.stdout


def test_a_shard_without_a_stack_passes(plainwork, report):
    empty = next(number for number in range(1, 51) if not stacks_of(report("check", ".", "--shard", f"{number}/50")))
    done = plainwork("check", ".", "--shard", f"{empty}/50")
    assert done.exit_code == 0
    assert f"Shard {empty}/50: 0 of 6 stacks" in done.stdout


@pytest.mark.parametrize(
    "text", ["0/3", "4/3", "x", "3", "1/0", "0/0", "-1/3", "1/3/5", "1 /3", "1/1000000000", "\u0663/4", ""]
)
def test_a_wrong_shard_is_2(plainwork, text):
    done = plainwork("check", ".", "--shard", text)
    assert done.exit_code == 2
    assert "--shard" in done.output


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--against", "HEAD"), "use `plainwork merge --against`"),
        (("--fix",), "require all stacks"),
        (("--diff",), "require"),
    ],
)
def test_what_needs_all_stacks_is_2(plainwork, option, message):
    done = plainwork("check", ".", "--shard", "1/3", *option)
    assert (done.exit_code, message in " ".join(done.stdout.split())) == (2, True)


def test_an_input_that_cannot_be_read_is_2_in_every_shard(plainwork, repository):
    (repository / "stacks/a/main.tf").write_text("resource {")
    assert [plainwork("check", ".", "--shard", f"{number}/3").exit_code for number in (1, 2, 3)] == [2, 2, 2]
