"""The AWS managed policies, from the copy in moto (`tools/data.py`).

Service-linked roles have policies that cannot be attached; they are omitted, as are names of statements.
https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
"""

from __future__ import annotations

import ast
import json
import zipfile
from io import BytesIO
from typing import Any

from plainwork_core.aws.managed_policies import MEMBERS, member_of
from plainwork_core.data_files import STAMP
from plainwork_core.schema.store import content_of
from tools.packages import Package

MODULE = "moto/iam/aws_managed_policies.py"
NOT_ATTACHABLE = "aws-service-role/"

Facts = dict[str, Any]


def write(stamp: Facts, moto: Package) -> bytes:
    """Return the content of `managed_policies.zip`."""
    members: dict[str, Facts] = {name: {} for name in MEMBERS}
    for name, statements in policies(moto).items():
        members[member_of(name)][name] = statements
    return content_of({**members, STAMP: {"stamp": stamp}})


def entries(content: bytes) -> Facts:
    """Return the statements of each policy by its name."""
    archive = zipfile.ZipFile(BytesIO(content))
    return {name: row for member in MEMBERS for name, row in json.loads(archive.read(f"{member}.json")).items()}


def policies(moto: Package) -> dict[str, list[Facts]]:
    """Return the statements of each policy by its name: the part of the ARN after `policy/`."""
    (text,) = (
        node.value.value
        for node in ast.parse(moto.read(MODULE)).body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
    )
    found = {f"{policy['Path']}{name}".lstrip("/"): policy["Document"] for name, policy in json.loads(text).items()}
    return {name: statements(document) for name, document in found.items() if not name.startswith(NOT_ATTACHABLE)}


def statements(document: Facts) -> list[Facts]:
    """Return the statements of *document* without their names."""
    found = document["Statement"]
    members = found if isinstance(found, list) else [found]
    return [{element: value for element, value in member.items() if element != "Sid"} for member in members]
