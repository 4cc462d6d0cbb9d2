"""Policies of a line, for the tests of what runs them."""

from plainwork_core.model.stack import Stack
from plainwork_core.model.values import Unknown
from plainwork_policies.engine.policy import SECTIONS, Policy, fail, not_evaluated

FAIL = fail("tags", "has no tags", value={"Name": Unknown("`var.name` has no default")}, remedy="add some")
UNKNOWN = not_evaluated("tags", Unknown("`var.tags` has no default"))


def a_policy(judge, subjects=Stack.managed, number=1, slug="a-test"):
    return Policy(f"PLW_TEST_{number:03}", slug, "high", "A test", dict.fromkeys(SECTIONS, "."), subjects, judge)


def yields(*findings):
    return lambda *_: iter(findings)


def raises(error):
    def judge(*_):
        yield FAIL
        raise error

    return judge
