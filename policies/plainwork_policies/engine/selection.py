"""Which policies are run: the settings `select` and `ignore`, and the options of the same names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_policies.engine.policy import Policy
from plainwork_policies.engine.registry import ALL, PolicyEntry, by_pattern

_EXACT = 1000
"""The specificity of a whole name; that of a pattern or the beginning of a name is its length, that of `ALL` is 0."""


@frozen()
class Selection:
    """The selection of one settings file, one table `[paths."..."]`, or the command line.

    Args:
        select: the policies that are run; `()` for those of the selections before it.
        ignore: those of them that are not run. If a policy is in both, the longer name decides.
        source: names the place of *select* and *ignore* in errors, such as `plainwork.toml: `.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    source: str = ""


@frozen()
class SelectedPolicies:
    """The policies that are run, and those that `ignore` removed, each in the order of the available ones."""

    policies: tuple[PolicyEntry | Policy, ...]
    ignored: tuple[PolicyEntry | Policy, ...]


NO_POLICIES = SelectedPolicies((), ())


def selected(policies: Sequence[PolicyEntry | Policy], selections: Iterable[Selection]) -> SelectedPolicies:
    """Return those of *policies* that *selections* select, each selection after the one before it.

    Raises:
        InputError: a name in a selection is unknown.
    """
    enabled, ignored = {policy.id for policy in policies}, set[str]()
    for selection in selections:
        chosen = _specificity(selection.select, policies, f"{selection.source}select")
        removed = _specificity(selection.ignore, policies, f"{selection.source}ignore")
        if selection.select:
            enabled, ignored = set(chosen), set()
        dropped = {id_ for id_ in enabled if removed.get(id_, -1) >= chosen.get(id_, -1) and id_ in removed}
        enabled, ignored = enabled - dropped, ignored | dropped
    return SelectedPolicies(
        tuple(policy for policy in policies if policy.id in enabled),
        tuple(policy for policy in policies if policy.id in ignored),
    )


def _specificity(names: Iterable[str], policies: Sequence[PolicyEntry | Policy], where: str) -> dict[str, int]:
    """Return, by id, the specificity of the longest of *names* that selects a policy."""
    found: dict[str, int] = {}
    for name in names:
        try:
            chosen = by_pattern(name, policies)
        except InputError as error:
            raise InputError(f"{where}: {error}") from error
        for policy in chosen:
            is_exact = name.casefold() in map(str.casefold, policy.names)
            specificity = _EXACT if is_exact else 0 if name.casefold() == ALL.casefold() else len(name)
            found[policy.id] = max(found.get(policy.id, 0), specificity)
    return found
