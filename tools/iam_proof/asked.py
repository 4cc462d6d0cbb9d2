"""Requests for each document that a construct generates: near what its statements say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, product
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, Case, Json
from tools.iam_proof.documents import Generated, documents
from tools.iam_proof.requests import OURS, THEIRS
from tools.iam_proof.traps.trap import EVERY_REQUEST

Context = dict[str, list[str]]
USER_ID = "AROAEXAMPLE:deploy"
OTHERS = ("sqs:SendMessage", f"arn:aws:sqs:eu-west-1:{OURS}:other")
KEY_POLICY: Json = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{OURS}:root"}, "Action": "kms:*", "Resource": "*"}
    ],
}
STRANGER, MEMBER = f"arn:aws:iam::{THEIRS}:role/other", f"arn:aws:iam::{OURS}:role/other"
KINDS = ((":role/", "role"), (":user/", "user"), (":root", "root"), ("-provider/", "federated"), (".com", "service"))


def cases() -> list[Case]:
    """Return each different request for a document once."""
    found = (case for document in documents() for case in _cases(document))
    return list({case.digest: case for case in found}.values())


def _cases(document: Generated) -> Iterator[Case]:
    for statement in document.json["Statement"]:
        actions = _unique(map(_concrete_action, [*_listed(statement, "Action"), *_listed(statement, "NotAction")]))
        resources = [*_listed(statement, "Resource"), *_listed(statement, "NotResource")]
        asked = [*islice(actions, 3), OTHERS[0]]
        principals = _unique([*_principals(statement), MEMBER, STRANGER, "*"])
        for action, principal in product(asked, islice(principals, 5)):
            for resource, context in product(_resources(action, resources), _contexts(statement)):
                yield _case(document, action, principal, resource, context)


def _case(document: Generated, action: str, principal: str, resource: str, context: Context) -> Case:
    kind = next((kind for part, kind in KINDS if part in principal), "anonymous")
    is_identity = kind in ("role", "user")
    held: dict[str, Any] = {"identity": [FULL_ACCESS] if is_identity else []}
    if action.startswith("kms:"):
        held["resource_policy"] = KEY_POLICY
    if document.kind == "identity":
        held["identity"] = [document.json] if is_identity else []
    elif document.kind in ("resource", "trust"):
        held |= {"resource_policy": document.json, "identity": []}
    elif document.kind == "organization":
        is_for_resources = any("Principal" in statement for statement in document.json["Statement"])
        held["rcp" if is_for_resources else "scp"] = [
            [document.json] if is_for_resources else [FULL_ACCESS, document.json]
        ]
    else:
        held["endpoint" if document.kind == "endpoint" else "boundary"] = document.json
    account = principal.split(":")[4] if kind == "federated" else OURS
    target = f"arn:aws:iam::{account}:role/x" if document.kind == "trust" else resource
    return Case(
        kind=kind, principal=principal, action=action, resource=target, account=account, context=context, **held
    )


def _contexts(statement: Json) -> Iterator[Context]:
    """Yield the context that meets all conditions, and for each key one with another value and one without it."""
    tests = [
        (operator, key, values)
        for operator, keys in statement.get("Condition", {}).items()
        for key, values in keys.items()
        if not key.lower().startswith(("aws:principalarn", "aws:principalaccount", "aws:resourceaccount"))
    ]
    met: Context = {**EVERY_REQUEST, "aws:userid": [USER_ID]}
    for operator, key, values in tests:
        if not (operator == "Null" and values == ["true"]):
            met[key] = ["x" if operator == "Null" else values[0].replace("*", "x").replace("${aws:userid}", USER_ID)]
    yield met
    for _, key, values in tests:
        yield met | {key: ["false" if values[0] == "true" else "true" if values[0] == "false" else "1.3"]}
        if key not in EVERY_REQUEST:
            yield {name: value for name, value in met.items() if name != key}


def _resources(action: str, patterns: list[str]) -> list[str]:
    found = [pattern.replace("*", "x") for pattern in patterns if pattern != "*" and pattern.startswith("arn:")]
    default = "*" if action.startswith("iam:List") else f"arn:aws:{action.partition(':')[0]}:eu-west-1:{OURS}:x/x"
    return [*islice(_unique(found), 2), default, OTHERS[1]]


def _principals(statement: Json) -> Iterator[str]:
    principal = statement.get("Principal", {})
    for names in principal.values() if isinstance(principal, dict) else ():
        yield from (
            f"arn:aws:iam::{OURS}:role/x" if name.endswith(":root") or name.isdigit() else name for name in names
        )


def _concrete_action(pattern: str) -> str:
    return "s3:GetObject" if pattern == "*" else pattern.replace("*", "X").replace("?", "X")


def _listed(statement: Json, element: str) -> list[str]:
    found: list[str] = statement.get(element, [])
    return found


def _unique(texts: Iterable[str]) -> Iterator[str]:
    return iter(dict.fromkeys(texts))
