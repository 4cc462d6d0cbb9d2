"""Policies as JSON data: a built-in one is its id, and one of a team has what reports show of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from plainwork_core.model.stack import Stack
from plainwork_policies.engine.policy import RESERVED, Findings, Policy
from plainwork_policies.engine.registry import PolicyEntry, by_name, loaded
from plainwork_policies.engine.settings import Settings
from plainwork_policies.engine.severity import SEVERITIES
from plainwork_policies.engine.subjects import Subjects

_CODE = ("subjects", "function")
_TEXTS = ("id", "slug", "title", "since")


def own_policies_data(policies: Iterable[PolicyEntry | Policy]) -> list[dict[str, Any]]:
    """Return those of *policies* that are not built in."""
    own = (policy for policy in policies if isinstance(policy, Policy) and not policy.id.startswith(RESERVED))
    return [
        {
            **{field.name: getattr(policy, field.name) for field in fields(policy) if field.name not in _CODE},
            "types": policy.types,
        }
        for policy in own
    ]


class StoredPolicies(dict[str, Policy]):
    """Policies by id: the built-in ones, and those of the *own* data, which have no code."""

    def __init__(self, own: Iterable[Mapping[str, Any]] = ()) -> None:
        super().__init__((policy.id, policy) for policy in map(_own, own))

    def __missing__(self, id_: str) -> Policy:
        """Import the built-in policy *id_*.

        Raises:
            InputError: there is none.
        """
        self[id_] = loaded(by_name(id_))
        return self[id_]


def _own(data: Mapping[str, Any]) -> Policy:
    cells: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items() if name != "types"
    }
    if cells["id"].startswith(RESERVED) or cells["severity"] not in SEVERITIES:
        raise ValueError(data)
    if not all(isinstance(cells[name], str) for name in _TEXTS) or not isinstance(cells["sections"], dict):
        raise ValueError(data)
    return Policy(subjects=Subjects(tuple(data["types"]), lambda _: ()), function=_without_code, **cells)


def _without_code(_subject: Any, _stack: Stack, _settings: Settings) -> Findings:
    yield from ()
