"""Measures a whole command: wall time, CPU time and memory of all its processes."""

from __future__ import annotations

import os
import resource
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_SAMPLE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Measurement:
    """Wall and CPU seconds of the fastest run, and the highest memory of the process tree in megabytes."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def measure(
    command: Sequence[str], *, runs: int, accepted: tuple[int, ...] = (0,), env: dict[str, str] | None = None
) -> Measurement:
    """Run *command* *runs* times.

    Raises:
        RuntimeError: the exit code is not *accepted*; the message contains the end of the output.
    """
    found = [_run(command, accepted, env) for _ in range(runs)]
    return Measurement(
        min(run.seconds for run in found),
        min(run.cpu_seconds for run in found),
        max(run.megabytes for run in found),
    )


def _run(command: Sequence[str], accepted: tuple[int, ...], env: dict[str, str] | None) -> Measurement:
    start, cpu_start = time.perf_counter(), _cpu_seconds()
    log = Path("build/bench/last-command.log")
    installed = {**(env or os.environ), "PYTHONDONTWRITEBYTECODE": ""}  # an installed package has its bytecode
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, env=installed) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _tree_megabytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        seconds, cpu_seconds = time.perf_counter() - start, _cpu_seconds() - cpu_start
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text()[-2000:]}")
    return Measurement(seconds, cpu_seconds, peak)


def _cpu_seconds() -> float:
    """Return the CPU time of all processes that have ended below this one."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _tree_megabytes(pid: int) -> float:
    try:
        root = psutil.Process(pid)
        return sum(_resident(process) for process in (root, *root.children(recursive=True))) / 1e6
    except psutil.NoSuchProcess:
        return 0.0


def _resident(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
