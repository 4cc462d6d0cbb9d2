"""A value that becomes unknown may turn a result into *not evaluated*, and into nothing else."""

import pytest

from plainwork_core.model.values import Unknown
from plainwork_policies.engine.registry import policies
from tests.support.replaced_values import changes
from tools.example_cases import cases

HIDDEN = Unknown("`var.hidden` has no default; check a plan", ("var.hidden",))

EXCEPTIONS = {
    "arn-partition-mismatch": "a subject is an ARN in the configuration, and an unknown value is not one",
    "arn-region-mismatch": "a subject is an ARN in the configuration, and an unknown value is not one",
    "iam-privilege-escalation": "a policy of an unknown role, user or group is checked as that of another principal",
    "iam-policy-variable-literal": "a subject is a text in the configuration, and an unknown value is not one",
    "service-region-mismatch": "a subject is a text in the configuration, and an unknown value is not one",
    "tag-value-not-allowed": "an unknown value of a required tag counts as not empty",
}
"""Policies for which an unknown value may do something else, each with the reason."""


def hidden(value):
    return [] if isinstance(value, Unknown) else [HIDDEN]


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_an_unknown_value_never_changes_a_result_into_another(policy):
    changed = sorted({change for case in cases([policy.slug]) for change in changes(policy, case, case.main, hidden)})
    if policy.slug in EXCEPTIONS:
        assert changed, "remove the exception"
    else:
        assert changed == []
