"""The table of the causes that files prove, and what their rules share."""

from __future__ import annotations

from plainwork_core.doctor.diagnosis import Table
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.version_constraints import may_be_from

CAUSES: Table[BackendFacts] = Table()

BACKEND = "https://developer.hashicorp.com/terraform/language/backend/s3"
CREDENTIALS = f"{BACKEND}#credentials-and-shared-configuration"
PROFILES = "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html"
INIT = "https://developer.hashicorp.com/terraform/cli/commands/init#backend-initialization"


def may_be_version(facts: BackendFacts, version: tuple[int, int, int]) -> bool:
    """Return whether *version* or a later one may run the root module, by the pinned version or `required_version`."""
    if known := facts.versions.known:
        numbers = tuple(int(number) for number in known.partition("-")[0].split("."))
        return (*numbers, 0)[:3] >= version
    return may_be_from(facts.versions.required, version)
