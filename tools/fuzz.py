"""Runs the commands on mutated examples: `python -m tools.fuzz --seconds 600`, or `make fuzz SECONDS=600`.

No input may crash a command, run without end, or be reported as a bug of plainwork. The first one that does is made as
small as it can be, and printed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from plainwork_cli.main import main as plainwork
from tools.example_cases import cases
from tools.fuzz_mutations import mutated_json, mutated_text
from tools.hcl_to_json import twin

SECONDS_EACH = 20
"""For one input. The examples take less than one second."""
_SHOWN = 2000
BUGS = ("Traceback (most recent call last)", "which is a bug of plainwork", " crashed: ")
HCL = 'resource "aws_sqs_queue" "q" {\n  name = "q"\n}\n'
BACKEND = 'terraform {\n  backend "s3" {\n    key = "prod/web.tfstate"\n  }\n}\n'
ARGUMENTS = (
    'bucket = "acme"\nregion = "eu-central-1"\nassume_role = {\n  role_arn = "arn:aws:iam::111122223333:role/r"\n}\n'
)
SETTINGS = """fail_on = "low"
ignore = ["tag-invalid"]
[tags]
required = ["Owner"]
[regions]
allowed = ["eu-west-1"]
[plan]
max_changed = 10
[iam]
trusted_accounts = ["111122223333"]
"""


@dataclass(frozen=True)
class Target:
    """A command on an input.

    Attributes:
        seeds: returns the contents that are mutated.
        file: the name of the file with the mutated content.
        arguments: of the command, in the directory of the file.
        others: further files by name.
        is_json: whether values are mutated beside text.
    """

    seeds: Callable[[], list[str]]
    file: str
    arguments: tuple[str, ...]
    others: tuple[tuple[str, str], ...] = ()
    is_json: bool = False

    def inputs(self) -> st.SearchStrategy[str]:
        """Return mutated contents."""
        texts = st.integers(0, len(self.seeds()) - 1).map(lambda index: self.seeds()[index])
        return mutated_text(texts) | mutated_json(texts) if self.is_json else mutated_text(texts)

    def problem(self, content: str) -> str | None:
        """Return what is wrong with the run on *content*."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in (*self.others, (self.file, content)):
                Path(folder, name).write_text(text, encoding="utf-8", errors="surrogatepass", newline="")
            arguments = [argument.replace("DIR", folder) for argument in self.arguments]
            try:
                with limited(SECONDS_EACH):
                    done = CliRunner(env={"PLAINWORK_CONFIG": ""}).invoke(plainwork, arguments)
            except Unending:
                return f"the command runs for more than {SECONDS_EACH} seconds"
        if done.exception and not isinstance(done.exception, SystemExit):
            return f"{type(done.exception).__name__}: {done.exception}"
        return fault(done.output, done.exit_code)


def fault(output: str, exit_code: int) -> str | None:
    """Return what is wrong with a run with this output."""
    if any(bug in " ".join(output.split()) for bug in BUGS):
        return output[-_SHOWN:]
    return None if exit_code in (0, 1, 2) else f"exit code {exit_code}"


class Unending(BaseException):
    """The end of a run that takes too long; the engine catches every `Exception`."""


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `Unending` after *seconds*."""

    def stop(*_: object) -> None:
        raise Unending

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@cache
def _hcl() -> list[str]:
    return [case.main.read_text(encoding="utf-8") for case in cases([])]


@cache
def _json() -> list[str]:
    return [twin(case.main) for case in cases([])]


@cache
def _plans() -> list[str]:
    return [case.plan.read_text(encoding="utf-8") for case in cases([])]


CHECK = ("check", "DIR", "--backend-config", "DIR/more.tfbackend")
TARGETS = {
    "hcl": Target(_hcl, "main.tf", ("check", "DIR")),
    "json": Target(_json, "main.tf.json", ("check", "DIR"), is_json=True),
    "plan": Target(_plans, "plan.json", ("check", "DIR"), is_json=True),
    "render": Target(_json, "cdk.tf.json", ("render", "DIR", "--stdout"), is_json=True),
    "settings": Target(
        lambda: [SETTINGS], "plainwork.toml", ("check", "DIR", "--config", "DIR/plainwork.toml"), (("main.tf", HCL),)
    ),
    "backend": Target(lambda: [ARGUMENTS], "more.tfbackend", CHECK, (("main.tf", BACKEND),)),
}


class FaultError(AssertionError):
    """An input of which a command makes something wrong."""


def search(name: str, number: int, examples: int, *, derandomize: bool = False) -> None:
    """Run a target on inputs.

    Args:
        name: of the target.
        number: the seed of the inputs.
        examples: how many inputs.
        derandomize: whether the inputs are the same each time, whatever the seed.

    Raises:
        FaultError: the smallest input that was found, and what is wrong with it.
    """
    target = TARGETS[name]

    @seed(number)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=derandomize,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs())
    def run(content: str) -> None:
        if problem := target.problem(content):
            raise FaultError(f"{name}: {problem}\n--- {target.file}\n{content}")

    run()


def main() -> None:
    """Search for the given time, one target after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--target", choices=TARGETS, action="append")
    options = parser.parse_args()
    end, number = time.monotonic() + options.seconds, int(time.time())
    counts = dict.fromkeys(options.target or TARGETS, 0)
    while time.monotonic() < end:
        for name in counts:
            try:
                search(name, number, 20)
            except FaultError as failed:
                sys.exit(str(failed))
            counts[name] += 20
        number += 1
    print("inputs without a fault: " + ", ".join(f"{name} {count}" for name, count in counts.items()))


if __name__ == "__main__":
    main()
