"""The Regions in texts that name a service: service principals, `kms:ViaService`, and the logs of ECS tasks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from plainwork_core.aws.regions import partitions, region_names
from plainwork_core.frozen import frozen
from plainwork_core.hcl.read.json_argument import json_argument
from plainwork_core.iam import Statement, statements
from plainwork_core.model.stack import Location, Stack, cached_per_stack
from plainwork_core.model.values import Unknown, Value, look_up
from plainwork_policies.api import Argument, Resource

_TASK_DEFINITION = "aws_ecs_task_definition"
_LOGS_REGION = "logConfiguration.options.awslogs-region"
_VIA_SERVICE = "kms:viaservice"
_OTHER_REGIONS = ("boundary", "organization")
_SUFFIXES = "|".join(sorted({re.escape(partition.dns_suffix) for partition in partitions().values()}))
_HOST = re.compile(rf"(?:[a-z0-9-]+\.)+(?P<region>[a-z0-9-]+)\.(?:{_SUFFIXES})")


@frozen()
class ServiceNames:
    """The texts of one argument, or of one element of a statement, that name a service in a Region.

    Args:
        argument: the argument or element.
        location: of the argument or element.
        names: the texts by their Region.
        unknown: a text that may name a service in a further Region, if any.
    """

    argument: Argument
    location: Location
    names: dict[str, str]
    unknown: Unknown | None

    @property
    def address(self) -> str:
        """The address of the resource."""
        return self.argument.block.address

    def at(self, _path: str) -> Location:
        """Return the location of the argument or element."""
        return self.location


@cached_per_stack
def service_names(stack: Stack) -> tuple[ServiceNames, ...]:
    """Return the texts of *stack* that name a service in a Region, those in task definitions first."""
    tasks = (Resource(task, stack) for task in stack.managed(_TASK_DEFINITION))
    found = [names for task in tasks if (names := _of_task(task))]
    return (*found, *(names for statement in statements(stack) for names in _of_statement(statement, stack)))


def _of_task(task: Resource) -> ServiceNames | None:
    argument = task["container_definitions"]
    definitions = json_argument(argument.raw, f"`{argument.path}`")
    containers = definitions if isinstance(definitions, list) else []
    return _named(argument, task.owner.at(argument.path), (look_up(one, _LOGS_REGION) for one in containers))


def _of_statement(statement: Statement, stack: Stack) -> Iterator[ServiceNames]:
    if statement.kind in _OTHER_REGIONS:
        return
    services = [principal.value for principal in statement.principals if principal.type == "Service"]
    via = [condition for condition in statement.conditions if str(condition.key).lower() == _VIA_SERVICE]
    for element, values in (("Principal", services), ("Condition", [one for key in via for one in key.values])):
        path = statement.path(element)
        argument = Argument(Resource(statement.document.owner, stack), path, None)
        if found := _named(argument, statement.at(path), values):
            yield found


def _named(argument: Argument, location: Location, values: Iterable[Value]) -> ServiceNames | None:
    texts = list(values)
    names = {region: text for text in texts if isinstance(text, str) and (region := _region(text))}
    unknown = next((text for text in texts if isinstance(text, Unknown)), None)
    return ServiceNames(argument, location, names, unknown) if names else None


def _region(text: str) -> str | None:
    """Return the Region of a host name such as `logs.eu-west-1.amazonaws.com`, or the Region that *text* is."""
    host = _HOST.fullmatch(text)
    region = host["region"] if host else text
    return region if region in region_names() else None
