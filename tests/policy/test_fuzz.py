"""A short search for inputs on which a command crashes; `make fuzz` searches longer, with other inputs each time."""

import time

import pytest

from tools import fuzz


@pytest.mark.parametrize("target", fuzz.TARGETS)
def test_mutated_examples_crash_no_command(target):
    fuzz.search(target, 0, 30, derandomize=True)


@pytest.mark.parametrize(
    ("output", "problem"),
    [
        ("a.tf: the reader crashed, which\n  is a bug of plainwork: KeyError", "bug of plainwork"),
        ("the stack: policy PLW_X crashed: TypeError", "PLW_X"),
        ("Traceback (most recent call last):", "Traceback"),
        ("a.tf:1: syntax error", None),
    ],
)
def test_a_bug_in_the_output_is_a_fault(output, problem):
    found = fuzz.fault(output, 2)
    assert found is None if problem is None else problem in found


def test_a_run_without_end_is_a_fault():
    with pytest.raises(fuzz.Unending), fuzz.limited(0.01):
        time.sleep(5)
