"""Additions to moto for Lambda. Each docstring states what moto does without the addition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from moto.awslambda.models import LambdaFunction

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone.

    Moto rejects code that is not in its S3, as in the examples.
    """
    patch.setenv("VALIDATE_LAMBDA_S3", "false")
    patch.setattr(LambdaFunction, "__init__", _keep_logging(LambdaFunction.__init__))
    patch.setattr(LambdaFunction, "get_configuration", _with_logging(LambdaFunction.get_configuration))


def _keep_logging(original: Callable[..., None]) -> Callable[..., None]:
    """Moto forgets the format and the log group of a function, so that each plan sets them again."""

    def __init__(function: Any, account_id: str, spec: dict[str, Any], *rest: Any, **named: Any) -> None:  # noqa: N807
        function.logging_config = {
            "LogFormat": "Text",
            "LogGroup": f"/aws/lambda/{spec['FunctionName']}",
            **spec.get("LoggingConfig", {}),
        }
        original(function, account_id, spec, *rest, **named)

    return __init__


def _with_logging(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    """Moto does not tell it either."""

    def get_configuration(function: Any, *given: Any, **named: Any) -> dict[str, Any]:
        return {**original(function, *given, **named), "LoggingConfig": function.logging_config}

    return get_configuration
