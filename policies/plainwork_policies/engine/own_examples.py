"""Runs the examples of own policies: `plainwork policies test`.

The examples of the policy `queue-name` in a folder are in `examples/queue_name/` of that folder: `bad`, `good` and
`unknown`, each as HCL (`bad.tf`, or a directory) or as the JSON of a plan (`bad.json`). `expected.toml` beside them is
optional, and lists addresses by status for each; without it, every result of `bad` has to be *failed*, every result of
`good` *passed*, and every result of `unknown` *not evaluated*.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.read import find
from plainwork_core.read.text import decode, read_bytes
from plainwork_policies.engine.own_policies import OwnPolicies
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.runner import Result, evaluate
from plainwork_policies.engine.settings import Settings

KINDS = {"bad": "failed", "good": "passed", "unknown": "not_evaluated"}
EXAMPLES, EXPECTED = "examples", "expected.toml"
_STATUSES = ("failed", "passed", "not_evaluated")

Expected = Mapping[str, Mapping[str, str]]
"""For each kind of example, the status of each address."""


def problems(of: OwnPolicies, policy: Policy, settings: Settings) -> Iterator[str]:
    """Yield what is wrong with the examples of *policy*, and where results differ from what they expect."""
    directory = directory_of(of, policy)
    inputs = {kind: _inputs(directory, kind) for kind in KINDS}
    if not inputs["bad"]:
        yield f"{policy.slug}: has no bad example; write {directory / 'bad.tf'}, in which the policy fails"
    expected = _expected(directory / EXPECTED)
    for kind in sorted(expected.keys() - {kind for kind, paths in inputs.items() if paths}):
        yield f"{policy.slug}: {directory / EXPECTED} has [{kind}], but there is no such example"
    for kind, paths in inputs.items():
        results = [result for path in paths for result in _results(path, policy, settings)]
        if paths:
            yield from (f"{policy.slug}: {kind}: {problem}" for problem in _differences(kind, results, expected))


def directory_of(of: OwnPolicies, policy: Policy) -> Path:
    """Return the directory with the examples of *policy*."""
    return of.folder / EXAMPLES / policy.slug.replace("-", "_")


def _inputs(directory: Path, kind: str) -> list[Path]:
    if not directory.is_dir():
        return []
    return sorted(path for path in directory.iterdir() if path.name.partition(".")[0] == kind)


def _results(path: Path, policy: Policy, settings: Settings) -> Iterator[Result]:
    for source in find(path):
        yield from evaluate(source.read(), [policy], settings)


def _differences(kind: str, results: list[Result], expected: Expected) -> Iterator[str]:
    if not results:
        yield "the policy has no subject in it"
    addresses = expected.get(kind, {})
    for result in results:
        wanted = addresses.get(result.address, "") if kind in expected else KINDS[kind]
        if result.status == "error":
            yield f"{result.address or 'the stack'}: {result.findings[-1].message}"
        elif not wanted:
            yield f"{result.address} is {_shown(result.status)}, and {EXPECTED} does not have it"
        elif result.status != wanted:
            reasons = "; ".join(finding.message for finding in result.findings)
            yield f"{result.address} is {_shown(result.status)}, not {_shown(wanted)}{reasons and f': {reasons}'}"
    found = {result.address for result in results}
    yield from (
        f"{EXPECTED} has {address}, of which there is no result" for address in addresses if address not in found
    )
    if kind == "bad" and results and all(result.status != "failed" for result in results):
        yield "the policy fails nowhere in it"


def _expected(file: Path) -> Expected:
    """Return the content of `expected.toml`; nothing without the file."""
    if not file.is_file():
        return {}
    try:
        document = tomllib.loads(decode(read_bytes(file), str(file)))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{file}: cannot be read as TOML: {error}") from error
    return {kind: _statuses(table, f"{file}: [{kind}]", kind) for kind, table in document.items()}


def _statuses(table: object, where: str, kind: str) -> Mapping[str, str]:
    if kind not in KINDS or not isinstance(table, dict) or not table.keys() <= set(_STATUSES):
        raise InputError(f"{where}: write [bad], [good] or [unknown] with lists `failed`, `passed` or `not_evaluated`")
    return {address: status for status, addresses in table.items() for address in addresses}


def _shown(status: str) -> str:
    return status.replace("_", " ")
