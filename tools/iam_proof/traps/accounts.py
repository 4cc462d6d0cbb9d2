"""Identity-based and resource-based policies, within an account and between two."""

from __future__ import annotations

from collections.abc import Iterator

from tools.iam_proof.traps.trap import (
    ACROSS,
    BASICS,
    DECISION,
    GUIDE,
    OBJECT,
    OURS,
    PRINCIPAL,
    QUEUE,
    ROLE,
    ROOT,
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
ROOT_USER = f"{GUIDE}id_root-user.html"
FOREIGN_QUEUE = f"arn:aws:sqs:eu-west-1:{THEIRS}:orders"
SEND = "sqs:SendMessage"
EC2 = allow("ec2:*")[0]
SQS = allow("sqs:*")[0]


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _within()
    yield from _between()
    yield from _principals()
    yield from _root_and_anonymous()


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


def _principals() -> Iterator[Trap]:
    path = f"arn:aws:iam::{OURS}:role/teams/data/etl"
    session = f"arn:aws:sts::{OURS}:assumed-role/etl/plainwork"
    yield allowed("A role with a path", PRINCIPAL, ask(SEND, QUEUE, path, resource_policy=grant(path, SEND)))
    yield denied(
        "A role with a path, named without it",
        PRINCIPAL,
        ask(SEND, QUEUE, path, resource_policy=grant(f"arn:aws:iam::{OURS}:role/etl", SEND)),
    )
    yield allowed("A session has no path", PRINCIPAL, ask(SEND, QUEUE, path, resource_policy=grant(session, SEND)))
    yield denied(
        "A principal has no wildcard in its name",
        PRINCIPAL,
        ask(
            SEND,
            QUEUE,
            resource_policy=grant(
                "*", SEND, Condition={"StringEquals": {"aws:PrincipalArn": f"arn:aws:iam::{OURS}:role/*"}}
            ),
        ),
    )
    yield allowed(
        "aws:PrincipalArn takes a wildcard",
        PRINCIPAL,
        ask(
            SEND,
            QUEUE,
            resource_policy=grant(
                "*", SEND, Condition={"ArnLike": {"aws:PrincipalArn": f"arn:aws:iam::{OURS}:role/*"}}
            ),
        ),
    )
    yield allowed(
        "aws:PrincipalArn of a session is the role",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant("*", SEND, Condition={"ArnEquals": {"aws:PrincipalArn": ROLE}})),
    )
    yield denied(
        "aws:PrincipalArn of a session is not the session",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant("*", SEND, Condition={"ArnEquals": {"aws:PrincipalArn": SESSION}})),
    )
    yield allowed("AWS: * is every principal", PRINCIPAL, ask(SEND, QUEUE, resource_policy=grant({"AWS": "*"}, SEND)))
    yield allowed(
        "One of several principals",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant([f"arn:aws:iam::{THEIRS}:root", ROLE], SEND)),
    )
    yield denied(
        "A service is not a role",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant({"Service": "sns.amazonaws.com"}, SEND)),
    )
    yield allowed(
        "aws:PrincipalAccount limits a grant to every principal",
        PRINCIPAL,
        ask(SEND, QUEUE, resource_policy=grant("*", SEND, Condition={"StringEquals": {"aws:PrincipalAccount": OURS}})),
    )
    yield denied(
        "aws:PrincipalOrgID of another organization",
        PRINCIPAL,
        ask(
            SEND,
            QUEUE,
            resource_policy=grant("*", SEND, Condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}),
            context={"aws:PrincipalOrgID": "o-other12345"},
        ),
    )


def _root_and_anonymous() -> Iterator[Trap]:
    public = grant("*", "s3:GetObject", OBJECT)
    yield allowed("The root user needs no policy", ROOT_USER, ask(SEND, QUEUE, ROOT))
    yield denied(
        "A resource-based Deny applies to the root user",
        ROOT_USER,
        ask(SEND, QUEUE, ROOT, resource_policy=document(granting("*", "sqs:*", effect="Deny"))),
    )
    yield denied(
        "The root user of another account needs a grant", ACROSS, ask(SEND, FOREIGN_QUEUE, ROOT, account=THEIRS)
    )
    yield allowed(
        "The root user of another account with a grant",
        ACROSS,
        ask(SEND, FOREIGN_QUEUE, ROOT, account=THEIRS, resource_policy=grant(OURS, SEND)),
    )
    yield allowed(
        "An anonymous request to a public object", PRINCIPAL, ask("s3:GetObject", OBJECT, "*", resource_policy=public)
    )
    yield denied("An anonymous request without a policy", PRINCIPAL, ask("s3:GetObject", OBJECT, "*"))
    yield denied(
        "An anonymous request is not of the account",
        PRINCIPAL,
        ask("s3:GetObject", OBJECT, "*", resource_policy=grant(OURS, "s3:GetObject")),
    )
    yield denied(
        "An anonymous request has no aws:PrincipalOrgID",
        PRINCIPAL,
        ask(
            "s3:GetObject",
            OBJECT,
            "*",
            resource_policy=grant(
                "*", "s3:GetObject", Condition={"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
            ),
        ),
    )
