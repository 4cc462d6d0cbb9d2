"""Policies of a line, for the tests of what runs them."""

from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.finding import fail, not_evaluated
from plainwork_policies.engine.policy import SECTIONS, Policy

FAIL = fail("tags", "has no tags", value={"Name": Unknown("`var.name` has no default")}, remedy="add some")
UNKNOWN = not_evaluated("tags", Unknown("`var.tags` has no default"))


def a_policy(function, subjects=Stack.managed, number=1, slug="a-test"):
    sections, links = dict.fromkeys(SECTIONS, "."), ("https://example.com",)
    return Policy(f"PLW_TEST_{number:03}", slug, "high", "A test", sections, subjects, function, links=links)


def yields(*findings):
    return lambda *_: iter(findings)


def raises(error):
    def function(*_):
        yield FAIL
        raise error

    return function
