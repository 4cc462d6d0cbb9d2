"""Compares what a plan has with quotas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plainwork_core.doctor.diagnosis import (
    Cause,
    Diagnosis,
    Evidence,
    Examination,
    Likelihood,
    Problem,
    Severity,
    ranked,
)
from plainwork_core.doctor.limits.counting import COUNTERS, Item
from plainwork_core.doctor.limits.quotas import Quota, quotas
from plainwork_core.frozen import frozen
from plainwork_core.model.stack import Stack

_OF_ACCOUNT, _DEFAULTS = "quotas of the account", "default quotas of AWS"
_SHOWN = 3
_CLOSE = 0.5
"""From this part of a quota, the report shows the number."""


@frozen()
class Use:
    """What a stack has for one quota and scope.

    Args:
        quota: the quota.
        scope: such as a Region or a load balancer.
        number: that the stack has, as far as it is known.
        new: those of them that the plan creates.
        resources: that count.
    """

    quota: Quota
    scope: str
    number: int
    new: int
    resources: tuple[str, ...]


@frozen()
class Account:
    """What the account has.

    Args:
        limits: value of each quota by id; the default applies to a quota that is missing.
        in_use: number in use by quota id and scope.
        problems: what could not be read.
    """

    limits: Mapping[str, int]
    in_use: Mapping[tuple[str, str], int]
    problems: tuple[Problem, ...] = ()


def uses(stack: Stack) -> list[Use]:
    """Return what *stack* has for each quota and scope, in the order of the table."""
    created = {change.address for change in stack.changes if change.actions == ("create",)}
    found = []
    for id_, counter in COUNTERS.items():
        by_scope: dict[str, list[Item]] = {}
        for item in counter(stack):
            by_scope.setdefault(item.scope, []).append(item)
        found += [_use(quotas()[id_], scope, items, created) for scope, items in by_scope.items()]
    return found


def examine(stack: Stack, account: Account | None = None) -> Examination:
    """Return what *stack* exceeds.

    Args:
        stack: of a plan, or HCL.
        account: the quotas and the use of the account; `None` compares with the defaults of AWS.
    """
    found = uses(stack)
    return Examination(
        source=stack.source,
        diagnoses=ranked(diagnosis for use in found for diagnosis in _diagnoses(use, account)),
        problems=account.problems if account else (),
        facts=dict(_facts(found, account)),
        examined=f"in the resources, compared with the {_OF_ACCOUNT if account else _DEFAULTS}",
    )


def _use(quota: Quota, scope: str, items: Iterable[Item], created: set[str]) -> Use:
    counted = [item for item in items if item.number]
    number = sum(item.number for item in counted)
    new = sum(item.number for item in counted if item.resource in created)
    return Use(quota, scope, number, new, tuple(dict.fromkeys(item.resource for item in counted)))


def _total(use: Use, account: Account | None) -> tuple[int, int, bool]:
    """Return the number after the apply, the quota, and whether the quota is that of the account."""
    limit = account.limits.get(use.quota.id) if account else None
    in_use = account.in_use.get((use.quota.id, use.scope)) if account else None
    number = use.number if in_use is None else in_use + use.new
    return number, use.quota.default if limit is None else limit, limit is not None


def _diagnoses(use: Use, account: Account | None) -> Iterator[Diagnosis]:
    number, limit, is_of_account = _total(use, account)
    if number <= limit:
        return
    quota = use.quota
    is_certain = is_of_account or not quota.adjustable
    shown = ", ".join(use.resources[:_SHOWN]) + f" and {len(use.resources) - _SHOWN} more" * (
        len(use.resources) > _SHOWN
    )
    whose = "the account's quota" if is_of_account else "the quota" if not quota.adjustable else "the default quota"
    yield Diagnosis(
        cause=Cause(
            f"quota-{quota.id}",
            f"Plan exceeds the quota: {quota.name}",
            Severity.FAULT if is_certain else Severity.RISK,
            (quota.source,),
        ),
        evidence=(
            Evidence(f"{number} for {use.scope}; {whose} is {limit} per {quota.per}"),
            Evidence(shown),
        ),
        explanation="The apply fails when it reaches the quota, after it has created the rest.",
        command=_remedy(quota, number, is_certain=is_certain),
        likelihood=Likelihood.CERTAIN if is_certain else Likelihood.LIKELY,
    )


def _remedy(quota: Quota, number: int, *, is_certain: bool) -> str:
    if not quota.adjustable:
        return f"split what counts for one {quota.per}; AWS raises this quota for no account"
    if not is_certain:
        return "plainwork doctor --plan PLAN --online   # compares with the quota of the account"
    return (
        f"request {number} of `{quota.name}` in Service Quotas (service code {quota.service}): "
        "aws service-quotas request-service-quota-increase"
    )


def _facts(found: Iterable[Use], account: Account | None) -> Iterator[tuple[str, str]]:
    for use in found:
        number, limit, is_of_account = _total(use, account)
        if limit * _CLOSE <= number <= limit:
            of = "the account's" if is_of_account else "the default"
            yield f"{use.quota.name}, {use.scope}", f"{number} of {limit}, {of} quota"
