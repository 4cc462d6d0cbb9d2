"""Policy documents whose size AWS limits.

The size is that of the JSON without spaces that Terraform's `jsonencode` returns. Organizations stores the text as it
is, spaces included:
https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from plainwork_core.aws.organizations import MANAGED_POLICY_CHARACTERS, SCP_CHARACTERS
from plainwork_core.errors import InputError
from plainwork_core.hcl.read.encoding import json_text
from plainwork_core.iam.statement import CURRENT_VERSION

Json = Mapping[str, Any]
_LAST_OF_IAM = 0xFF


def encoded(document: Json) -> str:
    """Return the JSON that Terraform's `jsonencode` returns.

    https://developer.hashicorp.com/terraform/language/functions/jsonencode
    """
    return json_text(document)


def policy_characters(*, organizations: bool) -> int:
    """Return how many characters a service control policy, or a managed policy of IAM, has at most."""
    return SCP_CHARACTERS if organizations else MANAGED_POLICY_CHARACTERS


def policy_documents(statements: Iterable[Json], *, organizations: bool) -> list[dict[str, Any]]:
    """Return the fewest service control policies, or managed policies of IAM.

    A document of IAM has characters up to U+00FF only:
    https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html

    Raises:
        InputError: a statement about one action is too long, or IAM does not accept a character.
    """
    found = documents(statements, policy_characters(organizations=organizations))
    wrong = {one for content in found for one in encoded(content) if ord(one) > _LAST_OF_IAM}
    if wrong and not organizations:
        raise InputError(
            f"the settings have {', '.join(sorted(wrong))}; IAM accepts characters up to U+00FF in a policy. Rename "
            "the keys or values, or use AWS Organizations"
        )
    return found


def document(statements: Iterable[Json]) -> dict[str, Any]:
    """Return a policy document of *statements*, each with a `Sid` of its own."""
    found: list[dict[str, Any]] = []
    sids: set[str] = set()
    for statement in statements:
        sid, number = statement["Sid"], 2
        while sid in sids:
            sid, number = f"{statement['Sid']}{number}", number + 1
        sids.add(sid)
        found.append({**statement, "Sid": sid})
    return {"Version": CURRENT_VERSION, "Statement": found}


def documents(statements: Iterable[Json], characters: int) -> list[dict[str, Any]]:
    """Return the fewest documents in the order of *statements*, none of which has more than a number of *characters*.

    Raises:
        InputError: a statement about one action is too long.
    """
    found: list[list[Json]] = []
    for statement in (part for one in statements for part in _parts(one, characters)):
        if found and len(encoded(document([*found[-1], statement]))) <= characters:
            found[-1].append(statement)
        else:
            found.append([statement])
    return [document(part) for part in found]


def _parts(statement: Json, characters: int) -> Iterator[Json]:
    """Yield *statement*, or statements about a part of its actions each, if it is too long."""
    if len(encoded(document([statement]))) <= characters:
        yield statement
        return
    actions = statement.get("Action", ())
    if len(actions) < 2:  # noqa: PLR2004  one action cannot be divided
        raise InputError(
            f"the statement {statement['Sid']} has more than {characters:,} characters, the maximum of AWS for a "
            "policy; reduce its values"
        )
    half = len(actions) // 2
    for part in (actions[:half], actions[half:]):
        yield from _parts({**statement, "Action": part}, characters)
