from plainwork_policies.api import Findings, Resource, policy

PREFIXES = ("billing-", "orders-")


@policy("ACME_001", "queue-name-prefix", severity="low", on="aws_sqs_queue")
def queue_name_prefix(queue: Resource) -> Findings:
    """SQS queue has a name that does not begin with its team."""
    name = queue["name"]
    if not name.string().startswith(PREFIXES):
        yield name.fail(f"`name` is {name.state}; it must begin with a team", remedy='Set `name = "orders-..."`.')
