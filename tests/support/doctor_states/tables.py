"""Lock tables and digests."""

from __future__ import annotations

import json

from tests.support.aws_answers import Answer
from tests.support.doctor_states.keys import OBJECTS
from tests.support.doctor_states.state import state
from tests.support.doctor_states.states import IAM, READS, WRITES
from tests.support.doctor_world import TABLE, World


def _with_table_only(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]


@state("table-missing", title="Lock table does not exist")
def table_missing(world: World) -> None:
    world.arguments["dynamodb_table"] = TABLE


@state("table-in-another-region", title="Lock table is in another Region")
def table_in_another_region(world: World) -> None:
    world.make_table("us-east-1")
    world.arguments["dynamodb_table"] = TABLE


@state("table-key-wrong", title="Partition key of the lock table is not `LockID`")
def table_key_wrong(world: World) -> None:
    world.make_table(key="LockId")
    world.arguments["dynamodb_table"] = TABLE


@state("table-key-wrong", title="`LockID` is a number")
def table_key_is_number(world: World) -> None:
    world.make_table(type_="N")
    world.arguments["dynamodb_table"] = TABLE


@state("table-not-active", title="Lock table is being created")
def table_not_active(world: World) -> None:
    _with_table_only(world)
    described = {"TableName": TABLE, "TableStatus": "CREATING", "KeySchema": [], "AttributeDefinitions": []}
    body = json.dumps({"Table": described}).encode()
    world.server.answers["dynamodb:DescribeTable"] = Answer(200, body, {"Content-Type": "application/x-amz-json-1.0"})
    missing = Answer.json(400, "ResourceNotFoundException", "Requested resource not found")
    world.server.answers |= {f"dynamodb:{operation}": missing for operation in ("GetItem", "PutItem", "DeleteItem")}


@state("table-denied", title="`dynamodb:GetItem` is denied")
def table_denied(world: World) -> None:
    _with_table_only(world)
    world.as_user(READS, IAM, WRITES, OBJECTS)


@state("digest-differs", title="State was restored without the digest")
def digest_differs(world: World) -> None:
    _with_table_only(world)
    world.put_item("-md5", Digest="0" * 32)


@state("digest-without-state", title="Digest remains, the state does not exist")
def digest_without_state(world: World) -> None:
    _with_table_only(world)
    world.remove_state()


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
