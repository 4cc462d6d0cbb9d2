"""Measures a monorepo of 1,000 stacks and 100,000 resources: with a cache, with two processes, and as a shard."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from tools.bench.compare import plainwork_check_command
from tools.bench.measure import Measurement
from tools.bench.monorepo import RESOURCES, add_resource, write_monorepo

STACKS = 1000
SHARD = "1/16"
Measure = Callable[[str, int, list[str]], Measurement]
"""Measures a command; its arguments are what it does, the number of resources, and the command."""
Ratios = list[tuple[str, float, float, bool]]
"""What, the value, its bound, and whether the bound is a lower one."""


def large_repository(measure: Measure, work: Path, stacks: int = STACKS) -> Ratios:
    """Check a monorepo, and a tenth of it, in each way."""
    root, tenth, cache = (work / name for name in ("monorepo", "monorepo-tenth", "monorepo-cache"))
    for directory in (root, tenth, cache):
        shutil.rmtree(directory, ignore_errors=True)
    directories = write_monorepo(root, stacks)
    write_monorepo(tenth, stacks // 10)

    def check(what: str, *options: str, path: Path = root, size: int = stacks) -> Measurement:
        config = ("--config", str(path / "plainwork.toml"))
        command = [*plainwork_check_command(path), *config, *options]
        return measure(f"check, {size:,} stacks, {what}", size * RESOURCES, command)

    small = check("one process", path=tenth, size=stacks // 10)
    one = check("one process")
    two = check("two processes", "--jobs", "2")
    shard = check(f"shard {SHARD}", "--shard", SHARD)
    in_cache = ("--cache-dir", str(cache))
    cold = check("cold cache", *in_cache)
    warm = check("warm cache", *in_cache)
    add_resource(directories[-1])
    changed = check("warm cache, one stack changed", *in_cache)
    return [
        (
            f"{stacks:,} / {stacks // 10:,} stacks, CPU time (linear: 10)",
            one.cpu_seconds / small.cpu_seconds,
            12,
            False,
        ),
        ("one process / two, wall time (two cores: at most 2)", one.seconds / two.seconds, 1.2, True),
        ("two processes / one, CPU time", two.cpu_seconds / one.cpu_seconds, 1.3, False),
        (f"whole run / shard {SHARD}, CPU time", one.cpu_seconds / shard.cpu_seconds, 1.3, True),
        ("cold cache / no cache, CPU time", cold.cpu_seconds / one.cpu_seconds, 1.3, False),
        ("cold cache / warm cache, CPU time", cold.cpu_seconds / warm.cpu_seconds, 8, True),
        ("cold cache / one stack changed, CPU time", cold.cpu_seconds / changed.cpu_seconds, 7, True),
    ]
