import json

from plainwork_policies.api import Findings, Resource, policy

MAX_RECEIVES = 10


@policy("ACME_012", "queue-dead-letters-missing", severity="medium", on="aws_sqs_queue")
def queue_dead_letters_missing(queue: Resource) -> Findings:
    """SQS queue receives a message too often before it moves it to a dead-letter queue."""
    redrive = queue["redrive_policy"]
    text = redrive.string(default="")
    count = int(json.loads(text)["maxReceiveCount"]) if text else 0
    if not 1 <= count <= MAX_RECEIVES:
        message = f"`maxReceiveCount` of `redrive_policy` is `{count}`; 1 to {MAX_RECEIVES} are allowed"
        yield redrive.fail(message, remedy="Set `redrive_policy` with `maxReceiveCount = 5`.")
