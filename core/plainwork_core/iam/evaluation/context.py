"""The request context: the values of condition keys.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from plainwork_core.aws.arn import parse_arn
from plainwork_core.iam.evaluation.request import Request, RequestPrincipal, Tags
from plainwork_core.iam.statement import Text, Texts
from plainwork_core.model.rendering import render
from plainwork_core.model.values import Unknown

_OF_EVERY_REQUEST = frozenset(
    (
        "aws:currenttime",
        "aws:epochtime",
        "aws:requestedregion",
        "aws:sourceip",
        "aws:useragent",
    )
)
"""Keys that are in every request, or in every one that does not come through a VPC endpoint or a service."""
_OF_CREDENTIALS = frozenset(
    (
        "aws:multifactorauthage",
        "aws:multifactorauthpresent",
        "aws:principalorgid",
        "aws:principalorgpaths",
        "aws:tokenissuetime",
        "aws:userid",
    )
)
"""Keys that depend on the credentials and on the organization of the principal."""
_OF_RESOURCE = frozenset(("aws:resourceorgid", "aws:resourceorgpaths"))
_TYPES: Mapping[str, str] = {
    "anonymous": "Anonymous",
    "role": "AssumedRole",
    "root": "Account",
    "user": "User",
}
_NO_TYPE = Unknown("AWS does not document `aws:PrincipalType` of a service or an identity provider")
_RESOURCE_TAG, _PRINCIPAL_TAG = "resourcetag/", "aws:principaltag/"
Values = Texts | Unknown


class Context:
    """The condition keys of one request. Keys ignore case."""

    def __init__(self, request: Request) -> None:
        """Read the keys of *request*."""
        self.request = request
        self._given = {key.lower(): values for key, values in request.context.items()}

    def values(self, key: str) -> Values:
        """Return the values of *key*: `()` if the request does not have it; `Unknown` if it may have it."""
        name = key.lower()
        if name in self._given:
            return self._given[name]
        prefix, _, rest = name.partition(":")
        if prefix in ("aws", self.request.service) and rest.startswith(_RESOURCE_TAG):
            return _tag(self.request.resource.tags, rest.removeprefix(_RESOURCE_TAG))
        if name.startswith(_PRINCIPAL_TAG):
            return _tag(self.request.principal.tags, name.removeprefix(_PRINCIPAL_TAG))
        if name in self._derived:
            return self._derived[name]
        return () if self.request.complete and not self._is_of_every_request(name) else _not_given(key)

    def _is_of_every_request(self, name: str) -> bool:
        of_credentials = self.request.principal.kind not in ("service", "anonymous")
        return name in _OF_EVERY_REQUEST or name in _OF_RESOURCE or (of_credentials and name in _OF_CREDENTIALS)

    @cached_property
    def _derived(self) -> Mapping[str, Values]:
        return dict(_derived(self.request))


def _derived(request: Request) -> Iterator[tuple[str, Values]]:
    principal = request.principal
    is_service = principal.kind == "service"
    type_ = _TYPES.get(principal.kind)
    yield "aws:principaltype", (type_,) if type_ else _NO_TYPE
    yield "aws:principalisawsservice", (str(is_service).lower(),)
    yield "aws:principalservicename", (principal.arn,) if is_service else ()
    is_identity = principal.kind in ("role", "user", "root")
    yield "aws:principalarn", (principal.arn,) if is_identity else ()
    yield "aws:principalaccount", _one(principal.account_id) if is_identity else ()
    yield "aws:username", _user_name(principal)
    yield "aws:resourceaccount", _one(request.resource.account_id)
    yield "aws:securetransport", ("true",)
    yield "aws:viaawsservice", ("false",)


def _user_name(principal: RequestPrincipal) -> Values:
    if principal.kind != "user":
        return ()
    arn = parse_arn(render(principal.arn) or "")
    if arn is None or isinstance(principal.arn, Unknown):
        return Unknown("the name of the user is unknown")
    return (arn.resource.rpartition("/")[2],)


def _one(text: Text) -> Values:
    return text if isinstance(text, Unknown) else (text,) if text else ()


def _tag(tags: Tags, name: str) -> Values:
    if isinstance(tags, Unknown):
        return tags
    return next(((value,) for key, value in tags.items() if key.lower() == name), ())


def _not_given(key: str) -> Unknown:
    return Unknown(f"the request's value of `{key}` is not given")
