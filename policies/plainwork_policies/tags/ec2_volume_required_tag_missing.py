"""EC2 instance does not tag its EBS volumes with a required tag.

What: An `aws_instance` whose volumes do not get a required key from the provider's `default_tags`, from `volume_tags`,
    or from the `tags` of their own `root_block_device` or `ebs_block_device`.
Why: The `tags` of an instance do not apply to its volumes. Backups select volumes by tag, and volumes cost money while
    the instance is stopped and after it is terminated. A volume without an owner is never deleted.
Remedy: Set `volume_tags`, or `default_tags` in the provider.
Limitations: Keys are checked, values are not. Default tags apply to all volumes at launch since provider 5.39 (tested
    with 5.100.0). An instance with a `launch_template` is not evaluated if a key is missing, because the template may
    tag the volumes. `aws_spot_instance_request` is not checked: the provider tags none of its volumes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Block, Findings, Resource, check_each, flattened, is_certain, policy
from plainwork_policies.tags.settings import TagSettings
from plainwork_policies.tags.tag_keys import PartialSet, inherited_keys, keys_of, tags_named


@policy(
    "PLW_TAG_007",
    "ec2-volume-required-tag-missing",
    aliases=("instance-volumes-untagged",),
    severity="low",
    on="aws_instance",
    links=("https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/instance#tag-guide",),
    settings=("propagate_to", "required"),
    requires="required",
)
def ec2_volume_required_tag_missing(instance: Resource, settings: TagSettings) -> Findings:
    """Check the tags that all volumes get, and then those of each block device."""
    if "volume" not in settings.propagate_to:
        return
    shared = PartialSet(inherited_keys(instance), _merged_default_keys(instance), keys_of(instance["volume_tags"]))
    required = [key for key in settings.required if key not in shared.certain]
    if required:
        yield from check_each(_volumes(instance), lambda volume: _check(instance, volume, shared, required))


def _check(instance: Resource, volume: Argument | Block, shared: PartialSet, required: list[str]) -> Findings:
    keys = PartialSet(shared, keys_of(volume["tags"]) if isinstance(volume, Block) else ())
    missing = [key for key in required if key not in keys]
    if not missing:
        return
    if instance.blocks("launch_template"):
        raise volume.not_evaluated("the tags that `launch_template` sets on volumes cannot be determined")
    name = "root" if volume.path.startswith("root") else "EBS"
    yield volume.fail(
        f"the {name} volume does not get {tags_named(missing)} "
        "from `default_tags`, `volume_tags` or its block's `tags`",
        value=sorted(keys.certain),
        remedy=f"Add {enumeration(missing)} to `volume_tags`, or to `default_tags` of the provider.",
    )


def _volumes(instance: Resource) -> Iterator[Argument | Block]:
    """Yield the block devices. Every instance has a root volume, with or without a `root_block_device`."""
    if is_certain(lambda: not instance.blocks("root_block_device")):
        yield instance["root_block_device"]
    yield from flattened(("root_block_device", "ebs_block_device"), instance.blocks)


def _merged_default_keys(instance: Resource) -> Iterator[str]:
    """Yield the keys in a plan's `tags_all` that the instance does not set: default tags, also of the environment."""
    merged, own = instance["tags_all"], PartialSet(keys_of(instance["tags"]))
    if isinstance(merged.raw, Mapping):
        yield from (key for key in keys_of(merged) if key not in own)
