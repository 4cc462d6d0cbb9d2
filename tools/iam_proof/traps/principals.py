"""The element `Principal`, the keys about principals, root users and anonymous requests."""

from __future__ import annotations

from collections.abc import Iterator

from tools.iam_proof.traps.trap import (
    ACROSS,
    FOREIGN_QUEUE,
    GUIDE,
    OBJECT,
    OURS,
    PRINCIPAL,
    QUEUE,
    ROLE,
    ROOT,
    SEND,
    SESSION,
    THEIRS,
    Trap,
    allowed,
    ask,
    denied,
    document,
    grant,
    granting,
)

ROOT_USER = f"{GUIDE}id_root-user.html"


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _principals()
    yield from _root_and_anonymous()


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
