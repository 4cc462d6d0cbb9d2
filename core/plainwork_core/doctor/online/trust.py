"""Why a role cannot be assumed: the policies of the caller, or the trust policy of the role."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from plainwork_core.doctor.diagnosis import Evidence
from plainwork_core.doctor.online.answers import Answers, found
from plainwork_core.doctor.online.connection import Connection
from plainwork_core.doctor.online.documents import Documents, read_documents
from plainwork_core.iam.evaluation import Policies, Request, RequestResource, decide, policy_statements

_EXTERNAL_ID = "sts:externalid"


def read_trust(connection: Connection, answers: Answers) -> None:
    """Request the policies of the identity that assumes the role, and the trust policy of the role."""
    answers.documents = read_documents(connection, answers, answers.base_arn)
    name = answers.facts.text("assume_role.role_arn").rpartition("/")[2]
    if name and connection.may_ask("iam"):
        answers.settings["GetRole"] = connection.service("iam").ask("GetRole", RoleName=name)


def trust_evidence(answers: Answers) -> Iterator[Evidence]:
    """Yield what the policies that can be read decide on `sts:AssumeRole`."""
    role = found(answers.settings.get("GetRole")).get("Role", {})
    document, documents = role.get("AssumeRolePolicyDocument"), answers.documents
    if not document:
        return
    external_id = answers.facts.text("assume_role.external_id")
    if not external_id and _requires_external_id(document):
        yield Evidence(
            "the trust policy has a condition on `sts:ExternalId`, and `external_id` is not set", "iam:GetRole"
        )
    if not isinstance(documents, Documents) or documents.principal is None:
        return
    request = Request(
        documents.principal,
        "sts:AssumeRole",
        RequestResource(role["Arn"]),
        {"sts:ExternalId": (external_id,)} if external_id else {},
        complete=False,
    )
    trust = policy_statements(document, "trust")
    decision = decide(request, Policies(documents.identity, documents.boundary, resource=trust))
    if decision.is_denied:
        yield Evidence(decision.reason, "IAM policies")


def _requires_external_id(document: Any) -> bool:
    statements = document.get("Statement", []) if isinstance(document, dict) else []
    listed = statements if isinstance(statements, list) else [statements]
    return any(_EXTERNAL_ID in json.dumps(statement.get("Condition", {})).lower() for statement in listed)
