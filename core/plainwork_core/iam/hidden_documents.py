"""The policy documents that a plan hides, because a part of them is known only after apply."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.iam.arguments import documents_of
from plainwork_core.iam.documents import DATA_SOURCE
from plainwork_core.model.references import is_computed_by_provider, only_referent
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value


def hidden_documents(stack: Stack) -> Iterator[str]:
    """Yield the addresses of the arguments of *stack*, a plan, whose document it does not show."""
    for resource in stack.managed():
        for path, _, value in documents_of(resource):
            if _is_hidden(stack, resource, value):
                yield f"{resource.address}.{path}"


def _is_hidden(stack: Stack, resource: Resource, value: Value) -> bool:
    """Return whether nothing of a document is known: a data source whose reading waits shows its statements."""
    if type(value) is not Unknown or is_computed_by_provider(value):
        return False
    referent = only_referent(stack, resource, value)
    return referent is None or referent.mode != "data" or referent.type != DATA_SOURCE
