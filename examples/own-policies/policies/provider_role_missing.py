from plainwork_policies.api import Block, Findings, Subjects, policy

PROVIDERS = Subjects(("provider",), lambda stack: [one for one in stack.providers if one.name == "aws"], Block)


@policy("ACME_017", "provider-role-missing", severity="medium", on=PROVIDERS)
def provider_role_missing(provider: Block) -> Findings:
    """AWS provider does not assume the role of the pipeline."""
    role = provider.block("assume_role")
    if role is None:
        yield provider.fail("`assume_role` is not set", remedy="Add `assume_role` with the role of the pipeline.")
    elif not role["role_arn"].string().endswith(":role/pipeline"):
        yield role["role_arn"].fail(f"`role_arn` is {role['role_arn'].state}", remedy="Use the role `pipeline`.")
