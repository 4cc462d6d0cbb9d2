"""Identity-based and resource-based policies, within an account and between two."""

from __future__ import annotations

from collections.abc import Iterator

from tools.iam_proof.traps.trap import (
    ACROSS,
    BASICS,
    DECISION,
    FOREIGN_QUEUE,
    GUIDE,
    OURS,
    PRINCIPAL,
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
    granting,
)

INTERPLAY = f"{GUIDE}reference_policies_evaluation-logic_AccessPolicyLanguage_Interplay.html"
EC2 = allow("ec2:*")[0]
SQS = allow("sqs:*")[0]


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _within()
    yield from _between()


def _within() -> Iterator[Trap]:
    denying = document(granting("*", SEND, effect="Deny"))
    yield denied("Without a policy", INTERPLAY, ask(SEND, QUEUE))
    yield allowed("The identity-based policy alone", BASICS, ask(SEND, QUEUE, identity=[SQS]))
    yield allowed("A grant to the role alone", DECISION, ask(SEND, QUEUE, resource_policy=grant(ROLE, SEND)))
    yield allowed("A grant to the user alone", DECISION, ask(SEND, QUEUE, USER, resource_policy=grant(USER, SEND)))
    yield allowed("A grant to the session alone", DECISION, ask(SEND, QUEUE, resource_policy=grant(SESSION, SEND)))
    yield allowed("A grant to every principal", PRINCIPAL, ask(SEND, QUEUE, resource_policy=grant("*", SEND)))
    yield denied(
        "A grant to the account needs an identity-based policy",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant(ROOT, SEND)),
    )
    yield allowed(
        "A grant to the account with an identity-based policy",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant(ROOT, SEND), identity=[SQS]),
    )
    yield denied(
        "A grant to the account ID is one to the account",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant(OURS, SEND)),
    )
    yield denied("A grant to another role", PRINCIPAL, ask(SEND, QUEUE, resource_policy=grant(f"{ROLE}-2", SEND)))
    yield denied(
        "A grant to another session of the role",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant(f"{SESSION}-2", SEND)),
    )
    yield denied(
        "A Deny in the identity-based policy",
        INTERPLAY,
        ask(SEND, QUEUE, identity=deny(SEND), resource_policy=grant(ROLE, SEND)),
    )
    yield denied(
        "A Deny in the resource-based policy", INTERPLAY, ask(SEND, QUEUE, identity=[SQS], resource_policy=denying)
    )
    yield allowed("A Deny for another action", INTERPLAY, ask(SEND, QUEUE, identity=deny("sqs:DeleteQueue")))
    yield denied("A Deny in a second policy of the identity", INTERPLAY, ask(SEND, QUEUE, identity=[SQS, *deny(SEND)]))
    yield denied(
        "A Deny before the Allow",
        INTERPLAY,
        ask(
            SEND,
            QUEUE,
            identity=[
                document(
                    {"Effect": "Deny", "Action": SEND, "Resource": "*"},
                    {"Effect": "Allow", "Action": "*", "Resource": "*"},
                )
            ],
        ),
    )
    yield denied(
        "A Deny for the account denies its roles",
        PRINCIPAL,
        ask(SEND, QUEUE, identity=[SQS], resource_policy=document(granting(ROOT, SEND, effect="Deny"))),
    )
    yield denied(
        "A Deny for the role denies its session",
        PRINCIPAL,
        ask(SEND, QUEUE, identity=[SQS], resource_policy=document(granting(ROLE, SEND, effect="Deny"))),
    )


def _between() -> Iterator[Trap]:
    for title, given, answer in (
        ("Another account: the identity-based policy alone", {"identity": [SQS]}, denied),
        ("Another account: a grant to the role alone", {"resource_policy": grant(ROLE, SEND)}, denied),
        ("Another account: both", {"identity": [SQS], "resource_policy": grant(ROLE, SEND)}, allowed),
        (
            "Another account: a grant to the account and the identity",
            {"identity": [SQS], "resource_policy": grant(ROOT, SEND)},
            allowed,
        ),
        (
            "Another account: a grant to every principal and the identity",
            {"identity": [SQS], "resource_policy": grant("*", SEND)},
            allowed,
        ),
        ("Another account: a grant to every principal alone", {"resource_policy": grant("*", SEND)}, denied),
        (
            "Another account: a grant to the owner of the queue",
            {"identity": [SQS], "resource_policy": grant(THEIRS, SEND)},
            denied,
        ),
        (
            "Another account: the boundary limits a grant to the session",
            {"identity": [SQS], "resource_policy": grant(SESSION, SEND), "boundary": EC2},
            denied,
        ),
        (
            "Another account: a Deny of the owner",
            {"identity": [SQS], "resource_policy": document(granting("*", SEND), granting(OURS, SEND, effect="Deny"))},
            denied,
        ),
    ):
        yield answer(title, ACROSS, ask(SEND, FOREIGN_QUEUE, account=THEIRS, **given))
