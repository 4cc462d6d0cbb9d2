"""The results of the policies on one stack as JSON data: most of them have passed and take a few characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from plainwork_core.model.stack import Location
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.runner import Result, Status
from plainwork_policies.stored.findings import finding_data, finding_of

_STATUSES: dict[str, Status] = {
    "passed": "passed",
    "failed": "failed",
    "not_evaluated": "not_evaluated",
    "waived": "waived",
    "error": "error",
}


def results_data(results: Sequence[Result]) -> dict[str, Any]:
    """Return *results* as JSON data.

    `subjects` has the address, file and line of each subject. `checked` has each policy with the numbers of its
    subjects, such as `0-54 60`. `others` has the results that are not `passed`, by their number.
    """
    numbers: dict[tuple[str, Location], int] = {}
    for result in results:
        numbers.setdefault((result.address, result.location), len(numbers))
    checked = [
        [id_, _ranges(numbers[result.address, result.location] for result in group)]
        for id_, group in groupby(results, key=lambda result: result.policy.id)
    ]
    others = [
        [number, result.status, list(map(finding_data, result.findings))]
        for number, result in enumerate(results)
        if result.status != "passed"
    ]
    subjects = [[address, location.file, location.line] for address, location in numbers]
    return {"subjects": subjects, "checked": checked, "others": others}


def results_of(data: Mapping[str, Any], policies: Mapping[str, Policy]) -> tuple[Result, ...]:
    """Return the results of *data*; *policies* has the policies by id.

    Raises:
        DAMAGE: it has another form, or a policy that is not in *policies*.
    """
    subjects = [(str(address), Location(str(file), int(line))) for address, file, line in data["subjects"]]
    others = {number: (_STATUSES[status], tuple(map(finding_of, found))) for number, status, found in data["others"]}
    found: list[Result] = []
    for id_, ranges in data["checked"]:
        policy = policies[id_]
        for subject in _numbers(ranges, len(subjects)):
            status, findings = others.pop(len(found), ("passed", ()))
            found.append(Result(policy, *subjects[subject], status, findings))
    if others:
        raise ValueError(f"{len(others)} results without a policy")
    return tuple(found)


def _ranges(numbers: Iterable[int]) -> str:
    """Return *numbers* with successive ones as a range: `0-54 60`."""
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] + 1 == number:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return " ".join(f"{first}-{last}" if first != last else str(first) for first, last in ranges)


def _numbers(ranges: str, end: int) -> Iterator[int]:
    """Yield the numbers in *ranges*, all below *end*."""
    for text in ranges.split():
        first, _, last = text.partition("-")
        start, stop = int(first), int(last or first) + 1
        if not 0 <= start < stop <= end:
            raise ValueError(f"{text} is not below {end}")
        yield from range(start, stop)
