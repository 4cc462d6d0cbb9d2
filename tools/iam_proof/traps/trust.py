"""Trust policies of roles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, Case, Json
from tools.iam_proof.traps.trap import (
    GUIDE,
    OURS,
    PRINCIPAL,
    ROLE,
    ROOT,
    THEIRS,
    USER,
    Trap,
    allow,
    allowed,
    ask,
    denied,
    document,
    grant,
    granting,
)

ASSUME_ROLE = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html"
EXTERNAL_ID = f"{GUIDE}id_roles_common-scenarios_third-party.html"
SESSION_TAGS, OIDC = f"{GUIDE}id_session-tags.html", f"{GUIDE}id_roles_providers_create_oidc.html"
DEPUTY = f"{GUIDE}confused-deputy.html"

TARGET, FOREIGN_TARGET = (f"arn:aws:iam::{account}:role/deploy" for account in (OURS, THEIRS))
PROVIDER = f"arn:aws:iam::{OURS}:oidc-provider/token.actions.githubusercontent.com"
GITHUB = "token.actions.githubusercontent.com"
ANYTHING = [FULL_ACCESS]


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _trust()
    yield from _web_identity()


def _trust() -> Iterator[Trap]:
    def trust(principal: Any, action: Any = "sts:AssumeRole", **elements: Any) -> Json:
        return grant(principal, action, None, **elements)

    def assume(policy: Json, principal: str = ROLE, action: str = "sts:AssumeRole", **given: Any) -> Case:
        return ask(action, TARGET, principal, resource_policy=policy, **given)

    external = {"StringEquals": {"sts:ExternalId": "42"}}
    yield allowed("A trust policy that names the role of the account", ASSUME_ROLE, assume(trust(ROLE)))
    yield allowed("A trust policy that names the user of the account", ASSUME_ROLE, assume(trust(USER), USER))
    yield denied("A trust policy that names the account", ASSUME_ROLE, assume(trust(ROOT)))
    yield allowed(
        "A trust policy that names the account, and the identity-based policy",
        ASSUME_ROLE,
        assume(trust(ROOT), identity=allow("sts:AssumeRole", TARGET)),
    )
    yield denied(
        "The identity-based policy alone assumes no role",
        ASSUME_ROLE,
        assume(trust({"Service": "ec2.amazonaws.com"}), identity=ANYTHING),
    )
    yield denied(
        "A role does not trust itself",
        f"{GUIDE}id_roles_update-role-trust-policy.html",
        ask("sts:AssumeRole", ROLE, resource_policy=trust({"Service": "ec2.amazonaws.com"}), identity=ANYTHING),
    )
    yield denied("The external ID is missing", EXTERNAL_ID, assume(trust(ROLE, Condition=external)))
    yield allowed(
        "The external ID", EXTERNAL_ID, assume(trust(ROLE, Condition=external), context={"sts:ExternalId": "42"})
    )
    yield denied(
        "A role of another account trusts the account alone",
        ASSUME_ROLE,
        ask("sts:AssumeRole", FOREIGN_TARGET, account=THEIRS, resource_policy=trust(OURS)),
    )
    yield allowed(
        "A role of another account, and the identity-based policy",
        ASSUME_ROLE,
        ask(
            "sts:AssumeRole",
            FOREIGN_TARGET,
            account=THEIRS,
            resource_policy=trust(OURS),
            identity=allow("sts:AssumeRole", FOREIGN_TARGET),
        ),
    )
    yield denied(
        "A role of another account that does not trust it",
        ASSUME_ROLE,
        ask("sts:AssumeRole", FOREIGN_TARGET, account=THEIRS, resource_policy=trust(THEIRS), identity=ANYTHING),
    )
    yield denied("The root user cannot assume a role", ASSUME_ROLE, assume(trust(ROOT), ROOT))
    yield denied(
        "Session tags without sts:TagSession in the trust policy",
        SESSION_TAGS,
        assume(trust(ROOT), action="sts:TagSession", identity=ANYTHING),
    )
    yield allowed(
        "Session tags with it",
        SESSION_TAGS,
        assume(trust(ROOT, ["sts:AssumeRole", "sts:TagSession"]), action="sts:TagSession", identity=ANYTHING),
    )
    yield denied(
        "A Deny in the trust policy",
        ASSUME_ROLE,
        assume(
            document(
                granting(ROLE, "sts:*", None),
                granting("*", "sts:*", None, effect="Deny", Condition={"Bool": {"aws:SecureTransport": "true"}}),
            )
        ),
    )
    yield allowed(
        "An ECS task", PRINCIPAL, assume(trust({"Service": "ecs-tasks.amazonaws.com"}), "ecs-tasks.amazonaws.com")
    )
    yield denied(
        "A service that the trust policy does not name",
        PRINCIPAL,
        assume(trust({"Service": "ecs-tasks.amazonaws.com"}), "ec2.amazonaws.com"),
    )
    yield denied(
        "Another account of the service",
        DEPUTY,
        assume(
            trust({"Service": "ecs-tasks.amazonaws.com"}, Condition={"StringEquals": {"aws:SourceAccount": OURS}}),
            "ecs-tasks.amazonaws.com",
            context={"aws:SourceAccount": THEIRS},
        ),
    )


def _web_identity() -> Iterator[Trap]:
    main, pull = "repo:acme/web:ref:refs/heads/main", "repo:acme/web:pull_request"

    def assume(
        condition: Json, subject: str = main, principal: str = PROVIDER, action: str = "sts:AssumeRoleWithWebIdentity"
    ) -> Case:
        trust = grant({"Federated": PROVIDER}, "sts:AssumeRoleWithWebIdentity", None, Condition=condition)
        context = {f"{GITHUB}:sub": subject, f"{GITHUB}:aud": "sts.amazonaws.com"}
        return ask(action, TARGET, principal, resource_policy=trust, context=context)

    exact = {"StringEquals": {f"{GITHUB}:sub": main, f"{GITHUB}:aud": "sts.amazonaws.com"}}
    yield allowed("The subject of a branch", OIDC, assume(exact))
    yield denied("The subject of a pull request", OIDC, assume(exact, pull))
    yield allowed("A pattern of subjects", OIDC, assume({"StringLike": {f"{GITHUB}:sub": "repo:acme/web:*"}}, pull))
    yield denied(
        "StringEquals takes the wildcard literally",
        OIDC,
        assume({"StringEquals": {f"{GITHUB}:sub": "repo:acme/web:*"}}),
    )
    yield denied("A pattern of another repository", OIDC, assume({"StringLike": {f"{GITHUB}:sub": "repo:acme/api:*"}}))
    yield denied("Another provider", OIDC, assume(exact, principal=PROVIDER.replace("token.actions", "token.others")))
    yield denied("Another action", OIDC, assume(exact, action="sts:TagSession"))
