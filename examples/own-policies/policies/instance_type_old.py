from plainwork_policies.api import Findings, Resource, policy

OLD = ("t2", "m3", "c3")


@policy("ACME_020", "instance-type-old", severity="medium", on="aws_instance")
def instance_type_old(instance: Resource) -> Findings:
    """Plan creates an EC2 instance of an old family, or changes one to it."""
    type_ = instance["instance_type"]
    if type_.string().partition(".")[0] in OLD and instance.changes("instance_type"):
        yield type_.fail(f"`instance_type` becomes {type_.state}", remedy="Use a family that AWS still sells.")
