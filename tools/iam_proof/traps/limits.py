"""Permissions boundaries, session policies and `NotPrincipal`."""

from __future__ import annotations

from collections.abc import Iterator

from tools.iam_proof.traps.trap import (
    BOUNDARIES,
    GUIDE,
    NOT_PRINCIPAL,
    QUEUE,
    ROLE,
    ROOT,
    SEND,
    SESSION,
    THEIRS,
    USER,
    Trap,
    allow,
    allowed,
    ask,
    denied,
    deny,
    document,
    grant,
)

SESSION_POLICY = f"{GUIDE}access_policies.html#policies_session"
EC2 = allow("ec2:*")[0]
SQS = allow("sqs:*")[0]


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _boundaries()
    yield from _sessions()
    yield from _not_principals()


def _boundaries() -> Iterator[Trap]:
    for title, given, answer in (
        ("A boundary grants nothing", {"boundary": SQS}, denied),
        ("A boundary that allows the action", {"boundary": SQS, "identity": [SQS]}, allowed),
        ("A boundary without the action", {"boundary": EC2, "identity": [SQS]}, denied),
        ("A Deny in a boundary", {"boundary": deny(SEND)[0], "identity": [SQS]}, denied),
        ("A boundary limits a grant to the role", {"boundary": EC2, "resource_policy": grant(ROLE, SEND)}, denied),
        (
            "A boundary does not limit a grant to the session",
            {"boundary": EC2, "resource_policy": grant(SESSION, SEND)},
            allowed,
        ),
        (
            "A boundary does not limit a grant to every principal",
            {"boundary": EC2, "resource_policy": grant("*", SEND)},
            allowed,
        ),
        (
            "A boundary that denies limits a grant to the session",
            {"boundary": deny(SEND)[0], "resource_policy": grant(SESSION, SEND)},
            denied,
        ),
        (
            "A boundary of the role and a grant to the role",
            {"boundary": SQS, "resource_policy": grant(ROLE, SEND)},
            allowed,
        ),
    ):
        yield answer(title, BOUNDARIES, ask(SEND, QUEUE, **given))
    yield allowed(
        "A boundary does not limit a grant to the user",
        BOUNDARIES,
        ask(SEND, QUEUE, USER, boundary=EC2, resource_policy=grant(USER, SEND)),
    )
    named = {"ArnEquals": {"aws:PrincipalArn": ROLE}}
    yield allowed(
        "A boundary does not limit a grant to every principal with aws:PrincipalArn",
        BOUNDARIES,
        ask(SEND, QUEUE, boundary=EC2, resource_policy=grant("*", SEND, Condition=named)),
    )


def _sessions() -> Iterator[Trap]:
    for title, given, answer in (
        ("A session policy grants nothing", {"session": SQS}, denied),
        ("A session policy that allows the action", {"session": SQS, "identity": [SQS]}, allowed),
        ("A session policy without the action", {"session": EC2, "identity": [SQS]}, denied),
        ("A Deny in a session policy", {"session": deny(SEND)[0], "identity": [SQS]}, denied),
        ("A session policy limits a grant to the role", {"session": EC2, "resource_policy": grant(ROLE, SEND)}, denied),
        (
            "A session policy does not limit a grant to the session",
            {"session": EC2, "resource_policy": grant(SESSION, SEND)},
            allowed,
        ),
        (
            "A session policy and a boundary must both allow",
            {"session": SQS, "boundary": EC2, "identity": [SQS]},
            denied,
        ),
        ("All three allow", {"session": SQS, "boundary": SQS, "identity": [SQS]}, allowed),
    ):
        yield answer(title, SESSION_POLICY, ask(SEND, QUEUE, **given))


def _not_principals() -> Iterator[Trap]:
    def sparing(*names: str) -> object:
        return document({"Effect": "Deny", "NotPrincipal": {"AWS": list(names)}, "Action": SEND, "Resource": "*"})

    yield allowed(
        "A Deny spares the role whose forms are all listed",
        NOT_PRINCIPAL,
        ask(SEND, QUEUE, identity=[SQS], resource_policy=sparing(ROOT, ROLE, SESSION)),
    )
    yield allowed(
        "A Deny spares the user with the account",
        NOT_PRINCIPAL,
        ask(SEND, QUEUE, USER, identity=[SQS], resource_policy=sparing(ROOT, USER)),
    )
    yield denied(
        "A Deny for all but another account",
        NOT_PRINCIPAL,
        ask(SEND, QUEUE, identity=[SQS], resource_policy=sparing(f"arn:aws:iam::{THEIRS}:root")),
    )
    yield denied(
        "A Deny with NotPrincipal denies each principal with a boundary",
        NOT_PRINCIPAL,
        ask(SEND, QUEUE, identity=[SQS], boundary=SQS, resource_policy=sparing(ROOT, ROLE, SESSION)),
    )
