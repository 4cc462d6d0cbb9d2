import pytest

from plainwork_policies.endpoints.vpc_endpoint_policy_denies_all import vpc_endpoint_policy_denies_all

ALLOW = '{ Effect = "Allow", Principal = "*", Action = "s3:*", Resource = "*" }'
DENY = ALLOW.replace("Allow", "Deny")
UNKNOWN = ALLOW.replace('"Allow"', "var.effect")


@pytest.mark.parametrize(
    ("statements", "status"),
    [
        ((ALLOW,), "passed"),
        ((DENY, ALLOW), "passed"),
        ((DENY,), "failed"),
        ((DENY, DENY), "failed"),
        ((DENY, UNKNOWN), "not_evaluated"),
        ((ALLOW, UNKNOWN), "passed"),
    ],
)
def test_a_policy_has_an_allow_statement(statements, status, endpoint, statuses):
    document = f'jsonencode({{ Version = "2012-10-17", Statement = [{", ".join(statements)}] }})'
    found = statuses(vpc_endpoint_policy_denies_all, endpoint(policy=document))
    assert found == {"aws_vpc_endpoint.x": status}


def test_the_policy_in_a_resource_of_its_own_is_checked(statuses):
    hcl = f'resource "aws_vpc_endpoint_policy" "x" {{\n  policy = jsonencode({{ Statement = [{DENY}] }})\n}}\n'
    assert statuses(vpc_endpoint_policy_denies_all, hcl) == {"aws_vpc_endpoint_policy.x": "failed"}


def test_an_unknown_document_is_not_evaluated(endpoint, statuses):
    assert statuses(vpc_endpoint_policy_denies_all, endpoint(policy="var.policy")) == {
        "aws_vpc_endpoint.x": "not_evaluated"
    }


@pytest.mark.parametrize("policy", [None, "null"])
def test_an_endpoint_without_a_policy_is_no_subject(policy, endpoint, statuses):
    assert statuses(vpc_endpoint_policy_denies_all, endpoint(policy=policy)) == {}


def test_a_policy_of_another_resource_type_is_no_subject(statuses):
    hcl = f'resource "aws_s3_bucket_policy" "x" {{\n  policy = jsonencode({{ Statement = [{DENY}] }})\n}}\n'
    assert statuses(vpc_endpoint_policy_denies_all, hcl) == {}
