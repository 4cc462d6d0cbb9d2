from plainwork_policies.api import Findings, Resource, policy

FORBIDDEN = ("aws_iam_user", "aws_iam_access_key", "aws_iam_user_login_profile")


@policy("ACME_006", "resource-type-forbidden", severity="high", on=FORBIDDEN)
def resource_type_forbidden(resource: Resource) -> Findings:
    """Resource has a type that is forbidden."""
    yield resource.fail(f"`{resource.type}` is forbidden", remedy="Use IAM Identity Center.")
