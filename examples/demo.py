"""The main job from end to end, as `make demo` runs it: Python in, plain HCL out, policies judge both.

Each step is a command that a person would type. It is shown before it runs, and must end with the exit code that it
should.
"""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap
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
    """The part of *file* that is shown after a step: *lines* of it, from the first that contains *marker*."""

    file: str
    marker: str
    lines: int
    language: str


@dataclass(frozen=True)
class Step:
    """One command, what it shows, and the exit code that it must end with."""

    title: str
    why: str
    command: str
    exit_code: int = 0
    config: str = "stacks/plainwork.toml"
    shows: Excerpt | None = None


STEPS = (
    Step(
        "Python becomes Terraform",
        "Three stacks: a bucket for state, VPC endpoints, and a service behind a canary with its files and its cache.",
        "python -m stacks.app",
        shows=Excerpt("stacks/checkout.py", "TargetGroupCanary(", 10, "python"),
    ),
    Step(
        "Terraform becomes HCL that a person reads in thirty seconds",
        "No modules, no hashes in addresses. This text is what reviewers see in a pull request.",
        f"plainwork render cdktf.out --output {HCL}",
        shows=Excerpt(f"{HCL}/state/main.tf", 'backend "s3"', 9, "terraform"),
    ),
    Step(
        "A canary says where it stands",
        "And which alarm decides on the next step; with a plan it names the step that the plan takes.",
        f"plainwork canary {HCL}/checkout",
    ),
    Step(
        "Mistakes are refused when they are made",
        "The provider's schema and AWS's rules are checked in Python, in one place each.",
        "python -m examples.refused",
    ),
    Step(
        "The policies judge it",
        "Every verdict is pass, fail or not evaluated, because ...",
        f"plainwork check {HCL}",
    ),
    Step(
        "The same policies judge it inside Checkov",
        "It counts a policy once for each block, not for each statement. --quiet is for this page, not for CI.",
        f"checkov -d {HCL} --framework terraform --skip-download --compact --quiet "
        "--external-checks-dir $(plainwork checkov-dir) --check PLW_*",
    ),
    Step(
        "Now a wrong one: Terraform accepts it, the policies do not",
        "examples/wrong/main.tf validates. Each finding has a file, a line, the value and what to write instead.",
        "plainwork check examples/wrong",
        exit_code=1,
        config="examples/wrong/plainwork.toml",
    ),
)


def main() -> int:
    """Run every step, and return 1 when one did not end as it should."""
    console.print(Rule("[bold]plainwork[/]: plain Terraform resources in Python, and policies that judge them"))
    surprises = [step for number, step in enumerate(STEPS, 1) if not run(number, step)]
    console.print(Rule())
    for step in surprises:
        console.print(f"[red]not as it should be:[/] {step.command}")
    if not surprises:
        console.print(f"The HCL lies in [bold]{HCL}[/]. Next: README.md, docs/policies.md, examples/.")
    return 1 if surprises else 0


def run(number: int, step: Step) -> bool:
    """Show *step*, run it, show what it printed, and tell whether it ended as it should."""
    console.print(
        f"\n[bold cyan]{number}. {step.title}[/]\n   [dim]{step.why}[/]\n   [bold]$ {step.command}[/]\n", soft_wrap=True
    )
    with console.status("working"):
        done = subprocess.run(  # noqa: S602  the commands are the constants above, and one uses the shell's $(...)
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
    """Put both environments' commands on PATH, and let them color what they print where we may."""
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
    """Show *excerpt*, highlighted, with its file's name."""
    lines = (ROOT / excerpt.file).read_text(encoding="utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if excerpt.marker in line)
    text = textwrap.dedent("\n".join(lines[start : start + excerpt.lines]))
    console.print(f"   [dim]{excerpt.file}, line {start + 1}[/]")
    console.print(Padding(Syntax(text, excerpt.language, background_color="default", word_wrap=True), (0, 0, 0, 3)))


if __name__ == "__main__":
    sys.exit(main())
