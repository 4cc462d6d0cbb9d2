"""Runs a function on many items in several processes: the option `--jobs`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from plainwork_core.errors import InputError

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_CHUNKS_PER_JOB = 8
"""Chunks of items that each process gets one after the other, so that all end at about the same time."""
_FIRST = 8
"""Items of each process from which on the first one is done before the fork: what it imports, no process imports."""
_work: tuple[Callable[[Any], Any], Sequence[Any]] = (len, ())
"""What the processes do: they are forks, so that only results are copied between processes."""


def each(function: Callable[[_Item], _Result], items: Sequence[_Item], jobs: int) -> list[_Result]:
    """Return the result of *function* for each of *items*, in their order.

    Args:
        function: its results must be picklable.
        items: the arguments.
        jobs: the number of processes; 0 for the number of cores.

    Raises:
        InputError: a process ended before its work, for example because there is not enough memory.
    """
    number = min(jobs or os.cpu_count() or 1, len(items))
    if number <= 1 or not hasattr(os, "fork"):
        return [function(item) for item in items]
    if len(items) > number * _FIRST:
        return [function(items[0]), *_in_processes(function, items[1:], number)]
    return _in_processes(function, items, number)


def _in_processes(function: Callable[[_Item], _Result], items: Sequence[_Item], number: int) -> list[_Result]:
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415  few runs use it
    from concurrent.futures.process import BrokenProcessPool  # noqa: PLC0415  as above
    from multiprocessing import get_context  # noqa: PLC0415  as above

    global _work  # noqa: PLW0603  a fork inherits it
    _work = function, items
    size = max(1, len(items) // (number * _CHUNKS_PER_JOB))
    try:
        with ProcessPoolExecutor(number, mp_context=get_context("fork")) as pool:
            return list(pool.map(_call, range(len(items)), chunksize=size))
    except BrokenProcessPool as error:
        raise InputError("a process of --jobs ended before its work; use fewer jobs, which need less memory") from error


def _call(index: int) -> Any:
    function, items = _work
    return function(items[index])
