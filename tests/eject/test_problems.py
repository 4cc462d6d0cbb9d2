"""What prevents an ejection: all problems are printed at once, and no file changes."""

from __future__ import annotations

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


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ('["a"]["first"]', "a number is required, not a string"),
        ('"maybe" ? 1 : 2', "a bool is required, not a string"),
        ('-"a"', "a number is required, not a string"),
        ("null ? 1 : 2", "a condition is null"),
    ],
)
def test_an_expression_that_terraform_rejects(problems: Callable[..., list[str]], value: str, problem: str) -> None:
    found = problems(f'resource "aws_sns_topic" "a" {{\n  name = {value}\n}}\n')
    assert f"net/main.tf:1: `module.net.aws_sns_topic.a` cannot be written: {problem}" in found


def test_a_state_with_keys_of_another_kind(problems: Callable[..., list[str]], root: Root) -> None:
    """A list has no keys that are strings."""
    call = 'module "net" {\n  source   = "./net"\n  for_each = [1, 2]\n  name     = each.value\n}\n'
    module = 'variable "name" {}\nresource "aws_sns_topic" "a" {\n  name = var.name\n}\n'
    state = root.state('module.net["b"].aws_sns_topic.a')
    found = problems(module, "--all", "--state", state, call=call)
    assert found[0] == "Error: nothing is changed, because of 1 problem:"


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


@pytest.mark.parametrize(
    ("kind", "remedy"), [("plan", "make the plan of this configuration"), ("state", "apply this configuration first")]
)
def test_a_plan_or_state_of_another_version_of_the_configuration(
    problems: Callable[..., list[str]], root: Root, kind: str, remedy: str
) -> None:
    addresses = ("module.net.aws_sns_topic.a", "module.net.aws_sns_topic.old")
    file = root.plan(*addresses) if kind == "plan" else root.state(*addresses)
    assert problems(TOPIC + TOPIC.replace('"a"', '"b"'), "--all", f"--{kind}", file)[1:] == [
        f"main.tf:5: `module.net.aws_sns_topic.b` is not in the {kind}; {remedy}",
        f"main.tf:5: `module.net.aws_sns_topic.old` is in the {kind}, and the configuration does not make it; {remedy}",
    ]


def test_a_state_of_another_stack_is_one_problem(problems: Callable[..., list[str]], root: Root) -> None:
    found = problems(TOPIC + TOPIC.replace('"a"', '"b"'), "--all", "--state", root.state("aws_vpc.main"))
    remedy = "apply this configuration first, or pass the state of it"
    assert found[1:] == [f"main.tf:5: no resource of `module.net` is in the state; {remedy}"]


@pytest.mark.parametrize(
    ("option", "text", "problem"),
    [
        ("plan", "{}", "plan with `format_version` None; 0.1 to 1.x are supported"),
        ("plan", "[1]", "damaged plan: it is not a map; create it again"),
        ("plan", "{", "invalid JSON"),
        ("plan", '{"format_version": "1.2", "errored": true}', "incomplete plan (`errored` is true)"),
        ("plan", '{"format_version": "1.2", "resource_changes": [3]}', "damaged plan: no `planned_values`"),
        ("plan", '{"format_version": "1.0", "values": {}}', "a state; pass it with --state"),
        ("state", '{"format_version": "1.2", "planned_values": {}}', "a plan; pass it with --plan"),
        ("state", '{"version": 4, "lineage": "x"}', "the state file, whose format is Terraform's own; pass the output"),
        ("state", '{"format_version": "2.0"}', "state with `format_version` '2.0'; 0.1 to 1.x are supported"),
        ("state", '{"format_version": "1.0", "values": {"root_module": []}}', "damaged state: `values.root_module`"),
        ("state", "aws_vpc.main\nNo state file was found!\n", "state.txt:2: not the address of a resource; pass the"),
    ],
)
def test_a_file_that_is_no_plan_or_state(
    problems: Callable[..., list[str]], root: Root, option: str, text: str, problem: str
) -> None:
    file = root.directory / ("plan.json" if option == "plan" else "state.txt")
    file.write_text(text, encoding="utf-8")
    assert problem in problems(TOPIC, "--all", f"--{option}", str(file))[0]


def test_a_binary_plan(problems: Callable[..., list[str]], root: Root) -> None:
    file = root.directory / "plan.bin"
    file.write_bytes(b"PK\x03\x04\xc8")
    expected = "Error: plan.bin: binary plan; convert it with `terraform show -json plan.bin > plan.json`"
    assert problems(TOPIC, "--all", "--plan", str(file)) == [expected]


def test_an_output_file_that_exists(problems: Callable[..., list[str]], root: Root) -> None:
    found = problems(TOPIC, "--all", "--output", str(root.directory / "main.tf"))
    assert found[0] == "Error: main.tf: exists; pass another file with --output"


def test_a_file_that_cannot_be_written_leaves_all_as_they_were(problems: Callable[..., list[str]], root: Root) -> None:
    output = root.directory / "main.tf" / "net.tf"
    found = problems(TOPIC, "--all", "--output", str(output))
    assert found == ["Error: main.tf/net.tf: cannot be written: Not a directory; no file was changed"]


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
