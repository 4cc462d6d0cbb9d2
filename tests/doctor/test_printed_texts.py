"""What the table of error texts names for the texts that real Terraform printed, each of a state with a known cause."""

from __future__ import annotations

import pytest

from plainwork_core.doctor.causes import CAUSES
from plainwork_core.doctor.diagnosis import Diagnosis, Likelihood, ranked
from plainwork_core.doctor.errors import explained, matches
from plainwork_core.doctor.examination import examine_error
from plainwork_core.doctor.online.examination import CAUSES as ONLINE
from tests.support.doctor_states import ILL
from tests.support.doctor_texts import printed_texts

STATES = {state.title: state.causes for state in ILL}
TEXTS = printed_texts()
HEAD = "the answer to HeadObject has no body: all denials and a missing object have one text"
KEY = "the table has one cause for all states of a key in which S3 cannot use it"
RELATED = {
    "account-forbidden": ("account-not-allowed", "the text is the same for both arguments"),
    "bucket-denied": ("state-missing-list-denied", HEAD),
    "bucket-of-another-account": ("state-missing-list-denied", HEAD),
    "credentials-unreadable": ("credential-process-failed", "the text names the process; boto3 names no source"),
    "digest-without-state": ("state-deleted", "a digest remains only of a state that was deleted"),
    "endpoint-not-aws": ("state-not-json", "Terraform prints that the page of the web server is not a state"),
    "identity-read-only": ("lock-acquire-denied", "the text is of one action; the policies show that all writes fail"),
    "key-disabled": ("key-not-usable", KEY),
    "key-in-another-region": ("key-not-usable", KEY),
    "key-missing": ("key-not-usable", KEY),
    "key-pending-deletion": ("key-not-usable", KEY),
    "lock-of-doctor": ("lock-held", "a doctor that runs has the same lock"),
    "lock-release-denied": ("lock-not-released", "the table has one cause for each lock that was not released"),
    "lock-stale": ("lock-held", "the text has no present time, from which the age follows"),
    "lock-unreadable": ("lock-just-released", "an item without `Info` and no item have the same text"),
    "state-denied": ("state-missing-list-denied", HEAD),
    "state-other-lineage": ("approval-required", "the question is about a local state; its lineage is not printed"),
    "table-in-another-region": ("table-missing", "AWS answers the same"),
    "table-not-active": ("table-missing", "AWS answers the same"),
}
"""Causes that a text does not tell apart from a more likely or more general one: that one, and why."""


def accepted(title: str) -> set[str]:
    return STATES[title] | {RELATED[cause][0] for cause in STATES[title] if cause in RELATED}


def named(title: str) -> set[str]:
    return {name for match in matches(TEXTS[title]) for name in match.row.causes}


def test_the_page_has_the_text_of_most_states() -> None:
    assert TEXTS.keys() <= STATES.keys()
    assert len(TEXTS) > 60


@pytest.mark.parametrize("title", TEXTS)
def test_the_text_alone_names_the_cause_of_its_state_first(title: str) -> None:
    assert examine_error(TEXTS[title]).diagnoses[0].name in accepted(title)


@pytest.mark.parametrize("title", TEXTS)
def test_the_proven_cause_is_among_those_of_the_text(title: str) -> None:
    unnamed = {"state-other-lineage"}
    assert STATES[title] & named(title) or STATES[title] <= unnamed


@pytest.mark.parametrize("title", TEXTS)
def test_what_aws_proves_explains_the_text_first(title: str) -> None:
    causes = [ONLINE.causes[name] for name in STATES[title]]
    proven = {cause.name: Diagnosis(cause=cause, evidence=(), explanation="", command="") for cause in causes}
    found = ranked(explained(matches(TEXTS[title]), proven, CAUSES.causes, {}))
    assert found[0].name in accepted(title)


def test_each_related_cause_is_of_a_text_that_has_the_proven_one() -> None:
    needed = {
        cause
        for title in TEXTS
        for cause in STATES[title]
        if examine_error(TEXTS[title]).diagnoses[0].name not in STATES[title]
    }
    assert needed == RELATED.keys()


def test_a_text_proves_one_cause() -> None:
    """The others are at most likely."""
    several = {
        title: names
        for title, text in TEXTS.items()
        if len(names := [item.name for item in examine_error(text).diagnoses if item.likelihood is Likelihood.CERTAIN])
        > 1
    }
    assert several == {}


@pytest.mark.parametrize(
    "answer",
    [
        "lookup s3.acme.invalid: no such host",
        "lookup s3.acme.invalid on 10.0.0.2:53: no such host",
        "lookup s3.acme.invalid on 127.0.0.53:53: server misbehaving",
        "lookup s3.acme.invalid: Temporary failure in name resolution",
        "lookup s3.acme.invalid: i/o timeout",
    ],
)
def test_each_answer_of_a_resolver_is_of_an_unresolved_host_name(answer: str) -> None:
    text = f'request send failed, Get "https://s3.acme.invalid/acme-state": dial tcp: {answer}'
    found = examine_error(text).diagnoses
    assert [item.name for item in found] == ["endpoint-name-unresolved"]
    assert found[0].command == "nslookup s3.acme.invalid"
