from __future__ import annotations

from plainwork_core.aws.organizations import TAG_POLICY_CHARACTERS
from plainwork_core.guardrails.documents import encoded
from plainwork_core.guardrails.tag_policy import tag_policies
from plainwork_policies.tags.settings import TagSettings


def test_a_policy_has_the_case_of_the_key_the_values_and_the_services() -> None:
    settings = TagSettings(required=("Owner",), allowed_values={"Environment": ("dev", "prod")})
    assert tag_policies(settings, ["sqs", "ec2", "iam"]) == [
        {
            "tags": {
                "Owner": {
                    "tag_key": {"@@assign": "Owner"},
                    "enforced_for": {"@@assign": ["sqs:ALL_SUPPORTED", "ec2:ALL_SUPPORTED"]},
                },
                "Environment": {
                    "tag_key": {"@@assign": "Environment"},
                    "tag_value": {"@@assign": ["dev", "prod"]},
                    "enforced_for": {"@@assign": ["sqs:ALL_SUPPORTED", "ec2:ALL_SUPPORTED"]},
                },
            }
        }
    ]


def test_a_service_that_no_tag_policy_enforces_is_omitted() -> None:
    (policy,) = tag_policies(TagSettings(required=("Owner",)), ["iam"])
    assert policy["tags"]["Owner"] == {"tag_key": {"@@assign": "Owner"}}


def test_a_value_has_one_asterisk_and_no_question_mark() -> None:
    patterns = {"One": "cc-.*", "Two": ".*-.*", "Any": "cc-.+"}
    (policy,) = tag_policies(TagSettings(value_patterns=patterns), ["sqs"])
    assert policy["tags"]["One"]["tag_value"] == {"@@assign": ["cc-*"]}
    assert "tag_value" not in policy["tags"]["Two"]
    assert "tag_value" not in policy["tags"]["Any"]


def test_many_keys_take_several_policies_within_the_quota() -> None:
    keys = tuple(f"Key{number}" for number in range(50))
    policies = tag_policies(TagSettings(required=keys))
    assert len(policies) > 1
    assert max(len(encoded(policy)) for policy in policies) <= TAG_POLICY_CHARACTERS
    assert tuple(key for policy in policies for key in policy["tags"]) == keys
