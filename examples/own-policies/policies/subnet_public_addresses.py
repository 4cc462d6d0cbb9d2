from plainwork_policies.api import Findings, Resource, policy


@policy("ACME_010", "subnet-public-addresses", severity="medium", on=("aws_subnet", "aws_default_subnet"))
def subnet_public_addresses(subnet: Resource) -> Findings:
    """Subnet assigns public IP addresses."""
    public = subnet["map_public_ip_on_launch"]
    if public.bool(default=subnet.type == "aws_default_subnet"):
        message = f"`map_public_ip_on_launch` is {public.state}; instances get public addresses"
        yield public.fail(message, remedy="Set `map_public_ip_on_launch = false`.")
