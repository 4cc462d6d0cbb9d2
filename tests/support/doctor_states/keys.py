"""KMS keys and the encryption of the state."""

from __future__ import annotations

from tests.support.aws_objects import CUSTOMER_ENCRYPTED
from tests.support.doctor_states.state import state
from tests.support.doctor_states.states import IAM, READS, WRITES
from tests.support.doctor_world import World

OBJECTS = {"Effect": "Allow", "Action": ["s3:GetObject", "s3:ListBucket"], "Resource": "*"}
DESCRIBES = {"Effect": "Allow", "Action": ["kms:DescribeKey", "kms:GetKeyPolicy"], "Resource": "*"}


@state("key-disabled", title="Key is disabled")
def key_disabled(world: World) -> None:
    world.kms.disable_key(KeyId=world.with_key().rpartition("/")[2])


@state("key-disabled", title="Key is disabled, and `kms:DescribeKey` is denied")
def key_disabled_without_describe(world: World) -> None:
    world.kms.disable_key(KeyId=world.with_key().rpartition("/")[2])
    world.as_user(READS, IAM, WRITES, OBJECTS, {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"})


@state("key-pending-deletion", title="Key will be deleted")
def key_pending_deletion(world: World) -> None:
    world.kms.schedule_key_deletion(KeyId=world.with_key().rpartition("/")[2], PendingWindowInDays=7)


@state("key-in-another-region", title="Key is in another Region", command="apply")
def key_in_another_region(world: World) -> None:
    world.arguments["kms_key_id"] = world.make_key("us-east-1")
    world.remove_state()


@state("key-not-usable", title="Key is asymmetric", command="apply")
def key_asymmetric(world: World) -> None:
    key = world.kms.create_key(KeySpec="RSA_2048", KeyUsage="ENCRYPT_DECRYPT")["KeyMetadata"]
    world.arguments["kms_key_id"] = key["Arn"]
    world.remove_state()


@state("key-missing", title="Key does not exist", command="apply")
def key_missing(world: World) -> None:
    world.arguments["kms_key_id"] = "arn:aws:kms:eu-west-1:123456789012:key/1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d"
    world.remove_state()


@state("key-denied", title="`kms:Decrypt` is denied")
def key_decrypt_denied(world: World) -> None:
    world.with_key()
    world.as_user(READS, IAM, WRITES, OBJECTS, DESCRIBES)


@state("key-denied", title="`kms:GenerateDataKey` is denied", command="apply", tries_lock=True)
def key_generate_denied(world: World) -> None:
    world.with_key()
    world.as_user(READS, IAM, WRITES, OBJECTS, DESCRIBES, {"Effect": "Allow", "Action": "kms:Decrypt", "Resource": "*"})


@state("state-encrypted-otherwise", title="State is encrypted with AES256, the block has a key")
def state_not_encrypted_with_key(world: World) -> None:
    world.arguments["kms_key_id"] = world.make_key()


@state("state-encrypted-otherwise", title="State is encrypted with another key")
def state_encrypted_with_other_key(world: World) -> None:
    world.with_key()
    world.arguments["kms_key_id"] = world.make_key()


@state("state-encrypted-otherwise", title="State is encrypted with a key, the block has none")
def state_encrypted_with_key(world: World) -> None:
    world.with_key()
    del world.arguments["kms_key_id"]


@state("state-customer-key-missing", title="State is encrypted with a key of the customer")
def customer_key_missing(world: World) -> None:
    world.put_state(serial=8, Metadata={CUSTOMER_ENCRYPTED: "yes"})


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
