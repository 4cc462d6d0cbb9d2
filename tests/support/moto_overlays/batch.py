"""Additions to moto for AWS Batch. Each docstring states what moto does without the addition."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from moto.batch.models import BatchBackend, JobQueue
from moto.batch.responses import BatchResponse
from moto.iam.exceptions import EntityAlreadyExists

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def lay(patch: pytest.MonkeyPatch) -> None:
    """Put every part in place until `patch` is undone."""
    patch.setattr(
        BatchBackend, "create_compute_environment", _with_service_role(BatchBackend.create_compute_environment)
    )
    patch.setattr(
        BatchResponse, "updatecomputeenvironment", _keep_update_policy(BatchResponse.updatecomputeenvironment)
    )
    patch.setattr(
        BatchBackend, "describe_compute_environments", _tell_update_policy(BatchBackend.describe_compute_environments)
    )
    patch.setattr(BatchResponse, "createjobqueue", _keep_time_limits(BatchResponse.createjobqueue))
    patch.setattr(JobQueue, "describe", _tell_time_limits(JobQueue.describe))


def _with_service_role(original: Callable[..., Any]) -> Callable[..., Any]:
    """Moto requires a service role; AWS uses its service-linked role, and creates it."""

    def create_compute_environment(backend: BatchBackend, **given: Any) -> Any:
        given["service_role"] = given["service_role"] or _service_linked_role(backend)
        return original(backend, **given)

    return create_compute_environment


def _service_linked_role(backend: BatchBackend) -> str:
    path, name = "/aws-service-role/batch.amazonaws.com/", "AWSServiceRoleForBatch"
    with suppress(EntityAlreadyExists):
        backend.iam_backend.create_role(
            name, "{}", path, permissions_boundary=None, description="", tags=[], max_session_duration="3600"
        )
    return str(backend.iam_backend.get_role(name).arn)


def _keep_update_policy(original: Callable[[BatchResponse], str]) -> Callable[[BatchResponse], str]:
    """Moto forgets the update policy, so that each plan sets it again."""

    def updatecomputeenvironment(response: BatchResponse) -> str:
        name = response._get_param("computeEnvironment")  # noqa: SLF001  moto's own way to read parameters
        environment: Any = response.batch_backend.get_compute_environment(name)
        if environment and (policy := response._get_param("updatePolicy")):  # noqa: SLF001
            environment.update_policy = policy
        return original(response)

    return updatecomputeenvironment


def _tell_update_policy(original: Callable[..., list[dict[str, Any]]]) -> Callable[..., list[dict[str, Any]]]:
    def describe_compute_environments(backend: BatchBackend, *given: Any) -> list[dict[str, Any]]:
        described = original(backend, *given)
        for one in described:
            environment = backend.get_compute_environment_by_arn(one["computeEnvironmentArn"])
            one["updatePolicy"] = getattr(environment, "update_policy", None)
        return described

    return describe_compute_environments


def _keep_time_limits(original: Callable[[BatchResponse], str]) -> Callable[[BatchResponse], str]:
    """Moto forgets the time limits of job states."""

    def createjobqueue(response: BatchResponse) -> str:
        made = original(response)
        queue: Any = response.batch_backend.get_job_queue(response._get_param("jobQueueName"))  # noqa: SLF001
        queue.time_limits = response._get_param("jobStateTimeLimitActions")  # noqa: SLF001
        return made

    return createjobqueue


def _tell_time_limits(original: Callable[[JobQueue], dict[str, Any]]) -> Callable[[JobQueue], dict[str, Any]]:
    def describe(queue: JobQueue) -> dict[str, Any]:
        return {**original(queue), "jobStateTimeLimitActions": getattr(queue, "time_limits", None) or []}

    return describe
