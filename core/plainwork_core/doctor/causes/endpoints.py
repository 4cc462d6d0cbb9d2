"""Endpoints of stores that are not AWS, and of emulators."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plainwork_core.doctor.causes.table import BACKEND, CAUSES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.settings import Origin

_ENDPOINTS = f"{BACKEND}#s3-bucket-configuration"
_HOST = re.compile(r"(?:[a-z]+://)?(?:[^/@]*@)?(?P<host>\[[^\]]*\]|[^/:]*)", re.IGNORECASE)
_WITHOUT_SUBDOMAINS = re.compile(r"\[.*\]|\d+(?:\.\d+){3}|localhost", re.IGNORECASE)


@CAUSES.rule("path-style-missing", "Endpoint has no host names for buckets", Severity.FAULT, links=(_ENDPOINTS,))
def path_style_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for an IP address or `localhost` as the endpoint without `use_path_style`."""
    endpoint = facts.endpoint("s3")
    found = _HOST.match(endpoint.value) if endpoint and isinstance(endpoint.value, str) else None
    has_path_style = facts.is_true("use_path_style") or facts.is_true("force_path_style")
    if endpoint and found and _WITHOUT_SUBDOMAINS.fullmatch(found["host"]) and not has_path_style:
        yield Diagnosis(
            cause=cause,
            evidence=(endpoint.evidence, Evidence("`use_path_style` is not true", facts.place)),
            explanation=f"Terraform looks for the host `{facts.text('bucket') or 'bucket'}.{found['host']}`.",
            command="Set `use_path_style = true`",
            location=endpoint.location or (facts.backend.location if facts.backend else None),
        )


@CAUSES.rule(
    "endpoint-incomplete",
    "Endpoint is not a URL",
    Severity.FAULT,
    links=(_ENDPOINTS,),
    remedy="Write the endpoint with `https://`",
)
def endpoint_incomplete(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the endpoints for a scheme."""
    for service in ("s3", "dynamodb", "sts", "iam"):
        endpoint = facts.endpoint(service)
        if endpoint and isinstance(endpoint.value, str) and endpoint.value and "://" not in endpoint.value:
            yield Diagnosis(
                cause=cause,
                evidence=(endpoint.evidence,),
                explanation="Terraform requires the scheme of the URL.",
                command=f"Write `https://{endpoint.value}`",
                location=endpoint.location,
            )


@CAUSES.rule("endpoint-of-environment", "Environment changes the endpoint of S3", Severity.ADVICE, links=(_ENDPOINTS,))
def endpoint_of_environment(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check for a variable that points Terraform to another store than the block."""
    endpoint = facts.endpoint("s3")
    if endpoint and endpoint.origin is Origin.ENVIRONMENT:
        yield Diagnosis(
            cause=cause,
            evidence=(endpoint.evidence,),
            explanation="Terraform reads the state from this endpoint, not from AWS. If the variable remains from an "
            "emulator, the bucket or the state seems to be missing.",
            command=f"unset {endpoint.place}",
        )
