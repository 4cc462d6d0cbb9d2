"""Service control policies, resource control policies and endpoint policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.iam_proof.case import FULL_ACCESS, Case, Json
from tools.iam_proof.traps.trap import (
    KEYS,
    OBJECT,
    OURS,
    QUEUE,
    ROLE,
    ROOT,
    THEIRS,
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

ORGANIZATIONS = "https://docs.aws.amazon.com/organizations/latest/userguide/"
SCP, SCP_LEVELS = (f"{ORGANIZATIONS}orgs_manage_policies_scps{end}.html" for end in ("", "_evaluation"))
RCP = f"{ORGANIZATIONS}orgs_manage_policies_rcps.html"
ENDPOINT = "https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html"

ANYTHING = [FULL_ACCESS]
SNS = "sns.amazonaws.com"


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _service_control()
    yield from _resource_control()
    yield from _endpoints()


def _service_control() -> Iterator[Trap]:
    def get(*levels: list[Json], principal: str = ROLE, **given: Any) -> Case:
        return ask(
            "s3:GetObject",
            OBJECT,
            principal,
            **{"identity": ANYTHING if principal == ROLE else [], **given},
            scp=list(levels),
        )

    region = {"StringNotEquals": {"aws:RequestedRegion": ["eu-west-1"]}}
    other_region = {"StringNotEquals": {"aws:RequestedRegion": ["us-east-1"]}}
    spared = {"ArnNotLike": {"aws:PrincipalArn": f"arn:aws:iam::{OURS}:role/ci"}}
    yield allowed("FullAWSAccess at each level", SCP_LEVELS, get(ANYTHING, ANYTHING, ANYTHING))
    yield denied("A level without an Allow", SCP_LEVELS, get(ANYTHING, allow("ec2:*"), ANYTHING))
    yield denied(
        "An Allow of the account does not replace one of the unit", SCP_LEVELS, get(allow("ec2:*"), allow("s3:*"))
    )
    yield denied("A Deny at the root", SCP_LEVELS, get(deny("s3:*"), ANYTHING))
    yield denied("A Deny at the account", SCP_LEVELS, get(ANYTHING, deny("s3:*")))
    yield denied("A service control policy grants nothing", SCP, get(ANYTHING, identity=[]))
    yield allowed("Two policies of a level", SCP_LEVELS, get([*allow("ec2:*"), *allow("s3:*")]))
    yield denied("A service control policy applies to the root user", SCP, get(deny("s3:*"), principal=ROOT))
    yield allowed("A Region that is allowed", SCP, get(deny("*", Condition=region)))
    yield denied("A request to another Region", SCP, get(deny("*", Condition=other_region)))
    yield allowed("A role that is spared", SCP, get(deny("s3:*", Condition=spared)))
    yield denied(
        "A service control policy limits a grant to the role",
        SCP,
        get(allow("ec2:*"), identity=[], resource_policy=grant(ROLE, "s3:*")),
    )
    yield allowed(
        "A service control policy does not apply to a service",
        SCP,
        ask("sqs:SendMessage", QUEUE, SNS, resource_policy=grant({"Service": SNS}, "sqs:*"), scp=[deny("*")]),
    )
    yield allowed(
        "A service control policy does not apply to an anonymous request",
        SCP,
        ask("s3:GetObject", OBJECT, "*", resource_policy=grant("*", "s3:GetObject"), scp=[deny("*")]),
    )


def _resource_control() -> Iterator[Trap]:
    def denying(action: str, **condition: Any) -> Json:
        return document(granting("*", action, effect="Deny", **({"Condition": condition} if condition else {})))

    outside = {
        "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
        "BoolIfExists": {"aws:PrincipalIsAWSService": "false"},
    }
    member, stranger = ({"aws:PrincipalOrgID": name} for name in ("o-a1b2c3d4e5", "o-other12345"))
    public = grant("*", "s3:GetObject")
    yield allowed("RCPFullAWSAccess alone", RCP, ask("s3:GetObject", identity=ANYTHING, rcp=[[], []]))
    yield denied("A Deny at a level", RCP, ask("s3:GetObject", identity=ANYTHING, rcp=[[], [denying("s3:*")]]))
    yield allowed(
        "A principal of the organization",
        RCP,
        ask("s3:GetObject", identity=ANYTHING, rcp=[[denying("s3:*", **outside)]], context=member),
    )
    yield denied(
        "A principal of another organization",
        RCP,
        ask(
            "s3:GetObject",
            identity=ANYTHING,
            resource_policy=public,
            rcp=[[denying("s3:*", **outside)]],
            context=stranger,
        ),
    )
    yield denied(
        "An anonymous request",
        RCP,
        ask("s3:GetObject", OBJECT, "*", resource_policy=public, rcp=[[denying("s3:*", **outside)]]),
    )
    yield denied(
        "Requests without TLS",
        RCP,
        ask(
            "s3:GetObject",
            identity=ANYTHING,
            rcp=[[denying("s3:*", BoolIfExists={"aws:SecureTransport": "false"})]],
            context={"aws:SecureTransport": "false"},
        ),
    )
    yield denied(
        "A resource control policy applies to the root user",
        RCP,
        ask("s3:GetObject", OBJECT, ROOT, rcp=[[denying("s3:*")]]),
    )
    yield denied("A resource control policy grants nothing", RCP, ask("s3:GetObject", rcp=[[]]))


def _endpoints() -> Iterator[Trap]:
    def get(*statements: Json, **given: Any) -> Case:
        return ask("s3:GetObject", **{"identity": ANYTHING, **given}, endpoint=document(*statements))

    owned = {"StringEquals": {"aws:ResourceAccount": OURS}}
    yield allowed("The full access of a new endpoint", ENDPOINT, get(granting("*", "*")))
    yield denied("An endpoint for another bucket", ENDPOINT, get(granting("*", "s3:*", "arn:aws:s3:::logs/*")))
    yield denied("An endpoint policy grants nothing", ENDPOINT, get(granting("*", "*"), identity=[]))
    yield denied(
        "A Deny in an endpoint policy", ENDPOINT, get(granting("*", "*"), granting("*", "s3:GetObject", effect="Deny"))
    )
    yield allowed("The resources of the account", ENDPOINT, get(granting("*", "*", Condition=owned)))
    yield denied(
        "The resources of another account",
        ENDPOINT,
        get(granting("*", "*", Condition=owned), account=THEIRS, resource_policy=grant("*", "s3:*")),
    )
    yield denied(
        "A principal of another account",
        ENDPOINT,
        get(granting("*", "*", Condition={"StringEquals": {"aws:PrincipalAccount": THEIRS}})),
    )
    yield denied("An endpoint for another principal", ENDPOINT, get(granting(f"arn:aws:iam::{OURS}:role/other", "*")))
    yield denied(
        "An endpoint policy limits an anonymous request, too",
        ENDPOINT,
        ask("s3:GetObject", OBJECT, "*", resource_policy=grant("*", "s3:*"), endpoint=document(granting("*", "sqs:*"))),
    )
    yield allowed(
        "aws:SourceVpce in a bucket policy",
        KEYS,
        ask(
            "s3:GetObject",
            identity=ANYTHING,
            resource_policy=document(
                granting("*", "s3:*", effect="Deny", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})
            ),
            context={"aws:SourceVpce": "vpce-1"},
        ),
    )
    yield denied(
        "aws:SourceVpce is absent without an endpoint",
        KEYS,
        ask(
            "s3:GetObject",
            identity=ANYTHING,
            resource_policy=document(
                granting("*", "s3:*", effect="Deny", Condition={"StringNotEquals": {"aws:SourceVpce": "vpce-1"}})
            ),
        ),
    )
