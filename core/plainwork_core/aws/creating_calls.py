"""The calls of the AWS API that create resources, and what AWS authorizes for them beyond the action of the call.

The table is `data/api_calls.json`, made from `tools/api_calls.toml`, which cites a page of AWS for each row. The
Service Authorization Reference (`plainwork_core.aws.iam_actions`) has the resource types of an action; its pages omit
most of the tagging actions.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from plainwork_core.data_files import FOLDER
from plainwork_core.frozen import frozen

_FILE = FOLDER / "api_calls.json"
_REFERENCE = "https://servicereference.us-east-1.amazonaws.com/v1/{0}/{0}.json"


_PROVIDER = "https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/{}"


@frozen(slots=True)
class FurtherAction:
    """A further action that AWS authorizes for a call.

    Args:
        action: such as `iam:PassRole`.
        resource_type: such as `role`; `""` for an action without resource types.
        when: what the request then has, such as `the request has an instance profile`; `""` for each request.
        context: condition keys with the values that they have.
        source: page of AWS.
    """

    action: str
    resource_type: str
    when: str
    context: Mapping[str, str]
    source: str


@frozen(slots=True)
class CreatingCall:
    """One call.

    Args:
        name: of its action, such as `ec2:RunInstances`.
        creates: resource type that the tags of the request go to, such as `instance`; `""` if it has no tags.
        one_of: resource types of which a request names one.
        on_created: whether AWS compares `Resource` with the created type, though the reference lists no type.
        tagging: actions one of which AWS authorizes in addition, if the request has tags.
        create_action: condition key of the tagging actions that has the name of the call, or `""`.
        further: the further actions.
        source: page that states these facts.
    """

    name: str
    creates: str
    one_of: tuple[str, ...]
    on_created: bool
    tagging: tuple[str, ...]
    create_action: str
    further: tuple[FurtherAction, ...]
    source: str


@frozen(slots=True)
class Creation:
    """How the provider 5.100.0 creates a resource.

    Args:
        terraform_type: such as `aws_instance`.
        call: that creates it, such as `ec2:RunInstances`.
        resource_type: that the tags go to, such as `instance`.
        tagging_call: the call that has the tags: *call* itself, a later call such as `s3:PutBucketTagging`, or None
            for a type without tags.
        tagged_since: version of the provider since which *call* has the tags, such as `6.23.0`, if it differs.
        source: page of the provider on the type; `tests/terraform/test_creation_calls.py` records the calls.
    """

    terraform_type: str
    call: str
    resource_type: str
    tagging_call: str | None
    tagged_since: str
    source: str

    @property
    def has_tags_on_create(self) -> bool:
        """Whether the creating call has the tags, so that a condition on the tags of the request can require them."""
        return self.tagging_call == self.call


def reference_page(service: str) -> str:
    """Return the Service Authorization Reference for programs on a *service* prefix.

    https://docs.aws.amazon.com/service-authorization/latest/reference/service-reference.html
    """
    return _REFERENCE.format(service)


@cache
def creating_calls() -> dict[str, CreatingCall]:
    """Return the calls of the table by the name of their action, such as `sqs:CreateQueue`."""
    services = _table()["services"]
    return {f"{service}:{name}": _call(service, name, row, services.get(service, {})) for service, name, row in _rows()}


@cache
def creations() -> dict[str, Creation]:
    """Return how the provider creates each resource type of the table, by type."""
    found = {}
    for service, name, row in _rows():
        call = f"{service}:{name}"
        tagged = {
            **dict.fromkeys(row.get("terraform", ()), call),
            **row.get("tagged_after", {}),
            **dict.fromkeys(row.get("untagged", ())),
        }
        for type_, tagging_call in tagged.items():
            page = _PROVIDER.format(type_.removeprefix("aws_"))
            since = row.get("tagged_since", {}).get(type_, "")
            found[type_] = Creation(type_, call, row.get("creates", ""), tagging_call, since, page)
    return found


def _call(service: str, name: str, row: Mapping[str, Any], defaults: Mapping[str, Any]) -> CreatingCall:
    tagging = row.get("tagging", defaults.get("tagging", ()) if "creates" in row else ())
    return CreatingCall(
        name=f"{service}:{name}",
        creates=row.get("creates", ""),
        one_of=tuple(row.get("one_of", ())),
        on_created=row.get("on_created", False),
        tagging=(tagging,) if isinstance(tagging, str) else tuple(tagging),
        create_action=defaults.get("create_action", ""),
        further=tuple(_further(service, further) for further in row.get("further", ())),
        source=row.get("source", defaults.get("source", reference_page(service))),
    )


def _further(service: str, row: Mapping[str, Any]) -> FurtherAction:
    source = row.get("source", reference_page(service))
    return FurtherAction(row["action"], row.get("on", ""), row.get("when", ""), row.get("context", {}), source)


def _rows() -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Yield service prefix, name and facts of each call."""
    for service, rows in _table()["calls"].items():
        yield from ((service, name, row) for name, row in rows.items())


@cache
def _table() -> dict[str, dict[str, Any]]:
    table: dict[str, dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return table
