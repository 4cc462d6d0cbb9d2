from plainwork_policies.api import Findings, Resource, policy

ALLOWED = ("python3.13", "python3.12", "nodejs22.x")


@policy("ACME_011", "lambda-runtime-allowed", severity="medium", on="aws_lambda_function")
def lambda_runtime_allowed(function: Resource) -> Findings:
    """Lambda function has a runtime that is not allowed."""
    runtime = function["runtime"]
    if function["package_type"].string(default="Zip") == "Zip" and runtime.string() not in ALLOWED:
        remedy = f"Use one of {', '.join(ALLOWED)}."
        yield runtime.fail(f"`runtime` is {runtime.state}; it is not allowed", remedy=remedy)
