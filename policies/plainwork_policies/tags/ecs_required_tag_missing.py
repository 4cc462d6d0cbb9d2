"""ECS service does not propagate a required tag to its volumes or tasks.

What: An `aws_ecs_service` whose managed EBS volumes do not get a required key from the `tags` of their
    `tag_specifications`, nor through `propagate_tags` from the service or the task definition. If
    `[tags] propagate_to` lists `task`, the tasks are checked as well, by the `propagate_tags` of the service.
Why: The tags of the service, and the provider's `default_tags`, apply to the service only. Volumes and tasks cause the
    cost: without tags they are not attributed on the bill, and IAM conditions on tags do not match them.
Remedy: Propagate the tags of the service, including its default tags: set `propagate_tags = "SERVICE"` in
    `tag_specifications`, and for tasks on the service itself.
Limitations: Keys are checked, values are not. `TASK_DEFINITION` is followed to an `aws_ecs_task_definition` of the
    stack, and not evaluated if there is none. Tasks that are not started by a service (by a schedule, rule, pipe or
    task set) are not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from plainwork_policies.api import Argument, Block, Findings, Resource, check_each, flattened, policy
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_keys import PartialSet, effective_keys, keys_of, tags_named

_SERVICE, _TASK_DEFINITION = "SERVICE", "TASK_DEFINITION"


@policy(
    "PLW_TAG_008",
    "ecs-required-tag-missing",
    aliases=("ecs-tags-incomplete",),
    severity="low",
    on="aws_ecs_service",
    links=("https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html",),
    settings=("propagate_to", "required"),
    requires="required",
)
def ecs_required_tag_missing(service: Resource, settings: TagSettings) -> Findings:
    """Check the tags of each managed volume, and of the tasks if the settings list them."""
    if "task" in settings.propagate_to:
        tasks = service["propagate_tags"]
        yield from check_each([tasks], lambda _: _check(tasks, "tasks", _propagated(service, tasks), settings))
    if "volume" in settings.propagate_to:
        volumes = flattened(service.blocks("volume_configuration"), lambda block: block.blocks("managed_ebs_volume"))
        yield from check_each(volumes, lambda volume: _check_volume(service, volume, settings))


def _check_volume(service: Resource, volume: Block, settings: TagSettings) -> Findings:
    def keys(specification: Block) -> Iterator[str]:
        parts = keys_of(specification["tags"]), _propagated(service, specification["propagate_tags"])
        yield from flattened(parts, iter)

    specifications = volume.blocks("tag_specifications")
    argument = volume["tag_specifications.propagate_tags"]
    yield from _check(argument, "managed EBS volumes", flattened(specifications, keys), settings)


def _check(propagate: Argument, what: str, keys: Iterable[str], settings: TagSettings) -> Findings:
    found = PartialSet(keys)
    if missing := [key for key in settings.required if key not in found]:
        yield propagate.fail(
            f"{what} do not get {tags_named(missing)}; `propagate_tags` is {propagate.state}",
            value=sorted(found.certain),
            remedy='Set `propagate_tags = "SERVICE"` and tag the service.',
        )


def _propagated(service: Resource, propagate: Argument) -> Iterator[str]:
    """Yield the keys of the tags that *propagate*, an argument `propagate_tags`, copies."""
    source = propagate.string(default="NONE")
    if source == _SERVICE:
        yield from effective_keys(service)
    elif source == _TASK_DEFINITION:
        definition = service["task_definition"]
        if not definition.is_configured:
            raise definition.not_evaluated("`task_definition` is not set: the task sets of the service set it")
        yield from effective_keys(definition.resource("aws_ecs_task_definition", "family"))
