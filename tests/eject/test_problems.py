"""What prevents an ejection: all problems are printed at once, and no file changes."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.eject.conftest import PROVIDER, Root

CALL = 'module "net" {\n  source = "./net"\n}\n'
TOPIC = 'resource "aws_sns_topic" "a" {\n  name = "a"\n}\n'


@pytest.fixture
def problems(root: Root) -> Callable[..., list[str]]:
    """`problems(module, *arguments, call=CALL)`: what is printed, and no file has changed."""

    def problems(module: str, *arguments: str, call: str = CALL) -> list[str]:
        root.write(main=PROVIDER + call, net__main=module)
        before = sorted(path.name for path in root.directory.iterdir())
        done = root.eject(*arguments)
        assert done.exit_code == 2, done.output
        assert root.text("main.tf") == PROVIDER + call
        assert before == sorted(path.name for path in root.directory.iterdir())
        return [line.replace(f"{root.directory}/", "") for line in done.output.splitlines()]

    return problems


def test_a_module_that_is_not_installed(problems: Callable[..., list[str]]) -> None:
    call = CALL.replace("./net", "terraform-aws-modules/vpc/aws")
    assert problems(TOPIC, call=call) == [
        "Error: nothing is changed, because of 1 problem:",
        "main.tf:5: `module.net` is not installed; run `terraform init`",
    ]


def test_all_problems_are_printed(problems: Callable[..., list[str]]) -> None:
    call = CALL + 'module "two" {\n  source = "x/y/z"\n}\n'
    found = problems('provider "aws" {}\n' + TOPIC, call=call)
    assert found[0].endswith("2 problems:")
    assert "net/main.tf:1: the module configures the provider `aws`; pass it with `providers`" in found
    assert "main.tf:8: `module.two` is not installed; run `terraform init`" in found


def test_a_reference_that_does_not_exist(problems: Callable[..., list[str]]) -> None:
    found = problems('resource "aws_sns_topic" "a" {\n  name = var.missing\n}\n')
    assert "net/main.tf:1: `module.net.aws_sns_topic.a` cannot be written: `var.missing` is not declared" in found


def test_an_output_that_does_not_exist(problems: Callable[..., list[str]]) -> None:
    found = problems(TOPIC, call=CALL + 'output "a" {\n  value = module.net.missing\n}\n')
    assert "main.tf:9: `value` cannot be written: `module.net` has no output `missing`" in found


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("module.nets", "no module `nets`; did you mean `net`?"),
        ("module.net.module.inner", "no module `net.module.inner`; eject `module.net`, with what it calls"),
    ],
)
def test_an_unknown_call(problems: Callable[..., list[str]], name: str, hint: str) -> None:
    assert problems(TOPIC, "--module", name)[0].endswith(hint)


def test_a_plan_of_another_configuration(problems: Callable[..., list[str]], root: Root) -> None:
    change = {"address": "module.net.aws_sns_topic.old", "mode": "managed", "change": {"actions": ["no-op"]}}
    plan = root.directory / "plan.json"
    plan.write_text(json.dumps({"resource_changes": [change]}), encoding="utf-8")
    found = problems(TOPIC, "--all", "--plan", str(plan))
    assert any("`module.net.aws_sns_topic.a` is not in the plan" in line for line in found)
    assert any("`module.net.aws_sns_topic.old` is in the plan, and" in line for line in found)


@pytest.mark.parametrize(
    "text", ["{}", "[1]", '{"resource_changes": [3]}', '{"resource_changes": [{"mode": "managed"}]}']
)
def test_a_file_that_is_no_plan(problems: Callable[..., list[str]], root: Root, text: str) -> None:
    (root.directory / "plan.json").write_text(text, encoding="utf-8")
    found = problems(TOPIC, "--all", "--plan", str(root.directory / "plan.json"))
    assert found[0].endswith("not a plan in JSON; write one with `terraform show -json plan.bin`")


def test_an_output_file_that_exists(problems: Callable[..., list[str]], root: Root) -> None:
    found = problems(TOPIC, "--all", "--output", str(root.directory / "main.tf"))
    assert found[0] == "Error: main.tf: exists; pass another file with --output"


def test_a_file_that_cannot_be_written_leaves_all_as_they_were(problems: Callable[..., list[str]], root: Root) -> None:
    output = root.directory / "main.tf" / "net.tf"
    found = problems(TOPIC, "--all", "--output", str(output))
    assert found == ["Error: main.tf/net.tf: cannot be written: File exists; no file was changed"]


def test_a_directory_without_calls(root: Root) -> None:
    root.write(main=PROVIDER)
    done = root.eject()
    assert done.exit_code == 2
    assert "no `module` block found" in done.output


@pytest.mark.parametrize("arguments", [("--all", "--module", "module.net"), ("--diff",)])
def test_the_calls_are_chosen_explicitly(problems: Callable[..., list[str]], arguments: tuple[str, ...]) -> None:
    assert problems(TOPIC, *arguments)[-1] == "Error: pass --module ADDRESS or --all"


def test_invalid_syntax_in_a_module(problems: Callable[..., list[str]]) -> None:
    assert any("net/main.tf:2: syntax error" in line for line in problems("resource {\n"))


def test_blocks_of_a_module_that_are_not_written_are_noted(root: Root) -> None:
    moved = "moved {\n  from = aws_sns_topic.old\n  to   = aws_sns_topic.a\n}\n"
    root.write(main=PROVIDER + CALL, net__main=TOPIC + moved)
    done = root.eject()
    assert "net/main.tf:4: the `moved` block is not written" in done.output
