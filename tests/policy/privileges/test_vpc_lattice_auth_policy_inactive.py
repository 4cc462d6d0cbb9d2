import pytest

from plainwork_policies.privileges.vpc_lattice_auth_policy_inactive import vpc_lattice_auth_policy_inactive

ADDRESS = "aws_vpclattice_auth_policy.p"
STACK = """provider "aws" {}
variable "x" {}
resource "aws_vpclattice_%(kind)s" "orders" {
  name = "orders"
  %(auth_type)s
}
resource "aws_vpclattice_auth_policy" "p" {
  resource_identifier = %(identifier)s
  policy              = "{}"
}
"""


def stack(auth_type, kind="service", identifier=None):
    identifier = identifier or f"aws_vpclattice_{kind}.orders.arn"
    return STACK % {"auth_type": auth_type, "kind": kind, "identifier": identifier}


@pytest.mark.parametrize("kind", ["service", "service_network"])
@pytest.mark.parametrize(
    ("auth_type", "expected"),
    [
        ("", "failed"),
        ('auth_type = "NONE"', "failed"),
        ("auth_type = null", "failed"),
        ('auth_type = "AWS_IAM"', "passed"),
        ("auth_type = var.x", "not_evaluated"),
    ],
)
def test_an_auth_policy_requires_the_auth_type_aws_iam(kind, auth_type, expected, statuses):
    assert statuses(vpc_lattice_auth_policy_inactive, stack(auth_type, kind)) == {ADDRESS: expected}


def test_an_id_is_an_identifier_too(statuses):
    by_id = stack("", identifier="aws_vpclattice_service.orders.id")
    assert statuses(vpc_lattice_auth_policy_inactive, by_id) == {ADDRESS: "failed"}


@pytest.mark.parametrize("identifier", ["var.x", '"svc-0123456789abcdef0"', "data.aws_vpclattice_service.x.arn"])
def test_a_service_outside_the_stack_is_not_evaluated(identifier, statuses):
    outside = stack("", identifier=identifier)
    assert statuses(vpc_lattice_auth_policy_inactive, outside) == {ADDRESS: "not_evaluated"}
