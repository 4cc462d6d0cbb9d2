"""The requests of each API call that tag guardrails cover, with the guardrails as policies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import SimpleNamespace

from plainwork_core.aws.guardrail_calls import COVERED_CALLS
from plainwork_core.guardrails.documents import policy_documents
from plainwork_core.guardrails.tag_statements import Scope, tag_statements
from plainwork_core.iam.api_calls import Authorization, authorizations
from tools.iam_proof.asked import KEY_POLICY
from tools.iam_proof.case import FULL_ACCESS, Case
from tools.iam_proof.requests import OURS
from tools.iam_proof.traps.trap import EVERY_REQUEST

Tags = Mapping[str, str]
CALLS = [call for calls in COVERED_CALLS.values() for call in calls]
TAGGED_TYPES = {"ec2:RunInstances": ("instance", "volume")}
"""What a request tags, if it is more than the created resource."""

_SETTINGS = SimpleNamespace(
    required=("Owner", "Environment"),
    allowed_values={"Environment": ("dev", "prod")},
    value_patterns={"CostCenter": "cc-.+"},
    propagate_to=("instance", "volume", "task"),
)
_TAGS = {"Owner": "team", "Environment": "prod"}
_SENT: tuple[Tags, ...] = (_TAGS, {}, {"Owner": "team"}, {**_TAGS, "Environment": "x"}, {**_TAGS, "CostCenter": "cc-"})
_VALUES = {"Partition": "aws", "Region": "eu-west-1", "Account": OURS}


def cases() -> Iterator[Case]:
    """Yield each authorization of each covered call, with tags and without, for both kinds of policies."""
    statements = tag_statements(_SETTINGS, Scope(("ALL", "s3")))
    of_organization = policy_documents(statements, organizations=True)
    of_role = policy_documents(statements, organizations=False)
    for call in CALLS:
        for tags in _SENT:
            for one, context in authorized(call, tags):
                for identity, scp in (([], of_organization), (of_role, [])):
                    yield Case(
                        kind="role",
                        principal=f"arn:aws:iam::{OURS}:role/deploy",
                        action=one.action,
                        resource=sample(one.arn_format),
                        account=OURS,
                        context={**EVERY_REQUEST, **context},
                        identity=[FULL_ACCESS, *identity],
                        scp=[[FULL_ACCESS, *scp]],
                        resource_policy=KEY_POLICY if one.action.startswith("kms:") else None,
                    )


def authorized(call: str, tags: Tags) -> Iterator[tuple[Authorization, dict[str, list[str]]]]:
    """Yield the authorizations of *call*, each with its condition keys. A service makes the call of another service."""
    keys = {**{f"aws:RequestTag/{key}": [value] for key, value in tags.items()}, "aws:TagKeys": list(tags)}
    for one in authorizations(call, tags=bool(tags), tagged_types=TAGGED_TYPES.get(call, ())):
        is_by_service = one.action in CALLS and one.action != call
        context = {key: [value] for key, value in one.context.items()} | (keys if one.has_request_tags else {})
        yield one, context | ({"aws:ViaAWSService": ["true"]} if is_by_service else {})


def sample(arn_format: str) -> str:
    """Return an ARN of a format."""
    return re.sub(r"\$\{(\w+)\}", lambda name: _VALUES.get(name[1], "x"), arn_format)
