"""A value of a wrong type may turn a result into *not evaluated*, and into nothing else; no policy crashes on it."""

import pytest

from plainwork_core.model.values import Unknown
from plainwork_policies.engine.registry import policies
from tests.support.replaced_values import changes
from tools.example_cases import cases

BY_NAME = "the argument is found by its name in resources of any type, of which some take a list"
EXCEPTIONS = {
    "acm-certificate-region-mismatch": BY_NAME,
    "arn-partition-mismatch": "a subject is an ARN in the configuration, and a list or a map is not one",
    "arn-region-mismatch": "a subject is an ARN in the configuration, and a list or a map is not one",
    "availability-zone-invalid": BY_NAME,
    "elasticache-hardcoded-password": "a value that is not a string or a list of strings is not a password",
    "elasticache-scaling-target-invalid": "a subject is a target whose service is certain",
    "iam-policy-variable-literal": "a subject is a text in the configuration, and a list or a map is not one",
    "iam-privilege-escalation": "a policy of an unknown role, user or group is checked as that of another principal",
    "kms-key-region-mismatch": BY_NAME,
    "new-access": "a policy of an unknown role, user or group is compared as that of another principal",
    "route53-weight-invalid": "it fails a weight that is not a number",
    "service-region-mismatch": "a subject is a text in the configuration, and a list or a map is not one",
    "tag-value-not-allowed": "an unknown value of a required tag counts as not empty",
}
"""Policies for which a value of a wrong type may do something else, each with the reason."""


def wrong_types(value):
    if value is None or isinstance(value, Unknown):
        return []
    return [7] if isinstance(value, list | dict) else [["x"], {"k": "v"}]


def all_changes(policy, replacements):
    """The changes of the examples as HCL and as plans."""
    files = [(case, main) for case in cases([policy.slug]) for main in (case.main, case.plan)]
    return sorted({change for case, main in files for change in changes(policy, case, main, replacements)})


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_a_value_of_a_wrong_type_never_changes_a_result_into_another(policy):
    changed = all_changes(policy, wrong_types)
    if policy.slug in EXCEPTIONS:
        assert changed, "remove the exception"
    else:
        assert changed == []


@pytest.mark.parametrize("policy", policies(), ids=lambda policy: policy.slug)
def test_no_value_crashes_a_policy(policy):
    crashes = all_changes(policy, lambda _: ["x", 7, ["x"], [None], {"k": "v"}, None])
    assert not [change for change in crashes if change.endswith("error")]
