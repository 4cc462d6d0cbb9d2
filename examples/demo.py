"""The main use from end to end, as `make demo` runs it: Python to Terraform JSON, to HCL, and checks of both.

Each step is a command that a user would type. The demo prints it, runs it and compares its exit code with the expected
one.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.syntax import Syntax

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / ".venv" / "bin"
CHECKOV = ROOT / ".venv-checkov" / "bin"
HCL = Path("build/demo")

console = Console(highlight=False)


@dataclass(frozen=True)
class Excerpt:
    """The part of *file* to show after a step: *lines* lines, from the first that contains *marker*."""

    file: str
    marker: str
    lines: int
    language: str


@dataclass(frozen=True)
class Step:
    """One command, what it shows, and its expected exit code."""

    title: str
    why: str
    command: str
    exit_code: int = 0
    config: str = "stacks/plainwork.toml"
    shows: Excerpt | None = None


STEPS = (
    Step(
        "Python to Terraform JSON",
        "Three stacks: a state bucket, VPC endpoints, and a service with a canary, an EFS file system and a cache.",
        "python -m stacks.app",
        shows=Excerpt("stacks/checkout.py", "TargetGroupCanary(", 10, "python"),
    ),
    Step(
        "Terraform JSON to HCL",
        "No modules and no hashes in addresses. Reviewers read this text in a pull request.",
        f"plainwork render cdktf.out --output {HCL}",
        shows=Excerpt(f"{HCL}/state/main.tf", 'backend "s3"', 9, "terraform"),
    ),
    Step(
        "The steps of a canary deployment",
        "And the alarm of each step. With a plan, the command shows the step that the plan takes.",
        f"plainwork canary {HCL}/checkout",
    ),
    Step(
        "Invalid arguments are errors in Python",
        "Each resource is checked against the provider schema and the rules of AWS when it is created.",
        "python -m examples.invalid",
    ),
    Step(
        "The policies check the HCL",
        "A result is passed, failed or not evaluated with a reason.",
        f"plainwork check {HCL}",
    ),
    Step(
        "The same policies in Checkov",
        "Checkov counts a policy once for each block. Use --quiet in a demo only; it hides what is not evaluated.",
        f"checkov -d {HCL} --framework terraform --skip-download --compact --quiet "
        "--external-checks-dir $(plainwork checkov-dir) --check PLW_*",
    ),
    Step(
        "Recipes",
        "Plain resources for one task in one file, to be copied; each has a page with its reasons, cost and failures.",
        "plainwork recipe list",
    ),
    Step(
        "Out of a module",
        "The call becomes the resources that the module makes, with moved blocks. --diff writes no file.",
        "plainwork eject examples/eject --all --diff",
    ),
    Step(
        "HCL to Python",
        "One file with the same addresses: a plan of what plainwork render makes of it has no changes.",
        "plainwork adopt examples/access/before",
    ),
    Step(
        "What differs between two configurations",
        "By block and argument, without Terraform and without a plan; also between two Git revisions.",
        "plainwork diff examples/access/before examples/access/after",
    ),
    Step(
        "What a change newly allows",
        "By meaning, over all policies of each principal: a statement that moves to another policy is no line.",
        "plainwork access examples/access/after --against examples/access/before",
    ),
    Step(
        "Why Terraform cannot use its state backend",
        "The error of terraform init, the files and the environment, without credentials and without a network.",
        "plainwork doctor examples/doctor --error examples/doctor/error.txt",
        exit_code=1,
    ),
    Step(
        "The review of a plan",
        "The first line is the decision that is asked for. --format html=FILE writes a page.",
        "plainwork review tests/generated/policies/changes/plan_destroys_stateful_resource/bad/plan.json",
    ),
    Step(
        "A policy that looks right and allows nothing",
        "It requires the tag Owner with any value. The command asks for each authorization of the API call.",
        "plainwork can developer --create aws_instance --request-tag Owner=ann examples/iam_tests/wrong",
        exit_code=1,
    ),
    Step(
        "Tests of permissions",
        "The corrected policy allows launches with an owner, and no others.",
        "python -m pytest -q -p no:cacheprovider examples/iam_tests",
        shows=Excerpt("examples/iam_tests/test_permissions.py", "def test_developers_launch_instances", 7, "python"),
    ),
    Step(
        "A stack with mistakes",
        "terraform validate accepts examples/wrong/main.tf. Each finding has a file, a line, the value and a remedy.",
        "plainwork check examples/wrong",
        exit_code=1,
        config="examples/wrong/plainwork.toml",
    ),
)


def main() -> int:
    """Run every step, and return 1 if an exit code is not the expected one."""
    started = time.monotonic()
    console.print(Rule("[bold]plainwork[/]: check Terraform for AWS, and write Terraform stacks in Python"))
    failed = [step for number, step in enumerate(STEPS, 1) if not run(number, step)]
    console.print(Rule())
    for step in failed:
        console.print(f"[red]unexpected exit code:[/] {step.command}")
    if not failed:
        console.print(f"The HCL is in [bold]{HCL}[/]. Continue with README.md, docs/ and examples/.")
    result = f"{len(STEPS) - len(failed)} of {len(STEPS)} steps passed in {time.monotonic() - started:.0f} s"
    console.print(f"make demo: {result}")
    return 1 if failed else 0


def run(number: int, step: Step) -> bool:
    """Print *step*, run it, print its output, and return whether it ended with the expected exit code."""
    console.print(
        f"\n[bold cyan]{number}. {step.title}[/]\n   [dim]{step.why}[/]\n   [bold]$ {step.command}[/]\n", soft_wrap=True
    )
    with console.status("working"):
        done = subprocess.run(  # noqa: S602  the commands are constants, and one uses $(...) of the shell
            step.command,
            shell=True,
            check=False,
            cwd=ROOT,
            env=environment(step),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
    sys.stdout.write(done.stdout)
    sys.stdout.flush()
    if step.shows:
        show(step.shows)
    return done.returncode == step.exit_code


def environment(step: Step) -> dict[str, str]:
    """Put the commands of both environments on PATH, and enable colors on a terminal."""
    color = {"FORCE_COLOR": "1", "COLUMNS": str(console.width)} if console.is_terminal else {}
    return (
        os.environ
        | color
        | {
            "PATH": os.pathsep.join([str(LIBRARY), str(CHECKOV), os.environ.get("PATH", "")]),
            "PLAINWORK_CONFIG": str(ROOT / step.config),
            "CKV_SKIP_PACKAGE_UPDATE_CHECK": "true",
            "CKV_PARSE_ERROR_FAIL": "true",
        }
    )


def show(excerpt: Excerpt) -> None:
    """Print *excerpt*, highlighted, with its file name and line."""
    lines = (ROOT / excerpt.file).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if excerpt.marker in line)
    text = textwrap.dedent("\n".join(lines[start : start + excerpt.lines]))
    console.print(f"   [dim]{excerpt.file}, line {start + 1}[/]")
    console.print(Padding(Syntax(text, excerpt.language, background_color="default", word_wrap=True), (0, 0, 0, 3)))


if __name__ == "__main__":
    sys.exit(main())
