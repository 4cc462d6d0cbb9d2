"""Rules on the way to AWS: names, connections, proxies and certificates."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from urllib.parse import urlsplit

from plainwork_core.doctor.diagnosis import Cause, Diagnosis, Evidence, Severity
from plainwork_core.doctor.online.answers import Answers, failure
from plainwork_core.doctor.online.causes import BACKEND_PAGE, CAUSES, answered, diagnosis
from plainwork_core.doctor.online.failures import Failure

Found = Iterator[Diagnosis]


def _way_failures(answers: Answers, *ways: str) -> Iterator[Failure]:
    """Yield the first failure of each service that Terraform also calls, if it is on the way to the service."""
    seen = set()
    for answer in (
        answers.session,
        answers.assumed,
        answers.caller,
        answers.bucket,
        answers.workspaces,
        answers.state,
        answers.lock_item,
    ):
        failed = failure(answer)
        if failed and failed.way and failed.service not in seen:
            seen.add(failed.service)
            if failed.way in ways:
                yield failed


def _endpoint(answers: Answers, failed: Failure) -> tuple[Evidence, ...]:
    url = Evidence(f"endpoint {failed.endpoint}", f"{failed.service}:{failed.operation}") if failed.endpoint else None
    settings = answers.evidence(f"endpoints.{failed.service}", "endpoint", "http_proxy", "https_proxy", "region")
    return (*((url,) if url else ()), answered(failed), *settings)


def _port(failed: Failure) -> int:
    return urlsplit(failed.endpoint).port or 443


def _host(failed: Failure) -> str:
    return urlsplit(failed.endpoint).hostname or failed.service


@CAUSES.rule(
    "endpoint-name-unresolved", "Host name of an AWS endpoint cannot be resolved", Severity.FAULT, links=(BACKEND_PAGE,)
)
def _endpoint_name_unresolved(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "name"):
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            explanation="The Region or the endpoint is misspelled, DNS is not available, or the bucket name is put "
            "before the host name of a store that requires `use_path_style = true`.",
            command=shlex.join(["getent", "hosts", _host(failed)]),
        )


@CAUSES.rule(
    "endpoint-connection-failed", "AWS endpoint does not accept connections", Severity.FAULT, links=(BACKEND_PAGE,)
)
def _endpoint_connection_failed(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "connection"):
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            explanation="No service listens at this address, or there is no route to it: a wrong port in `endpoints`, "
            "an emulator that is not started, or no network.",
            command=shlex.join(["curl", "-sS", "-o", "/dev/null", failed.endpoint]),
        )


@CAUSES.rule("endpoint-timeout", "AWS endpoint does not answer", Severity.FAULT, links=(BACKEND_PAGE,))
def _endpoint_timeout(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "timeout"):
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            explanation="A firewall, a security group or a VPC endpoint drops the requests, or a proxy is required and "
            "`HTTPS_PROXY` is not set. Terraform retries for minutes.",
            command=shlex.join(["curl", "-sS", "-m", "5", "-o", "/dev/null", failed.endpoint]),
        )


@CAUSES.rule("endpoint-certificate-untrusted", "TLS certificate is not trusted", Severity.FAULT, links=(BACKEND_PAGE,))
def _endpoint_certificate_untrusted(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "certificate"):
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            answers.evidence("custom_ca_bundle"),
            explanation="A proxy or a store presents a certificate of a private authority. Set `custom_ca_bundle` or "
            "`AWS_CA_BUNDLE` to its PEM file.",
            command=shlex.join(["openssl", "s_client", "-showcerts", "-connect", f"{_host(failed)}:{_port(failed)}"]),
        )


@CAUSES.rule("endpoint-proxy-unreachable", "HTTP proxy cannot be reached", Severity.FAULT, links=(BACKEND_PAGE,))
def _endpoint_proxy_unreachable(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "proxy"):
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            explanation="The proxy of `http_proxy`, `https_proxy`, `HTTP_PROXY` or `HTTPS_PROXY` does not accept the "
            "connection, or rejects it.",
            command="env | grep -i _proxy",
        )


@CAUSES.rule("endpoint-not-aws", "Endpoint does not answer as AWS does", Severity.FAULT, links=(BACKEND_PAGE,))
def _endpoint_not_aws(answers: Answers, cause: Cause) -> Found:
    for failed in _way_failures(answers, "garbage", "closed"):
        if not failed.endpoint:
            continue
        yield diagnosis(
            cause,
            _endpoint(answers, failed),
            explanation="Another service listens at this address, such as a login page of a network, or it closes the "
            "connection.",
            command=shlex.join(["curl", "-sS", "-i", failed.endpoint]),
        )
