"""EC2 instance does not tag its EBS volumes with a required tag.

What: an `aws_instance` whose volumes get a required key neither from the provider's `default_tags`, nor from
    `volume_tags`, nor from the `tags` of their own `root_block_device` or `ebs_block_device`.
Why: the `tags` of an instance stay on the instance. Its volumes are what is backed up by tag, what costs when the
    instance is stopped, and what is left behind; without an owner nobody dares to delete them.
Remedy: tag the volumes with the instance, or everything with `default_tags`::

        resource "aws_instance" "worker" {
          ami           = "ami-0123456789abcdef0"
          instance_type = "t3.micro"
          tags          = local.tags
          volume_tags   = local.tags
        }
Limitations: keys are judged, values are not. That default tags reach all volumes at launch was seen with provider
    5.100.0;
    before 5.39 they did not. An instance with a `launch_template` is not evaluated where a key is missing, because the
    template may tag the volumes. Volumes of `aws_spot_instance_request` are not judged: the provider tags none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.model.references import is_computed_by_provider
from plainwork_core.model.stack import Resource, Stack
from plainwork_core.model.values import Unknown, Value
from plainwork_core.text import enumeration
from plainwork_policies.engine.finding import Finding, fail, not_evaluated
from plainwork_policies.engine.policy import policy
from plainwork_policies.tags.effective import Tags, inherited_tags, lacking
from plainwork_policies.tags.settings import TagSettings

_DEVICES = ("root_block_device", "ebs_block_device")


def instances(stack: Stack) -> list[Resource]:
    """Return the instances."""
    return stack.managed("aws_instance")


@policy(
    "PLW_TAG_007",
    "ec2-volume-required-tag-missing",
    aliases=("instance-volumes-untagged",),
    severity="low",
    subjects=instances,
    links=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#tag-guide",),
    settings=("required",),
)
def ec2_volume_required_tag_missing(instance: Resource, stack: Stack, settings: TagSettings) -> Iterator[Finding]:
    """Judge what reaches all volumes of *instance*, and then each of its block devices."""
    shared = [inherited_tags(instance, stack), _surely_inherited(instance), _tags(instance.get("volume_tags"))]
    for path, own in _devices(instance):
        keys, missing, hidden = lacking([*shared, own], settings.required)
        if missing and hidden is not None:
            yield not_evaluated(path, hidden)
        elif missing and instance.blocks("launch_template"):
            yield not_evaluated(path, "its launch template may tag the volumes")
        elif missing:
            listed = enumeration(missing, "or")
            which = path.partition("_")[0]
            remedy = "add them to `volume_tags`, or to the `default_tags` of the provider"
            yield fail(path, f"launches its {which} volume without a tag {listed}", value=keys, remedy=remedy)


def _devices(instance: Resource) -> Iterator[tuple[str, Tags]]:
    """Yield path and tags of each block device; the root volume is there even where nobody wrote it."""
    for name in _DEVICES:
        found = instance.get(name)
        written = [] if is_computed_by_provider(found) else instance.blocks(name)
        if not written and name == "root_block_device":
            yield name, {}
        for index, block in enumerate(written):
            yield f"{name}.{index}", block if isinstance(block, Unknown) else _tags(block.get("tags"))


def _surely_inherited(instance: Resource) -> Tags:
    """Return what a plan's `tags_all` has beside the instance's own tags: default tags, wherever they come from."""
    answered, own = instance.get("tags_all"), _tags(instance.get("tags"))
    if not isinstance(answered, Mapping) or isinstance(own, Unknown):
        return {}
    return {key: value for key, value in answered.items() if key not in own}


def _tags(value: Value) -> Tags:
    if isinstance(value, Mapping):
        return {key: member for key, member in value.items() if member is not None}
    return value if isinstance(value, Unknown) else {}
