"""A policy of a team, as the tests of own policies write it to a file."""

RULE = """\
from plainwork_policies.api import Findings, Resource, policy


@policy("ACME_001", "queue-name", severity="low", on="aws_sqs_queue")
def queue_name(queue: Resource) -> Findings:
    '''SQS queue has a name that does not begin with its team.'''
    name = queue["name"]
    if not name.string().startswith("orders-"):
        yield name.fail(f"`name` is {name.state}", remedy='Set `name = "orders-..."`.')
"""
