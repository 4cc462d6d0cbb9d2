"""Applies waivers to the results of a stack. A waived finding stays in its result, with its waiver."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.waivers import Waiver
from plainwork_policies.engine.finding import Finding
from plainwork_policies.engine.path_glob import PathGlob
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import PolicyEntry, by_pattern, entries
from plainwork_policies.engine.runner import Result, worst
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.severity import SEVERITIES
from plainwork_policies.engine.waiver_comments import CodeWaivers

Policies = Sequence[PolicyEntry | Policy]


@frozen()
class AppliedWaivers:
    """What waivers did in one stack.

    Args:
        entries: the waivers that are about the stack.
        used: the origins of those that select a finding.
        problems: of comments with a wrong form, and of waivers that are expired or not allowed.
    """

    entries: tuple[WaiverEntry, ...] = ()
    used: frozenset[str] = frozenset()
    problems: tuple[str, ...] = ()


NO_WAIVERS = AppliedWaivers()


@frozen()
class WaiverEntry:
    """A waiver, the ids of its policies, and the stacks that it is about; `None` for all."""

    waiver: Waiver
    ids: frozenset[str]
    glob: PathGlob | None = None


class Waivers:
    """The waivers of the settings, and those beside the code of the stacks that are checked.

    Args:
        settings: with the waivers, and the policies and severities that cannot be waived.
        policies: the available ones.
        today: the date of the run.

    Raises:
        InputError: a waiver in the settings, or `forbid_waivers`, has a policy that does not exist.
    """

    def __init__(self, settings: Settings, policies: Policies, today: date) -> None:
        self._available = tuple({policy.id: policy for policy in (*entries(), *policies)}.values())
        self._today = today
        self._forbidden = forbidden(settings.forbid_waivers, self._available)
        self._entries = tuple(self._entry(waiver, glob) for waiver, glob in settings.waivers)

    def apply(
        self, source: Path, comments: CodeWaivers, results: Iterable[Result]
    ) -> tuple[tuple[Result, ...], AppliedWaivers]:
        """Return the *results* of the stack *source* after the waivers, and what these did.

        Args:
            source: file or directory of the stack.
            comments: the waivers beside its code.
            results: of the policies.
        """
        of_code, problems = self._of_code(comments)
        about = tuple(entry for entry in self._entries if entry.glob is None or entry.glob.contains(source)) + of_code
        if not about:
            return tuple(results), AppliedWaivers(problems=problems)
        valid = [entry for entry in about if not entry.waiver.is_expired(self._today)]
        expired = (
            f"{entry.waiver.origin}: the waiver of {entry.waiver.policy} expired on {entry.waiver.expires}; "
            "correct the finding, or renew the waiver"
            for entry in about
            if entry not in valid
        )
        application = _Application(valid, self._forbidden)
        waived = tuple(map(application.waived, results))
        problems = (*problems, *expired, *application.problems)
        return waived, AppliedWaivers(tuple(valid), frozenset(application.used), problems)

    def _of_code(self, comments: CodeWaivers) -> tuple[tuple[WaiverEntry, ...], tuple[str, ...]]:
        found: list[WaiverEntry] = []
        waivers, problems = comments
        wrong = list(problems)
        for waiver in waivers:
            try:
                found.append(self._entry(waiver, None))
            except InputError as error:
                wrong.append(str(error))
        return tuple(found), tuple(wrong)

    def _entry(self, waiver: Waiver, glob: PathGlob | None) -> WaiverEntry:
        try:
            return WaiverEntry(waiver, frozenset(one.id for one in by_pattern(waiver.policy, self._available)), glob)
        except InputError as error:
            raise InputError(f"{waiver.origin}: {error}") from error


class _Application:
    """The application of waivers to the results of one stack."""

    def __init__(self, entries: Sequence[WaiverEntry], forbidden: frozenset[str]) -> None:
        self.used: set[str] = set()
        self.problems: list[str] = []
        self._forbidden = forbidden
        self._by_policy: dict[str, list[Waiver]] = {}
        for entry in entries:
            for id_ in entry.ids:
                self._by_policy.setdefault(id_, []).append(entry.waiver)

    def waived(self, result: Result) -> Result:
        """Return *result* with the waivers of its findings."""
        waivers = self._by_policy.get(result.policy.id)
        if not waivers or not result.findings or result.status == "error":
            return result
        findings = tuple(self._accepted(finding, result, waivers) for finding in result.findings)
        return replace(result, findings=findings, status=worst(findings))

    def _accepted(self, finding: Finding, result: Result, waivers: Iterable[Waiver]) -> Finding:
        selecting = [waiver for waiver in waivers if waiver.selects(result.address, finding.path)]
        if not selecting:
            return finding
        self.used.update(waiver.origin for waiver in selecting)
        if {result.policy.id, finding.severity or result.policy.severity} & self._forbidden:
            origin, slug = selecting[0].origin, result.policy.slug
            self.problems.append(f"{origin}: `forbid_waivers` in the settings does not allow a waiver of {slug}")
            return finding
        return replace(finding, waiver=selecting[0])


def forbidden(names: Iterable[str], available: Policies) -> frozenset[str]:
    """Return the ids of policies and the severities in the setting `forbid_waivers`.

    Raises:
        InputError: a policy does not exist.
    """
    found: set[str] = set()
    for name in names:
        try:
            found |= {name} if name in SEVERITIES else {policy.id for policy in by_pattern(name, available)}
        except InputError as error:
            raise InputError(f"`forbid_waivers` in the settings: {error}") from error
    return frozenset(found)
