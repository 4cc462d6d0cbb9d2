"""The policies that apply to a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from plainwork_core.frozen import frozen
from plainwork_core.iam.grammar import read_document
from plainwork_core.iam.statement import Document, Kind, Statement, hidden
from plainwork_core.model.stack import Location, Resource
from plainwork_core.model.values import Unknown

Statements = tuple[Statement, ...]


@frozen()
class Policies:
    """The statements of all policies that apply to a request, by type.

    A policy that exists and whose document is unknown is the statement of `unread_policy`.

    Args:
        identity: of the identity-based policies of the principal, those of its groups included.
        boundary: of the permissions boundary; `None` if the principal has none.
        session: of the session policies; `None` if the session has none.
        resource: of the resource-based policy: bucket policy, key policy, trust policy; `None` if there is none.
        scp: of the service control policies, one tuple for each level from the root to the account; `()` if none apply.
        rcp: of the resource control policies, in the same way.
        endpoint: of the policy of the VPC endpoint that the request takes; `None` if it takes none.
    """

    identity: Statements = ()
    boundary: Statements | None = None
    session: Statements | None = None
    resource: Statements | None = None
    scp: tuple[Statements, ...] = ()
    rcp: tuple[Statements, ...] = ()
    endpoint: Statements | None = None


def policy_statements(document: Mapping[str, Any] | str, kind: Kind = "identity", name: str = "policy") -> Statements:
    """Return the statements of a policy document.

    Args:
        document: the document, as data or as JSON.
        kind: its use (`plainwork_core.iam.statement.Document`).
        name: for messages.

    Returns:
        The statements. A document that is not of IAM's grammar gives one statement that is unknown.
    """
    text = document if isinstance(document, str) else json.dumps(document)
    place = _place(kind, name)
    return tuple(read_document(text, place, place.owner.location))


def unread_policy(reason: str, kind: Kind = "identity", name: str = "policy") -> Statements:
    """Return one statement for a policy that applies and whose document is unknown.

    Args:
        reason: why it is unknown, and what would make it known.
        kind: its use.
        name: for messages.
    """
    place = _place(kind, name)
    return (hidden(place, place.owner.location, Unknown(reason)),)


def _place(kind: Kind, name: str) -> Document:
    owner = Resource(
        address=name, mode="managed", type="", name=name, provider_key="aws", values={}, location=Location(name)
    )
    return Document(owner, "policy", kind)
