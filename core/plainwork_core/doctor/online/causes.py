"""The table of causes that `--online` tells apart, and what its rules share."""

from __future__ import annotations

import shlex

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Likelihood, Table
from plainwork_core.doctor.online.answers import Answers
from plainwork_core.doctor.online.failures import Failure
from plainwork_core.doctor.settings import Origin

CAUSES: Table[Answers] = Table()
"""Each module of rules adds its causes."""

BACKEND_PAGE = "https://developer.hashicorp.com/terraform/language/backend/s3"


def diagnosis(
    cause: Cause,
    *evidence: Evidence | tuple[Evidence, ...],
    explanation: str,
    command: str,
    likelihood: Likelihood = Likelihood.CERTAIN,
) -> Diagnosis:
    """Return a diagnosis with evidence that is given one by one or as tuples."""
    facts = [part for given in evidence for part in ((given,) if isinstance(given, Evidence) else given)]
    return Diagnosis(
        cause=cause, evidence=tuple(facts), explanation=explanation, command=command, likelihood=likelihood
    )


def answered(failure: Failure) -> Evidence:
    """Return what AWS answered as evidence."""
    parts = [failure.code, failure.message if failure.message != failure.code else ""]
    return Evidence(": ".join(part for part in parts if part), f"{failure.service}:{failure.operation}")


def terraform(answers: Answers, *words: str) -> str:
    """Return a command of Terraform or OpenTofu; each word is quoted, as it may be from an answer."""
    return shlex.join([answers.facts.program, *words])


def reconfiguration(answers: Answers, *settings: str) -> str:
    """Return the command that initializes the backend with other *settings*, such as `region=eu-west-1`."""
    return terraform(answers, "init", "-reconfigure", *(f"-backend-config={setting}" for setting in settings))


def aws(answers: Answers, *words: str, region: str = "") -> str:
    """Return a command of the AWS CLI in the Region and with the profile of the backend."""
    profile = answers.facts.text("profile")
    setting = answers.facts.endpoint("s3" if words[0].startswith("s3") else words[0])
    endpoint = setting.shown if setting is not None and setting.origin is not Origin.ENVIRONMENT else ""
    options = [
        *(("--region", region or answers.region) if words[0] not in ("iam", "sts", "sso") else ()),
        *(("--profile", profile) if profile else ()),
        *(("--endpoint-url", endpoint) if endpoint else ()),
    ]
    return shlex.join(["aws", *words, *options])
