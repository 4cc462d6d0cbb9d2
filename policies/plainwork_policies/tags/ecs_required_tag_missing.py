"""ECS service does not propagate a required tag to its volumes or tasks.

What: an `aws_ecs_service` whose managed EBS volumes get a required key neither from the `tags` of their
    `tag_specifications` nor, by `propagate_tags`, from the service or the task definition. Where `[tags] launched`
    names `task`, its tasks are judged likewise, by the `propagate_tags` of the service.
Why: the tags of the service, and the provider's `default_tags`, stay on the service. What costs are the volumes and the
    tasks: on the bill they are nobody's, and a condition on tags does not see them.
Remedy: let the service hand its tags on, default tags included; the same argument of the service itself tags its
    tasks::

        managed_ebs_volume {
          role_arn   = aws_iam_role.volumes.arn
          size_in_gb = 20

          tag_specifications {
            resource_type  = "volume"
            propagate_tags = "SERVICE"
          }
        }
Limitations: keys are judged, values are not. `TASK_DEFINITION` is followed to an `aws_ecs_task_definition` of the
    stack, and
    not evaluated where it is elsewhere. Tasks that something else starts (a schedule, a rule, a pipe, a task set) are
    not judged.
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_core.model.connections import configured, resolve_reference
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value, blocks, look_up
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.effective import Tags, as_tags, effective_tags, lacking
from plainwork_policies.tags.settings import TagSettings

_VOLUMES = "volume_configuration", "managed_ebs_volume", "tag_specifications"


def services(stack: Stack) -> list[Resource]:
    """Return the ECS services."""
    return stack.managed("aws_ecs_service")


@policy(
    "PLW_TAG_008",
    "ecs-required-tag-missing",
    aliases=("ecs-tags-incomplete",),
    severity="low",
    subjects=services,
    links=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html",),
    settings=(
        "propagate_to",
        "required",
    ),
)
def ecs_required_tag_missing(service: Resource, stack: Stack, settings: TagSettings) -> Iterator[Finding]:
    """Judge what reaches each managed volume of *service*, and its tasks where the settings ask for it."""
    launched = settings.propagate_to
    volumes = _volumes(service, stack) if "volume" in launched else ()
    for path, what, maps in (*(_tasks(service, stack) if "task" in launched else ()), *volumes):
        keys, missing, hidden = lacking(maps, settings.required)
        if missing and hidden is not None:
            yield not_evaluated(path, hidden)
        elif missing:
            listed = enumeration(missing, "or")
            remedy = 'write `propagate_tags = "SERVICE"` there, and tag the service'
            yield fail(path, f"starts every {what} without a tag {listed}", value=keys, remedy=remedy)


def _propagated(service: Resource, source: Value, stack: Stack) -> list[Tags]:
    """Return the maps of tags that `propagate_tags = <source>` hands on; by default none."""
    if isinstance(source, Unknown):
        return [source]
    if source == "SERVICE":
        return effective_tags(service, stack)
    return _of_definition(service, stack) if source == "TASK_DEFINITION" else []


def _of_definition(service: Resource, stack: Stack) -> list[Tags]:
    named = service.get("task_definition")
    if named is None:
        return [Unknown("its task sets name the task definition")]
    definition = resolve_reference(service, named, stack, "aws_ecs_task_definition", "family")
    return [definition] if isinstance(definition, Unknown) else effective_tags(definition, stack)


def _tasks(service: Resource, stack: Stack) -> Iterator[tuple[str, str, list[Tags]]]:
    """Yield path, name and maps of tags of the tasks."""
    yield "propagate_tags", "task", _propagated(service, configured(service, "propagate_tags"), stack)


def _volumes(service: Resource, stack: Stack) -> Iterator[tuple[str, str, list[Tags]]]:
    """Yield path, name and maps of tags of each managed volume; AWS tags it by nothing else."""
    configuration, managed, specifications = _VOLUMES
    for index, block in enumerate(service.blocks(configuration)):
        for volume in blocks(block, managed):
            path = f"{configuration}.{index}.{managed}.0"
            maps = [tags for each in blocks(volume, specifications) for tags in _specified(service, each, stack)]
            yield f"{path}.{specifications}", "managed volume", maps


def _specified(service: Resource, specification: Value, stack: Stack) -> Iterator[Tags]:
    yield as_tags(look_up(specification, "tags"), "tag_specifications.tags")
    yield from _propagated(service, look_up(specification, "propagate_tags"), stack)
