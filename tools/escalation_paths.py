"""The privilege escalation paths, from cloudsplaining's table of methods (`tools/data.py`).

cloudsplaining combines the lists of Rhino Security Labs and pathfinding.cloud. `NOT_IN_CLOUDSPLAINING` adds the paths
of pathfinding.cloud that it does not have, and `PASSED_ROLES` further services that use a role for the caller.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

from plainwork_core.aws.iam_actions import expand
from tools.packages import Package

TABLE = "cloudsplaining/shared/constants.py"
PASS_ROLE = "iam:PassRole"  # noqa: S105  an action
_PAGE = "https://pathfinding.cloud/paths/"

NOT_IN_CLOUDSPLAINING = (
    ("UpdateExistingAppRunnerService", ("apprunner:UpdateService",), "apprunner-002"),
    ("UpdateExistingCloudFormationStack", ("cloudformation:UpdateStack",), "cloudformation-002"),
    ("StartExistingCodeBuildProject", ("codebuild:StartBuild",), "codebuild-002"),
    ("StartExistingCodeBuildBatch", ("codebuild:StartBuildBatch",), "codebuild-003"),
    ("AssumeExistingRole", ("sts:AssumeRole",), "sts-001"),
)
"""Name, actions and page, as of December 2025 (commit 84dd65c of github.com/DataDog/pathfinding.cloud)."""


PASSED_ROLES = {
    "bedrock-agentcore:CreateAgentRuntime": (
        (),
        "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-permissions.html",
    ),
    "ec2:AssociateIamInstanceProfile": (
        (),
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
    ),
    "ec2:ReplaceIamInstanceProfileAssociation": (
        (),
        "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html",
    ),
    "elasticmapreduce:RunJobFlow": (
        (),
        "https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-iam-role-for-ec2.html",
    ),
    "emr-serverless:StartJobRun": (
        (),
        "https://docs.aws.amazon.com/emr/latest/EMR-Serverless-UserGuide/security-iam-runtime-role.html",
    ),
    "iot:CreateRoleAlias": ((), "https://docs.aws.amazon.com/iot/latest/developerguide/authorizing-direct-aws.html"),
    "kafkaconnect:CreateConnector": (
        (),
        "https://docs.aws.amazon.com/msk/latest/developerguide/msk-connect-service-execution-role.html",
    ),
    "kinesisanalytics:CreateApplication": (
        ("kinesisanalytics:StartApplication",),
        "https://docs.aws.amazon.com/managed-flink/latest/java/security_iam_service-with-iam.html",
    ),
    "sagemaker:CreateHyperParameterTuningJob": (
        (),
        "https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html",
    ),
    "scheduler:CreateSchedule": (
        (),
        "https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-universal.html",
    ),
    "states:CreateStateMachine": (
        ("states:StartExecution",),
        "https://docs.aws.amazon.com/step-functions/latest/dg/supported-services-awssdk.html",
    ),
}
"""Actions that pass a role by the Service Authorization Reference, to code, commands or API calls of the caller.

Each has the further actions that the caller requires, and the page that states what the role does. Most of the 254
actions with `iam:PassRole` are not here: the service uses the role for its own fixed calls.
"""


def write(stamp: dict[str, Any], cloudsplaining: Package) -> bytes:
    """Return the content of `escalation_paths.json`."""
    rows = ",\n".join(f"    {json.dumps(path)}" for path in paths(cloudsplaining))
    return f'{{\n  "stamp": {json.dumps(stamp)},\n  "paths": [\n{rows}\n  ]\n}}\n'.encode()


def paths(cloudsplaining: Package) -> list[dict[str, Any]]:
    """Return name, actions and page of each path."""
    tables = literals(cloudsplaining.read(TABLE).decode())
    methods, pages = tables["PRIVILEGE_ESCALATION_METHODS"], tables["PRIVILEGE_ESCALATION_PATHFINDING_PATHS"]
    rows = [(name, actions, pages.get(name)) for name, actions in methods.items()]
    rows += [(name, actions, f"{_PAGE}{page}") for name, actions, page in NOT_IN_CLOUDSPLAINING if name not in methods]
    rows += passed_roles()
    return [
        {"name": name, "actions": [canonical(action) for action in actions], "page": page}
        for name, actions, page in rows
    ]


def passed_roles() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Yield the path of each action in `PASSED_ROLES`.

    Raises:
        ValueError: the reference does not list `iam:PassRole` for an action.
    """
    for action, (further, page) in PASSED_ROLES.items():
        if PASS_ROLE not in expand(action)[0].depends:
            raise ValueError(f"{action} does not require {PASS_ROLE}, by the Service Authorization Reference")
        yield f"PassExistingRoleTo{action.partition(':')[2]}", (PASS_ROLE, action, *further), page


def literals(source: str) -> dict[str, Any]:
    """Return the literal dictionaries of a module by name, without running the module."""
    assigned = (node for node in ast.parse(source).body if isinstance(node, ast.Assign))
    return {
        target.id: ast.literal_eval(node.value)
        for node in assigned
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value, ast.Dict)
    }


def canonical(action: str) -> str:
    """Return *action* in the spelling of the reference, or unchanged if the reference does not have it."""
    found = expand(action)
    return str(found[0]) if found else action
