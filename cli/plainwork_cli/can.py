"""`plainwork can`: whether a role or user of a stack may do something."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plainwork_cli.can_report import write
from plainwork_cli.check import default_path
from plainwork_cli.command import Command
from plainwork_cli.selection import source_option
from plainwork_cli.variables import read_options_of, variable_options
from plainwork_core.aws.identifiers import is_account_id
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plainwork_core.iam.stack_requests.answers import Answer
    from plainwork_core.iam.stack_requests.circumstances import Circumstances
    from plainwork_core.iam.stack_requests.questions import Questions
    from plainwork_core.model.stack import Stack
    from plainwork_core.read.options import ReadOptions

EXIT_CODES = {"allowed": 0, "denied": 1, "unknown": 2}
_INVALID = 3


class CanCommand(Command):
    """A command whose exit code 2 is an answer, so that errors have another one."""

    invalid = _INVALID


def _pairs(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the values of an option `KEY=VALUE` by key; a key that is repeated has several."""
    found: dict[str, tuple[str, ...]] = {}
    for text in values:
        key, equals, value = text.partition("=")
        if not equals or not key.strip():
            raise click.BadParameter(f"{text!r} has no `=`; write KEY=VALUE")
        found[key.strip()] = (*found.get(key.strip(), ()), value)
    return found


def _tags(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> dict[str, str]:
    pairs = _pairs(ctx, param, values)
    for key, found in pairs.items():
        if len(found) > 1:
            raise click.BadParameter(f"the tag {key!r} has {len(found)} values; a tag has one")
    return {key: value for key, (value,) in pairs.items()}


def _account(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    if value and not is_account_id(value):
        raise click.BadParameter(f"{value!r} is no account ID; write its 12 digits")
    return value


def _option(name: str, metavar: str, words: str, callback: Any = None) -> Callable[[Any], Any]:
    return click.option(*name.split(), metavar=metavar, multiple=True, callback=callback, help=words)


@click.command(cls=CanCommand)
@click.argument("principal", metavar="PRINCIPAL")
@click.argument("words", metavar="ACTION RESOURCE [PATH]", nargs=-1)
@click.option(
    "--create",
    metavar="TYPE|ADDRESS",
    help="In place of ACTION and RESOURCE: all authorizations of the API call that creates a resource of this type, or "
    "this resource of the stack with its tags.",
)
@_option("request_tags --request-tag", "KEY=VALUE", "Tag that the request sets; repeatable. It sets no others.", _tags)
@_option("resource_tags --resource-tag", "KEY=VALUE", "Tag of the resource, instead of those of the stack.", _tags)
@_option("context --context", "KEY=VALUE", "Condition key of the request, such as aws:SourceIp; repeatable.", _pairs)
@_option("absent --absent", "KEY", "Condition key that the request does not have; repeatable.")
@_option("on --on", "TYPE=RESOURCE", "With --create: what the call is about besides, as subnet=aws_subnet.a.", _tags)
@click.option(
    "--account",
    metavar="ID",
    default="",
    callback=_account,
    help="Account ID, if the provider has no `allowed_account_ids`.",
)
@_option(
    "organization --organization-policy", "ADDRESS", "Service or resource control policy of the stack that applies."
)
@click.option("--endpoint", metavar="ADDRESS", default="", help="VPC endpoint of the stack that the request takes.")
@click.option("format_", "--format", type=click.Choice(("text", "json")), default="text", show_default=True)
@source_option
@variable_options
def can(
    *,
    principal: str,
    words: tuple[str, ...],
    create: str | None,
    request_tags: dict[str, str],
    resource_tags: dict[str, str],
    context: dict[str, tuple[str, ...]],
    absent: tuple[str, ...],
    on: dict[str, str],
    account: str,
    organization: tuple[str, ...],
    endpoint: str,
    format_: str,
    source: Path | None,
    variables: dict[str, str],
    variable_files: tuple[Path, ...],
    env_vars: bool,
    workspace: str | None,
) -> None:
    """Show whether a role or user of a stack may do something, and the statements that decide.

    PRINCIPAL is the address, name or ARN of a role or user; a service such as ecs-tasks.amazonaws.com; or * for a
    request without credentials. ACTION is one action, such as s3:GetObject. RESOURCE is an address, with the rest of
    the ARN for a part of it (aws_s3_bucket.data/2025/a.csv); an ARN; or * for an action without resources. PATH is the
    JSON of a plan, HCL, or the output of CDKTF. Default: cdktf.out if it exists, otherwise the working directory.

    Exit codes: 0 allowed; 1 denied; 2 unknown, because the input does not have a value that decides; 3 an input or an
    option is invalid.
    """
    from plainwork_core.iam.stack_requests.circumstances import Circumstances  # noqa: PLC0415  --help does not need it

    if both := {key.lower() for key in absent} & {key.lower() for key in context}:
        raise click.UsageError(f"`{min(both)}` is in --context and in --absent; a request has it, or has it not")
    question = _question(words, create or "", on)
    given = Circumstances(request_tags, resource_tags or None, {**dict.fromkeys(absent, ()), **context})
    reading = read_options_of(variables, variable_files, workspace, (), env_vars=env_vars)
    stacks = _stacks(question.path, reading, source)
    answers = _only([_asked(stack, principal, question, given, (account, organization, endpoint)) for stack in stacks])
    verdict = _verdict(answers)
    write(answers, verdict, format_)
    sys.exit(EXIT_CODES[verdict])


@frozen()
class _Question:
    action: str
    resource: str
    create: str
    on: dict[str, str]
    path: Path

    def ask(self, questions: Questions, principal: str, given: Circumstances) -> tuple[Answer, ...]:
        from plainwork_core.iam.stack_requests.action_names import action_named  # noqa: PLC0415  slow to import
        from plainwork_core.iam.stack_requests.creations import ask_to_create  # noqa: PLC0415  as above

        who = questions.principal(principal)
        if self.create:
            return ask_to_create(questions, who, self.create, given, self.on)
        return questions.ask(who, str(action_named(self.action)), self.resource, given)


def _question(words: tuple[str, ...], create: str, on: dict[str, str]) -> _Question:
    required = 0 if create else 2
    if not required <= len(words) <= required + 1:
        needed = "PRINCIPAL --create TYPE [PATH]" if create else "PRINCIPAL ACTION RESOURCE [PATH]"
        raise click.UsageError(f"the arguments are {needed}: found {len(words)} after PRINCIPAL")
    if on and not create:
        raise click.UsageError("--on requires --create")
    action, resource = words[:required] or ("", "")
    path = Path(words[required]) if len(words) > required else default_path()
    return _Question(action, resource, create, on, path)


def _stacks(path: Path, options: ReadOptions, source: Path | None) -> list[Stack]:
    from plainwork_core.read import find  # noqa: PLC0415  --help does not need it
    from plainwork_core.read.options import Reading  # noqa: PLC0415  as above
    from plainwork_policies.engine.inputs import together, with_source  # noqa: PLC0415  as above

    reading = Reading(options)
    found = [one.read() for one in find(path, reading=reading)]
    if names := reading.undeclared():
        raise InputError(f"--var {names[0]}: no root module declares this variable")
    return with_source(together(found), source, reading)


def _asked(
    stack: Stack, principal: str, question: _Question, given: Circumstances, options: tuple[str, Sequence[str], str]
) -> tuple[Answer, ...] | InputError:
    from plainwork_core.iam.stack_requests.questions import Questions  # noqa: PLC0415  --help does not need it

    try:
        return question.ask(Questions(stack, *options), principal, given)
    except InputError as error:
        return error


def _only(found: list[tuple[Answer, ...] | InputError]) -> tuple[Answer, ...]:
    """Return the answers of the only stack that has the principal and the resource."""
    answered = [answers for answers in found if not isinstance(answers, InputError)]
    if not answered:
        raise min((error for error in found if isinstance(error, InputError)), key=_is_about_principal)
    if len(answered) > 1:
        sources = ", ".join(answers[0].stack.source for answers in answered)
        raise InputError(f"{len(answered)} stacks have this principal and resource ({sources}); pass the path of one")
    return answered[0]


def _is_about_principal(error: InputError) -> bool:
    return "is no role or user" in str(error)


def _verdict(answers: tuple[Answer, ...]) -> str:
    """Return the answer to all of *answers*: denied if one is, otherwise unknown if one is."""
    return max((answer.decision.answer for answer in answers), key=("allowed", "unknown", "denied").index)
