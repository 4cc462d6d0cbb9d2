"""Lambda function URL does not require authentication.

What: An `aws_lambda_function_url` with `authorization_type = "NONE"`.
Why: The URL is public. The provider adds the permission for all callers, so anyone who has the URL can run the
    function.
Remedy: Set `authorization_type = "AWS_IAM"`, or put an API Gateway with an authorizer before the function.
Limitations: Whether the code of the function checks its callers, such as the signature of a webhook, is not evaluated;
    disable the policy for those functions.
"""

from __future__ import annotations

from plainwork_policies.api import Findings, Resource, policy


@policy(
    "PLW_PRIV_018",
    "lambda-function-url-unauthenticated",
    severity="medium",
    on="aws_lambda_function_url",
    links=(
        "https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html",
        "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function_url",
    ),
)
def lambda_function_url_unauthenticated(url: Resource) -> Findings:
    """Check the authorization type."""
    authorization = url["authorization_type"]
    if authorization.string() == "NONE":
        yield authorization.fail(
            "`authorization_type` is `NONE`; anyone who has the URL can run the function",
            remedy='Set `authorization_type = "AWS_IAM"`.',
        )
