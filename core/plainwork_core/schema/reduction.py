"""From the output of `terraform providers schema -json` to what this library needs of it.

The format is documented at https://developer.hashicorp.com/terraform/cli/commands/providers/schema.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plainwork_core.schema.model import FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_SECTIONS = {
    "resource": "resource_schemas",
    "data": "data_source_schemas",
    "ephemeral": "ephemeral_resource_schemas",
    "action": "action_schemas",
}


def members(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return the distinct blocks of each type, by its name in the archive: `resource/aws_s3_bucket`, `provider/aws`.

    Args:
        document: the parsed output of `terraform providers schema -json`.
    """
    return {name: distinct_blocks(block) for name, block in _blocks(document)}


def _blocks(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for source, provider in document["provider_schemas"].items():
        yield f"provider/{source.rpartition('/')[2]}", provider.get("provider", {}).get("block", {})
        for mode, section in _SECTIONS.items():
            for type_, schema in provider.get(section, {}).items():
                yield f"{mode}/{type_}", without_settable_id(schema["block"]) if mode == "resource" else schema["block"]


def without_settable_id(block: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the block of a resource whose `id` cannot be set.

    The plugin SDK adds `id` to every resource as optional and computed, and then rejects it: "Invalid or unknown key".
    """
    attributes = block.get("attributes", {})
    id_ = attributes.get("id", {})
    if not (id_.get("optional") and id_.get("computed")):
        return block
    return {**block, "attributes": {**attributes, "id": {**id_, "optional": False}}}


def distinct_blocks(block: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a block and those inside it, each once, inner ones first, so that the last is the block itself.

    A block is `{"attributes": {name: [type, flags]}, "blocks": {name: [nesting, min, max, flags, index in the list]}}`.
    Some types repeat one block thousands of times: `aws_wafv2_web_acl` is a hundredth of its size this way.
    """
    places: dict[str, int] = {}
    _place(block, places)
    return [json.loads(encoded) for encoded in places]


def _place(block: Mapping[str, Any], places: dict[str, int]) -> int:
    attributes = {name: [_type(each), _flags(each)] for name, each in block.get("attributes", {}).items()}
    blocks = {name: _nested(each, places) for name, each in block.get("block_types", {}).items()}
    filled = {key: value for key, value in (("attributes", attributes), ("blocks", blocks)) if value}
    return places.setdefault(json.dumps(filled, sort_keys=True), len(places))


def _nested(encoded: Mapping[str, Any], places: dict[str, int]) -> list[Any]:
    block = encoded["block"]
    limits = [encoded.get("min_items", 0), encoded.get("max_items", 0)]
    return [encoded["nesting_mode"], *limits, "d" if block.get("deprecated") else "", _place(block, places)]


def _flags(encoded: Mapping[str, Any]) -> str:
    return "".join(letter for letter, name in FLAGS.items() if encoded.get(name))


def _type(encoded: Mapping[str, Any]) -> Any:
    """Return the attribute's type; `nested_type` (nested attributes of the plugin framework) becomes what it means."""
    if "nested_type" not in encoded:
        return encoded["type"]
    nested = encoded["nested_type"]
    attributes = nested["attributes"]
    optional = sorted(name for name, attribute in attributes.items() if not attribute.get("required"))
    object_type = ["object", {name: _type(attribute) for name, attribute in sorted(attributes.items())}, optional]
    return object_type if nested["nesting_mode"] == "single" else [nested["nesting_mode"], object_type]
