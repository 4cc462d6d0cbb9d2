import pytest

from plainwork_policies.privileges.lambda_function_url_unauthenticated import lambda_function_url_unauthenticated

URL = """resource "aws_lambda_function_url" "u" {
  function_name      = "orders"
  authorization_type = %s
}
"""


@pytest.mark.parametrize(
    ("authorization", "expected"),
    [('"NONE"', "failed"), ('"AWS_IAM"', "passed"), ("var.authorization", "not_evaluated")],
)
def test_a_function_url_without_authorization_fails(authorization, expected, statuses):
    found = statuses(lambda_function_url_unauthenticated, URL % authorization)
    assert found == {"aws_lambda_function_url.u": expected}


def test_the_default_of_a_variable_is_used(statuses):
    variable = 'provider "aws" {}\nvariable "authorization" {\n  default = "NONE"\n}\n'
    found = statuses(lambda_function_url_unauthenticated, variable + URL % "var.authorization")
    assert found == {"aws_lambda_function_url.u": "failed"}
