from plainwork_policies.api import Findings, Resource, Subjects, policy

IMAGES = Subjects(("data.aws_ami",), lambda stack: stack.data("aws_ami"), Resource)


@policy("ACME_016", "ami-owner-missing", severity="high", on=IMAGES)
def ami_owner_missing(image: Resource) -> Findings:
    """AMI data source selects images of any account."""
    if not image["owners"].is_set:
        yield image["owners"].fail("`owners` is not set", remedy='Set `owners = ["amazon"]`.')
