"""Whether a principal may create a resource: the answers about each authorization of the API call."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from plainwork_core.aws.creating_calls import Creation
from plainwork_core.aws.creating_calls import creations as known_creations
from plainwork_core.errors import InputError, did_you_mean
from plainwork_core.frozen import frozen
from plainwork_core.iam.api_calls import Authorization, authorizations, creation
from plainwork_core.iam.evaluation import RequestResource
from plainwork_core.iam.stack_requests.action_names import action_named
from plainwork_core.iam.stack_requests.answers import Answer
from plainwork_core.iam.stack_requests.arn_formats import PLACES, filled
from plainwork_core.iam.stack_requests.circumstances import Circumstances
from plainwork_core.iam.stack_requests.names import joined
from plainwork_core.iam.stack_requests.places import Place
from plainwork_core.iam.stack_requests.principals import StackPrincipal
from plainwork_core.iam.stack_requests.questions import NOTHING_GIVEN, Questions
from plainwork_core.iam.stack_requests.resource_policies import default_key_policy, resource_policy
from plainwork_core.iam.stack_requests.tags import Tags, tags_of
from plainwork_core.iam.stack_requests.targets import StackTarget, target
from plainwork_core.iam.statement import Text
from plainwork_core.model.provider_versions import required_version
from plainwork_core.model.stack import Resource
from plainwork_core.model.values import Unknown


@frozen()
class CreationQuestion:
    """A resource that is to be created.

    Args:
        creation: the API call that creates it, and the one that tags it.
        resource: in the stack; `None` for any resource of the type.
        on: what the call is about beside the created resource, by resource type of the Service Authorization
            Reference: `{"subnet": "aws_subnet.private"}`.
    """

    creation: Creation
    resource: Resource | None
    on: Mapping[str, str]


def ask_to_create(
    questions: Questions,
    who: StackPrincipal,
    named: str,
    given: Circumstances = NOTHING_GIVEN,
    on: Mapping[str, str] | None = None,
) -> tuple[Answer, ...]:
    """Return the answers about each authorization that every such call asks for.

    Args:
        questions: about the stack.
        who: creates the resource.
        named: a resource type of Terraform (`aws_instance`), or the address of a resource of the stack, which gives
            name and tags.
        given: tags of the request, instead of those of the resource, and condition keys.
        on: see `CreationQuestion`.

    Raises:
        InputError: it is not known how a resource of the type is created, or an argument is invalid.
    """
    resource = questions.stack.resource(named)
    created = _creation(questions, resource.type if resource else named)
    question = CreationQuestion(created, resource, on or {})
    given = _with_own_tags(questions, resource, given)
    tags = given.request_tags or {}
    if tags and created.tagging_call is None:
        raise InputError(f"`{created.terraform_type}` has no tags; remove {', '.join(tags)}")
    answers = [
        _answer(questions, who, authorization, question, given)
        for call in _calls(created, given)
        for authorization in _authorizations(created, call, given)
        if authorization.required
    ]
    types = sorted({type_ for _, authorization in answers for type_ in authorization.resource_types})
    if unused := question.on.keys() - {*types}:
        raise InputError(f"`{created.call}` is not about `{min(unused)}`; it is about {', '.join(types)}")
    return tuple(answer for answer, _ in answers)


def _creation(questions: Questions, type_: str) -> Creation:
    found = creation(type_, required_version(questions.stack))
    if found is not None:
        return found
    hint = did_you_mean(type_, [*known_creations(), *(one.address for one in questions.stack.managed())])
    raise InputError(
        f"`{type_}` is no resource type whose API calls are known, and no address{hint or '; name the action'}"
    )


def _with_own_tags(questions: Questions, resource: Resource | None, given: Circumstances) -> Circumstances:
    if resource is None or given.request_tags:
        return given
    tags = tags_of(questions.names, resource)
    if isinstance(tags, Unknown):
        raise InputError(
            f"the tags of `{resource.address}` are not known ({tags.reason}); give the tags of the request"
        )
    return replace(given, request_tags=tags)


def _calls(created: Creation, given: Circumstances) -> Iterator[str]:
    yield created.call
    if given.request_tags and created.tagging_call not in (None, created.call):
        yield created.tagging_call or ""


def _authorizations(created: Creation, call: str, given: Circumstances) -> tuple[Authorization, ...]:
    has_tags = bool(given.request_tags) and call == created.tagging_call
    return authorizations(call, tags=has_tags, tagged_types=(created.resource_type,))


def _answer(
    questions: Questions,
    who: StackPrincipal,
    authorization: Authorization,
    question: CreationQuestion,
    given: Circumstances,
) -> tuple[Answer, Authorization]:
    """Return the answer about one authorization; the best of those about its alternatives."""
    context = {key: (value,) for key, value in authorization.context.items()} | dict(given.context)
    tags = given.request_tags if authorization.has_request_tags else {}
    circumstances = replace(given, request_tags=tags, context=context)
    best: Answer | None = None
    for action in (authorization.action, *authorization.alternatives):
        on = _target(questions, who, authorization, question, action)
        answer = questions.answer(who, action, on, circumstances)
        if answer.decision.is_allowed or best is None or (best.decision.is_denied and answer.decision.is_unknown):
            best = answer
    assert best is not None  # noqa: S101  there is at least one action
    return best, authorization


def _target(
    questions: Questions, who: StackPrincipal, authorization: Authorization, question: CreationQuestion, action: str
) -> StackTarget:
    names, type_ = questions.names, authorization.resource_type
    if given := next((question.on[one] for one in authorization.resource_types if one in question.on), None):
        return target(names, given, action_named(action), who.request)
    is_created = type_ == question.creation.resource_type
    if is_created and question.resource is not None:
        made = RequestResource(names.arn(question.resource), account=names.place(question.resource).account, tags={})
        return StackTarget(
            question.resource.address, made, resource_policy(names, question.resource), question.resource
        )
    place = names.places.default
    arn = joined(filled(authorization.arn_format, lambda name: _variable(name, type_, place)))
    has_no_tags = is_created or authorization.arn_format == "*"
    tags: Tags = {} if has_no_tags else Unknown(f"the tags of the {type_} are not given")
    request = RequestResource(arn, account=who.request.account_id, tags=tags)
    is_key = is_created and action.startswith("kms:")
    return StackTarget(type_, request, default_key_policy(place, type_) if is_key else None)


def _variable(name: str, type_: str, place: Place) -> Text:
    return place.of(name) if name in PLACES else Unknown(f"the {type_} is not given", (name,))
