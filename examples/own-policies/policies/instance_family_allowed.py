from plainwork_policies.api import Findings, Resource, policy

ALLOWED = ("t4g", "m7g", "r7g")


@policy("ACME_002", "instance-family-allowed", severity="medium", on="aws_instance")
def instance_family_allowed(instance: Resource) -> Findings:
    """EC2 instance has a family that is not allowed."""
    type_ = instance["instance_type"]
    if type_.string().partition(".")[0] not in ALLOWED:
        remedy = f"Use one of {', '.join(ALLOWED)}."
        yield type_.fail(f"`instance_type` is {type_.state}; its family is not allowed", remedy=remedy)
