"""The documents that the constructs generate, as JSON: from their snapshots and the examples.

A reference of Terraform gets a value of the kind that AWS would give it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from plainwork_core.iam.documents import statements
from plainwork_core.iam.statement import Principal, Statement, Text
from plainwork_core.model.values import PartialString, Unknown
from plainwork_core.read.hcl import read
from tools.iam_proof.case import Json
from tools.iam_proof.requests import OURS

ROOT = Path(__file__).parents[2]
SOURCES = ("tests/construct/__snapshots__/**/*.tf", "examples/*/main.tf", "examples/recipes/*/main.tf")
ARNS = {
    "aws_dynamodb_table": f"arn:aws:dynamodb:eu-west-1:{OURS}:table/",
    "aws_efs_access_point": f"arn:aws:elasticfilesystem:eu-west-1:{OURS}:access-point/",
    "aws_efs_file_system": f"arn:aws:elasticfilesystem:eu-west-1:{OURS}:file-system/",
    "aws_iam_policy": f"arn:aws:iam::{OURS}:policy/",
    "aws_iam_role": f"arn:aws:iam::{OURS}:role/",
    "aws_kms_key": f"arn:aws:kms:eu-west-1:{OURS}:key/",
    "aws_kms_replica_key": f"arn:aws:kms:eu-central-1:{OURS}:key/",
    "aws_s3_bucket": "arn:aws:s3:::",
    "aws_sns_topic": f"arn:aws:sns:eu-west-1:{OURS}:",
}
"""How the ARN of each type begins; its name in Terraform follows."""
ATTRIBUTES = {
    "account_id": OURS,
    "partition": "aws",
    "name": "eu-west-1",
    "region": "eu-west-1",
    "dns_suffix": "amazonaws.com",
}
"""The values of data sources."""


@dataclass(frozen=True)
class Generated:
    """A document that a construct generates.

    Args:
        name: file, address and argument.
        kind: its use (`plainwork_core.iam.statement.Document`).
        json: the document.
    """

    name: str
    kind: str
    json: Json


def documents() -> list[Generated]:
    """Return each different document once. One with a value that has no reference is omitted."""
    found: dict[str, Generated] = {}
    for file in sorted(file for pattern in SOURCES for file in ROOT.glob(pattern)):
        for document in _documents(file):
            found.setdefault(repr((document.kind, document.json)), document)
    return list(found.values())


def _documents(file: Path) -> Iterator[Generated]:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "main.tf").write_bytes(file.read_bytes())
        held = statements(read(Path(folder)))
    for (address, argument, kind), several in groupby(held, lambda one: (one.address, one.document.argument, one.kind)):
        try:
            members = [_statement(one) for one in several]
        except _NoValueError:
            continue
        name = f"{file.relative_to(ROOT)} {address} {argument}"
        yield Generated(name, kind, {"Version": "2012-10-17", "Statement": members})


class _NoValueError(ValueError):
    """A part of a document has neither a value nor a reference."""


def _statement(one: Statement) -> dict[str, Any]:
    conditions: dict[str, dict[str, list[str]]] = {}
    for condition in one.conditions:
        conditions.setdefault(_text(condition.operator), {})[_text(condition.key)] = _texts(condition.values)
    elements = {
        "Action": _texts(one.actions),
        "NotAction": _texts(one.not_actions),
        "Resource": _texts(one.resources),
        "NotResource": _texts(one.not_resources),
        "Principal": _principals(one.principals),
        "NotPrincipal": _principals(one.not_principals),
        "Condition": conditions,
    }
    return {"Effect": _text(one.effect)} | {name: value for name, value in elements.items() if value}


def _principals(principals: Iterable[Principal]) -> Any:
    found: dict[str, list[str]] = {}
    for principal in principals:
        found.setdefault(_text(principal.type), []).append(_text(principal.value))
    return "*" if "*" in found else found


def _texts(texts: Iterable[Text]) -> list[str]:
    return [_text(text) for text in texts]


def _text(text: Text) -> str:
    parts = text.parts if isinstance(text, PartialString) else (text,)
    return "".join(part if isinstance(part, str) else _value(part) for part in parts)


def _value(part: Unknown) -> str:
    if len(part.references) != 1:
        raise _NoValueError(part.reason)
    names = part.references[0].removeprefix("data.").split(".")
    type_, name, attribute = (*names, "", "")[:3]
    name = name.partition("[")[0]
    if attribute.startswith("arn") or attribute.endswith("_arn"):
        return f"{ARNS.get(type_, f'arn:aws:other:eu-west-1:{OURS}:')}{name}"
    return ATTRIBUTES.get(attribute, name) if part.references[0].startswith("data.") else name
