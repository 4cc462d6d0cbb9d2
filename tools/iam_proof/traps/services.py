"""Key policies and service principals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, Case, Json
from tools.iam_proof.traps.trap import (
    GUIDE,
    KEYS,
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

KMS = "https://docs.aws.amazon.com/kms/latest/developerguide/"
KEY_POLICY, DEFAULT_KEY_POLICY = f"{KMS}key-policies.html", f"{KMS}key-policy-default.html"
KEY_ACROSS, VIA_SERVICE = f"{KMS}key-policy-modifying-external-accounts.html", f"{KMS}conditions-kms.html"
DEPUTY = f"{GUIDE}confused-deputy.html"

KEY, FOREIGN_KEY = (f"arn:aws:kms:eu-west-1:{account}:key/1234abcd" for account in (OURS, THEIRS))
ANYTHING = [FULL_ACCESS]
SNS = "sns.amazonaws.com"


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _keys()
    yield from _services()


def _keys() -> Iterator[Trap]:
    via = {"StringEquals": {"kms:ViaService": "s3.eu-west-1.amazonaws.com"}}

    def decrypt(policy: Json, principal: str = ROLE, **given: Any) -> Case:
        return ask("kms:Decrypt", KEY, principal, resource_policy=policy, **given)

    yield denied(
        "A key policy without the account: IAM policies have no effect",
        DEFAULT_KEY_POLICY,
        decrypt(grant(USER, "kms:*"), identity=ANYTHING),
    )
    yield allowed(
        "A key policy with the account: IAM policies have an effect",
        DEFAULT_KEY_POLICY,
        decrypt(grant(ROOT, "kms:*"), identity=ANYTHING),
    )
    yield denied(
        "A key policy with the account grants nothing by itself", DEFAULT_KEY_POLICY, decrypt(grant(ROOT, "kms:*"))
    )
    yield allowed("A key policy that names the role", KEY_POLICY, decrypt(grant(ROLE, "kms:Decrypt")))
    yield allowed("A key policy that names the session", KEY_POLICY, decrypt(grant(SESSION, "kms:Decrypt")))
    yield denied(
        "A key policy that names the role for another action",
        KEY_POLICY,
        decrypt(grant(ROLE, "kms:Encrypt"), identity=ANYTHING),
    )
    yield denied("The root user without the key policy", KEY_POLICY, decrypt(grant(ROLE, "kms:*"), ROOT))
    yield allowed("The root user with the key policy", DEFAULT_KEY_POLICY, decrypt(grant(ROOT, "kms:*"), ROOT))
    yield denied(
        "The account only by some service", VIA_SERVICE, decrypt(grant(ROOT, "kms:*", Condition=via), identity=ANYTHING)
    )
    yield allowed(
        "The account by that service",
        VIA_SERVICE,
        decrypt(
            grant(ROOT, "kms:*", Condition=via),
            identity=ANYTHING,
            context={"kms:ViaService": "s3.eu-west-1.amazonaws.com"},
        ),
    )
    yield allowed(
        "Every principal of the account by aws:PrincipalAccount",
        KEY_POLICY,
        decrypt(
            grant("*", "kms:*", Condition={"StringEquals": {"kms:CallerAccount": OURS}}),
            context={"kms:CallerAccount": OURS},
        ),
    )
    yield denied(
        "A Deny in the identity-based policy denies the use of a key",
        KEY_POLICY,
        decrypt(grant(ROLE, "kms:*"), identity=deny("kms:Decrypt")),
    )
    yield denied(
        "A key of another account: the identity-based policy alone",
        KEY_ACROSS,
        ask("kms:Decrypt", FOREIGN_KEY, account=THEIRS, identity=ANYTHING, resource_policy=grant(THEIRS, "kms:*")),
    )
    yield allowed(
        "A key of another account: both",
        KEY_ACROSS,
        ask("kms:Decrypt", FOREIGN_KEY, account=THEIRS, identity=ANYTHING, resource_policy=grant(OURS, "kms:*")),
    )
    yield denied(
        "A key of another account: the key policy alone",
        KEY_ACROSS,
        ask("kms:Decrypt", FOREIGN_KEY, account=THEIRS, resource_policy=grant(ROLE, "kms:*")),
    )
    yield allowed(
        "An encryption context",
        VIA_SERVICE,
        decrypt(
            grant(ROLE, "kms:*", Condition={"StringEquals": {"kms:EncryptionContext:app": "web"}}),
            context={"kms:EncryptionContext:app": "web"},
        ),
    )
    yield denied(
        "Another encryption context",
        VIA_SERVICE,
        decrypt(
            grant(ROLE, "kms:*", Condition={"StringEquals": {"kms:EncryptionContext:app": "web"}}),
            context={"kms:EncryptionContext:app": "job"},
        ),
    )
    yield allowed(
        "An alias of the key",
        VIA_SERVICE,
        decrypt(
            grant(ROOT, "kms:*"),
            identity=allow("kms:*", Condition={"ForAnyValue:StringEquals": {"kms:ResourceAliases": "alias/a"}}),
            context={"kms:ResourceAliases": ["alias/a", "alias/b"]},
        ),
    )


def _services() -> Iterator[Trap]:
    arn, account = (
        {"ArnEquals": {"aws:SourceArn": f"arn:aws:sns:eu-west-1:{OURS}:t"}},
        {"StringEquals": {"aws:SourceAccount": OURS}},
    )
    source = {"aws:SourceArn": f"arn:aws:sns:eu-west-1:{OURS}:t", "aws:SourceAccount": OURS}
    other = {"aws:SourceArn": f"arn:aws:sns:eu-west-1:{THEIRS}:t", "aws:SourceAccount": THEIRS}

    def send(policy: Json | None, **given: Any) -> Case:
        return ask("sqs:SendMessage", QUEUE, SNS, resource_policy=policy, **given)

    yield allowed("A service that the policy names", PRINCIPAL, send(grant({"Service": SNS}, "sqs:SendMessage")))
    yield denied("A service without a policy", PRINCIPAL, send(None))
    yield denied(
        "A service that the queue policy does not name",
        PRINCIPAL,
        send(grant({"Service": "s3.amazonaws.com"}, "sqs:SendMessage")),
    )
    yield denied("A service is not in the account", PRINCIPAL, send(grant(OURS, "sqs:SendMessage")))
    yield allowed(
        "For the topic", DEPUTY, send(grant({"Service": SNS}, "sqs:SendMessage", Condition=arn), context=source)
    )
    yield denied(
        "For a topic of another account",
        DEPUTY,
        send(grant({"Service": SNS}, "sqs:SendMessage", Condition=arn), context=other),
    )
    yield denied(
        "For another account",
        DEPUTY,
        send(grant({"Service": SNS}, "sqs:SendMessage", Condition=account), context=other),
    )
    yield allowed(
        "A Deny for all but services",
        KEYS,
        send(
            document(
                granting({"Service": SNS}, "sqs:*"),
                granting("*", "sqs:*", effect="Deny", Condition={"Bool": {"aws:PrincipalIsAWSService": "false"}}),
            )
        ),
    )
    yield denied(
        "A Deny for all but services, for a role",
        KEYS,
        ask(
            "sqs:SendMessage",
            QUEUE,
            identity=ANYTHING,
            resource_policy=document(
                granting("*", "sqs:*", effect="Deny", Condition={"Bool": {"aws:PrincipalIsAWSService": "false"}})
            ),
        ),
    )
