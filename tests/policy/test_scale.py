"""Judging takes time in proportion to the plan, counted in Python's instructions, which no other load sways."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from plainwork_policies.catalogue import POLICIES
from plainwork_policies.readers import read
from plainwork_policies.runner import judge
from plainwork_policies.settings import Settings
from tools.bench.plan import write_plan

SIZE = 40
ONE_FOR_EACH_PAIR = SIZE * SIZE  # what a loop in a loop over resources takes at the least


@pytest.fixture(scope="module")
def counts(tmp_path_factory) -> list[dict[str, int]]:
    """Instructions by step, for plans of one, two and three times the size."""
    folder = tmp_path_factory.mktemp("plans")
    files = [folder / f"{times}.json" for times in (1, 2, 3)]
    for times, file in enumerate(files, 1):
        write_plan(file, SIZE * times)
    steps(files[-1])  # fills what is worked out once in a process
    return [steps(file) for file in files]


def steps(file: Path) -> dict[str, int]:
    stacks, found = [], {}
    found["read"] = instructions(lambda: stacks.extend(read(file)))
    for policy in POLICIES:
        found[policy.slug] = instructions(lambda policy=policy: judge(stacks[0], [policy], Settings()))
    return found


def instructions(call) -> int:
    count = 0

    def trace(frame, event, _argument):
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("step", ["read", *(policy.slug for policy in POLICIES)])
def test_twice_the_plan_is_twice_the_work(step, counts):
    once, twice, thrice = (count[step] for count in counts)
    assert (thrice - twice) - (twice - once) < ONE_FOR_EACH_PAIR
