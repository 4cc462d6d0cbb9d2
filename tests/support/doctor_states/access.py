"""Endpoints, credentials, roles and accounts."""

from __future__ import annotations

import socket

from tests.support.aws_answers import Answer
from tests.support.doctor_server import ACCOUNT_ID
from tests.support.doctor_states.state import state
from tests.support.doctor_world import FULL, World


@state("credentials-missing", title="No credentials")
def no_credentials(world: World) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        del world.environ[name]


@state("credentials-expired", title="Session token is expired")
def token_expired(world: World) -> None:
    world.environ |= {"AWS_ACCESS_KEY_ID": "ASIAEXPIRED", "AWS_SESSION_TOKEN": "old"}
    world.server.rejected["ASIAEXPIRED"] = "ExpiredToken"


@state("credentials-expired", title="Session token is expired, and `skip_credentials_validation` is set")
def token_expired_without_validation(world: World) -> None:
    token_expired.prepare(world)
    world.arguments |= {"skip_credentials_validation": True, "skip_requesting_account_id": True}


@state("credentials-unknown", title="Access key does not exist")
def key_unknown(world: World) -> None:
    world.environ["AWS_ACCESS_KEY_ID"] = "AKIADELETED"
    world.server.rejected["AKIADELETED"] = "InvalidClientTokenId"


@state("credentials-secret-wrong", title="Secret key is wrong")
def secret_wrong(world: World) -> None:
    world.environ["AWS_ACCESS_KEY_ID"] = "AKIAOTHER"
    world.server.rejected["AKIAOTHER"] = "SignatureDoesNotMatch"


@state("credentials-clock-wrong", title="Clock is wrong")
def clock_wrong(world: World) -> None:
    world.environ["AWS_ACCESS_KEY_ID"] = "AKIACLOCK"
    world.server.rejected["AKIACLOCK"] = "RequestTimeTooSkewed"


@state("credentials-sso-expired", title="Session of IAM Identity Center is expired")
def sso_expired(world: World) -> None:
    no_credentials.prepare(world)
    world.arguments["profile"] = "dev"
    world.write_aws(
        "config",
        "[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n"
        "sso_registration_scopes = sso:account:access\n"
        f"[profile dev]\nsso_session = acme\nsso_account_id = {ACCOUNT_ID}\nsso_role_name = admin\n",
    )


@state("profile-missing", title="Profile does not exist")
def profile_missing(world: World) -> None:
    no_credentials.prepare(world)
    world.arguments["profile"] = "prod"
    world.write_aws("config", "[profile dev]\nregion = eu-west-1\n")


@state("credentials-unreadable", title="`credential_process` fails")
def credential_process_fails(world: World) -> None:
    no_credentials.prepare(world)
    world.arguments["profile"] = "dev"
    world.write_aws("config", "[profile dev]\ncredential_process = false\nregion = eu-west-1\n")


@state("account-not-allowed", title="Account is not in `allowed_account_ids`")
def account_not_allowed(world: World) -> None:
    world.arguments["allowed_account_ids"] = ["999988887777"]


@state("account-forbidden", title="Account is in `forbidden_account_ids`")
def account_forbidden(world: World) -> None:
    world.arguments["forbidden_account_ids"] = [ACCOUNT_ID]


@state("role-not-assumable", title="`sts:AssumeRole` is denied")
def assume_role_denied(world: World) -> None:
    arn = world.make_role(FULL)
    world.as_user({"Effect": "Allow", "Action": "s3:*", "Resource": "*"})
    world.arguments["assume_role"] = {"role_arn": arn}


@state("role-not-assumable", title="Trust policy of the role requires an external id")
def assume_role_without_external_id(world: World) -> None:
    arn = world.make_role(FULL, condition={"StringEquals": {"sts:ExternalId": "web"}})
    world.as_user({"Effect": "Allow", "Action": ["sts:AssumeRole", "iam:*"], "Resource": "*"})
    world.arguments["assume_role"] = {"role_arn": arn}
    text = f"User: arn:aws:iam::{ACCOUNT_ID}:user/ci is not authorized to perform: sts:AssumeRole on resource: {arn}"
    world.server.answers["sts:AssumeRole"] = Answer.query(403, "AccessDenied", text)


@state("role-request-invalid", title="`duration` exceeds that of the role")
def assume_role_too_long(world: World) -> None:
    arn = world.make_role(FULL)
    world.arguments["assume_role"] = {"role_arn": arn, "duration": "2h"}
    text = "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    world.server.answers["sts:AssumeRole"] = Answer.query(400, "ValidationError", text)


@state("web-identity-token-missing", title="File of the web identity token is missing")
def web_identity_file_missing(world: World) -> None:
    no_credentials.prepare(world)
    role = {"role_arn": world.make_role(FULL), "web_identity_token_file": str(world.directory / "token")}
    world.arguments["assume_role_with_web_identity"] = role


@state("web-identity-token-expired", title="Web identity token is expired")
def web_identity_expired(world: World) -> None:
    _web_identity(world, "ExpiredTokenException", "Token expired: current date/time must be before the expiration")


@state("web-identity-not-trusted", title="Role does not trust the web identity")
def web_identity_denied(world: World) -> None:
    _web_identity(world, "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity")


def _web_identity(world: World, code: str, text: str) -> None:
    no_credentials.prepare(world)
    role = {"role_arn": world.make_role(FULL), "web_identity_token": "header.payload.signature"}
    world.arguments["assume_role_with_web_identity"] = role
    world.server.answers["sts:AssumeRoleWithWebIdentity"] = Answer.query(403, code, text)


@state("endpoint-connection-failed", title="No service listens at the endpoint")
def endpoint_connection_failed(world: World) -> None:
    world.arguments["endpoints"] = {"s3": f"http://127.0.0.1:{_free_port()}"}


@state("endpoint-name-unresolved", title="Host name of the endpoint does not exist")
def endpoint_unresolved(world: World) -> None:
    world.arguments["endpoints"] = {"s3": "http://s3.acme.invalid"}


@state("endpoint-not-aws", title="A web server answers at the endpoint")
def endpoint_not_aws(world: World) -> None:
    page = Answer(
        200, b"<!doctype html><html><body>Sign in to the network</body></html>", {"Content-Type": "text/html"}
    )
    names = ("HeadObject", "GetObject", "HeadBucket", "ListObjectsV2", "ListBuckets")
    world.server.answers |= {f"s3:{name}": page for name in names}


@state("endpoint-proxy-unreachable", title="Proxy does not accept connections")
def proxy_unreachable(world: World) -> None:
    world.arguments |= {"http_proxy": f"http://127.0.0.1:{_free_port()}", "endpoints": {"s3": "http://s3.acme.example"}}


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


STATES = tuple(value for value in list(globals().values()) if type(value).__name__ == "State")
