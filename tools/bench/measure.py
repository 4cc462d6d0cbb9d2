"""Measures a whole command: wall time, and memory of all its processes."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

_SAMPLE_SECONDS = 0.01


@dataclass(frozen=True, slots=True)
class Measurement:
    """Wall time of the fastest run in seconds, and the highest memory of the process tree in megabytes."""

    seconds: float
    megabytes: float


def measure(
    command: Sequence[str], *, runs: int, accepted: tuple[int, ...] = (0,), env: dict[str, str] | None = None
) -> Measurement:
    """Run *command* *runs* times.

    Raises:
        RuntimeError: the exit code is not *accepted*; the message contains the end of the output.
    """
    seconds, megabytes = [], []
    for _ in range(runs):
        once = _run(command, accepted, env)
        seconds.append(once.seconds)
        megabytes.append(once.megabytes)
    return Measurement(min(seconds), max(megabytes))


def _run(command: Sequence[str], accepted: tuple[int, ...], env: dict[str, str] | None) -> Measurement:
    start = time.perf_counter()
    log = Path("build/bench/last-command.log")
    with log.open("wb") as output, subprocess.Popen(command, stdout=output, stderr=output, env=env) as process:
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, _tree_megabytes(process.pid))
            time.sleep(_SAMPLE_SECONDS)
        seconds = time.perf_counter() - start
    if process.returncode not in accepted:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{log.read_text()[-2000:]}")
    return Measurement(seconds, peak)


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
