"""Additions to moto for CloudWatch Logs. Each docstring states what moto does without the addition."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(LogsResponse, "create_log_group", _keep_class(LogsResponse.create_log_group))
    patch.setattr(LogGroup, "to_describe_dict", _with_class(LogGroup.to_describe_dict))
    patch.setattr(LogsResponse, "put_query_definition", _put_query_definition, raising=False)
    patch.setattr(LogsResponse, "describe_query_definitions", _describe_query_definitions, raising=False)
    patch.setattr(LogsResponse, "delete_query_definition", _delete_query_definition, raising=False)


def _keep_class(original: Callable[[LogsResponse], str]) -> Callable[[LogsResponse], str]:
    """Moto forgets the class of a log group, so that each plan replaces one of another class."""

    def create_log_group(response: LogsResponse) -> str:
        created = original(response)
        group: Any = response.logs_backend.groups[response._get_param("logGroupName")]  # noqa: SLF001  moto's own way
        group.log_group_class = response._get_param("logGroupClass")  # noqa: SLF001  as above
        return created

    return create_log_group


def _with_class(original: Callable[[LogGroup], dict[str, Any]]) -> Callable[[LogGroup], dict[str, Any]]:
    """Moto does not tell it either."""

    def to_describe_dict(group: LogGroup) -> dict[str, Any]:
        return {**original(group), "logGroupClass": getattr(group, "log_group_class", None) or "STANDARD"}

    return to_describe_dict


def _put_query_definition(response: LogsResponse) -> str:
    """Moto has no saved queries."""
    names = ("queryDefinitionId", "name", "queryString", "logGroupNames", "queryLanguage")
    query = {name: response._get_param(name) for name in names}  # noqa: SLF001  as above
    query["queryDefinitionId"] = query["queryDefinitionId"] or str(uuid4())
    _queries(response)[query["queryDefinitionId"]] = query
    return json.dumps({"queryDefinitionId": query["queryDefinitionId"]})


def _describe_query_definitions(response: LogsResponse) -> str:
    """Moto has no saved queries."""
    prefix = response._get_param("queryDefinitionNamePrefix") or ""  # noqa: SLF001  as above
    found = [query for query in _queries(response).values() if query["name"].startswith(prefix)]
    return json.dumps({"queryDefinitions": found})


def _delete_query_definition(response: LogsResponse) -> str:
    """Moto has no saved queries."""
    id_ = response._get_param("queryDefinitionId")  # noqa: SLF001  as above
    return json.dumps({"success": _queries(response).pop(id_, None) is not None})


def _queries(response: LogsResponse) -> dict[str, dict[str, Any]]:
    """The saved queries of the account in the Region, by id."""
    queries: dict[str, dict[str, Any]] = vars(response.logs_backend).setdefault("query_definitions", {})
    return queries
