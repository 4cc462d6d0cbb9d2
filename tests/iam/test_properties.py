"""Properties of every decision, on generated requests and policies."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plainwork_core.iam.evaluation import Decision, Policies, Request, decide, policy_statements
from plainwork_core.iam.statement import Principal, Statement
from plainwork_core.model.values import Unknown
from tests.iam.requests import ask
from tools.iam_proof.case import policies_of, request_of
from tools.iam_proof.generated import generated

ORDER = {"denied": 0, "unknown": 1, "allowed": 2}
WITH_DEFAULT = ("aws:SecureTransport", "aws:ViaAWSService")
"""The keys that have a value in a request that does not state them."""
HIDDEN = Unknown("var.x has no default")
cases = st.integers(0, 100_000).map(generated)
randoms = st.integers(0, 1_000_000).map(Random)

Place = tuple[str, int | None, int]
"""The field of `Policies`, the level if it has several, and the index of the statement."""


def places(policies: Policies) -> Iterator[Place]:
    """Each statement of *policies*."""
    for name in ("identity", "boundary", "session", "resource", "endpoint"):
        yield from ((name, None, index) for index in range(len(getattr(policies, name) or ())))
    for name in ("scp", "rcp"):
        for level, statements in enumerate(getattr(policies, name)):
            yield from ((name, level, index) for index in range(len(statements)))


def statement_at(policies: Policies, place: Place) -> Statement:
    name, level, index = place
    held = getattr(policies, name)
    found: Statement = held[index] if level is None else held[level][index]
    return found


def changed(policies: Policies, place: Place, *statements: Statement) -> Policies:
    """*policies* with *statements* in the place of one."""
    name, level, index = place
    held = getattr(policies, name)
    if level is None:
        return replace(policies, **{name: (*held[:index], *statements, *held[index + 1 :])})
    one = (*held[level][:index], *statements, *held[level][index + 1 :])
    return replace(policies, **{name: (*held[:level], one, *held[level + 1 :])})


def is_wider(after: Decision, before: Decision) -> bool:
    return ORDER[after.answer] > ORDER[before.answer]


def chosen(random: Random, policies: Policies, effect: str) -> Place | None:
    found = [place for place in places(policies) if statement_at(policies, place).effect == effect]
    return random.choice(found) if found else None


@given(cases)
def test_an_answer_on_known_values_is_known(case: Any) -> None:
    assert not decide(request_of(case), policies_of(case)).is_unknown


@given(cases, randoms)
def test_the_order_of_statements_does_not_matter(case: Any, random: Random) -> None:
    request, policies = request_of(case), policies_of(case)

    def shuffled(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
        return tuple(random.sample(statements, len(statements)))

    others = {
        name: held and shuffled(held)
        for name in ("identity", "boundary", "session", "resource", "endpoint")
        for held in (getattr(policies, name),)
    }
    levels = {name: tuple(map(shuffled, getattr(policies, name))) for name in ("scp", "rcp")}

    assert decide(request, replace(policies, **others, **levels)).answer == decide(request, policies).answer


@given(cases, cases, randoms)
def test_a_deny_statement_more_never_widens(case: Any, other: Any, random: Random) -> None:
    request, policies, source = request_of(case), policies_of(case), policies_of(other)
    place, taken = (random.choice([*places(held)] or [None]) for held in (policies, source))
    if place is None or taken is None:
        return
    here = statement_at(policies, place)
    denying = replace(statement_at(source, taken), effect="Deny", document=here.document)

    assert not is_wider(decide(request, changed(policies, place, here, denying)), decide(request, policies))


@given(cases, cases, randoms)
def test_a_condition_more_never_widens_an_allow_statement(case: Any, other: Any, random: Random) -> None:
    request, policies, source = request_of(case), policies_of(case), policies_of(other)
    place = chosen(random, policies, "Allow")
    conditions = [one for held in places(source) for one in statement_at(source, held).conditions]
    if place is None or not conditions:
        return
    here = statement_at(policies, place)
    limited = replace(here, conditions=(*here.conditions, random.choice(conditions)))

    assert not is_wider(decide(request, changed(policies, place, limited)), decide(request, policies))


@given(cases, randoms)
def test_a_condition_less_never_narrows_a_deny_statement(case: Any, random: Random) -> None:
    request, policies = request_of(case), policies_of(case)
    place = chosen(random, policies, "Deny")
    if place is None:
        return
    wide = replace(statement_at(policies, place), conditions=())

    assert not is_wider(decide(request, changed(policies, place, wide)), decide(request, policies))


@given(cases, cases, randoms)
def test_an_allow_statement_more_never_narrows(case: Any, other: Any, random: Random) -> None:
    request, policies, source = request_of(case), policies_of(case), policies_of(other)
    place, taken = (random.choice([*places(held)] or [None]) for held in (policies, source))
    if place is None or taken is None:
        return
    here = statement_at(policies, place)
    allowing = replace(statement_at(source, taken), effect="Allow", document=here.document)

    assert not is_wider(decide(request, policies), decide(request, changed(policies, place, here, allowing)))


@given(cases, randoms)
def test_one_statement_for_each_action_gives_the_same_answer(case: Any, random: Random) -> None:
    request, policies = request_of(case), policies_of(case)
    several = [place for place in places(policies) if len(statement_at(policies, place).actions) > 1]
    if not several:
        return
    place = random.choice(several)
    here = statement_at(policies, place)
    split = [replace(here, actions=(action,)) for action in here.actions]

    assert decide(request, changed(policies, place, *split)).answer == decide(request, policies).answer


@given(cases, randoms)
def test_a_value_of_the_request_that_is_unknown_changes_no_answer_to_the_other(case: Any, random: Random) -> None:
    request, policies = request_of(case), policies_of(case)
    key = random.choice([key for key in case.context if key not in WITH_DEFAULT])
    hidden = replace(request, context={**request.context, key: (HIDDEN,)})
    absent = replace(request, context={name: values for name, values in request.context.items() if name != key})

    before = decide(request, policies).answer
    assert decide(hidden, policies).answer in (before, "unknown")
    assert decide(replace(absent, complete=False), policies).answer in (before, "unknown")


@given(cases, randoms)
def test_a_part_of_a_policy_that_is_unknown_changes_no_answer_to_the_other(case: Any, random: Random) -> None:
    request, policies = request_of(case), policies_of(case)
    found = [*places(policies)]
    if not found:
        return
    place = random.choice(found)
    here = statement_at(policies, place)
    element = random.choice(["actions", "resources", "principals", "conditions", "effect", "not_actions"])
    unknown = hidden_part(here, element)

    assert decide(request, changed(policies, place, unknown)).answer in (decide(request, policies).answer, "unknown")


def hidden_part(statement: Statement, element: str) -> Statement:
    held = getattr(statement, element)
    if element == "effect":
        return replace(statement, effect=HIDDEN)
    if element == "conditions":
        return replace(statement, conditions=tuple(replace(one, values=(HIDDEN,)) for one in held))
    if element == "principals":
        return replace(
            statement,
            principals=tuple(
                Principal("AWS", HIDDEN) if one.type == "*" else replace(one, value=HIDDEN) for one in held
            ),
        )
    return replace(statement, **{element: (HIDDEN,) if held else ()})


@given(cases, st.sampled_from(["principal", "resource"]), st.sampled_from(["arn", "account", "tags"]))
def test_a_principal_or_resource_that_is_unknown_changes_no_answer_to_the_other(
    case: Any, part: str, field: str
) -> None:
    request, policies = request_of(case), policies_of(case)
    unknown: Request = replace(request, **{part: replace(getattr(request, part), **{field: HIDDEN})})

    assert decide(unknown, policies).answer in (decide(request, policies).answer, "unknown")


def calls(statements: int, conditions: int) -> int:
    """How many functions run for a decision by *statements* that each have *conditions*."""
    limits = {"StringNotEquals": {f"aws:RequestTag/{number}": "x" for number in range(conditions)}}
    shared = {"Effect": "Allow", "Action": "s3:*", "Condition": limits}
    of_size = f"arn:aws:s3:::data-{statements}"  # no pattern is in a cache from another size
    document = {"Statement": [{**shared, "Resource": f"{of_size}-{number}/*"} for number in range(statements)]}
    policies, ran = policy_statements(document), 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal ran
        ran += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        ask("s3:GetObject", identity=policies)
    finally:
        sys.setprofile(before)
    return ran


@pytest.mark.parametrize(("small", "large"), [((50, 1), (500, 1)), ((5, 10), (5, 100))])
def test_the_work_is_linear_in_statements_and_conditions(small: tuple[int, int], large: tuple[int, int]) -> None:
    calls(2, 2)  # what is cached runs before

    assert calls(*large) < 10.5 * calls(*small)
