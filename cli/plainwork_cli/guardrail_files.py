"""The files and the summary of `plainwork guardrails`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from plainwork import App, RegionGuardrails, Stack, TagGuardrails, render, synthesize
from plainwork_core.aws.organizations import (
    ATTACHED_MANAGED_POLICIES,
    ATTACHED_SCPS,
    ATTACHED_TAG_POLICIES,
    TAG_POLICY_CHARACTERS,
)
from plainwork_core.errors import InputError
from plainwork_core.frozen import frozen
from plainwork_core.guardrails.coverage import region_coverage, tag_coverage
from plainwork_core.guardrails.documents import encoded, policy_characters, policy_documents
from plainwork_core.guardrails.principals import principal_problems
from plainwork_core.guardrails.region_statements import RegionSettings, region_statements
from plainwork_core.guardrails.tag_policy import tag_policies
from plainwork_core.guardrails.tag_rules import TagSettings
from plainwork_core.guardrails.tag_statements import Scope, tag_statements

if TYPE_CHECKING:
    from plainwork_core.guardrails.documents import Json

_STACK, _TAG_POLICY = "guardrails", "tag-policy"


@frozen()
class Guardrails:
    """What the command writes.

    Args:
        tags: the settings for tags; `None` for no policies on tags.
        regions: the settings for Regions; `None` for no policy on Regions.
        scope: whose requests are denied.
        targets: IDs of roots, organizational units and accounts that the policies are attached to.
        organizations: whether the policies are of AWS Organizations; otherwise of IAM.
    """

    tags: TagSettings | None
    regions: RegionSettings | None
    scope: Scope
    targets: Sequence[str]
    organizations: bool

    def documents(self) -> dict[str, list[Json]]:
        """Return the policy documents by the first part of their name.

        Raises:
            InputError: a rule of the settings, or an option, is invalid.
        """
        for problem in principal_problems("--exempt", self.scope.exempt_principals):
            raise InputError(problem)
        found: dict[str, list[Json]] = {}
        if self.tags:
            found["tags"] = [*policy_documents(tag_statements(self.tags, self.scope), organizations=self.organizations)]
            if self.organizations:
                found[_TAG_POLICY] = [*tag_policies(self.tags, self.scope.services)]
        if self.regions:
            statements = region_statements(self.regions, self.scope.exempt_principals)
            found["regions"] = [*policy_documents(statements, organizations=self.organizations)]
        return found


def hcl(found: Guardrails) -> str:
    """Return the policies as HCL."""
    found.documents()  # its errors name options
    with TemporaryDirectory() as directory:
        stack = Stack(App(directory), _STACK)
        limits: dict[str, Any] = {
            "targets": found.targets,
            "exempt_principals": found.scope.exempt_principals,
            "organizations": found.organizations,
        }
        if found.tags:
            TagGuardrails(
                stack,
                "tags",
                settings=found.tags,
                services=found.scope.services,
                through_services=found.scope.through_services,
                **limits,
            )
        if found.regions:
            RegionGuardrails(stack, "regions", settings=found.regions, **limits)
        return render(synthesize(stack))


def policies(found: Guardrails) -> dict[str, Json]:
    """Return each policy by its name."""
    if found.targets:
        raise InputError("--target is for HCL; attach policies of JSON with `aws organizations attach-policy`")
    return dict(_named(found.documents()))


def summary(found: Guardrails) -> Iterator[str]:
    """Yield the lines about what the policies cover, and about their size."""
    if found.tags:
        yield from tag_coverage(found.tags, found.scope, organizations=found.organizations)
    if found.regions:
        yield from region_coverage(found.regions.allowed)
    yield "Policies"
    by_name = found.documents()
    for name, content in _named(by_name):
        characters = _characters(name, organizations=found.organizations)
        yield f"  {name}: {len(encoded(content)):,} of {characters:,} characters"
    yield from (f"  {line}" for line in _exceeded(by_name, organizations=found.organizations))


def _named(by_name: Mapping[str, Sequence[Json]]) -> Iterator[tuple[str, Json]]:
    for name, contents in by_name.items():
        for number, content in enumerate(contents, 1):
            yield (name if number == 1 else f"{name}-{number}"), content


def _characters(name: str, *, organizations: bool) -> int:
    return TAG_POLICY_CHARACTERS if name.startswith(_TAG_POLICY) else policy_characters(organizations=organizations)


def _exceeded(by_name: Mapping[str, Sequence[Json]], *, organizations: bool) -> Iterator[str]:
    """Yield a line if a target cannot have all policies."""
    tag_number = len(by_name.get(_TAG_POLICY, ()))
    number = len(by_name.get("tags", ())) + len(by_name.get("regions", ()))
    if tag_number > ATTACHED_TAG_POLICIES:
        yield f"{tag_number} tag policies exceed the {ATTACHED_TAG_POLICIES} of a target; attach them to several levels"
    if organizations and number > ATTACHED_SCPS:
        yield (
            f"{number} service control policies exceed the {ATTACHED_SCPS} that a target can have beside "
            "FullAWSAccess; attach them to several levels, or use --service"
        )
    elif not organizations and number > ATTACHED_MANAGED_POLICIES:
        yield f"{number} managed policies exceed the {ATTACHED_MANAGED_POLICIES} of a role by default; use --service"
