"""The base of a comparison: its findings, and what it checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from os.path import relpath
from pathlib import Path
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Value
from plainwork_core.repository import repository_path, repository_root
from plainwork_policies.engine.comparison import BaseFinding
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.plain_value import plain
from plainwork_policies.engine.run_result import RunResult, StackResult
from plainwork_policies.engine.runner import Result

_MAX_LENGTH = 200
"""Of a value as JSON; a longer one is recorded as its digest, unless it is a list of texts, which may get wider."""
Stacks = Mapping[str, frozenset[str]]


@frozen()
class Base:
    """What a run is compared with.

    Args:
        name: as the user passed it.
        findings: with stacks relative to the repository (`repository_path`).
        stacks: by the path of a stack, the addresses that were checked in it.
        policies: ids of the policies that exist there, whether they were run or not.
        read: the stacks by path; none of a saved base, which has only their findings.
    """

    name: str
    findings: tuple[BaseFinding, ...]
    stacks: Stacks
    policies: frozenset[str]
    read: Mapping[str, Stack] | None = None

    @cached_property
    def by_stack(self) -> Mapping[str, Sequence[BaseFinding]]:
        """The findings by the path of their stack."""
        found: dict[str, list[BaseFinding]] = {path: [] for path in self.stacks}
        for finding in self.findings:
            found.setdefault(finding.stack, []).append(finding)
        return found

    def shown_at(self, copy: Path, directory: Path) -> Base:
        """Return the base with messages that name files of *directory* instead of those of its *copy*."""
        shown = "" if directory.resolve() == Path.cwd() else f"{relpath(directory)}/"
        findings = (replace(finding, message=finding.message.replace(f"{copy}/", shown)) for finding in self.findings)
        return replace(self, findings=tuple(findings))

    def within(self, paths: Iterable[Path]) -> Base:
        """Return what concerns a run on *paths*: not the stacks elsewhere that still exist."""
        roots = [repository_path(str(path)) for path in paths]
        stacks = {
            path: checked
            for path, checked in self.stacks.items()
            if any(_is_below(path, root) for root in roots) or not (repository_root() / path).exists()
        }
        return replace(
            self, stacks=stacks, findings=tuple(finding for finding in self.findings if finding.stack in stacks)
        )


def _is_below(path: str, root: str) -> bool:
    return root in (".", path) or path.startswith(f"{root}/")


def base_of(run: RunResult, name: str, path_of: Callable[[str], str] = repository_path) -> Base:
    """Return *run* as a base, without waived findings; *path_of* returns the path of a stack by its source."""
    stacks = {path_of(checked.stack.source): checked for checked in run.stacks}
    findings = (
        base_finding(result, finding, path)
        for path, checked in stacks.items()
        for result in checked.results
        for finding in result.findings
        if finding.waiver is None
    )
    return Base(
        name,
        tuple(findings),
        {path: addresses(checked) for path, checked in stacks.items()},
        frozenset(run.known_policies),
        {path: checked.stack for path, checked in stacks.items()},
    )


def addresses(of: StackResult) -> frozenset[str]:
    """Return the addresses of all subjects in a stack."""
    return frozenset(result.address for result in of.results)


def base_finding(result: Result, finding: Finding, stack: str) -> BaseFinding:
    """Return a *finding* of *result* in the stack at the path *stack* as the base has it."""
    return BaseFinding(
        policy=result.policy.id,
        slug=result.policy.slug,
        status=finding.status,
        severity=finding.severity or result.policy.severity,
        stack=stack,
        address=result.address,
        argument=finding.path,
        value=recorded(finding.value),
        message=finding.message,
    )


def recorded(value: Value) -> Any:
    """Return *value* as JSON data, or its digest. The secrets in it are already hidden."""
    found = plain(value)
    if isinstance(found, list) and all(isinstance(member, str) for member in found):
        return found
    text = json.dumps(found, sort_keys=True, default=str)
    return found if len(text) <= _MAX_LENGTH else f"sha256:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
