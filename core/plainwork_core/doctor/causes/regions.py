"""The Region of the backend."""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.aws.regions import has_region_form, may_exist, region_names, region_of_endpoint
from plainwork_core.doctor.causes.table import BACKEND, CAUSES
from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Severity
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.errors import nearest

_REGION = f"{BACKEND}#region"


@CAUSES.rule(
    "region-missing",
    "Backend has no Region",
    Severity.FAULT,
    links=(_REGION,),
    remedy="Set `region` in the backend block, or export AWS_REGION",
)
def region_missing(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the block and the environment; the S3 backend does not take the Region of a profile."""
    if facts.omitted or facts.value("region", "") != "":
        return
    of_profile = list(_of_profile(facts))
    regions = [*(region for region, _ in of_profile), *(region for region, _ in _of_providers(facts))]
    unused = [
        Evidence(f"{evidence.text}, which the S3 backend does not read", evidence.origin) for _, evidence in of_profile
    ]
    yield Diagnosis(
        cause=cause,
        evidence=(Evidence("`region`, `AWS_REGION` and `AWS_DEFAULT_REGION` are not set", facts.place), *unused),
        explanation="The S3 backend takes the Region from its block or from the environment.",
        command=f'Set `region = "{next(iter(regions), "<region of the bucket>")}"` in the backend block',
        likelihood=Likelihood.LIKELY,
        location=facts.backend.location if facts.backend else None,
    )


def _of_profile(facts: BackendFacts) -> Iterator[tuple[str, Evidence]]:
    profile = facts.profile
    if profile and (region := profile.settings.get("region")):
        yield region, Evidence(f"profile `{profile.name}` has `region = {region}`", profile.place)


def _of_providers(facts: BackendFacts) -> Iterator[tuple[str, Evidence]]:
    for name, region, _, location in facts.providers:
        if isinstance(region, str):
            yield region, Evidence(f"provider `{name}` has `region = {region}`", f"{location.file}:{location.line}")


def _of_environment(facts: BackendFacts) -> Iterator[tuple[str, Evidence]]:
    for name in ("AWS_REGION", "AWS_DEFAULT_REGION"):
        if region := facts.environment.get(name):
            yield region, Evidence(f"`{name}` is `{region}`", "the environment")


@CAUSES.rule(
    "region-invalid",
    "Region of the backend does not exist",
    Severity.FAULT,
    links=(_REGION,),
    remedy="Correct `region`; for a store that is not AWS, set `skip_region_validation = true`",
)
def region_invalid(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Check the name, unless `skip_region_validation` is set. A name of the form of a Region may be a new one."""
    setting, region = facts.setting("region"), facts.text("region")
    if not setting or not region or facts.is_true("skip_region_validation") or region in region_names():
        return
    similar = nearest(region, region_names())
    is_store = facts.endpoint("s3") is not None and not has_region_form(region)
    yield Diagnosis(
        cause=cause,
        evidence=(setting.evidence,),
        explanation="Terraform compares the Region with its own list before it sends a request."
        + (" A store that is not AWS has names of its own." if is_store else ""),
        command="Set `skip_region_validation = true`" if is_store else f'Set `region = "{similar or "…"}"`',
        likelihood=Likelihood.POSSIBLE if may_exist(region) else Likelihood.CERTAIN,
        location=setting.location,
    )


@CAUSES.rule(
    "regions-differ",
    "Backend, provider, profile and environment have different Regions",
    Severity.ADVICE,
    links=(_REGION,),
)
def regions_differ(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the Regions: a state bucket in another Region is usual, so this only explains an error."""
    setting, region = facts.setting("region"), facts.text("region")
    found = (*_of_providers(facts), *_of_profile(facts), *_of_environment(facts))
    others = [evidence for other, evidence in found if other != region]
    if setting and region and others:
        yield Diagnosis(
            cause=cause,
            evidence=(setting.evidence, *others),
            explanation="Terraform sends the requests for the state to the Region of the backend. If the bucket is in "
            "one of the other Regions, S3 rejects them.",
            command=f"aws s3api get-bucket-location --bucket {facts.text('bucket') or '<bucket>'}",
            likelihood=Likelihood.POSSIBLE,
            location=setting.location,
        )


@CAUSES.rule(
    "endpoint-region-differs", "Endpoint is in another Region than the backend", Severity.FAULT, links=(_REGION,)
)
def endpoint_region_differs(facts: BackendFacts, cause: Cause) -> Iterator[Diagnosis]:
    """Compare the Region in the host name of an endpoint of AWS with `region`."""
    region = facts.setting("region")
    for service in ("s3", "dynamodb"):
        endpoint = facts.endpoint(service)
        if region and endpoint and isinstance(endpoint.value, str):
            other = region_of_endpoint(endpoint.value)
            if other and isinstance(region.value, str) and other != region.value:
                yield Diagnosis(
                    cause=cause,
                    evidence=(endpoint.evidence, region.evidence),
                    explanation="Terraform signs requests for `region`; the endpoint of another Region rejects them.",
                    command=f"Remove `{endpoint.path}`, or use the endpoint of `{region.value}`",
                    location=endpoint.location,
                )
