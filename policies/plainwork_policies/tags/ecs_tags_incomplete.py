"""What an ECS service starts goes without a required tag.

What: an `aws_ecs_service` whose tasks get a required key neither from the service nor from the task definition
    (`propagate_tags`), or whose managed EBS volumes get it neither so nor from the `tags` of their
    `tag_specifications`.
Why: the tags of the service, and the provider's `default_tags`, stay on the service. What costs are the tasks and the
    volumes: on the bill they are nobody's, and a condition on tags does not see them.
Fix: let the service hand its tags on, default tags included::

        resource "aws_ecs_service" "web" {
          name            = "web"
          cluster         = aws_ecs_cluster.main.arn
          task_definition = aws_ecs_task_definition.web.arn
          propagate_tags  = "SERVICE"
        }

    and for a managed volume, in its `managed_ebs_volume`::

        tag_specifications {
          resource_type  = "volume"
          propagate_tags = "SERVICE"
        }
Limits: keys are judged, values are not. `TASK_DEFINITION` is followed to an `aws_ecs_task_definition` of the stack, and
    not evaluated where it is elsewhere. Tasks that something else starts (a schedule, a rule, a pipe, a task set) are
    not judged.
Link: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
"""

from __future__ import annotations

from collections.abc import Iterator

from plainwork_policies.connections import given, named_by
from plainwork_policies.model import Resource, Stack
from plainwork_policies.policy import Finding, fail, not_evaluated, policy
from plainwork_policies.settings import Settings
from plainwork_policies.tags.effective import Tags, as_tags, effective_tags, lacking
from plainwork_policies.values import Unknown, Value, blocks, look_up

_VOLUMES = "volume_configuration", "managed_ebs_volume", "tag_specifications"


def services(stack: Stack) -> list[Resource]:
    """Return the ECS services."""
    return stack.managed("aws_ecs_service")


@policy("PLW_TAG_008", "ecs-tags-incomplete", severity="low", subjects=services)
def ecs_tags_incomplete(service: Resource, stack: Stack, settings: Settings) -> Iterator[Finding]:
    """Judge what reaches the tasks of *service*, and then each of its managed volumes."""
    tasks = _propagated(service, given(service, "propagate_tags", stack), stack)
    for path, what, maps in [("propagate_tags", "task", tasks), *_volumes(service, stack)]:
        keys, missing, hidden = lacking(maps, settings.tags.required)
        if missing and hidden is not None:
            yield not_evaluated(path, hidden)
        elif missing:
            listed = " or ".join(f"`{key}`" for key in missing)
            remedy = f'write `propagate_tags = "SERVICE"`{"" if what == "task" else " in it"}, and tag the service'
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
    definition = named_by(service, named, stack, "aws_ecs_task_definition", "family")
    return [definition] if isinstance(definition, Unknown) else effective_tags(definition, stack)


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
