"""The report of `plainwork can`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from plainwork_cli.command import ignore_closed_pipe
from plainwork_core.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plainwork_core.iam.stack_requests.answers import Answer
    from plainwork_core.iam.statement import Statement


def write(answers: Sequence[Answer], verdict: str, format_: str) -> None:
    """Write *answers*, whose answer together is *verdict*, to standard output."""
    with ignore_closed_pipe():
        if format_ == "json":
            click.echo(json.dumps(_document(answers, verdict), indent=2))
        else:
            for line in _lines(answers, verdict):
                click.echo(line)


def _lines(answers: Sequence[Answer], verdict: str) -> Iterator[str]:
    """Yield the lines of the answers that decide, those with one explanation together, and their number."""
    deciding = [answer for answer in answers if answer.decision.answer == verdict]
    by_explanation: dict[tuple[str, ...], list[str]] = {}
    for answer in deciding:
        first, *others = (clean(answer.stack.hide_secrets(line)) for line in answer.lines())
        by_explanation.setdefault(tuple(others), []).append(first)
    for explanation, questions in by_explanation.items():
        yield from (*questions, *explanation)
    if len(answers) > 1:
        yield f"{verdict}: {len(deciding)} of {len(answers)} authorizations are {verdict}"


def _document(answers: Sequence[Answer], verdict: str) -> dict[str, Any]:
    return {"answer": verdict, "authorizations": [_entry(answer) for answer in answers]}


def _entry(answer: Answer) -> dict[str, Any]:
    hide = answer.stack.hide_secrets
    return {
        "answer": answer.decision.answer,
        "principal": answer.principal,
        "action": answer.request.action,
        "resource": hide(answer.resource),
        "reason": hide(answer.decision.reason),
        "statements": [_statement(answer, statement) for statement in answer.decision.statements],
        "nearest": [
            {
                **_statement(answer, miss.statement),
                "failed": [hide(answer.failed(miss.statement, one)) for one in miss.elements],
            }
            for miss in answer.nearest
        ],
    }


def _statement(answer: Answer, statement: Statement) -> dict[str, Any]:
    place = answer.location(statement)
    return {
        "address": statement.address,
        "effect": statement.effect if isinstance(statement.effect, str) else None,
        "sid": statement.sid if isinstance(statement.sid, str) else None,
        "file": place.file,
        "line": place.line or None,
    }
