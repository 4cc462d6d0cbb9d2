"""The native runner: what a policy may do wrong, it does to itself alone."""

from dataclasses import replace

import pytest

from plainwork_core.model.stack import Location, Resource, Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import fail
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings import Settings
from tests.policy.small_policies import FAIL, UNKNOWN, a_policy, raises, yields

STACK = Stack(
    "main.tf",
    "hcl",
    resources=tuple(
        Resource(f"aws_sqs_queue.{name}", "managed", "aws_sqs_queue", name, "aws", {}, Location("main.tf", line))
        for line, name in enumerate(("first", "second"), 1)
    ),
)


def results(*policies):
    return evaluate(STACK, policies, Settings())


@pytest.mark.parametrize(
    ("findings", "verdict"),
    [((), "passed"), ((FAIL,), "failed"), ((UNKNOWN,), "not_evaluated"), ((UNKNOWN, FAIL), "failed")],
)
def test_the_status_is_that_of_the_worst_finding(findings, verdict):
    first, second = results(a_policy(yields(*findings)))
    located = tuple(replace(finding, location=Location("main.tf", 1)) for finding in findings)
    assert (first.address, first.status, first.findings) == ("aws_sqs_queue.first", verdict, located)
    assert second.location == Location("main.tf", 2)


def test_a_finding_has_the_location_of_its_argument():
    queue = replace(STACK.resources[0], lines={"tags": 4})
    [result] = evaluate(replace(STACK, resources=(queue,)), [a_policy(yields(FAIL))], Settings())
    assert result.findings[0].location == Location("main.tf", 4)


def test_the_same_unknown_value_is_one_finding():
    first, _ = results(a_policy(yields(UNKNOWN, UNKNOWN, FAIL)))
    assert [finding.status for finding in first.findings] == ["not_evaluated", "failed"]


@pytest.mark.parametrize("error", [ValueError("no such thing"), SystemExit(0), RecursionError("too deep")])
def test_a_policy_that_raises_is_an_error_and_keeps_its_findings(error):
    crashed = results(a_policy(raises(error)))[0]
    assert crashed.status == "error"
    assert crashed.findings[0].message == FAIL.message
    assert crashed.findings[1].message == f"policy PLW_TEST_001 a-test crashed: {type(error).__name__}: {error}"


def test_a_policy_that_raises_does_not_stop_others():
    statuses = [result.status for result in results(a_policy(raises(KeyError("x"))), a_policy(yields(FAIL), number=2))]
    assert statuses == ["error", "error", "failed", "failed"]


def test_an_exception_in_subjects_is_an_error_of_the_stack():
    [crashed] = results(a_policy(yields(), subjects=lambda _stack: 1 / 0))
    assert (crashed.address, crashed.location, crashed.status) == ("", Location("main.tf"), "error")
    assert "ZeroDivisionError: division by zero" in crashed.findings[0].message


@pytest.mark.parametrize("wrong", ["has no tags", None, False])
def test_a_value_that_is_not_a_finding_is_an_error(wrong):
    assert "a policy yields findings, not" in results(a_policy(yields(wrong)))[0].findings[0].message


def test_a_policy_that_returns_none_is_an_error():
    assert results(a_policy(lambda *_: None))[0].status == "error"


def test_a_policy_that_uses_an_unknown_value_as_a_bool_is_an_error():
    def check_one(*_):
        if Unknown("`var.tags` has no default"):
            yield FAIL

    assert "call is_known() first" in results(a_policy(check_one))[0].findings[0].message


def test_an_interrupt_ends_the_run():
    with pytest.raises(KeyboardInterrupt):
        results(a_policy(raises(KeyboardInterrupt())))


@pytest.mark.parametrize(("sensitive", "shown"), [("tags", False), ("tags.Name", True), ("tag", True), ("name", True)])
def test_a_sensitive_value_is_checked_and_not_shown(sensitive, shown):
    queue = replace(STACK.resources[0], sensitive=frozenset([sensitive]))
    [result] = evaluate(replace(STACK, resources=(queue,)), [a_policy(yields(FAIL))], Settings())
    message = "has no tags" if shown else "`tags` is sensitive and not shown; A test"
    assert (result.status, result.findings[0].message) == ("failed", message)
    assert result.findings[0].value == (FAIL.value if shown else "(sensitive)")


@pytest.mark.parametrize(
    ("finding", "remedy"),
    [
        (fail("tags", "has a tag `s3cret`", remedy="another"), "another"),
        (fail("tags", "has a wrong tag", value=["s3cret"], remedy="another"), "another"),
        (fail("", "has a wrong tag", remedy="not `s3cret`"), ""),
    ],
)
def test_a_sensitive_text_is_not_quoted_in_any_finding(finding, remedy):
    queue = replace(STACK.resources[0], values={"tags": {"Name": "s3cret"}}, sensitive=frozenset(["tags.Name"]))
    [result] = evaluate(replace(STACK, resources=(queue,)), [a_policy(yields(finding))], Settings())
    (shown,) = result.findings
    assert shown.message == "`tags.Name` is sensitive and not shown; A test"
    assert (shown.path, shown.value, shown.remedy) == (finding.path, "(sensitive)", remedy)
