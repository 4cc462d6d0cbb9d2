"""Additions to moto for Step Functions. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING

from moto.core.responses import ActionResult
from moto.stepfunctions.parser.asl.parse.asl_parser import AmazonStateLanguageParser, ASLParserException
from moto.stepfunctions.responses import StepFunctionResponse

if TYPE_CHECKING:
    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(StepFunctionResponse, "validate_state_machine_definition", _validate, raising=False)
    patch.setattr(StepFunctionResponse, "list_state_machine_versions", _list_versions, raising=False)


def _validate(response: StepFunctionResponse) -> ActionResult:
    """Moto has a parser of the Amazon States Language, and answers `ValidateStateMachineDefinition` with an error."""
    try:
        AmazonStateLanguageParser.parse(response._get_param("definition"))  # noqa: SLF001  moto's way to parameters
    except ASLParserException as error:
        problem = {"severity": "ERROR", "code": "SCHEMA_VALIDATION_FAILED", "message": str(error)}
        return ActionResult({"result": "FAIL", "diagnostics": [problem]})
    return ActionResult({"result": "OK", "diagnostics": []})


def _list_versions(response: StepFunctionResponse) -> ActionResult:
    """Moto keeps the versions that a state machine publishes, and answers `ListStateMachineVersions` with an error."""
    arn = response._get_param("stateMachineArn")  # noqa: SLF001
    versions = response.stepfunction_backend.describe_state_machine(arn).versions.values()
    told = [{"stateMachineVersionArn": one.arn, "creationDate": one.creation_date} for one in versions]
    return ActionResult({"stateMachineVersions": told})
