"""Who asks: credentials, an assumed role and the caller, in the order of Terraform's S3 backend."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from plainwork_core.doctor.online.answers import Answers
from plainwork_core.doctor.online.connection import Connection
from plainwork_core.doctor.online.failures import Failure, client_failure, transport_failure

_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)")
_SECONDS = {"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "s": 1, "m": 60, "h": 3600}
_SESSION_NAME = "plainwork-doctor"
_NO_CREDENTIALS = "NoCredentials"
WEB_IDENTITY_FILE = "WebIdentityTokenFile"


def identify(connection: Connection, answers: Answers) -> Connection | None:
    """Return the connection that the backend has, and note the answers of STS; None without credentials."""
    facts = answers.facts
    assumed: Connection | None = connection
    if facts.text("assume_role_with_web_identity.role_arn"):
        assumed = _with_web_identity(connection, answers)
    else:
        answers.session = _resolve(connection, answers)
        if answers.session:
            return None
    if assumed is not None and facts.text("assume_role.role_arn"):
        assumed = _with_role(assumed, answers)
    if assumed is not None and not _skips_sts(answers):
        answers.caller = assumed.service("sts").ask("GetCallerIdentity")
        if isinstance(answers.caller, Failure) and not facts.is_true("skip_credentials_validation"):
            return None
    return assumed


def _skips_sts(answers: Answers) -> bool:
    facts = answers.facts
    return facts.is_true("skip_credentials_validation") and facts.is_true("skip_requesting_account_id")


def _resolve(connection: Connection, answers: Answers) -> Failure | None:
    """Return why the default chain has no credentials."""
    connection.progress("credentials")
    try:
        credentials = connection.session.get_credentials()
        if credentials is None:
            return Failure("sts", "GetCallerIdentity", _NO_CREDENTIALS)
        answers.method = str(credentials.method)
        credentials.get_frozen_credentials()
    except ClientError as error:
        return client_failure("sts", "AssumeRole", error.response, "")
    except (BotoCoreError, OSError, ValueError) as error:
        return transport_failure("sts", "GetCallerIdentity", error, "", otherwise="")
    return None


def _with_role(connection: Connection, answers: Answers) -> Connection | None:
    given = answers.facts.within("assume_role")
    sts = connection.service("sts")
    base = sts.ask("GetCallerIdentity")
    answers.base_arn = "" if isinstance(base, Failure) else str(base.get("Arn", ""))
    if isinstance(base, Failure) and not base.is_denied:
        answers.caller = base
        return None
    answers.assumed = sts.ask("AssumeRole", **_role_parameters(given))
    return None if isinstance(answers.assumed, Failure) else connection.with_credentials(answers.assumed)


def _with_web_identity(connection: Connection, answers: Answers) -> Connection | None:
    given = answers.facts.within("assume_role_with_web_identity")
    token, file = str(given.get("web_identity_token") or ""), str(given.get("web_identity_token_file") or "")
    try:
        token = token or Path(file).expanduser().read_text(encoding="utf-8").strip()
    except (OSError, ValueError) as error:
        answers.assumed = Failure(
            "sts", "AssumeRoleWithWebIdentity", WEB_IDENTITY_FILE, f"{type(error).__name__}: {file}"
        )
        return None
    names = ("role_arn", "session_name", "duration", "policy", "policy_arns")
    parameters = _role_parameters({name: given[name] for name in names if name in given})
    answer = connection.service("sts").ask("AssumeRoleWithWebIdentity", WebIdentityToken=token, **parameters)
    answers.assumed = answer
    return None if isinstance(answer, Failure) else connection.with_credentials(answer)


def _role_parameters(given: dict[str, Any]) -> dict[str, Any]:
    """Return the parameters of STS for the arguments of `assume_role`."""
    tags = given.get("tags")
    parameters = {
        "RoleArn": given.get("role_arn"),
        "RoleSessionName": given.get("session_name") or _SESSION_NAME,
        "ExternalId": given.get("external_id"),
        "Policy": given.get("policy"),
        "SourceIdentity": given.get("source_identity"),
        "DurationSeconds": _duration(given.get("duration")),
        "PolicyArns": [{"arn": arn} for arn in given.get("policy_arns") or []],
        "Tags": [{"Key": key, "Value": value} for key, value in tags.items()] if isinstance(tags, dict) else None,
        "TransitiveTagKeys": given.get("transitive_tag_keys"),
    }
    return {name: value for name, value in parameters.items() if value}


def _duration(text: Any) -> int | None:
    """Return the seconds of a duration in Go's notation, such as `1h30m`."""
    found = _DURATION.findall(text) if isinstance(text, str) else []
    return round(sum(float(count) * _SECONDS[unit] for count, unit in found)) or None
