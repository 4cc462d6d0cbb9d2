"""Healthy backends, in which the doctor must find nothing."""

from __future__ import annotations

from tests.support.doctor_server import ACCOUNT_ID, REGION
from tests.support.doctor_states.keys import DESCRIBES, OBJECTS
from tests.support.doctor_states.state import state
from tests.support.doctor_states.states import IAM, READS, WRITES
from tests.support.doctor_world import FULL, KEY, World


@state(title="Lock file, SSE-S3")
def lock_file(world: World) -> None:
    """The backend as it is."""


@state(title="KMS key")
def kms_key(world: World) -> None:
    world.with_key()


@state(title="Alias of a KMS key")
def kms_alias(world: World) -> None:
    arn = world.with_key()
    world.kms.create_alias(AliasName="alias/state", TargetKeyId=arn)
    world.arguments["kms_key_id"] = f"arn:aws:kms:{REGION}:{ACCOUNT_ID}:alias/state"


@state(title="KMS key of the bucket, `encrypt` is not set")
def kms_key_of_bucket(world: World) -> None:
    world.with_key()
    del world.arguments["kms_key_id"], world.arguments["encrypt"]


@state(title="Lock table")
def lock_table(world: World) -> None:
    world.with_table()
    del world.arguments["use_lockfile"]


@state(title="Lock file and lock table")
def both_locks(world: World) -> None:
    world.with_table()


@state(title="Workspace with its own prefix")
def workspace(world: World) -> None:
    world.environ["TF_WORKSPACE"] = "dev"
    world.arguments["workspace_key_prefix"] = "workspaces"
    world.put_state(key=f"workspaces/dev/{KEY}")


@state(title="Assumed role with few permissions")
def assumed_role(world: World) -> None:
    arn = world.make_role(READS, IAM, WRITES, OBJECTS)
    world.as_user({"Effect": "Allow", "Action": "sts:AssumeRole", "Resource": arn})
    world.arguments["assume_role"] = {"role_arn": arn, "session_name": "ci", "duration": "1h"}


@state(title="Assumed role with a session policy")
def assumed_role_with_policy(world: World) -> None:
    arn = world.make_role(FULL)
    world.arguments["assume_role"] = {
        "role_arn": arn,
        "policy": '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}',
        "tags": {"Team": "web"},
    }


@state(title="Web identity")
def web_identity(world: World) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del world.environ[name]
    token = world.directory / "token"
    token.write_text("header.payload.signature")
    role = {"role_arn": world.make_role(FULL), "web_identity_token_file": str(token)}
    world.arguments["assume_role_with_web_identity"] = role


@state(title="Profile")
def profile(world: World) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del world.environ[name]
    world.arguments["profile"] = "dev"
    world.write_aws("config", "[profile dev]\nregion = us-east-1\n")
    world.write_aws("credentials", "[dev]\naws_access_key_id = testing\naws_secret_access_key = testing\n")


@state(title="Allowed account")
def allowed_account(world: World) -> None:
    world.arguments["allowed_account_ids"] = [ACCOUNT_ID]


@state(title="First run: no state yet")
def no_state_yet(world: World) -> None:
    world.remove_state()


@state(title="First run with a lock table: no state and no digest yet")
def no_state_yet_with_table(world: World) -> None:
    world.with_table()
    world.remove_state()
    world.remove_digest()


@state(title="Many versions with rising serials")
def many_versions(world: World) -> None:
    for serial in range(8, 14):
        world.put_state(serial=serial)


@state(title="No `s3:ListBucket`, but the state exists")
def no_list(world: World) -> None:
    get = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
    world.as_user(READS, IAM, WRITES, get, {"Effect": "Allow", "Action": "s3:ListBucket", "Resource": "*"})


@state(title="User with a key that the key policy allows")
def user_with_key(world: World) -> None:
    world.with_key()
    use = {"Effect": "Allow", "Action": ["kms:Decrypt", "kms:GenerateDataKey"], "Resource": "*"}
    world.as_user(READS, IAM, WRITES, OBJECTS, DESCRIBES, use)


@state(title="`skip_credentials_validation` and `skip_requesting_account_id`")
def skips(world: World) -> None:
    world.arguments |= {
        "skip_credentials_validation": True,
        "skip_requesting_account_id": True,
        "skip_metadata_api_check": True,
        "skip_s3_checksum": True,
    }


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
